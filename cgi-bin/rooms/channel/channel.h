/* SPDX-License-Identifier: BSD-2-Clause */
/* channel.h - channels beside the web site: connected accounts, who writes through them, and what their providers hand over.
 *
 * What a channel says over the wire is a room of its own further down (rooms/telegram). It hears of an account by the job "CHANNEL.connect",
 * whose subject is the account: it was made, changed, deleted or is to be looked at again (docs/channels.md).
 */
#ifndef HARK_ROOMS_CHANNEL_CHANNEL_H
#define HARK_ROOMS_CHANNEL_CHANNEL_H

#include "rooms/tenant/tenant.h"
#include "web/job.h"
#include "web/resource.h"

#define CHANNEL_HOOK_KEY_LEN 22

struct account {
	uint64_t id;
	const char *channel;             /* telegram */
	const char *name;
	uint64_t queue_id;
	const char *greeting;            /* said when a chat begins, or "" */
	bool enabled;
	const char *token;               /* LOCAL: as it was typed */
	const char *sealed_token;
	const char *sealed_secret;
	const char *hook_key;
	const char *remote_id;           /* the provider's number of the bot */
	const char *remote_name;         /* "@acme_bot", or "" until it was asked */
	const char *state;               /* waiting, connected, failing, off */
	const char *problem;             /* why it fails: a message id; shown in the reader's language */
	const char *detail;              /* the provider's own words */
	clock_ms checked_at;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field account_fields[];
extern const struct resource account_resource;
extern const struct route account_routes[];
extern const struct job_kind channel_jobs[];         /* inbound.sweep, TENANT_LEAVE_JOB */

/* Deleted ones too. */
enum got account_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct account *account) MUST_USE;
/* The account of a hook's address and its tenant, whatever state that is in; GOT_NONE when it is unknown, deleted or not enabled. */
enum got account_by_hook(struct db *db, struct arena *arena, const char *hook_key, struct account *account, struct tenant *tenant) MUST_USE;
/* What the last look at the provider came to: state, problem, detail, remote_name. */
enum got account_checked(struct db *db, tenant_id tenant, const struct account *account, clock_ms now) MUST_USE;

/* Orders the look at the provider, in the caller's transaction when there is one. */
enum got account_order_check(struct db *db, struct arena *arena, tenant_id tenant, const struct account *account, clock_ms now) MUST_USE;

/* What people call a channel: "Telegram", translated; NULL for the web site. */
const char *channel_name(const char *channel);

/* The secrets, open; NULL (logged) when the seal does not open. */
const char *account_token(struct arena *arena, const struct crypt_keys *keys, tenant_id tenant, const struct account *account);
const char *account_secret(struct arena *arena, const struct crypt_keys *keys, tenant_id tenant, const struct account *account);

/* A bot's token as Telegram gives it, "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"; *len is that of the bot's number. */
bool account_token_is_sound(const char *token, size_t *len);

/* -- Who writes: a person of the provider's at one account. */
struct identity {
	uint64_t id;
	uint64_t account_id;
	const char *remote_id;
	uint64_t contact_id;
	uint64_t conversation_id;        /* the newest one; 0: none yet */
	const char *name;
	const char *username;            /* without "@" */
	const char *locale;              /* "en", as the provider says */
};
/* Finds it by account_id and remote_id or makes it, and locks its row until the transaction ends: messages of one person come in one by one.
 * Name, username and locale of `identity` become what is known. */
enum got identity_enter(struct db *db, struct arena *arena, tenant_id tenant, struct identity *identity, clock_ms now) MUST_USE;
enum got identity_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct identity *identity) MUST_USE;
/* Keeps contact and newest conversation. */
enum got identity_set(struct db *db, tenant_id tenant, const struct identity *identity, clock_ms now) MUST_USE;
/* Two contacts become one: who was `from` is `to`. */
enum got identity_move_contact(struct db *db, tenant_id tenant, uint64_t from, uint64_t to) MUST_USE;
/* The conversation is erased: the person's next message begins another one. */
enum got identity_forget(struct db *db, tenant_id tenant, uint64_t conversation) MUST_USE;
/* One process sends to the person until `until`; GOT_NONE: another one does, or nobody shall now. */
enum got identity_lease(struct db *db, tenant_id tenant, uint64_t id, clock_ms until, clock_ms now) MUST_USE;
/* The process has ended; nobody sends before `until`, 0 is at once. */
enum got identity_release(struct db *db, tenant_id tenant, uint64_t id, clock_ms until) MUST_USE;

/* -- What a provider hands over: each item ends in one state. */
struct inbound {
	uint64_t id;
	uint64_t account_id;
	const char *external_id;         /* the provider's number of the item */
	const char *remote_id;           /* who sent it */
	const char *state;               /* received, started, appended, duplicate, ignored, refused, failed */
	const char *problem;
	uint64_t tries;
	const char *raw;
	uint64_t conversation_id;
	uint64_t seq;
};
/* Keeps it as received and sets the id. GOT_NONE: it came before (and that is counted). */
enum got inbound_add(struct db *db, tenant_id tenant, struct inbound *inbound, clock_ms now) MUST_USE;
/* The oldest of this sender that still has to be taken in. */
enum got inbound_next(struct db *db, struct arena *arena, tenant_id tenant, const struct identity *identity, struct inbound *inbound) MUST_USE;
/* Is there one before it? GOT_ONE or GOT_NONE. */
enum got inbound_before(struct db *db, tenant_id tenant, const struct inbound *inbound) MUST_USE;
/* Its state, problem, tries, conversation and seq; the raw bytes go unless it failed or is still received. GOT_NONE: it has an end already. */
enum got inbound_set(struct db *db, tenant_id tenant, const struct inbound *inbound, clock_ms now) MUST_USE;
/* The conversation is erased, and with it what came in for it. */
enum got inbound_forget(struct db *db, tenant_id tenant, uint64_t conversation) MUST_USE;

#endif
