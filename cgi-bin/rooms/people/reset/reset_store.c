/* SPDX-License-Identifier: BSD-2-Clause */
/* reset_store.c - requests for a new password. */
#include "rooms/people/reset/reset_store.h"

#include <string.h>

#include "rooms/people/reset/reset.h"

static const struct field reset_fields[] = {
	FIELD_U64(struct reset, id, FIELD_KEY),
	FIELD_U64(struct reset, tenant_id, 0),
	FIELD_U64(struct reset, agent_id, 0),
	FIELD_BYTES(struct reset, code_hash, 0),
	FIELD_TEXT(struct reset, company, 0),
	FIELD_TEXT(struct reset, account, 0),
	FIELD_TEXT(struct reset, email, 0),
	FIELD_TEXT(struct reset, first_name, 0),
	FIELD_TEXT(struct reset, last_name, 0),
	FIELD_TEXT(struct reset, locale, 0),
	FIELD_END
};

struct waiting {
	struct field_bytes request_hash;
};

static const struct field waiting_fields[] = {
	FIELD_BYTES(struct waiting, request_hash, 0),
	FIELD_END
};

enum got
reset_create(struct db *db, tenant_id tenant, const unsigned char request_hash[CRYPT_HASH_LEN], clock_ms expires_at, uint64_t *id)
{
	struct db_done done;
	enum got got = db_run(db, "INSERT INTO password_reset (tenant_id, request_hash, created_at, expires_at) VALUES (?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_bytes(request_hash, CRYPT_HASH_LEN), db_time(clock_now()), db_time(expires_at)), &done);

	*id = got == GOT_ONE ? done.id : 0;
	return got;
}

enum got
reset_waits(struct job_run *run, unsigned char request_hash[CRYPT_HASH_LEN])
{
	struct waiting waiting = { { NULL, 0 } };
	enum got got = db_one(run->db, run->arena, waiting_fields, &waiting, "SELECT request_hash FROM password_reset"
		" WHERE tenant_id = ? AND id = ? AND agent_id IS NULL AND expires_at > ?",
		DB_ARGS(db_tenant(run->tenant), db_u64(run->subject), db_time(run->now)));

	if (got != GOT_ONE)
		return got;
	CHECK(waiting.request_hash.len == CRYPT_HASH_LEN);
	memcpy(request_hash, waiting.request_hash.data, CRYPT_HASH_LEN);
	return GOT_ONE;
}

enum got
reset_count(struct db *db, tenant_id tenant, uint64_t agent, clock_ms since, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM password_reset WHERE tenant_id = ? AND agent_id = ? AND created_at > ?",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_time(since)), count);
}

enum got
reset_fill(struct db *db, tenant_id tenant, const struct reset_secret *secret)
{
	return db_run(db, "UPDATE password_reset SET agent_id = ?, sent_to = ?, code_hash = ?, link_hash = ?"
		" WHERE tenant_id = ? AND id = ? AND agent_id IS NULL",
		DB_ARGS(db_u64(secret->agent_id), db_text(secret->sent_to), db_bytes(secret->code_hash, CRYPT_HASH_LEN),
			db_bytes(secret->link_hash, CRYPT_HASH_LEN), db_tenant(tenant), db_u64(secret->id)), NULL);
}

enum got
reset_try(struct db *db, const unsigned char request_hash[CRYPT_HASH_LEN], clock_ms now)
{
	return db_run(db, "UPDATE password_reset SET tries = tries + 1 WHERE request_hash = ? AND expires_at > ? AND tries < ?",
		DB_ARGS(db_bytes(request_hash, CRYPT_HASH_LEN), db_time(now), db_u64(RESET_TRIES)), NULL);
}

enum got
reset_forgive(struct db *db, const struct reset *reset)
{
	return db_run(db, "UPDATE password_reset SET tries = tries - 1 WHERE tenant_id = ? AND id = ? AND tries > 0",
		DB_ARGS(db_u64(reset->tenant_id), db_u64(reset->id)), NULL);
}

#define RESET_SELECT "SELECT p.id, p.tenant_id, p.agent_id, p.code_hash, t.code AS company, a.account, a.email, a.first_name, a.last_name, a.locale" \
	" FROM password_reset p" \
	" JOIN tenant t ON t.id = p.tenant_id AND t.state = 'active'" \
	" JOIN agent a ON a.tenant_id = p.tenant_id AND a.id = p.agent_id AND a.email = p.sent_to AND a.deleted_at IS NULL"

/* On the domain of one company, no agent of another has forgotten anything. */
static enum got
reset_found(const struct req *r, const struct reset *reset, enum got got)
{
	return got == GOT_ONE && r->tenant.id != 0 && r->actor.kind == ACTOR_NOBODY && r->tenant.id != reset->tenant_id ? GOT_NONE : got;
}

enum got
reset_by_request(struct req *r, const unsigned char request_hash[CRYPT_HASH_LEN], struct reset *reset)
{
	return reset_found(r, reset, db_one(r->db, r->arena, reset_fields, reset, RESET_SELECT
		" WHERE p.request_hash = ? AND p.expires_at > ?",
		DB_ARGS(db_bytes(request_hash, CRYPT_HASH_LEN), db_time(r->now))));
}

enum got
reset_by_link(struct req *r, const unsigned char link_hash[CRYPT_HASH_LEN], struct reset *reset)
{
	return reset_found(r, reset, db_one(r->db, r->arena, reset_fields, reset, RESET_SELECT
		" WHERE p.link_hash = ? AND p.expires_at > ?",
		DB_ARGS(db_bytes(link_hash, CRYPT_HASH_LEN), db_time(r->now))));
}

enum got
reset_take(struct db *db, const struct reset *reset)
{
	return db_run(db, "DELETE FROM password_reset WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_u64(reset->tenant_id), db_u64(reset->id)), NULL);
}

enum got
reset_end_all(struct db *db, tenant_id tenant, uint64_t agent)
{
	return db_run(db, "DELETE FROM password_reset WHERE tenant_id = ? AND agent_id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(agent)), NULL);
}

void
reset_sweep(struct sweep *sweep)
{
	sweep_rows(sweep, "DELETE FROM password_reset WHERE expires_at < ? LIMIT " SWEEP_PORTION, DB_ARGS(db_time(sweep->now - CLOCK_DAY)));
}

enum got
agent_by_email(struct db *db, struct arena *arena, tenant_id tenant, const char *email, struct agent *agent)
{
	return db_one(db, arena, agent_fields, agent, "SELECT id, account, email, first_name, last_name, alias, locale FROM agent"
		" WHERE tenant_id = ? AND email = ? AND deleted_at IS NULL", DB_ARGS(db_tenant(tenant), db_text(email)));
}
