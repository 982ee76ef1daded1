/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_names.h - account and e-mail address both sign in: neither may be the account or the address of another agent, who would be
 * locked out. */
#ifndef HARK_ROOMS_PEOPLE_AGENT_NAMES_H
#define HARK_ROOMS_PEOPLE_AGENT_NAMES_H

#include "rooms/people/people.h"

/* Problems of the fields "account" and "email", as far as they differ from `before` (NULL: a new agent). A field that has a problem
 * already keeps that alone. */
void agent_check_names(struct req *r, struct form *form, const struct agent *before, const struct agent *agent);

#endif
