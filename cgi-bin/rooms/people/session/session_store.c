/* SPDX-License-Identifier: BSD-2-Clause */
/* session_store.c - sessions, stored as hashes, and who asks by session or key. */
#include "rooms/people/session/session_store.h"

#include <string.h>

#include "rooms/people/people_rules.h"
#include "rooms/people/session/session.h"

#define THROTTLE_KEPT CLOCK_DAY
#define LIST_MOST "10000"

static const struct field identity_fields[] = {
	FIELD_U64(struct identity, tenant_id, 0),
	FIELD_TEXT(struct identity, tenant_name, 0),
	FIELD_TEXT(struct identity, tenant_locale, 0),
	FIELD_TEXT(struct identity, tenant_zone, 0),
	FIELD_TEXT(struct identity, tenant_languages, 0),
	FIELD_TEXT(struct identity, tenant_state, 0),
	FIELD_TEXT(struct identity, tenant_reason, 0),
	FIELD_TIME(struct identity, tenant_delete_at, FIELD_NULLABLE),
	FIELD_U64(struct identity, api_minute, FIELD_NULLABLE),
	FIELD_U64(struct identity, agent_id, 0),
	FIELD_TEXT(struct identity, first_name, 0),
	FIELD_TEXT(struct identity, last_name, 0),
	FIELD_TEXT(struct identity, alias, 0),
	FIELD_TEXT(struct identity, avatar, 0),
	FIELD_TEXT(struct identity, locale, 0),
	FIELD_TEXT(struct identity, time_zone, 0),
	FIELD_LONG_TEXT(struct identity, permissions, 0),
	FIELD_LONG_TEXT(struct identity, allowed_addresses, 0),
	FIELD_LONG_TEXT(struct identity, company_addresses, 0),
	FIELD_TIME(struct identity, seen_at, 0),
	FIELD_U64(struct identity, session_id, 0),
	FIELD_TIME(struct identity, confirmed_at, 0),
	FIELD_BOOL(struct identity, owes_factor, 0),
	FIELD_U64(struct identity, key_id, 0),
	FIELD_LONG_TEXT(struct identity, scopes, 0),
	FIELD_BOOL(struct identity, read_only, 0),
	FIELD_TEXT(struct identity, company_keys, 0),
	FIELD_END
};

/* The company's settings are one row of `setting` (web/resource.h), found by its primary key. */
#define IDENTITY_COLUMNS " t.id AS tenant_id, t.name AS tenant_name, t.locale AS tenant_locale, t.time_zone AS tenant_zone," \
	" t.text_languages AS tenant_languages," \
	" t.state AS tenant_state, t.state_reason AS tenant_reason, t.delete_at AS tenant_delete_at," \
	" a.id AS agent_id, a.first_name, a.last_name, a.alias, a.avatar, a.locale, a.time_zone, a.allowed_addresses," \
	" JSON_VALUE(v.value, '$.allowed_addresses') AS company_addresses, r.permissions"
#define IDENTITY_SETTINGS " LEFT JOIN setting v ON v.tenant_id = t.id AND v.name = 'security'"

/* A row for each role, every table by its primary key: the database takes four times as long to put the rights into one text. */
#define IDENTITY_ROLES " LEFT JOIN agent_role ar ON ar.tenant_id = a.tenant_id AND ar.agent_id = a.id" \
	" LEFT JOIN role r FORCE INDEX (PRIMARY) ON r.tenant_id = ar.tenant_id AND r.id = ar.role_id AND r.deleted_at IS NULL"

/* Who stands in the rows, with the rights of all roles and what they ask for. */
static enum got
identity_of(struct arena *arena, const struct db_rows *rows, struct identity *identity)
{
	const struct identity *one = rows->rows;
	struct str permissions;
	size_t i;

	*identity = *one;
	str_init(&permissions, arena);
	for (i = 0; i < rows->count; i++) {
		if (one[i].permissions != NULL)
			str_addf(&permissions, "%s%s", i > 0 ? " " : "", one[i].permissions);
		identity->owes_factor |= one[i].owes_factor;
	}
	identity->permissions = permissions.data;
	return GOT_ONE;
}

enum got
session_identify(struct db *db, struct arena *arena, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now,
	struct identity *identity)
{
	struct db_rows rows = { NULL, 0 };
	enum got got = db_all(db, arena, identity_fields, sizeof(struct identity), &rows,
		"SELECT s.seen_at, s.id AS session_id, s.confirmed_at, (s.is_of_host = 0 AND IFNULL(a.totp_sealed, '') = ''"
		" AND (a.two_factor = 1 OR IFNULL(r.requires_two_factor, 0) = 1)) AS owes_factor," IDENTITY_COLUMNS
		" FROM session s JOIN tenant t ON t.id = s.tenant_id AND t.state <> 'erasing'"
		" JOIN agent a ON a.tenant_id = s.tenant_id AND a.id = s.agent_id AND a.deleted_at IS NULL" IDENTITY_SETTINGS IDENTITY_ROLES
		" WHERE s.token_hash = ? AND s.ends_at > ?", DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_time(now)));

	return got == GOT_ONE ? identity_of(arena, &rows, identity) : got;
}

enum got
api_key_identify(struct db *db, struct arena *arena, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now,
	struct identity *identity)
{
	struct db_rows rows = { NULL, 0 };
	enum got got = db_all(db, arena, identity_fields, sizeof(struct identity), &rows, "SELECT IFNULL(k.used_at, 0) AS seen_at, k.id AS key_id, k.scopes,"
		" k.read_only, p.api_minute, JSON_VALUE(v.value, '$.api_keys') AS company_keys," IDENTITY_COLUMNS
		" FROM api_key k JOIN tenant t ON t.id = k.tenant_id AND t.state <> 'erasing' JOIN plan p ON p.id = t.plan_id"
		" JOIN agent a ON a.tenant_id = k.tenant_id AND a.id = k.agent_id AND a.deleted_at IS NULL" IDENTITY_SETTINGS IDENTITY_ROLES
		" WHERE k.key_hash = ? AND k.deleted_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?)",
		DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_time(now)));

	return got == GOT_ONE ? identity_of(arena, &rows, identity) : got;
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
session_create(struct req *r, const struct session_start *start, const char **token)
{
	unsigned char hash[CRYPT_HASH_LEN];

	*token = crypt_token(r->arena);
	crypt_sha256(*token, strlen(*token), hash);
	return db_run(r->db, "INSERT INTO session (token_hash, tenant_id, agent_id, created_at, seen_at, expires_at, idle, address,"
		" user_agent, is_of_host) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_bytes(hash, sizeof(hash)), db_tenant(r->tenant), db_u64(start->agent), db_time(r->now), db_time(r->now),
			db_time(r->now + security_life(start->limits)), db_time(security_idle(start->limits)), db_text(r->address),
			db_text(r->user_agent), db_bool(start->is_of_host)), NULL);
}

enum got
session_replace(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN],
	const unsigned char new_hash[CRYPT_HASH_LEN])
{
	return db_run(db, "UPDATE session SET token_hash = ? WHERE token_hash = ? AND tenant_id = ?",
		DB_ARGS(db_bytes(new_hash, CRYPT_HASH_LEN), db_bytes(hash, CRYPT_HASH_LEN), db_tenant(tenant)), NULL);
}

enum got
session_confirm(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now)
{
	return db_run(db, "UPDATE session SET confirmed_at = ? WHERE token_hash = ? AND tenant_id = ?",
		DB_ARGS(db_time(now), db_bytes(hash, CRYPT_HASH_LEN), db_tenant(tenant)), NULL);
}

enum got
session_limit(struct db *db, tenant_id tenant, const struct security *limits)
{
	return db_run(db, "UPDATE session SET idle = ?, expires_at = created_at + ? WHERE tenant_id = ?",
		DB_ARGS(db_time(security_idle(limits)), db_time(security_life(limits)), db_tenant(tenant)), NULL);
}

enum got
session_end(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN])
{
	return db_run(db, "DELETE FROM session WHERE token_hash = ? AND tenant_id = ?",
		DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_tenant(tenant)), NULL);
}

enum got
session_end_by_id(struct db *db, tenant_id tenant, uint64_t agent, uint64_t id)
{
	return db_run(db, "DELETE FROM session WHERE tenant_id = ? AND agent_id = ? AND id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_u64(id)), NULL);
}

enum got
session_end_all(struct db *db, tenant_id tenant, uint64_t agent, const unsigned char *but)
{
	if (db_run(db, "DELETE FROM pending_sign_in WHERE tenant_id = ? AND agent_id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(agent)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	if (but == NULL)
		return db_run(db, "DELETE FROM session WHERE tenant_id = ? AND agent_id = ?",
			DB_ARGS(db_tenant(tenant), db_u64(agent)), NULL);
	return db_run(db, "DELETE FROM session WHERE tenant_id = ? AND agent_id = ? AND token_hash <> ?",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_bytes(but, CRYPT_HASH_LEN)), NULL);
}

enum got
session_count(struct db *db, tenant_id tenant, uint64_t agent, clock_ms now, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM session WHERE tenant_id = ? AND agent_id = ? AND ends_at > ?",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_time(now)), count);
}

enum got
session_list(struct req *r, uint64_t agent, const unsigned char *own, struct db_rows *sessions)
{
	return db_all(r->db, r->arena, session_fields, sizeof(struct session), sessions, "SELECT s.id, s.agent_id AS owner, s.address,"
		" s.user_agent, s.created_at, s.seen_at, s.token_hash = ? AS is_this, a.allowed_addresses FROM session s"
		" JOIN agent a ON a.tenant_id = s.tenant_id AND a.id = s.agent_id"
		" WHERE s.tenant_id = ? AND (? = 0 OR s.agent_id = ?) AND s.ends_at > ?"
		" ORDER BY is_this DESC, s.seen_at DESC, s.id DESC LIMIT " LIST_MOST,
		DB_ARGS(db_bytes(own != NULL ? own : (const void *)"", own != NULL ? CRYPT_HASH_LEN : 0), db_tenant(r->tenant),
			db_u64(agent), db_u64(agent), db_time(r->now)));
}

void
session_sweep(struct sweep *sweep)
{
	sweep_rows(sweep, "DELETE FROM session WHERE ends_at <= ? LIMIT " SWEEP_PORTION, DB_ARGS(db_time(sweep->now)));
	sweep_rows(sweep, "DELETE FROM pending_sign_in WHERE expires_at <= ? LIMIT " SWEEP_PORTION, DB_ARGS(db_time(sweep->now)));
	sweep_rows(sweep, "DELETE FROM throttle WHERE started_at < ? LIMIT " SWEEP_PORTION, DB_ARGS(db_time(sweep->now - THROTTLE_KEPT)));
}
