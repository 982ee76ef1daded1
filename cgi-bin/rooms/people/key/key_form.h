/* SPDX-License-Identifier: BSD-2-Clause */
/* key_form.h - the fields of a new API key, and taking one back. */
#ifndef HARK_ROOMS_PEOPLE_KEY_FORM_H
#define HARK_ROOMS_PEOPLE_KEY_FORM_H

#include "rooms/people/people.h"

extern const struct field key_input_fields[];

/* Takes a key of the agent away, with the audit entry. */
enum got key_revoke(struct req *r, uint64_t agent, const struct api_key *key) MUST_USE;

#endif
