/* SPDX-License-Identifier: BSD-2-Clause */
/* session_store.h - sessions of browsers and keys of programs: who a secret belongs to, by one indexed query. */
#ifndef HARK_ROOMS_PEOPLE_SESSION_STORE_H
#define HARK_ROOMS_PEOPLE_SESSION_STORE_H

#include "rooms/people/people.h"
#include "web/access.h"

/* Who asks: the agent, the tenant and the rights, joined. */
struct identity {
	uint64_t tenant_id;
	const char *tenant_name;
	const char *tenant_locale;
	const char *tenant_zone;
	const char *tenant_languages;
	const char *tenant_state;
	const char *tenant_reason;
	clock_ms tenant_delete_at;
	uint64_t api_minute;             /* of a key: the plan's limit; 0 is without */
	uint64_t agent_id;
	const char *first_name;
	const char *last_name;
	const char *alias;
	const char *avatar;
	const char *locale;
	const char *time_zone;
	const char *permissions;         /* of all roles, separated by spaces */
	const char *allowed_addresses;   /* of the agent, as a list of core/address.h */
	const char *company_addresses;   /* of the company; NULL or "" is any */
	clock_ms seen_at;                /* of the session, or the last use of the key */

	/* Of a session. */
	uint64_t session_id;
	clock_ms confirmed_at;
	bool owes_factor;                /* the agent has to have a second factor and has none yet */

	/* Of an API key. */
	uint64_t key_id;
	const char *scopes;              /* names of rights */
	bool read_only;
	const char *company_keys;        /* "" when the company allows no keys; NULL: has never said so */
};

#define SESSION_COOKIE "hark"
#define SESSION_COOKIE_LIFE 0      /* the browser forgets it when it closes; the row says how long it is good */

/* Of a session's token; GOT_NONE when it is unknown, idle for too long, over, or its agent or tenant is not active. */
enum got session_identify(struct db *db, struct arena *arena, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now,
	struct identity *identity) MUST_USE;
/* The same of an API key. */
enum got api_key_identify(struct db *db, struct arena *arena, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now,
	struct identity *identity) MUST_USE;

/* Was used now. */
enum got session_seen(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now) MUST_USE;
enum got api_key_seen(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now) MUST_USE;

/* A new session of the agent, for as long as the company's settings say; *token goes into the cookie, its hash is stored. */
struct session_start {
	uint64_t agent;
	const struct security *limits;
	bool is_of_host;                 /* whoever uses it cannot set a second factor up */
};
enum got session_create(struct req *r, const struct session_start *start, const char **token) MUST_USE;

/* Stores another token for a session; its id, times and form token stay. */
enum got session_replace(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN],
	const unsigned char new_hash[CRYPT_HASH_LEN]) MUST_USE;
/* The password was given once more. */
enum got session_confirm(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now) MUST_USE;
/* New limits for all sessions of a company, also for those that there are. */
enum got session_limit(struct db *db, tenant_id tenant, const struct security *limits) MUST_USE;

/* Ends one; GOT_NONE: there was none. */
enum got session_end(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;
enum got session_end_by_id(struct db *db, tenant_id tenant, uint64_t agent, uint64_t id) MUST_USE;
/* Ends all of the agent's, but for one (NULL: all), and what waits for a code. */
enum got session_end_all(struct db *db, tenant_id tenant, uint64_t agent, const unsigned char *but) MUST_USE;
/* Those that still live. */
enum got session_count(struct db *db, tenant_id tenant, uint64_t agent, clock_ms now, uint64_t *count) MUST_USE;

/* Those of an agent (0: of all agents) that live, newest use first. `own` marks one, or is NULL. */
enum got session_list(struct req *r, uint64_t agent, const unsigned char *own, struct db_rows *sessions) MUST_USE;

/* Deletes what is over in all tenants: sessions, sign-ins that waited for a code, and throttle windows of yesterday. */
void session_sweep(struct sweep *sweep);

#endif
