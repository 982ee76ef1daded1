/* SPDX-License-Identifier: BSD-2-Clause */
/* key_form.h - a new API key out of a form or a JSON body. */
#ifndef HARK_ROOMS_PEOPLE_KEY_FORM_H
#define HARK_ROOMS_PEOPLE_KEY_FORM_H

#include "rooms/people/people.h"

/* As it is typed. */
struct key_input {
	const char *name;
	bool all;                        /* every right of the agent, also those to come */
	const char *scopes;
	bool read_only;
	const char *expires;             /* a day, to its end, or a moment (RFC 3339); "" is never */
};

extern const struct field key_input_fields[];

/* Reads and checks it, and fills the key. GOT_NONE: problems in the form. */
enum got key_form_read(struct req *r, struct form *form, struct key_input *input, struct api_key *key) MUST_USE;

/* Stores it with its audit entry; *text is the key. GOT_NONE and a problem when the agent has too many. */
enum got key_form_store(struct req *r, struct form *form, struct api_key *key, const char **text) MUST_USE;

/* Takes a key of the agent away, with the audit entry. */
enum got key_revoke(struct req *r, uint64_t agent, const struct api_key *key) MUST_USE;

#endif
