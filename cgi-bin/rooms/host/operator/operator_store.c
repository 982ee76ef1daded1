/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_store.c - operators, their sessions and their keys; of secrets only hashes are stored. */
#include "rooms/host/operator/operator_store.h"

#include <string.h>

#include "rooms/host/view/view.h"
#include "web/reply.h"

#define OPERATOR_COLUMNS "o.id, o.name, o.email, o.password_hash, o.permissions, o.signed_in_at, o.created_at, o.updated_at," \
	" o.deleted_at, IFNULL(o.totp_sealed, '') <> '' AS two_factor"

const struct field operator_fields[] = {
	FIELD_U64(struct operator, id, FIELD_KEY),
	FIELD_TEXT(struct operator, name, FIELD_FORM | FIELD_REQUIRED, .max = 120, .label = N_("Name")),
	FIELD_EMAIL(struct operator, email, FIELD_FORM | FIELD_REQUIRED, .max = 254, .label = N_("E-mail")),
	FIELD_TEXT(struct operator, password_hash, FIELD_SECRET),
	FIELD_WORDS(struct operator, permissions, FIELD_FORM | FIELD_REQUIRED, .words = permission_host_words, .label = N_("Permissions")),
	FIELD_TIME(struct operator, signed_in_at, FIELD_NULLABLE),
	FIELD_TIME(struct operator, created_at, 0),
	FIELD_TIME(struct operator, updated_at, 0),
	FIELD_TIME(struct operator, deleted_at, FIELD_NULLABLE),
	FIELD_BOOL(struct operator, two_factor, 0),
	FIELD_END
};

const struct field operator_key_fields[] = {
	FIELD_U64(struct operator_key, id, FIELD_KEY),
	FIELD_U64(struct operator_key, operator_id, 0),
	FIELD_TEXT(struct operator_key, operator_name, 0),
	FIELD_TEXT(struct operator_key, name, FIELD_FORM | FIELD_REQUIRED, .max = 80, .label = N_("Name")),
	FIELD_WORDS(struct operator_key, permissions, FIELD_FORM | FIELD_REQUIRED, .words = permission_host_words, .label = N_("Permissions")),
	FIELD_TIME(struct operator_key, created_at, 0),
	FIELD_TIME(struct operator_key, used_at, 0),
	FIELD_END
};

static const struct field identity_fields[] = {
	FIELD_U64(struct operator_identity, id, 0),
	FIELD_TEXT(struct operator_identity, name, 0),
	FIELD_LONG_TEXT(struct operator_identity, permissions, 0),
	FIELD_LONG_TEXT(struct operator_identity, scopes, 0),
	FIELD_TIME(struct operator_identity, seen_at, 0),
	FIELD_U64(struct operator_identity, session_id, 0),
	FIELD_TIME(struct operator_identity, confirmed_at, 0),
	FIELD_BOOL(struct operator_identity, has_factor, 0),
	FIELD_END
};

enum got
operator_all(struct db *db, struct arena *arena, struct db_rows *operators)
{
	return db_all(db, arena, operator_fields, sizeof(struct operator), operators,
		"SELECT " OPERATOR_COLUMNS " FROM operator o WHERE o.deleted_at IS NULL ORDER BY o.name, o.id", DB_NO_ARGS);
}

enum got
operator_by_email(struct db *db, struct arena *arena, const char *email, struct operator *operator)
{
	return db_one(db, arena, operator_fields, operator,
		"SELECT " OPERATOR_COLUMNS " FROM operator o WHERE o.email = ? AND o.deleted_at IS NULL", DB_ARGS(db_text(email)));
}

enum got
operator_by_id(struct db *db, struct arena *arena, uint64_t id, struct operator *operator)
{
	return db_one(db, arena, operator_fields, operator,
		"SELECT " OPERATOR_COLUMNS " FROM operator o WHERE o.id = ? AND o.deleted_at IS NULL", DB_ARGS(db_u64(id)));
}

enum got
operator_create(struct db *db, struct arena *arena, struct operator *operator, const char *password, clock_ms now)
{
	const char *hash = crypt_password_hash(arena, password);
	struct db_done done;

	if (hash == NULL || db_run(db, "INSERT INTO operator (name, email, password_hash, permissions, created_at, updated_at)"
		" VALUES (?, ?, ?, ?, ?, ?)", DB_ARGS(db_text(operator->name), db_text(operator->email), db_text(hash),
			db_text(operator->permissions), db_time(now), db_time(now)), &done) != GOT_ONE)
		return GOT_ERROR;
	operator->id = done.id;
	return GOT_ONE;
}

enum got
operator_session_end_all(struct db *db, uint64_t operator, const unsigned char *but, clock_ms now)
{
	if (db_run(db, "DELETE FROM operator_pending WHERE operator_id = ?", DB_ARGS(db_u64(operator)), NULL) == GOT_ERROR
		|| view_end_of_operator(db, operator, now) == GOT_ERROR)
		return GOT_ERROR;
	if (but == NULL)
		return db_run(db, "DELETE FROM operator_session WHERE operator_id = ?", DB_ARGS(db_u64(operator)), NULL);
	return db_run(db, "DELETE FROM operator_session WHERE operator_id = ? AND token_hash <> ?",
		DB_ARGS(db_u64(operator), db_bytes(but, CRYPT_HASH_LEN)), NULL);
}

enum got
operator_store_password(struct db *db, struct arena *arena, uint64_t id, const char *password, clock_ms now)
{
	const char *hash = crypt_password_hash(arena, password);

	if (hash == NULL)
		return GOT_ERROR;
	return db_run(db, "UPDATE operator SET password_hash = ?, updated_at = ? WHERE id = ? AND deleted_at IS NULL",
		DB_ARGS(db_text(hash), db_time(now), db_u64(id)), NULL);
}

enum got
operator_set_password(struct db *db, struct arena *arena, uint64_t id, const char *password, clock_ms now)
{
	enum got got = operator_store_password(db, arena, id, password, now);

	if (got != GOT_ONE)
		return got;
	return operator_session_end_all(db, id, NULL, now) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

enum got
operator_lock_password(struct db *db, const struct operator *operator)
{
	uint64_t found = 0;

	return db_number(db, "SELECT id FROM operator WHERE id = ? AND password_hash = ? AND deleted_at IS NULL FOR UPDATE",
		DB_ARGS(db_u64(operator->id), db_text(operator->password_hash)), &found);
}

enum got
operator_delete(struct db *db, uint64_t id, clock_ms now)
{
	if (operator_session_end_all(db, id, NULL, now) == GOT_ERROR
		|| db_run(db, "UPDATE operator_key SET deleted_at = ? WHERE operator_id = ? AND deleted_at IS NULL",
			DB_ARGS(db_time(now), db_u64(id)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	return db_run(db, "UPDATE operator SET deleted_at = ?, updated_at = ? WHERE id = ? AND deleted_at IS NULL",
		DB_ARGS(db_time(now), db_time(now), db_u64(id)), NULL);
}

enum got
operator_session_identify(struct db *db, struct arena *arena, const unsigned char *hash, clock_ms now,
	struct operator_identity *identity)
{
	return db_one(db, arena, identity_fields, identity, "SELECT o.id, o.name, o.permissions, s.seen_at, s.id AS session_id,"
		" s.confirmed_at, IFNULL(o.totp_sealed, '') <> '' AS has_factor FROM operator_session s"
		" JOIN operator o ON o.id = s.operator_id AND o.deleted_at IS NULL"
		" WHERE s.token_hash = ? AND s.expires_at > ? AND s.seen_at > ?",
		DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_time(now), db_time(now - OPERATOR_IDLE)));
}

enum got
operator_key_identify(struct db *db, struct arena *arena, const unsigned char *hash, struct operator_identity *identity)
{
	return db_one(db, arena, identity_fields, identity, "SELECT o.id, o.name, o.permissions, k.permissions AS scopes,"
		" IFNULL(k.used_at, 0) AS seen_at FROM operator_key k"
		" JOIN operator o ON o.id = k.operator_id AND o.deleted_at IS NULL"
		" WHERE k.key_hash = ? AND k.deleted_at IS NULL", DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN)));
}

enum got
operator_session_seen(struct db *db, const unsigned char *hash, clock_ms now)
{
	return db_run(db, "UPDATE operator_session SET seen_at = ? WHERE token_hash = ?",
		DB_ARGS(db_time(now), db_bytes(hash, CRYPT_HASH_LEN)), NULL);
}

enum got
operator_key_seen(struct db *db, const unsigned char *hash, clock_ms now)
{
	return db_run(db, "UPDATE operator_key SET used_at = ? WHERE key_hash = ?",
		DB_ARGS(db_time(now), db_bytes(hash, CRYPT_HASH_LEN)), NULL);
}

enum got
operator_session_create(struct req *r, uint64_t operator, const char **token)
{
	unsigned char hash[CRYPT_HASH_LEN];

	*token = crypt_token(r->arena);
	crypt_sha256(*token, strlen(*token), hash);
	if (db_run(r->db, "UPDATE operator SET signed_in_at = ? WHERE id = ?", DB_ARGS(db_time(r->now), db_u64(operator)), NULL) != GOT_ONE)
		return GOT_ERROR;
	return db_run(r->db, "INSERT INTO operator_session (token_hash, operator_id, created_at, seen_at, expires_at, address, user_agent)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_bytes(hash, sizeof(hash)), db_u64(operator), db_time(r->now), db_time(r->now),
			db_time(r->now + OPERATOR_LIFE), db_text(r->address), db_text(r->user_agent)), NULL);
}

enum got
operator_session_end(struct db *db, const unsigned char *hash)
{
	return db_run(db, "DELETE FROM operator_session WHERE token_hash = ?", DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN)), NULL);
}

enum got
operator_session_end_by_id(struct req *r, uint64_t operator, uint64_t id)
{
	return db_run(r->db, "DELETE FROM operator_session WHERE operator_id = ? AND id = ?", DB_ARGS(db_u64(operator), db_u64(id)), NULL);
}

enum got
operator_session_confirm(struct req *r)
{
	return db_run(r->db, "UPDATE operator_session SET confirmed_at = ? WHERE token_hash = ?",
		DB_ARGS(db_time(r->now), db_bytes(r->actor.session, CRYPT_HASH_LEN)), NULL);
}

enum got
operator_session_renew(struct req *r)
{
	const char *token = crypt_token(r->arena);
	unsigned char hash[CRYPT_HASH_LEN];
	enum got got;

	crypt_sha256(token, strlen(token), hash);
	got = db_run(r->db, "UPDATE operator_session SET token_hash = ? WHERE token_hash = ?",
		DB_ARGS(db_bytes(hash, CRYPT_HASH_LEN), db_bytes(r->actor.session, CRYPT_HASH_LEN)), NULL);
	if (got != GOT_ONE)
		return got;
	r->actor.session = arena_copy(r->arena, hash, sizeof(hash));
	reply_cookie(r, OPERATOR_COOKIE, token, 0);
	return GOT_ONE;
}

enum got
operator_session_list(struct req *r, uint64_t operator, struct db_rows *sessions)
{
	return db_all(r->db, r->arena, session_fields, sizeof(struct session), sessions, "SELECT id, operator_id AS owner, address,"
		" user_agent, created_at, seen_at, token_hash = ? AS is_this FROM operator_session"
		" WHERE operator_id = ? AND expires_at > ? AND seen_at > ? ORDER BY is_this DESC, seen_at DESC, id DESC",
		DB_ARGS(db_bytes(r->actor.session, CRYPT_HASH_LEN), db_u64(operator), db_time(r->now), db_time(r->now - OPERATOR_IDLE)));
}

void
operator_sweep(struct sweep *sweep)
{
	sweep_rows(sweep, "DELETE FROM operator_pending WHERE expires_at <= ? LIMIT " SWEEP_PORTION, DB_ARGS(db_time(sweep->now)));
	sweep_rows(sweep, "DELETE FROM operator_session WHERE expires_at <= ? LIMIT " SWEEP_PORTION, DB_ARGS(db_time(sweep->now)));
}

enum got
operator_key_create(struct db *db, struct arena *arena, struct operator_key *key, clock_ms now, const char **secret)
{
	unsigned char hash[CRYPT_HASH_LEN];
	struct db_done done;

	*secret = arena_printf(arena, "harkhost_%s", crypt_token(arena));
	crypt_sha256(*secret, strlen(*secret), hash);
	if (db_run(db, "INSERT INTO operator_key (operator_id, name, key_hash, permissions, created_at) VALUES (?, ?, ?, ?, ?)",
		DB_ARGS(db_u64(key->operator_id), db_text(key->name), db_bytes(hash, sizeof(hash)), db_text(key->permissions),
			db_time(now)), &done) != GOT_ONE)
		return GOT_ERROR;
	key->id = done.id;
	return GOT_ONE;
}

#define KEY_SELECT "SELECT k.id, k.operator_id, o.name AS operator_name, k.name, k.permissions, k.created_at, k.used_at" \
	" FROM operator_key k JOIN operator o ON o.id = k.operator_id AND o.deleted_at IS NULL WHERE k.deleted_at IS NULL"

enum got
operator_key_all(struct db *db, struct arena *arena, struct db_rows *keys)
{
	return db_all(db, arena, operator_key_fields, sizeof(struct operator_key), keys, KEY_SELECT " ORDER BY k.name, k.id", DB_NO_ARGS);
}

enum got
operator_key_by_id(struct db *db, struct arena *arena, uint64_t id, struct operator_key *key)
{
	return db_one(db, arena, operator_key_fields, key, KEY_SELECT " AND k.id = ?", DB_ARGS(db_u64(id)));
}

enum got
operator_key_delete(struct db *db, uint64_t id, clock_ms now)
{
	return db_run(db, "UPDATE operator_key SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL",
		DB_ARGS(db_time(now), db_u64(id)), NULL);
}
