/* SPDX-License-Identifier: BSD-2-Clause */
/* usage_store.c - the figures of each tenant and day: counters of jobs, and counts of indexed ranges. */
#include "rooms/tenant/usage/usage_store.h"

#define COLUMNS "u.tenant_id, t.code, t.external_id, u.day, u.messages, u.chats, u.agents, u.peak_chats, u.storage_bytes," \
	" u.ai_tokens, u.sign_ins"

const struct field tenant_usage_fields[] = {
	FIELD_U64(struct tenant_usage, tenant_id, FIELD_KEY),
	FIELD_TEXT(struct tenant_usage, code, 0),
	FIELD_TEXT(struct tenant_usage, external_id, FIELD_NULLABLE),
	FIELD_TIME(struct tenant_usage, day, 0),
	FIELD_U64(struct tenant_usage, messages, 0),
	FIELD_U64(struct tenant_usage, chats, 0),
	FIELD_U64(struct tenant_usage, agents, 0),
	FIELD_U64(struct tenant_usage, peak_chats, 0),
	FIELD_U64(struct tenant_usage, storage_bytes, 0),
	FIELD_U64(struct tenant_usage, ai_tokens, 0),
	FIELD_U64(struct tenant_usage, sign_ins, 0),
	FIELD_END
};

#define OF_ALL "SELECT " COLUMNS " FROM tenant t JOIN tenant_usage u ON u.tenant_id = t.id" \
	" WHERE u.day >= ? AND u.day < ? ORDER BY t.code, u.day"
#define OF_ONE "SELECT " COLUMNS " FROM tenant_usage u JOIN tenant t ON t.id = u.tenant_id" \
	" WHERE u.tenant_id = ? AND u.day >= ? AND u.day < ? ORDER BY u.day"

enum got
usage_days(struct db *db, struct arena *arena, const struct usage_span *span, struct db_rows *days)
{
	const struct db_value from = db_time(span->from), to = db_time(span->to);

	if (span->tenant.id == 0)
		return db_all(db, arena, tenant_usage_fields, sizeof(struct tenant_usage), days, OF_ALL, DB_ARGS(from, to));
	return db_all(db, arena, tenant_usage_fields, sizeof(struct tenant_usage), days, OF_ONE,
		DB_ARGS(db_tenant(span->tenant), from, to));
}

enum got
usage_stream(struct db *db, const struct usage_span *span, db_each_row *each, void *arg)
{
	const struct db_value from = db_time(span->from), to = db_time(span->to);

	if (span->tenant.id == 0)
		return db_stream(db, tenant_usage_fields, sizeof(struct tenant_usage), OF_ALL, DB_ARGS(from, to), each, arg);
	return db_stream(db, tenant_usage_fields, sizeof(struct tenant_usage), OF_ONE, DB_ARGS(db_tenant(span->tenant), from, to),
		each, arg);
}

enum got
usage_add_messages(struct db *db, tenant_id tenant, clock_ms day, uint64_t messages)
{
	return db_run(db, "INSERT INTO tenant_usage (tenant_id, day, messages) VALUES (?, ?, ?)"
		" ON DUPLICATE KEY UPDATE messages = messages + VALUES(messages)",
		DB_ARGS(db_tenant(tenant), db_time(usage_day_of(day)), db_u64(messages)), NULL);
}

enum got
usage_peak(struct db *db, tenant_id tenant, clock_ms now, uint64_t chats)
{
	return db_run(db, "INSERT INTO tenant_usage (tenant_id, day, peak_chats) VALUES (?, ?, ?)"
		" ON DUPLICATE KEY UPDATE peak_chats = GREATEST(peak_chats, VALUES(peak_chats))",
		DB_ARGS(db_tenant(tenant), db_time(usage_day_of(now)), db_u64(chats)), NULL);
}

/* What was deleted since stays counted: the figures of a day never shrink, but storage, which is how it stands. */
enum got
usage_set_day(struct db *db, tenant_id tenant, clock_ms day, bool is_today)
{
	const struct db_value of = db_tenant(tenant), from = db_time(day), to = db_time(day + CLOCK_DAY);

	return db_run(db, "INSERT INTO tenant_usage (tenant_id, day, chats, sign_ins, agents, storage_bytes) SELECT ?, ?,"
		" (SELECT COUNT(*) FROM conversation c WHERE c.tenant_id = ? AND c.kind = 'chat'"
		" AND c.state IN ('waiting', 'offered', 'active', 'closed') AND c.created_at >= ? AND c.created_at < ?),"
		" (SELECT COUNT(*) FROM audit e WHERE e.tenant_id = ? AND e.at >= ? AND e.at < ? AND e.action = 'sign_in'),"
		" (SELECT COUNT(*) FROM agent a WHERE a.tenant_id = ? AND a.deleted_at IS NULL),"
		" IFNULL((SELECT l.storage_bytes FROM tenant_load l WHERE l.tenant_id = ?), 0)"
		" ON DUPLICATE KEY UPDATE chats = GREATEST(chats, VALUES(chats)), sign_ins = GREATEST(sign_ins, VALUES(sign_ins)),"
		" agents = IF(? OR agents = 0, GREATEST(agents, VALUES(agents)), agents),"
		" storage_bytes = IF(? OR storage_bytes = 0, VALUES(storage_bytes), storage_bytes)",
		DB_ARGS(of, from, of, from, to, of, from, to, of, of, db_bool(is_today), db_bool(is_today)), NULL);
}

enum got
usage_rolled_at(struct db *db, tenant_id tenant, clock_ms *at)
{
	uint64_t moment = 0;
	enum got got = db_number(db, "SELECT IF(IFNULL(l.rolled_at, 0) > 0, l.rolled_at, t.created_at) FROM tenant t"
		" LEFT JOIN tenant_load l ON l.tenant_id = t.id WHERE t.id = ?", DB_ARGS(db_tenant(tenant)), &moment);

	*at = (clock_ms)moment;
	return got;
}

enum got
usage_set_rolled(struct db *db, tenant_id tenant, clock_ms at)
{
	return db_run(db, "INSERT INTO tenant_load (tenant_id, rolled_at) VALUES (?, ?) ON DUPLICATE KEY UPDATE rolled_at = VALUES(rolled_at)",
		DB_ARGS(db_tenant(tenant), db_time(at)), NULL);
}

enum got
usage_count_storage(struct db *db, tenant_id tenant, clock_ms before, clock_ms now)
{
	enum got got = db_run(db, "UPDATE tenant_load SET turn = turn + 1, counted_at = ? WHERE tenant_id = ? AND counted_at < ?",
		DB_ARGS(db_time(now), db_tenant(tenant), db_time(before)), NULL);

	/* The row is ours now: who keeps a file meanwhile waits, and adds to what is counted here. */
	if (got != GOT_ONE)
		return got;
	return db_run(db, "UPDATE tenant_load l SET l.storage_bytes = (SELECT IFNULL(SUM(f.size), 0) FROM file f WHERE f.tenant_id = ?)"
		" WHERE l.tenant_id = ?", DB_ARGS(db_tenant(tenant), db_tenant(tenant)), NULL);
}

static const struct field usage_tenant_fields[] = {
	FIELD_U64(struct usage_tenant, id, FIELD_KEY),
	FIELD_END
};

enum got
usage_tenants(struct db *db, struct arena *arena, struct db_rows *tenants)
{
	return db_all(db, arena, usage_tenant_fields, sizeof(struct usage_tenant), tenants,
		"SELECT id FROM tenant WHERE state <> 'erasing' ORDER BY id", DB_NO_ARGS);
}
