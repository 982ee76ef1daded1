/* SPDX-License-Identifier: BSD-2-Clause */
/* session_store.c - sessions and API keys, stored as hashes. */
#include "rooms/people/session/session_store.h"

#include <string.h>

#include "rooms/people/people_rules.h"

#define THROTTLE_KEPT CLOCK_DAY
#define SWEEP_MOST "1000"        /* rows that one sweep deletes, so that it never holds locks for long */

static const struct field identity_fields[] = {
	FIELD_U64(struct identity, tenant_id, 0),
	FIELD_TEXT(struct identity, tenant_name, 0),
	FIELD_TEXT(struct identity, tenant_locale, 0),
	FIELD_TEXT(struct identity, tenant_zone, 0),
	FIELD_TEXT(struct identity, tenant_state, 0),
	FIELD_TEXT(struct identity, tenant_reason, 0),
	FIELD_TIME(struct identity, tenant_delete_at, FIELD_NULLABLE),
	FIELD_U64(struct identity, api_minute, FIELD_NULLABLE),
	FIELD_U64(struct identity, agent_id, 0),
	FIELD_TEXT(struct identity, first_name, 0),
	FIELD_TEXT(struct identity, last_name, 0),
	FIELD_TEXT(struct identity, alias, 0),
	FIELD_TEXT(struct identity, locale, 0),
	FIELD_TEXT(struct identity, time_zone, 0),
	FIELD_LONG_TEXT(struct identity, permissions, 0),
	FIELD_TIME(struct identity, seen_at, 0),
	FIELD_END
};

#define IDENTITY_COLUMNS " t.id AS tenant_id, t.name AS tenant_name, t.locale AS tenant_locale, t.time_zone AS tenant_zone," \
	" t.state AS tenant_state, t.state_reason AS tenant_reason, t.delete_at AS tenant_delete_at," \
	" a.id AS agent_id, a.first_name, a.last_name, a.alias, a.locale, a.time_zone," \
	" (SELECT GROUP_CONCAT(r.permissions SEPARATOR ' ') FROM agent_role ar" \
	" JOIN role r ON r.tenant_id = ar.tenant_id AND r.id = ar.role_id AND r.deleted_at IS NULL" \
	" WHERE ar.tenant_id = a.tenant_id AND ar.agent_id = a.id) AS permissions"

enum got
session_identify(struct db *db, struct arena *arena, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now,
	struct identity *identity)
{
	return db_one(db, arena, identity_fields, identity, "SELECT s.seen_at," IDENTITY_COLUMNS " FROM session s"
		" JOIN tenant t ON t.id = s.tenant_id AND t.state <> 'erasing'"
		" JOIN agent a ON a.tenant_id = s.tenant_id AND a.id = s.agent_id AND a.deleted_at IS NULL"
		" WHERE s.token_hash = ? AND s.expires_at > ? AND s.seen_at > ?",
		DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_time(now), db_time(now - SESSION_IDLE)));
}

enum got
api_key_identify(struct db *db, struct arena *arena, const unsigned char hash[CRYPT_HASH_LEN], struct identity *identity)
{
	return db_one(db, arena, identity_fields, identity, "SELECT IFNULL(k.used_at, 0) AS seen_at, p.api_minute,"
		IDENTITY_COLUMNS
		" FROM api_key k JOIN tenant t ON t.id = k.tenant_id AND t.state <> 'erasing' JOIN plan p ON p.id = t.plan_id"
		" JOIN agent a ON a.tenant_id = k.tenant_id AND a.id = k.agent_id AND a.deleted_at IS NULL"
		" WHERE k.key_hash = ? AND k.deleted_at IS NULL", DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN)));
}

enum got
session_seen(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now)
{
	return db_run(db, "UPDATE session SET seen_at = ? WHERE token_hash = ? AND tenant_id = ?",
		DB_ARGS(db_time(now), db_bytes(hash, CRYPT_HASH_LEN), db_tenant(tenant)), NULL);
}

enum got
api_key_seen(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now)
{
	return db_run(db, "UPDATE api_key SET used_at = ? WHERE key_hash = ? AND tenant_id = ?",
		DB_ARGS(db_time(now), db_bytes(hash, CRYPT_HASH_LEN), db_tenant(tenant)), NULL);
}

enum got
session_create(struct req *r, tenant_id tenant, uint64_t agent, const char **token)
{
	unsigned char hash[CRYPT_HASH_LEN];

	*token = crypt_token(r->arena);
	crypt_sha256(*token, strlen(*token), hash);
	return db_run(r->db, "INSERT INTO session (token_hash, tenant_id, agent_id, created_at, seen_at, expires_at, address,"
		" user_agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_bytes(hash, sizeof(hash)), db_tenant(tenant), db_u64(agent), db_time(r->now), db_time(r->now),
			db_time(r->now + SESSION_LIFE), db_text(r->address), db_text(r->user_agent)), NULL);
}

enum got
session_end(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN])
{
	return db_run(db, "DELETE FROM session WHERE token_hash = ? AND tenant_id = ?",
		DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_tenant(tenant)), NULL);
}

enum got
session_end_all(struct db *db, tenant_id tenant, uint64_t agent, const unsigned char *but)
{
	if (but == NULL)
		return db_run(db, "DELETE FROM session WHERE tenant_id = ? AND agent_id = ?",
			DB_ARGS(db_tenant(tenant), db_u64(agent)), NULL);
	return db_run(db, "DELETE FROM session WHERE tenant_id = ? AND agent_id = ? AND token_hash <> ?",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_bytes(but, CRYPT_HASH_LEN)), NULL);
}

enum got
session_count(struct db *db, tenant_id tenant, uint64_t agent, clock_ms now, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM session WHERE tenant_id = ? AND agent_id = ? AND expires_at > ?"
		" AND seen_at > ?",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_time(now), db_time(now - SESSION_IDLE)), count);
}

enum got
session_sweep(struct db *db, clock_ms now)
{
	if (db_run(db, "DELETE FROM session WHERE expires_at <= ? LIMIT " SWEEP_MOST,
		DB_ARGS(db_time(now)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	return db_run(db, "DELETE FROM throttle WHERE started_at < ? LIMIT " SWEEP_MOST,
		DB_ARGS(db_time(now - THROTTLE_KEPT)), NULL);
}

enum got
api_key_create(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, const char *name, clock_ms now,
	const char **key)
{
	unsigned char hash[CRYPT_HASH_LEN];

	*key = arena_printf(arena, "hark_%s", crypt_token(arena));
	crypt_sha256(*key, strlen(*key), hash);
	return db_run(db, "INSERT INTO api_key (tenant_id, agent_id, name, key_hash, created_at) VALUES (?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_text(name), db_bytes(hash, sizeof(hash)), db_time(now)), NULL);
}
