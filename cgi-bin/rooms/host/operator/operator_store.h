/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_store.h - sessions and keys of operators: who a secret belongs to, by one indexed query. */
#ifndef HARK_ROOMS_HOST_OPERATOR_STORE_H
#define HARK_ROOMS_HOST_OPERATOR_STORE_H

#include "rooms/host/host.h"
#include "web/access.h"
#include "web/sweep.h"

#define OPERATOR_COOKIE "hark-host"
#define OPERATOR_IDLE CLOCK_HOUR                 /* without a request */
#define OPERATOR_LIFE (12 * CLOCK_HOUR)          /* however busy */
#define OPERATOR_SEEN_EVERY CLOCK_MINUTE         /* so often at most is the last use written */

/* Who asks: the operator, and the rights of the session or of the key. */
struct operator_identity {
	uint64_t id;
	const char *name;
	const char *permissions;
	const char *scopes;              /* of a key; NULL for a session */
	clock_ms seen_at;                /* of the session, or the last use of the key */

	/* Of a session. */
	uint64_t session_id;
	clock_ms confirmed_at;
	bool has_factor;                 /* the operator has set a second factor up */
};

enum got operator_by_id(struct db *db, struct arena *arena, uint64_t id, struct operator *operator) MUST_USE;

/* Of a session's token; GOT_NONE when it is unknown, idle for too long, over, or its operator is deleted. */
enum got operator_session_identify(struct db *db, struct arena *arena, const unsigned char *hash, clock_ms now,
	struct operator_identity *identity) MUST_USE;
/* The same of a key. */
enum got operator_key_identify(struct db *db, struct arena *arena, const unsigned char *hash,
	struct operator_identity *identity) MUST_USE;

/* Was used now. */
enum got operator_session_seen(struct db *db, const unsigned char *hash, clock_ms now) MUST_USE;
enum got operator_key_seen(struct db *db, const unsigned char *hash, clock_ms now) MUST_USE;

/* A new session; *token goes into the cookie, its hash is stored. */
enum got operator_session_create(struct req *r, uint64_t operator, const char **token) MUST_USE;
enum got operator_session_end(struct db *db, const unsigned char *hash) MUST_USE;
/* One of an operator's; GOT_NONE: there was none. */
enum got operator_session_end_by_id(struct req *r, uint64_t operator, uint64_t id) MUST_USE;
/* All of an operator's, but for one (NULL: all), what waits for a code, and the views of companies. */
enum got operator_session_end_all(struct db *db, uint64_t operator, const unsigned char *but, clock_ms now) MUST_USE;
/* Hashes and keeps a password; operator_set_password() ends the sessions, too. */
enum got operator_store_password(struct db *db, struct arena *arena, uint64_t id, const char *password, clock_ms now) MUST_USE;

/* Locks the operator until the transaction ends; GOT_NONE when deleted, or when the password is not that of operator->password_hash any more. */
enum got operator_lock_password(struct db *db, const struct operator *operator) MUST_USE;

/* Of the session of the request: the password was given once more; another token, whose cookie is set. */
enum got operator_session_confirm(struct req *r) MUST_USE;
enum got operator_session_renew(struct req *r) MUST_USE;

/* Those that live, newest use first, as struct session; that of the request is marked. */
enum got operator_session_list(struct req *r, uint64_t operator, struct db_rows *sessions) MUST_USE;

/* Deletes the sessions that are over, and what waited too long for a code. */
void operator_sweep(struct sweep *sweep);

#endif
