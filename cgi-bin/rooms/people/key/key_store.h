/* SPDX-License-Identifier: BSD-2-Clause */
/* key_store.h - API keys in the database. */
#ifndef HARK_ROOMS_PEOPLE_KEY_STORE_H
#define HARK_ROOMS_PEOPLE_KEY_STORE_H

#include "rooms/people/people.h"

#define API_KEY_NAME_MAX 80      /* characters */
#define API_KEYS_MAX 50          /* live ones of an agent */

/* A new one (agent_id, name, scopes, read_only, expires_at are read, the id is set); *text is shown once, its hash is stored. */
enum got api_key_create(struct db *db, struct arena *arena, tenant_id tenant, struct api_key *key, clock_ms now,
	const char **text) MUST_USE;

/* The live ones of an agent, newest first. */
enum got api_key_all(struct req *r, uint64_t agent, struct db_rows *keys) MUST_USE;
enum got api_key_by_id(struct req *r, uint64_t agent, uint64_t id, struct api_key *key) MUST_USE;
/* GOT_NONE: the agent has no such key. It works no more at once. */
enum got api_key_revoke(struct req *r, uint64_t agent, uint64_t id) MUST_USE;

#endif
