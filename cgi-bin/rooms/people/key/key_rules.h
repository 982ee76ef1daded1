/* SPDX-License-Identifier: BSD-2-Clause */
/* key_rules.h - what an API key may do, decided without I/O. */
#ifndef HARK_ROOMS_PEOPLE_KEY_RULES_H
#define HARK_ROOMS_PEOPLE_KEY_RULES_H

#include "rooms/people/people.h"

/* Why an agent with these rights must not have such a key (a message id for the field *field), or NULL.
 * `maker` is the API key that asks, or NULL for a person: a key makes none that may do more, or lives longer, than itself. */
const char *api_key_problem(const struct api_key *key, permission_set rights, const struct api_key *maker, const char **field);

#endif
