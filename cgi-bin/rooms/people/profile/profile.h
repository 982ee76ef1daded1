/* SPDX-License-Identifier: BSD-2-Clause */
/* profile.h - what an agent changes about himself. */
#ifndef HARK_ROOMS_PEOPLE_PROFILE_H
#define HARK_ROOMS_PEOPLE_PROFILE_H

#include "rooms/people/people.h"

/* The members of struct agent that are one's own; everything else is the administrators'. */
extern const struct field profile_fields[];

/* Reads the request over `agent` and keeps it, with an audit entry. GOT_NONE: problems in the form. */
enum got profile_change(struct req *r, struct form *form, struct agent *agent, bool only_given) MUST_USE;

#endif
