/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_factor_store.c - secrets, steps and recovery codes of operators, and their sign-ins that wait for a code. */
#include "rooms/host/operator/operator_factor.h"

#include "rooms/host/operator/operator_store.h"
#include "web/factor.h"

static const struct field factor_fields[] = {
	FIELD_TEXT(struct factor, sealed, 0),
	FIELD_U64(struct factor, codes, 0),
	FIELD_END
};

enum got
operator_factor_load(struct req *r, uint64_t operator, struct factor *factor)
{
	enum got got = db_one(r->db, r->arena, factor_fields, factor, "SELECT o.totp_sealed AS sealed,"
		" (SELECT COUNT(*) FROM operator_recovery_code c WHERE c.operator_id = o.id AND c.used_at IS NULL) AS codes"
		" FROM operator o WHERE o.id = ? AND o.deleted_at IS NULL", DB_ARGS(db_u64(operator)));

	factor->is_required = r->site->conf->operators_need_factor;
	factor->is_asked = factor->is_required || factor_is_set_up(factor);
	return got;
}

enum got
operator_factor_step(struct req *r, uint64_t operator, uint64_t step)
{
	return db_run(r->db, "UPDATE operator SET totp_step = ? WHERE id = ? AND totp_step < ? AND deleted_at IS NULL",
		DB_ARGS(db_u64(step), db_u64(operator), db_u64(step)), NULL);
}

/* The secret is another one, so the step starts anew. */
enum got
operator_factor_store(struct req *r, const struct factor_setting *new)
{
	return db_run(r->db, "UPDATE operator SET totp_sealed = ?, totp_step = ? WHERE id = ? AND deleted_at IS NULL"
		" AND (? OR totp_sealed IS NULL)",
		DB_ARGS(db_text(new->sealed), db_u64(new->step), db_u64(new->owner), db_bool(new->is_own)), NULL);
}

enum got
operator_factor_clear(struct req *r, uint64_t operator)
{
	if (operator_recovery_clear(r, operator) == GOT_ERROR)
		return GOT_ERROR;
	return db_run(r->db, "UPDATE operator SET totp_sealed = NULL WHERE id = ?", DB_ARGS(db_u64(operator)), NULL);
}

enum got
operator_recovery_add(struct req *r, uint64_t operator, const unsigned char hash[CRYPT_HASH_LEN])
{
	return db_run(r->db, "INSERT INTO operator_recovery_code (operator_id, code_hash, created_at) VALUES (?, ?, ?)",
		DB_ARGS(db_u64(operator), db_bytes(hash, CRYPT_HASH_LEN), db_time(r->now)), NULL);
}

enum got
operator_recovery_use(struct req *r, uint64_t operator, const unsigned char hash[CRYPT_HASH_LEN])
{
	return db_run(r->db, "UPDATE operator_recovery_code SET used_at = ? WHERE operator_id = ? AND code_hash = ? AND used_at IS NULL",
		DB_ARGS(db_time(r->now), db_u64(operator), db_bytes(hash, CRYPT_HASH_LEN)), NULL);
}

enum got
operator_recovery_find(struct req *r, uint64_t operator, const unsigned char hash[CRYPT_HASH_LEN])
{
	uint64_t count = 0;

	return db_number(r->db, "SELECT 1 FROM operator_recovery_code WHERE operator_id = ? AND code_hash = ? AND used_at IS NULL",
		DB_ARGS(db_u64(operator), db_bytes(hash, CRYPT_HASH_LEN)), &count);
}

enum got
operator_recovery_clear(struct req *r, uint64_t operator)
{
	return db_run(r->db, "DELETE FROM operator_recovery_code WHERE operator_id = ?", DB_ARGS(db_u64(operator)), NULL);
}

enum got
operator_reset_factor(struct req *r, uint64_t operator)
{
	if (operator_session_end_all(r->db, operator, NULL, r->now) == GOT_ERROR)
		return GOT_ERROR;
	return operator_factor_clear(r, operator);
}

static const struct field pending_fields[] = {
	FIELD_U64(struct operator_pending, operator_id, 0),
	FIELD_TEXT(struct operator_pending, factor_sealed, 0),
	FIELD_END
};

enum got
operator_pending_add(struct req *r, const struct half *half)
{
	return db_run(r->db, "INSERT INTO operator_pending (token_hash, operator_id, factor_sealed, expires_at) VALUES (?, ?, ?, ?)",
		DB_ARGS(db_bytes(half->hash, CRYPT_HASH_LEN), db_u64(half->owner), db_text(half->sealed), db_time(r->now + HALF_LIFE)), NULL);
}

enum got
operator_pending_find(struct req *r, const unsigned char hash[CRYPT_HASH_LEN], struct operator_pending *pending)
{
	return db_one(r->db, r->arena, pending_fields, pending, "SELECT p.operator_id, p.factor_sealed FROM operator_pending p"
		" JOIN operator o ON o.id = p.operator_id AND o.deleted_at IS NULL WHERE p.token_hash = ? AND p.expires_at > ?",
		DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_time(r->now)));
}

enum got
operator_pending_end(struct req *r, const unsigned char hash[CRYPT_HASH_LEN])
{
	return db_run(r->db, "DELETE FROM operator_pending WHERE token_hash = ?", DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN)), NULL);
}

enum got
operator_session_set_secret(struct req *r, const char *sealed)
{
	return db_run(r->db, "UPDATE operator_session SET factor_sealed = ? WHERE token_hash = ?",
		DB_ARGS(db_text(sealed), db_bytes(r->actor.session, CRYPT_HASH_LEN)), NULL);
}

enum got
operator_session_secret(struct req *r, const char **sealed)
{
	struct operator_pending row = { 0 };
	enum got got = db_one(r->db, r->arena, pending_fields + 1, &row, "SELECT factor_sealed FROM operator_session"
		" WHERE token_hash = ? AND factor_sealed IS NOT NULL", DB_ARGS(db_bytes(r->actor.session, CRYPT_HASH_LEN)));

	*sealed = row.factor_sealed;
	return got;
}
