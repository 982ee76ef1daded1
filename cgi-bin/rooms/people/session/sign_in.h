/* SPDX-License-Identifier: BSD-2-Clause */
/* sign_in.h - company, account and password become a session, or a refusal that tells nothing. */
#ifndef HARK_ROOMS_PEOPLE_SIGN_IN_H
#define HARK_ROOMS_PEOPLE_SIGN_IN_H

#include "rooms/people/people.h"

struct sign_in {
	const char *company;             /* ignored on the domain of a tenant */
	const char *account;
	const char *password;
	const char *next;
};

enum sign_in_outcome {
	SIGN_IN_GOOD,
	SIGN_IN_CODE,                    /* the second factor's code is wanted: /sign-in/code */
	SIGN_IN_SET_UP,                  /* the second factor must be set up first: /sign-in/set-up */
	SIGN_IN_WRONG,                   /* company, account or password: which one is not told */
	SIGN_IN_TOO_OFTEN,               /* *retry_after says for how many seconds */
	SIGN_IN_SUSPENDED,               /* this and the next are told only to who knows the password */
	SIGN_IN_ADDRESS,                 /* not from this address */
	SIGN_IN_FAILED                   /* the database, or too many passwords at once */
};

/* Counts the attempt, of the account or of the account in a browser that knows it, then checks it: always with one look-up of the company, one of the agent, one password hash and one audit entry,
 * so that an unknown name takes as long as a wrong password. GOOD: the session is made, its cookie set, r->tenant and r->actor are of
 * the agent. CODE and SET_UP: a pending sign-in is made and its cookie set. Otherwise, and then too, the request belongs to nobody, as
 * before. */
enum sign_in_outcome sign_in(struct req *r, const struct sign_in *input, uint64_t *retry_after);

/* The part behind the password, for whoever has proved to be the agent in another way (a link that was mailed): address, second
 * factor, session. WRONG: the password was changed since `agent` was read. */
enum sign_in_outcome sign_in_as(struct req *r, const struct tenant *tenant, const struct agent *agent);

/* After a password that was right, and all that followed: strangers' wrong ones do not lock the agent out in this browser (web/device.h). */
void sign_in_remember(struct req *r, tenant_id tenant, const struct agent *agent);

/* Where an outcome leads; the second factor's pages take `next` along. Of the refusals only those of sign_in_as(): address, or failed. */
int sign_in_go_on(struct req *r, enum sign_in_outcome outcome, const char *next);

/* Makes the request the agent's, without a session. */
enum got sign_in_enter(struct req *r, const struct tenant *tenant, const struct agent *agent) MUST_USE;

/* Ends the request's session and removes the cookie; the agent who has no other one is offline. */
enum got sign_out(struct req *r) MUST_USE;

/* Ends the actor's polls on the live stream; consoles that are still signed in ask for a new ticket. */
void sign_out_polls(struct req *r);

#endif
