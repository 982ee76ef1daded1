/* SPDX-License-Identifier: BSD-2-Clause */
/* factor_store.c - the statements about second factors. */
#include "rooms/people/factor/factor.h"

#include "rooms/people/session/session_store.h"

static const struct field factor_fields[] = {
	FIELD_BOOL(struct agent_factor, two_factor, 0),
	FIELD_BOOL(struct agent_factor, two_factor_own, 0),
	FIELD_U64(struct agent_factor, roles, 0),
	FIELD_TEXT(struct agent_factor, totp_sealed, 0),
	FIELD_U64(struct agent_factor, codes, 0),
	FIELD_LONG_TEXT(struct agent_factor, allowed_addresses, 0),
	FIELD_END
};

enum got
agent_factor_load(struct req *r, uint64_t agent, struct agent_factor *row)
{
	return db_one(r->db, r->arena, factor_fields, row, "SELECT a.two_factor, a.two_factor_own, a.totp_sealed, a.allowed_addresses,"
		" (SELECT COUNT(*) FROM agent_role ar JOIN role r ON r.tenant_id = ar.tenant_id AND r.id = ar.role_id"
		" AND r.deleted_at IS NULL AND r.requires_two_factor = 1 WHERE ar.tenant_id = a.tenant_id AND ar.agent_id = a.id) AS roles,"
		" (SELECT COUNT(*) FROM recovery_code c WHERE c.tenant_id = a.tenant_id AND c.agent_id = a.id AND c.used_at IS NULL)"
		" AS codes FROM agent a WHERE a.tenant_id = ? AND a.id = ? AND a.deleted_at IS NULL",
		DB_ARGS(db_tenant(r->tenant), db_u64(agent)));
}

enum got
agent_factor_step(struct req *r, uint64_t agent, uint64_t step)
{
	return db_run(r->db, "UPDATE agent SET totp_step = ? WHERE tenant_id = ? AND id = ? AND totp_step < ? AND deleted_at IS NULL",
		DB_ARGS(db_u64(step), db_tenant(r->tenant), db_u64(agent), db_u64(step)), NULL);
}

/* The secret is another one, so the step starts anew. Whoever sets up while signing in must not replace what the agent has set up meanwhile. */
enum got
agent_factor_store(struct req *r, const struct factor_setting *new)
{
	return db_run(r->db, "UPDATE agent SET totp_sealed = ?, totp_step = ?, two_factor_own = IF(? AND two_factor = 0, 1, two_factor_own),"
		" two_factor = IF(?, 1, two_factor) WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL AND (? OR totp_sealed IS NULL)",
		DB_ARGS(db_text(new->sealed), db_u64(new->step), db_bool(new->is_own), db_bool(new->is_own), db_tenant(r->tenant),
			db_u64(new->owner), db_bool(new->is_own)), NULL);
}

enum got
agent_factor_clear(struct req *r, uint64_t agent)
{
	if (recovery_clear(r, agent) == GOT_ERROR)
		return GOT_ERROR;
	return db_run(r->db, "UPDATE agent SET totp_sealed = NULL, two_factor = 0, two_factor_own = 0 WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_tenant(r->tenant), db_u64(agent)), NULL);
}

enum got
agent_factor_disown(struct req *r, uint64_t agent)
{
	return db_run(r->db, "UPDATE agent SET two_factor_own = 0 WHERE tenant_id = ? AND id = ?", DB_ARGS(db_tenant(r->tenant), db_u64(agent)), NULL);
}

/* Who switched it on himself starts without; who has to have one keeps having to. */
enum got
agent_reset_factor(struct req *r, uint64_t agent)
{
	if (recovery_clear(r, agent) == GOT_ERROR || session_end_all(r->db, r->tenant, agent, NULL) == GOT_ERROR)
		return GOT_ERROR;
	return db_run(r->db, "UPDATE agent SET totp_sealed = NULL, two_factor = IF(two_factor_own, 0, two_factor), two_factor_own = 0"
		" WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL", DB_ARGS(db_tenant(r->tenant), db_u64(agent)), NULL);
}

enum got
session_set_secret(struct req *r, const char *sealed)
{
	return db_run(r->db, "UPDATE session SET factor_sealed = ? WHERE token_hash = ? AND tenant_id = ?",
		DB_ARGS(db_text(sealed), db_bytes(r->actor.session, CRYPT_HASH_LEN), db_tenant(r->tenant)), NULL);
}

enum got
session_secret(struct req *r, const char **sealed)
{
	static const struct field fields[] = { FIELD_TEXT(struct pending, factor_sealed, 0), FIELD_END };
	struct pending row = { 0 };
	enum got got = db_one(r->db, r->arena, fields, &row, "SELECT factor_sealed FROM session WHERE token_hash = ? AND tenant_id = ?"
		" AND factor_sealed IS NOT NULL", DB_ARGS(db_bytes(r->actor.session, CRYPT_HASH_LEN), db_tenant(r->tenant)));

	*sealed = row.factor_sealed;
	return got;
}

enum got
recovery_add(struct req *r, uint64_t agent, const unsigned char hash[CRYPT_HASH_LEN])
{
	return db_run(r->db, "INSERT INTO recovery_code (tenant_id, agent_id, code_hash, created_at) VALUES (?, ?, ?, ?)",
		DB_ARGS(db_tenant(r->tenant), db_u64(agent), db_bytes(hash, CRYPT_HASH_LEN), db_time(r->now)), NULL);
}

enum got
recovery_use(struct req *r, uint64_t agent, const unsigned char hash[CRYPT_HASH_LEN])
{
	return db_run(r->db, "UPDATE recovery_code SET used_at = ? WHERE tenant_id = ? AND agent_id = ? AND code_hash = ?"
		" AND used_at IS NULL", DB_ARGS(db_time(r->now), db_tenant(r->tenant), db_u64(agent), db_bytes(hash, CRYPT_HASH_LEN)), NULL);
}

enum got
recovery_find(struct req *r, uint64_t agent, const unsigned char hash[CRYPT_HASH_LEN])
{
	uint64_t count = 0;

	return db_number(r->db, "SELECT 1 FROM recovery_code WHERE tenant_id = ? AND agent_id = ? AND code_hash = ? AND used_at IS NULL",
		DB_ARGS(db_tenant(r->tenant), db_u64(agent), db_bytes(hash, CRYPT_HASH_LEN)), &count);
}

enum got
recovery_clear(struct req *r, uint64_t agent)
{
	return db_run(r->db, "DELETE FROM recovery_code WHERE tenant_id = ? AND agent_id = ?",
		DB_ARGS(db_tenant(r->tenant), db_u64(agent)), NULL);
}

static const struct field pending_fields[] = {
	FIELD_U64(struct pending, tenant_id, 0),
	FIELD_U64(struct pending, agent_id, 0),
	FIELD_TEXT(struct pending, factor_sealed, 0),
	FIELD_END
};

enum got
pending_add(struct req *r, const struct half *half)
{
	return db_run(r->db, "INSERT INTO pending_sign_in (token_hash, tenant_id, agent_id, factor_sealed, expires_at)"
		" VALUES (?, ?, ?, ?, ?)", DB_ARGS(db_bytes(half->hash, CRYPT_HASH_LEN), db_tenant(r->tenant), db_u64(half->owner),
			db_text(half->sealed), db_time(r->now + HALF_LIFE)), NULL);
}

enum got
pending_find(struct req *r, const unsigned char hash[CRYPT_HASH_LEN], struct pending *pending)
{
	return db_one(r->db, r->arena, pending_fields, pending, "SELECT p.tenant_id, p.agent_id, p.factor_sealed FROM pending_sign_in p"
		" JOIN tenant t ON t.id = p.tenant_id AND t.state <> 'erasing'"
		" JOIN agent a ON a.tenant_id = p.tenant_id AND a.id = p.agent_id AND a.deleted_at IS NULL"
		" WHERE p.token_hash = ? AND p.expires_at > ?", DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_time(r->now)));
}

enum got
pending_end(struct db *db, tenant_id tenant, const unsigned char hash[CRYPT_HASH_LEN])
{
	return db_run(db, "DELETE FROM pending_sign_in WHERE token_hash = ? AND tenant_id = ?",
		DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_tenant(tenant)), NULL);
}
