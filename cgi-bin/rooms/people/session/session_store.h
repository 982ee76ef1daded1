/* SPDX-License-Identifier: BSD-2-Clause */
/* session_store.h - sessions of browsers and keys of programs: who a secret belongs to, by one indexed query. */
#ifndef HARK_ROOMS_PEOPLE_SESSION_STORE_H
#define HARK_ROOMS_PEOPLE_SESSION_STORE_H

#include "rooms/people/people.h"

/* Who asks: the agent, the tenant and the rights, joined. */
struct identity {
	uint64_t tenant_id;
	const char *tenant_name;
	const char *tenant_locale;
	const char *tenant_zone;
	const char *tenant_state;
	const char *tenant_reason;
	clock_ms tenant_delete_at;
	uint64_t api_minute;             /* of a key: the plan's limit; 0 is without */
	uint64_t agent_id;
	const char *first_name;
	const char *last_name;
	const char *alias;
	const char *locale;
	const char *time_zone;
	const char *permissions;         /* of all roles, separated by spaces */
	clock_ms seen_at;                /* of the session, or the last use of the key */
};

#define SESSION_COOKIE "hark"
#define SESSION_COOKIE_LIFE 0      /* the browser forgets it when it closes; the row says how long it is good */

/* Of a session's token; GOT_NONE when it is unknown, idle for too long, over, or its agent or tenant is not active. */
enum got session_identify(struct db *db, struct arena *arena, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now,
	struct identity *identity) MUST_USE;
/* The same of an API key. */
enum got api_key_identify(struct db *db, struct arena *arena, const unsigned char hash[CRYPT_HASH_LEN],
	struct identity *identity) MUST_USE;

/* Was used now. */
enum got session_seen(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now) MUST_USE;
enum got api_key_seen(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now) MUST_USE;

/* A new session of the agent; *token goes into the cookie, its hash is stored. */
enum got session_create(struct req *r, tenant_id tenant, uint64_t agent, const char **token) MUST_USE;

/* Ends one; GOT_NONE: there was none. */
enum got session_end(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;
/* Ends all of the agent's, but for one (NULL: all). */
enum got session_end_all(struct db *db, tenant_id tenant, uint64_t agent, const unsigned char *but) MUST_USE;
/* Those that still live. */
enum got session_count(struct db *db, tenant_id tenant, uint64_t agent, clock_ms now, uint64_t *count) MUST_USE;

/* Deletes what is over in all tenants: sessions, and throttle windows of yesterday. */
enum got session_sweep(struct db *db, clock_ms now) MUST_USE;

#endif
