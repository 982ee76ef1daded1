/* SPDX-License-Identifier: BSD-2-Clause */
/* inbound_store.c - the rows of inbound, and the sweep that forgets old ones. */
#include "rooms/channel/channel.h"

#include "core/text.h"
#include "rooms/channel/inbound_store.h"

static const struct field inbound_fields[] = {
	FIELD_U64(struct inbound, id, FIELD_KEY),
	FIELD_U64(struct inbound, account_id, 0),
	FIELD_TEXT(struct inbound, external_id, 0),
	FIELD_TEXT(struct inbound, remote_id, 0),
	FIELD_TEXT(struct inbound, state, 0),
	FIELD_TEXT(struct inbound, problem, 0),
	FIELD_U64(struct inbound, tries, 0),
	FIELD_LONG_TEXT(struct inbound, raw, FIELD_NULLABLE),
	FIELD_U64(struct inbound, conversation_id, FIELD_NULLABLE),
	FIELD_U64(struct inbound, seq, FIELD_NULLABLE),
	FIELD_END
};

enum got
inbound_add(struct db *db, tenant_id tenant, struct inbound *inbound, clock_ms now)
{
	struct db_done done;

	/* In one statement, so that a hundred repeats at once wait for one lock instead of each other's. */
	if (db_run(db, "INSERT INTO inbound (tenant_id, account_id, external_id, remote_id, raw, created_at, updated_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE repeats = repeats + 1",
		DB_ARGS(db_tenant(tenant), db_u64(inbound->account_id), db_text(inbound->external_id),
			db_text(inbound->remote_id), db_text(inbound->raw), db_time(now), db_time(now)), &done) == GOT_ERROR)
		return GOT_ERROR;
	inbound->id = done.id;
	return done.changed == 1 ? GOT_ONE : GOT_NONE;      /* 2: it was there */
}

enum got
inbound_next(struct db *db, struct arena *arena, tenant_id tenant, const struct identity *identity, struct inbound *inbound)
{
	return db_one(db, arena, inbound_fields, inbound,
		"SELECT id, account_id, external_id, remote_id, state, problem, tries, raw, conversation_id, seq FROM inbound WHERE tenant_id = ?"
		" AND account_id = ? AND remote_id = ? AND state = 'received' ORDER BY id LIMIT 1",
		DB_ARGS(db_tenant(tenant), db_u64(identity->account_id), db_text(identity->remote_id)));
}

enum got
inbound_before(struct db *db, tenant_id tenant, const struct inbound *inbound)
{
	uint64_t count = 0;

	if (db_number(db, "SELECT COUNT(*) FROM inbound WHERE tenant_id = ? AND account_id = ? AND remote_id = ? AND state = 'received'"
		" AND id < ?", DB_ARGS(db_tenant(tenant), db_u64(inbound->account_id), db_text(inbound->remote_id), db_u64(inbound->id)),
		&count) == GOT_ERROR)
		return GOT_ERROR;
	return count > 0 ? GOT_ONE : GOT_NONE;
}

enum got
inbound_set(struct db *db, tenant_id tenant, const struct inbound *inbound, clock_ms now)
{
	bool is_raw_kept = text_equal(inbound->state, "failed") || text_equal(inbound->state, "received");

	return db_run(db, "UPDATE inbound SET state = ?, problem = LEFT(?, 255), tries = ?, conversation_id = ?, seq = ?,"
		" raw = IF(?, raw, NULL), updated_at = ? WHERE tenant_id = ? AND id = ? AND state = 'received'",
		DB_ARGS(db_text(inbound->state), db_text(inbound->problem != NULL ? inbound->problem : ""), db_u64(inbound->tries),
			db_id(inbound->conversation_id), db_id(inbound->seq), db_bool(is_raw_kept), db_time(now), db_tenant(tenant),
			db_u64(inbound->id)), NULL);
}

enum got
inbound_failed(struct db *db, tenant_id tenant, uint64_t account, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM inbound WHERE tenant_id = ? AND account_id = ? AND state = 'failed'",
		DB_ARGS(db_tenant(tenant), db_u64(account)), count);
}

void
inbound_sweep(struct sweep *sweep, clock_ms before)
{
	sweep_rows(sweep, "DELETE FROM inbound WHERE created_at < ? AND state <> 'received' LIMIT " SWEEP_PORTION, DB_ARGS(db_time(before)));
}

enum got
inbound_forget(struct db *db, tenant_id tenant, uint64_t conversation)
{
	return db_run(db, "DELETE FROM inbound WHERE tenant_id = ? AND conversation_id = ?", DB_ARGS(db_tenant(tenant), db_u64(conversation)), NULL);
}
