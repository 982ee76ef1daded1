/* SPDX-License-Identifier: BSD-2-Clause */
/* view_store.c - consents of tenants, and the views that operators had of them. */
#include "rooms/host/view/view_store.h"

#include <string.h>

static const struct field access_fields[] = {
	FIELD_U64(struct support_access, agent_id, 0),
	FIELD_TEXT(struct support_access, agent_name, 0),
	FIELD_TIME(struct support_access, granted_at, 0),
	FIELD_TIME(struct support_access, until_at, 0),
	FIELD_END
};

static const struct field view_fields[] = {
	FIELD_U64(struct view, id, 0),
	FIELD_U64(struct view, tenant_id, 0),
	FIELD_U64(struct view, operator_id, 0),
	FIELD_TEXT(struct view, operator_name, 0),
	FIELD_LONG_TEXT(struct view, permissions, 0),
	FIELD_U64(struct view, pages, 0),
	FIELD_TIME(struct view, created_at, 0),
	FIELD_TIME(struct view, seen_at, 0),
	FIELD_TIME(struct view, expires_at, 0),
	FIELD_TIME(struct view, ended_at, 0),
	FIELD_END
};

enum got
support_access_find(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct support_access *access)
{
	return db_one(db, arena, access_fields, access, "SELECT agent_id, agent_name, granted_at, until_at FROM support_access"
		" WHERE tenant_id = ? AND (until_at IS NULL OR until_at > ?)", DB_ARGS(db_tenant(tenant), db_time(now)));
}

enum got
support_access_grant(struct req *r, clock_ms until)
{
	struct db_value end = until != 0 ? db_time(until) : db_null();

	return db_run(r->db, "INSERT INTO support_access (tenant_id, agent_id, agent_name, granted_at, until_at) VALUES (?, ?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE agent_id = VALUES(agent_id), agent_name = VALUES(agent_name),"
		" granted_at = VALUES(granted_at), until_at = VALUES(until_at)",
		DB_ARGS(db_tenant(r->tenant), db_u64(r->actor.id), db_text(r->actor.name), db_time(r->now), end), NULL);
}

enum got
support_access_end(struct db *db, tenant_id tenant, clock_ms now)
{
	if (db_run(db, "UPDATE host_view SET ended_at = ? WHERE tenant_id = ? AND ended_at IS NULL AND expires_at > ?",
		DB_ARGS(db_time(now), db_tenant(tenant), db_time(now)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	return db_run(db, "DELETE FROM support_access WHERE tenant_id = ?", DB_ARGS(db_tenant(tenant)), NULL);
}

enum got
view_find(struct db *db, struct arena *arena, const unsigned char *hash, clock_ms now, struct view *view)
{
	return db_one(db, arena, view_fields, view, "SELECT v.id, v.tenant_id, v.operator_id, v.operator_name, o.permissions, v.pages,"
		" v.created_at, v.seen_at, v.expires_at FROM host_view v"
		" JOIN support_access s ON s.tenant_id = v.tenant_id AND (s.until_at IS NULL OR s.until_at > ?)"
		" JOIN operator o ON o.id = v.operator_id AND o.deleted_at IS NULL"
		" WHERE v.token_hash = ? AND v.ended_at IS NULL AND v.expires_at > ?",
		DB_ARGS(db_time(now), db_bytes(hash, CRYPT_HASH_LEN), db_time(now)));
}

enum got
view_create(struct req *r, const struct view_start *start, const char **token)
{
	unsigned char hash[CRYPT_HASH_LEN];

	*token = crypt_token(r->arena);
	crypt_sha256(*token, strlen(*token), hash);
	return db_run(r->db, "INSERT INTO host_view (tenant_id, token_hash, operator_id, operator_name, address, created_at, seen_at,"
		" expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(start->tenant), db_bytes(hash, sizeof(hash)), db_u64(start->operator_id),
			db_text(start->operator_name), db_text(r->address), db_time(r->now), db_time(r->now),
			db_time(r->now + VIEW_LIFE)), NULL);
}

enum got
view_count(struct db *db, const struct view *view, clock_ms now)
{
	return db_run(db, "UPDATE host_view SET pages = pages + 1, seen_at = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_time(now), db_u64(view->tenant_id), db_u64(view->id)), NULL);
}

enum got
view_end(struct db *db, tenant_id tenant, const unsigned char *hash, clock_ms now)
{
	return db_run(db, "UPDATE host_view SET ended_at = ? WHERE tenant_id = ? AND token_hash = ? AND ended_at IS NULL",
		DB_ARGS(db_time(now), db_tenant(tenant), db_bytes(hash, CRYPT_HASH_LEN)), NULL);
}

enum got
view_end_of_operator(struct db *db, uint64_t operator, clock_ms now)
{
	return db_run(db, "UPDATE host_view SET ended_at = ? WHERE operator_id = ? AND ended_at IS NULL AND expires_at > ?",
		DB_ARGS(db_time(now), db_u64(operator), db_time(now)), NULL);
}

enum got
view_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *views)
{
	return db_all(db, arena, view_fields, sizeof(struct view), views, "SELECT id, tenant_id, operator_id, operator_name, pages,"
		" created_at, seen_at, expires_at, ended_at FROM host_view WHERE tenant_id = ? ORDER BY id DESC LIMIT ?",
		DB_ARGS(db_tenant(tenant), db_u64(VIEWS_SHOWN)));
}
