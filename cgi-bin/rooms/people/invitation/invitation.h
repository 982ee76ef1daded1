/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation.h - sending an invitation's mail, for those inside this room. */
#ifndef HARK_ROOMS_PEOPLE_INVITATION_H
#define HARK_ROOMS_PEOPLE_INVITATION_H

#include "rooms/people/people.h"

/* The surroundings of a request. */
struct invitation_desk invitation_desk_of(struct req *r);

/* A new link in a mail, in the caller's transaction; what was sent before is void. Sets expires_at. GOT_NONE: it is accepted or
 * withdrawn. */
enum got invitation_mail(const struct invitation_desk *desk, struct invitation *invitation, const char **link) MUST_USE;

/* May the request's agent hand out what is invited to? */
bool invitation_may_give(struct req *r, const struct invitation *invitation);

#endif
