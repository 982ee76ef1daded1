/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation_accept.h - an invitation becomes an agent who is signed in. */
#ifndef HARK_ROOMS_PEOPLE_INVITATION_ACCEPT_H
#define HARK_ROOMS_PEOPLE_INVITATION_ACCEPT_H

#include "rooms/people/people.h"
#include "rooms/people/session/sign_in.h"

enum invitation_standing { INVITATION_OPEN, INVITATION_UNKNOWN, INVITATION_ACCEPTED, INVITATION_EXPIRED, INVITATION_WITHDRAWN,
	INVITATION_EMPTY };              /* its roles were deleted meanwhile: it would make an agent who may do nothing */

enum invitation_standing invitation_standing(const struct invitation *invitation, clock_ms now);

/* What the new agent types, and what it belongs to. */
struct acceptance {
	struct invitation invitation;
	struct tenant tenant;
	const char *account;
	const char *first_name;
	const char *last_name;
	const char *alias;
	const char *new_password;
	const char *confirm_password;
	enum sign_in_outcome outcome;    /* out: signed in, or a second factor comes first */
};
extern const struct field acceptance_fields[];

/* An account name for a beginning: the part of the address before the @. */
const char *invitation_account(struct arena *arena, const char *email);

/* Makes the agent and signs in. GOT_NONE: problems in the form, or without any: somebody else has accepted it meanwhile. */
enum got invitation_accept(struct req *r, struct form *form, struct acceptance *acceptance) MUST_USE;

#endif
