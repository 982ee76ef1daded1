/* SPDX-License-Identifier: BSD-2-Clause */
/* people.h - agents, their roles and queues, sessions, API keys, presence and load. */
#ifndef HARK_ROOMS_PEOPLE_PEOPLE_H
#define HARK_ROOMS_PEOPLE_PEOPLE_H

#include "core/field.h"
#include "edge/db.h"
#include "rooms/tenant/tenant.h"
#include "web/job.h"
#include "web/resource.h"
#include "web/route.h"

/* An agent whose console did not renew its ticket for so long is not online, whatever the status says. */
#define AGENT_GONE_AFTER (150 * CLOCK_SECOND)

struct agent {
	uint64_t id;
	const char *account;
	const char *email;
	const char *first_name;
	const char *last_name;
	const char *alias;
	const char *title;
	const char *bio;
	const char *phone;
	const char *locale;
	const char *time_zone;
	const char *password;            /* LOCAL, SECRET: from a form only */
	const char *password_hash;       /* never in a form */
	uint64_t max_chats;              /* 0 is without limit */
	uint64_t max_tickets;            /* the same for the inbox */
	uint64_t chats;
	const char *status;              /* online, away, offline */
	uint64_t away_id;                /* with status away: the away status of the company, or 0 */
	clock_ms status_at;
	clock_ms seen_at;
	const char *settings;
	uint64_t calendar_id;            /* the agent's hours; 0 is always */
	bool two_factor;                 /* a code is asked for when signing in */
	const char *totp_sealed;         /* never in a form; "" is not set up */
	uint64_t totp_step;
	const char *allowed_addresses;   /* one address or subnet a line; "" is any */
	const char *avatar;              /* stored name of the picture, or "" */
	bool show_photo;                 /* what visitors see of the agent, beside the alias */
	bool show_title;
	bool show_bio;
	struct field_set roles;
	struct field_set queues;
	struct field_set skills;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field agent_fields[];        /* of the resource and of all reads */
extern const struct resource agent_resource;

struct queue {
	uint64_t id;
	const char *name;
	const char *description;
	bool for_chat;
	bool for_inbox;
	uint64_t calendar_id;            /* the hours of the queue; 0 is as the company */
	struct field_set agents;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field queue_fields[];
extern const struct resource queue_resource;

/* A set of rights that agents are given. */
struct role {
	uint64_t id;
	const char *name;
	const char *permissions;         /* names of web/permission.c, separated by spaces; "*" is all */
	bool requires_two_factor;        /* its agents must set up a second factor */
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field role_fields[];
extern const struct resource role_resource;

/* Something that an agent is good at: a language, a product. */
struct skill {
	uint64_t id;
	const char *name;
	const char *description;
	struct field_set agents;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct resource skill_resource;

/* A company's own word for being away: "Lunch". */
struct away_status {
	uint64_t id;
	const char *name;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct resource away_status_resource;

/* Somebody who was asked by mail to become an agent. A deleted one was withdrawn. */
#define INVITATION_LIFE (7 * CLOCK_DAY)

struct invitation {
	uint64_t id;
	const char *email;
	struct field_set roles;
	struct field_set queues;
	const char *locale;              /* of the mail and of the new agent; "" as the company */
	const char *state;               /* open, accepted, expired */
	const char *invited_by;          /* a person's name, or "" */
	clock_ms expires_at;
	clock_ms accepted_at;
	uint64_t agent_id;               /* who came of it */
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field invitation_fields[];
extern const struct resource invitation_resource;

/* What an invitation needs of its surroundings, whether a page, a command or the host's panel makes it. */
struct invitation_desk {
	struct db *db;
	struct arena *arena;
	const struct conf *conf;
	const struct crypt_keys *keys;
	tenant_id tenant;
	clock_ms now;
};

/* Invites without a form, and so without looking at the rights of who does it: the owner of a new company. Of *invitation it reads
 * email, roles (none: Administrators), queues, locale and invited_by, and sets id and expires_at. The mail is ordered in
 * the caller's transaction. *link is the address in the mail, as a one-time secret; the caller may show it to who may have it.
 * GOT_NONE: an agent or an open invitation has the address already. */
enum got invitation_create(const struct invitation_desk *desk, struct invitation *invitation, const char **link) MUST_USE;

/* Writes to an agent who was made without a password, such as the owner of a new company: a link to choose one, good once, for as long as
 * an invitation. In the caller's transaction. */
enum got agent_welcome(const struct invitation_desk *desk, uint64_t agent) MUST_USE;

extern const struct route people_routes[];       /* "/" and "/admin" */
extern const struct route sign_in_routes[];
extern const struct route password_routes[];     /* one's own */
extern const struct route reset_routes[];        /* forgotten passwords, help */
extern const struct job_kind reset_jobs[];
extern const struct route invitation_routes[];
extern const struct job_kind people_jobs[];      /* people.sweep: sessions that ended, agents who have gone */

/* For site.identify: session cookie or `X-Api-Key` / `Authorization: Bearer`, one indexed query. */
enum got people_identify(struct req *r);

/* The default roles (Administrators "*", Agents) and the queue "Inbox" of a new tenant; *queue_id is the queue's. */
enum got people_start_tenant(struct db *db, tenant_id tenant, clock_ms now, uint64_t *queue_id) MUST_USE;

/* The first administrator of a new tenant, in the first queue; without a password, so nobody signs in with it yet. Sets the id. */
enum got people_start_owner(struct db *db, struct arena *arena, tenant_id tenant, const struct tenant_owner *owner, clock_ms now,
	uint64_t *id) MUST_USE;

/* "Anna Weber". */
const char *agent_name(struct arena *arena, const struct agent *agent);

/* Deleted ones too (deleted_at): history and chats still name them. */
enum got agent_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct agent *agent) MUST_USE;
/* By user name or e-mail, live ones only. */
enum got agent_by_account(struct db *db, struct arena *arena, tenant_id tenant, const char *account,
	struct agent *agent) MUST_USE;
/* All live agents with `queues` filled (two queries). */
enum got agent_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *agents) MUST_USE;
/* Live agents of a queue. */
enum got agent_of_queue(struct db *db, struct arena *arena, tenant_id tenant, uint64_t queue,
	struct db_rows *agents) MUST_USE;
/* Creates without a form: `hark agent create`, demo data. Password NULL: cannot sign in yet. Sets the id. */
enum got agent_create(struct db *db, struct arena *arena, tenant_id tenant, struct agent *agent, clock_ms now) MUST_USE;
enum got agent_set_password(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, const char *password,
	clock_ms now) MUST_USE;

/* Is the agent able to take a chat now: status online and console seen lately? */
bool agent_is_online(const struct agent *agent, clock_ms now);

/* Status and presence. */
enum got agent_set_status(struct db *db, tenant_id tenant, uint64_t id, const char *status, clock_ms now) MUST_USE;
enum got agent_seen(struct db *db, tenant_id tenant, uint64_t id, clock_ms now) MUST_USE;
enum got agent_set_settings(struct db *db, tenant_id tenant, uint64_t id, const char *settings) MUST_USE;

/* Load: a conditional update on the agent's row, so no race exceeds the limit. GOT_NONE: full (or gone). */
enum got agent_take_chat(struct db *db, tenant_id tenant, uint64_t id, bool force) MUST_USE;
enum got agent_leave_chat(struct db *db, tenant_id tenant, uint64_t id) MUST_USE;

/* Deleted ones too, as agents. */
enum got queue_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct queue *queue) MUST_USE;
enum got queue_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *queues) MUST_USE;   /* live, by name */
/* The ids of the queues of an agent, ascending. */
enum got queue_ids_of_agent(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent,
	struct field_set *queues) MUST_USE;

/* New API key for an agent; *key is shown once, its hash is stored. */
enum got api_key_create(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, const char *name,
	clock_ms now, const char **key) MUST_USE;

#endif
