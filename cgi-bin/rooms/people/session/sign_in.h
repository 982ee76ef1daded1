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
	SIGN_IN_WRONG,                   /* company, account or password: which one is not told */
	SIGN_IN_TOO_OFTEN,               /* *retry_after says for how many seconds */
	SIGN_IN_SUSPENDED,               /* told only to who knows the password */
	SIGN_IN_FAILED                   /* the database */
};

/* Counts the attempt, then checks it: always with one look-up of the company, one of the agent, one password hash and one audit entry,
 * so that an unknown name takes as long as a wrong password. GOOD: the session is made, its cookie set, r->tenant and r->actor are of
 * the agent. Otherwise the request belongs to nobody, as before. */
enum sign_in_outcome sign_in(struct req *r, const struct sign_in *input, uint64_t *retry_after);

/* Signs in who has shown in another way to be this agent: by the link of an invitation. As sign_in() with outcome GOOD. */
enum got sign_in_as(struct req *r, const struct tenant *tenant, const struct agent *agent) MUST_USE;

/* Ends the request's session and removes the cookie; the agent who has no other one is offline. */
enum got sign_out(struct req *r) MUST_USE;

/* Ends the actor's polls on the live stream; consoles that are still signed in ask for a new ticket. */
void sign_out_polls(struct req *r);

#endif
