/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_sign_in.h - e-mail and password become an operator's session, or a refusal that tells nothing. */
#ifndef HARK_ROOMS_HOST_OPERATOR_SIGN_IN_H
#define HARK_ROOMS_HOST_OPERATOR_SIGN_IN_H

#include "rooms/host/host.h"

struct operator_sign_in {
	const char *email;
	const char *password;
	const char *next;
};

enum operator_outcome {
	OPERATOR_GOOD,
	OPERATOR_WRONG,                  /* e-mail or password: which one is not told */
	OPERATOR_TOO_OFTEN,              /* *retry_after says for how many seconds */
	OPERATOR_ELSEWHERE,              /* not from this address: told only to who knows the password */
	OPERATOR_FAILED                  /* the database */
};

/* Counts the attempt, then checks it: always with one look-up, one password hash and one audit entry, so that an unknown address takes
 * as long as a wrong password. GOOD: the session is made, its cookie set, r->actor is the operator. */
enum operator_outcome operator_sign_in(struct req *r, const struct operator_sign_in *input, uint64_t *retry_after);

/* Ends the request's session and removes the cookie. */
enum got operator_sign_out(struct req *r) MUST_USE;

#endif
