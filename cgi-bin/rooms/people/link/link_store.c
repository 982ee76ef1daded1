/* SPDX-License-Identifier: BSD-2-Clause */
/* link_store.c - links that open a tenant once: made, found, used by whoever is first, and swept. */
#include <string.h>

#include "rooms/people/people.h"

static const struct field link_fields[] = {
	FIELD_U64(struct enter_link, tenant_id, 0),
	FIELD_U64(struct enter_link, agent_id, 0),
	FIELD_TEXT(struct enter_link, maker, 0),
	FIELD_U64(struct enter_link, maker_id, 0),
	FIELD_TEXT(struct enter_link, maker_name, 0),
	FIELD_END
};

/* The address is the configured one: no header of the request has a say in it. */
enum got
enter_link_make(struct req *r, const struct enter_link *link, const char **url)
{
	const char *token = crypt_token(r->arena);
	unsigned char hash[CRYPT_HASH_LEN];

	crypt_sha256(token, strlen(token), hash);
	*url = arena_printf(r->arena, "%s/enter/%s", r->site->conf->base_url, token);
	return db_run(r->db, "INSERT INTO enter_link (token_hash, tenant_id, agent_id, maker, maker_id, maker_name, created_at, expires_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_bytes(hash, sizeof(hash)), db_u64(link->tenant_id), db_u64(link->agent_id), db_text(link->maker),
			db_u64(link->maker_id), db_text(link->maker_name), db_time(r->now), db_time(r->now + ENTER_LINK_LIFE)), NULL);
}

enum got
enter_link_find(struct req *r, const char *token, struct enter_link *link)
{
	crypt_sha256(token, strlen(token), link->hash);
	return db_one(r->db, r->arena, link_fields, link, "SELECT l.tenant_id, l.agent_id, l.maker, l.maker_id, l.maker_name"
		" FROM enter_link l WHERE l.token_hash = ? AND l.used_at IS NULL AND l.expires_at > ?",
		DB_ARGS(db_bytes(link->hash, CRYPT_HASH_LEN), db_time(r->now)));
}

enum got
enter_link_take(struct req *r, const struct enter_link *link)
{
	return db_run(r->db, "UPDATE enter_link SET used_at = ? WHERE token_hash = ? AND tenant_id = ? AND used_at IS NULL AND expires_at > ?",
		DB_ARGS(db_time(r->now), db_bytes(link->hash, CRYPT_HASH_LEN), db_u64(link->tenant_id), db_time(r->now)), NULL);
}

void
enter_link_sweep(struct sweep *sweep)
{
	sweep_rows(sweep, "DELETE FROM enter_link WHERE expires_at <= ? LIMIT " SWEEP_PORTION, DB_ARGS(db_time(sweep->now - CLOCK_DAY)));
}
