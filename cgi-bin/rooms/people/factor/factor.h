/* SPDX-License-Identifier: BSD-2-Clause */
/* factor.h - who of the agents needs a second factor, and what is stored of it; what it is stands in web/factor.h. */
#ifndef HARK_ROOMS_PEOPLE_FACTOR_H
#define HARK_ROOMS_PEOPLE_FACTOR_H

#include "rooms/people/people.h"
#include "web/access.h"

/* What stands between an agent's password and a session. */
struct agent_factor {
	bool two_factor;                 /* is on for this agent */
	bool two_factor_own;             /* because the agent wanted it */
	uint64_t roles;                  /* of the agent's roles, so many require it */
	const char *totp_sealed;         /* the secret; NULL or "" is not set up */
	uint64_t codes;                  /* recovery codes that are left */
	const char *allowed_addresses;
};

/* Of an agent of r->tenant. GOT_NONE: there is no such agent. */
enum got agent_factor_load(struct req *r, uint64_t agent, struct agent_factor *row) MUST_USE;

/* What that means: asked for when it is on or a role requires it, required unless only the agent wanted it. */
struct factor agent_factor_of(const struct agent_factor *row);

/* An administrator has switched it on or off: it is not the agent's own wish any more. */
enum got agent_factor_disown(struct req *r, uint64_t agent) MUST_USE;

/* The functions of agents' `struct access`. */
enum got agent_factor_store(struct req *r, const struct factor_setting *new) MUST_USE;
enum got agent_factor_clear(struct req *r, uint64_t agent) MUST_USE;
enum got agent_factor_step(struct req *r, uint64_t agent, uint64_t step) MUST_USE;
enum got recovery_add(struct req *r, uint64_t agent, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;
enum got recovery_use(struct req *r, uint64_t agent, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;
enum got recovery_find(struct req *r, uint64_t agent, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;
enum got recovery_clear(struct req *r, uint64_t agent) MUST_USE;

/* The secret that the session of the request is setting up; NULL: none. */
enum got session_set_secret(struct req *r, const char *sealed) MUST_USE;
enum got session_secret(struct req *r, const char **sealed) MUST_USE;

/* Sign-ins whose password was right and that wait for a code: a secret of their own, which is no session. */
struct pending {
	uint64_t tenant_id;
	uint64_t agent_id;
	const char *factor_sealed;       /* the secret that is being set up; NULL or "" when the agent has one */
};
enum got pending_add(struct req *r, const struct half *half) MUST_USE;
enum got pending_find(struct req *r, const unsigned char hash[CRYPT_HASH_LEN], struct pending *pending) MUST_USE;
/* GOT_NONE: it was used meanwhile, so that one password and one code make one session. */
enum got pending_end(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;

#endif
