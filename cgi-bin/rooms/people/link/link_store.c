/* SPDX-License-Identifier: BSD-2-Clause */
/* link_store.c - links that open a tenant once. */
#include "rooms/host/link/link_store.h"

#define SWEEP_MOST "1000"

static const struct field link_fields[] = {
	FIELD_U64(struct host_link, tenant_id, 0),
	FIELD_TEXT(struct host_link, tenant_name, 0),
	FIELD_U64(struct host_link, agent_id, 0),
	FIELD_U64(struct host_link, operator_id, 0),
	FIELD_TEXT(struct host_link, operator_name, 0),
	FIELD_END
};

enum got
host_link_find(struct db *db, struct arena *arena, const unsigned char *hash, clock_ms now, struct host_link *link)
{
	return db_one(db, arena, link_fields, link, "SELECT l.tenant_id, t.name AS tenant_name, l.agent_id, l.operator_id, l.operator_name"
		" FROM host_link l JOIN tenant t ON t.id = l.tenant_id WHERE l.token_hash = ? AND l.used_at IS NULL AND l.expires_at > ?",
		DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_time(now)));
}

enum got
host_link_take(struct db *db, const struct host_link *link, const unsigned char *hash, clock_ms now)
{
	return db_run(db, "UPDATE host_link SET used_at = ? WHERE token_hash = ? AND tenant_id = ? AND used_at IS NULL AND expires_at > ?",
		DB_ARGS(db_time(now), db_bytes(hash, CRYPT_HASH_LEN), db_u64(link->tenant_id), db_time(now)), NULL);
}

enum got
host_link_insert(struct req *r, const struct host_link *link, const unsigned char *hash)
{
	return db_run(r->db, "INSERT INTO host_link (token_hash, tenant_id, agent_id, operator_id, operator_name, created_at, expires_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_u64(link->tenant_id), db_u64(link->agent_id), db_u64(link->operator_id),
			db_text(link->operator_name), db_time(r->now), db_time(r->now + HOST_LINK_LIFE)), NULL);
}

enum got
host_link_sweep(struct db *db, clock_ms now)
{
	return db_run(db, "DELETE FROM host_link WHERE expires_at <= ? LIMIT " SWEEP_MOST, DB_ARGS(db_time(now - CLOCK_DAY)), NULL);
}
