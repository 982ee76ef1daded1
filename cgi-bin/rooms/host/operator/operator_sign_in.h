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
	OPERATOR_CODE,                   /* the second factor's code is wanted: /host/sign-in/code */
	OPERATOR_SET_UP,                 /* the second factor must be set up first: /host/sign-in/set-up */
	OPERATOR_WRONG,                  /* e-mail or password: which one is not told */
	OPERATOR_TOO_OFTEN,              /* *retry_after says for how many seconds */
	OPERATOR_ELSEWHERE,              /* not from this address: told only to who knows the password */
	OPERATOR_FAILED                  /* the database */
};

/* Counts the attempt, then checks it: always with one look-up, one password hash and one audit entry, so that an unknown address takes
 * as long as a wrong password. GOOD: the session is made, its cookie set, r->actor is the operator. CODE and SET_UP: a pending sign-in is made
 * and its cookie set; the request belongs to nobody, as before. */
enum operator_outcome operator_sign_in(struct req *r, const struct operator_sign_in *input, uint64_t *retry_after);

/* Makes the request the operator's, without a session. */
void operator_enter(struct req *r, const struct operator *operator);

/* After all that a sign-in takes: strangers' wrong passwords do not lock the operator out in this browser (web/device.h). */
void operator_remember(struct req *r, const struct operator *operator);

/* Ends the request's session and removes the cookie. */
enum got operator_sign_out(struct req *r) MUST_USE;

#endif
