/* SPDX-License-Identifier: BSD-2-Clause */
/* key_views.h - API keys as page values and JSON. */
#ifndef HARK_ROOMS_PEOPLE_KEY_VIEWS_H
#define HARK_ROOMS_PEOPLE_KEY_VIEWS_H

#include "rooms/people/people.h"

/* "Keys.N.{Id,Name,Hint,Scopes,ReadOnly,Created,Used,Expires,Over}" of a page: the live keys of an agent. */
enum got api_key_show_list(struct req *r, uint64_t agent) MUST_USE;

/* {"id","name","hint","scopes","read_only","expires_at","created_at","used_at"}. */
struct json *api_key_json(struct req *r, const struct api_key *key);

#endif
