/* SPDX-License-Identifier: BSD-2-Clause */
/* factor.h - the second factor of a sign-in: an app that makes codes (RFC 6238), and ten recovery codes for when it is lost.
 *
 * Owners are those of access_of(): agents of r->tenant, or operators.
 */
#ifndef HARK_WEB_FACTOR_H
#define HARK_WEB_FACTOR_H

#include "web/access.h"
#include "web/form.h"

#define RECOVERY_CODES 10

bool factor_is_set_up(const struct factor *factor);

/* "agent.5.12": what attempts of an owner are counted by. */
const char *factor_owner_key(struct req *r, uint64_t owner);

/* A new secret, sealed for its owner. */
char *factor_new(struct req *r, uint64_t owner);

/* What the page of a set-up shows: Factor.{Path,Size,Secret,Issuer,Account}. False when the secret cannot be opened. */
bool factor_show(struct req *r, uint64_t owner, const char *sealed, const char *account);

/* Does the code belong to the owner's sealed secret, now? */
bool factor_matches(struct req *r, uint64_t owner, const char *sealed, const char *code, uint64_t *step);

/* Uses a code up, of the app or a recovery code: GOT_NONE when it is wrong or was used. One statement decides, so that of many who send
 * the same code at once one gets GOT_ONE. *is_recovery tells which kind it was. */
enum got factor_use(struct req *r, uint64_t owner, const struct factor *factor, const char *code, bool *is_recovery) MUST_USE;

/* Stores a secret that was set up, and new recovery codes, in the caller's transaction. *codes: one a line. */
enum got factor_keep(struct req *r, const struct factor_setting *new, const char **codes) MUST_USE;

/* Ten new recovery codes instead of the old ones, in the caller's transaction. */
enum got factor_renew_codes(struct req *r, uint64_t owner, const char **codes) MUST_USE;

/* Is it one of the owner's that was not used yet? */
enum got factor_has_code(struct req *r, uint64_t owner, const char *code) MUST_USE;

/* Counts an attempt at a code: ten in a quarter of an hour. GOT_NONE: too many. */
enum got factor_count(struct req *r, uint64_t owner, uint64_t *retry_after) MUST_USE;
enum got factor_forget_count(struct req *r, uint64_t owner) MUST_USE;

/* Recovery codes on their way to the page that shows them once: a sealed cookie for the actor's next request. */
void codes_hand_over(struct req *r, const char *codes);
const char *codes_take(struct req *r);   /* NULL: there are none */

/* The form in which a code is typed. */
struct code_input {
	const char *code;
	const char *next;
	bool is_locked;                  /* too many were wrong */
};
extern const struct field code_fields[];

/* A new recovery code: 80 random bits as "abcd-efgh-ijkl-mnop". */
const char *recovery_code(struct arena *arena);
/* What is stored of it, for an owner ("5.12"); dashes, spaces and the size of letters do not count. False when it has not the form of one. */
bool recovery_hash(struct arena *arena, const char *owner, const char *code, unsigned char hash[CRYPT_HASH_LEN]);

#endif
