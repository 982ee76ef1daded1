/* SPDX-License-Identifier: BSD-2-Clause */
/* key_store.c - the statements about API keys. */
#include "rooms/people/key/key_store.h"

#include <string.h>

#define HINT_LEN 11              /* "hark_" and six characters of the secret's 43 */
#define KEY_COLUMNS "k.id, k.agent_id, k.name, k.hint, k.scopes, k.read_only, k.expires_at, k.created_at, k.used_at"

static const struct field key_fields[] = {
	FIELD_U64(struct api_key, id, FIELD_KEY),
	FIELD_U64(struct api_key, agent_id, 0),
	FIELD_TEXT(struct api_key, name, 0),
	FIELD_TEXT(struct api_key, hint, 0),
	FIELD_LONG_TEXT(struct api_key, scopes, 0),
	FIELD_BOOL(struct api_key, read_only, 0),
	FIELD_TIME(struct api_key, expires_at, FIELD_NULLABLE),
	FIELD_TIME(struct api_key, created_at, 0),
	FIELD_TIME(struct api_key, used_at, FIELD_NULLABLE),
	FIELD_END
};

enum got
api_key_create(struct db *db, struct arena *arena, tenant_id tenant, struct api_key *key, clock_ms now, const char **text)
{
	unsigned char hash[CRYPT_HASH_LEN];
	struct db_done done;
	enum got got;

	*text = arena_printf(arena, "hark_%s", crypt_token(arena));
	crypt_sha256(*text, strlen(*text), hash);
	key->hint = arena_text_of(arena, *text, HINT_LEN);
	key->created_at = now;
	got = db_run(db, "INSERT INTO api_key (tenant_id, agent_id, name, key_hash, hint, scopes, read_only, expires_at, created_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_u64(key->agent_id), db_text(key->name), db_bytes(hash, sizeof(hash)), db_text(key->hint),
			db_text(key->scopes), db_bool(key->read_only), key->expires_at != 0 ? db_time(key->expires_at) : db_null(),
			db_time(now)), &done);
	if (got == GOT_ONE)
		key->id = done.id;
	return got;
}

enum got
api_key_all(struct req *r, uint64_t agent, struct db_rows *keys)
{
	return db_all(r->db, r->arena, key_fields, sizeof(struct api_key), keys, "SELECT " KEY_COLUMNS " FROM api_key k"
		" WHERE k.tenant_id = ? AND k.agent_id = ? AND k.deleted_at IS NULL ORDER BY k.id DESC LIMIT 1000",
		DB_ARGS(db_tenant(r->tenant), db_u64(agent)));
}

enum got
api_key_by_id(struct req *r, uint64_t agent, uint64_t id, struct api_key *key)
{
	return db_one(r->db, r->arena, key_fields, key, "SELECT " KEY_COLUMNS " FROM api_key k"
		" WHERE k.tenant_id = ? AND k.agent_id = ? AND k.id = ? AND k.deleted_at IS NULL",
		DB_ARGS(db_tenant(r->tenant), db_u64(agent), db_u64(id)));
}

enum got
api_key_revoke(struct req *r, uint64_t agent, uint64_t id)
{
	return db_run(r->db, "UPDATE api_key SET deleted_at = ? WHERE tenant_id = ? AND agent_id = ? AND id = ? AND deleted_at IS NULL",
		DB_ARGS(db_time(r->now), db_tenant(r->tenant), db_u64(agent), db_u64(id)), NULL);
}
