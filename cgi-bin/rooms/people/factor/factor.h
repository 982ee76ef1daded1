/* SPDX-License-Identifier: BSD-2-Clause */
/* factor.h - the second factor of a sign-in: an app that makes codes (RFC 6238), and ten recovery codes for when it is lost. */
#ifndef HARK_ROOMS_PEOPLE_FACTOR_H
#define HARK_ROOMS_PEOPLE_FACTOR_H

#include "rooms/people/people.h"

#define RECOVERY_CODES 10

/* What stands between an agent's password and a session. */
struct factor {
	bool two_factor;                 /* is on for this agent */
	bool two_factor_own;             /* because the agent wanted it */
	uint64_t roles;                  /* of the agent's roles, so many require it */
	const char *totp_sealed;         /* the secret; NULL or "" is not set up */
	uint64_t codes;                  /* recovery codes that are left */
	const char *allowed_addresses;
};

/* GOT_NONE: there is no such agent. */
enum got factor_load(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, struct factor *factor) MUST_USE;

bool factor_is_asked(const struct factor *factor);      /* a code is wanted when signing in */
bool factor_is_required(const struct factor *factor);   /* the agent may not switch it off */
bool factor_is_set_up(const struct factor *factor);

/* A new secret, sealed for the agent. */
char *factor_new(struct req *r, tenant_id tenant, uint64_t agent);

/* What the page of a set-up shows: Factor.{Path,Size,Secret}. False when the secret cannot be opened. */
bool factor_show(struct req *r, uint64_t agent, const char *sealed, const char *account);

/* Does the code belong to the sealed secret of r->tenant's agent, now? */
bool factor_matches(struct req *r, uint64_t agent, const char *sealed, const char *code, uint64_t *step);

/* Uses a code up, of the app or a recovery code: GOT_NONE when it is wrong or was used. One statement decides, so that of many who send
 * the same code at once one gets GOT_ONE. *is_recovery tells which kind it was. */
enum got factor_use(struct req *r, uint64_t agent, const struct factor *factor, const char *code, bool *is_recovery) MUST_USE;

/* Stores a secret that was set up with the code of `step`, and new recovery codes, in the caller's transaction. *codes: one a line. */
struct factor_setting {
	uint64_t agent;
	const char *sealed;
	uint64_t step;
	bool is_own;                     /* the agent's own wish; false leaves that as it is */
};
enum got factor_keep(struct req *r, const struct factor_setting *new, const char **codes) MUST_USE;

/* Ten new recovery codes instead of the old ones, in the caller's transaction. */
enum got factor_renew_codes(struct req *r, uint64_t agent, const char **codes) MUST_USE;

/* Is it one of the agent's that was not used yet? */
enum got factor_has_code(struct req *r, uint64_t agent, const char *code) MUST_USE;

/* Counts an attempt at a code: ten in a quarter of an hour. GOT_NONE: too many. */
enum got factor_count(struct req *r, uint64_t agent, uint64_t *retry_after) MUST_USE;
enum got factor_forget_count(struct req *r, uint64_t agent) MUST_USE;

/* Begins a sign-in that waits for its code (a set-up comes first when there is no secret yet) and sets its cookie. */
enum got pending_begin(struct req *r, tenant_id tenant, uint64_t agent, const struct factor *factor) MUST_USE;

/* Recovery codes on their way to the page that shows them once: a sealed cookie for the next request. */
void codes_hand_over(struct req *r, const char *codes);
const char *codes_take(struct req *r);   /* NULL: there are none */

#endif
