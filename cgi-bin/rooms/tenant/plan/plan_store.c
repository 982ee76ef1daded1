/* SPDX-License-Identifier: BSD-2-Clause */
/* plan_store.c - the rows of plans, and what of them counts for a tenant. */
#include "rooms/tenant/plan/plan_store.h"

#include "rooms/tenant/plan/limit_store.h"

/* NULL, which is without limit, as LIMIT_NONE. */
#define COLUMNS "p.id, p.code, p.name, IFNULL(p.agents, 18446744073709551615) AS agents," \
	" IFNULL(p.chats, 18446744073709551615) AS chats, IFNULL(p.storage_mb, 18446744073709551615) AS storage_mb," \
	" IFNULL(p.messages_month, 18446744073709551615) AS messages_month," \
	" IFNULL(p.ai_tokens_month, 18446744073709551615) AS ai_tokens_month," \
	" IFNULL(p.accounts, 18446744073709551615) AS accounts, IFNULL(p.widgets, 18446744073709551615) AS widgets," \
	" IFNULL(p.queues, 18446744073709551615) AS queues, IFNULL(p.api_minute, 18446744073709551615) AS api_minute," \
	" IFNULL(p.retention_days, 18446744073709551615) AS retention_days, p.created_at, p.updated_at"

#define LIMIT_FIELD(column, which) \
	{ .name = column, .type = FIELD_TYPE_U64, .offset = offsetof(struct plan, limits) + (which) * sizeof(uint64_t) }

const struct field plan_fields[] = {
	FIELD_U64(struct plan, id, FIELD_KEY),
	FIELD_TEXT(struct plan, code, FIELD_FORM | FIELD_REQUIRED, .min = 2, .max = 40, .label = N_("Code"),
		.help = N_("Lower-case letters, digits and hyphens.")),
	FIELD_TEXT(struct plan, name, FIELD_FORM | FIELD_REQUIRED, .max = 120, .label = N_("Name")),
	LIMIT_FIELD("agents", LIMIT_AGENTS),
	LIMIT_FIELD("chats", LIMIT_CHATS),
	LIMIT_FIELD("storage_mb", LIMIT_STORAGE),
	LIMIT_FIELD("messages_month", LIMIT_MESSAGES),
	LIMIT_FIELD("ai_tokens_month", LIMIT_AI_TOKENS),
	LIMIT_FIELD("accounts", LIMIT_ACCOUNTS),
	LIMIT_FIELD("widgets", LIMIT_WIDGETS),
	LIMIT_FIELD("queues", LIMIT_QUEUES),
	LIMIT_FIELD("api_minute", LIMIT_API),
	LIMIT_FIELD("retention_days", LIMIT_RETENTION),
	FIELD_TIME(struct plan, created_at, FIELD_READONLY),
	FIELD_TIME(struct plan, updated_at, FIELD_READONLY),
	FIELD_END
};

enum got
plan_by_code(struct db *db, struct arena *arena, const char *code, struct plan *plan)
{
	return db_one(db, arena, plan_fields, plan, "SELECT " COLUMNS " FROM plan p WHERE p.code = ?", DB_ARGS(db_text(code)));
}

enum got
plan_by_id(struct db *db, struct arena *arena, uint64_t id, struct plan *plan)
{
	return db_one(db, arena, plan_fields, plan, "SELECT " COLUMNS " FROM plan p WHERE p.id = ?", DB_ARGS(db_u64(id)));
}

enum got
plan_hold(struct db *db, struct arena *arena, const char *code, struct plan *plan)
{
	return db_one(db, arena, plan_fields, plan, "SELECT " COLUMNS " FROM plan p WHERE p.code = ? LOCK IN SHARE MODE", DB_ARGS(db_text(code)));
}

enum got
plan_lock(struct db *db, struct arena *arena, uint64_t id, struct plan *plan)
{
	return db_one(db, arena, plan_fields, plan, "SELECT " COLUMNS " FROM plan p WHERE p.id = ? FOR UPDATE", DB_ARGS(db_u64(id)));
}

enum got
plan_all(struct db *db, struct arena *arena, struct db_rows *plans)
{
	return db_all(db, arena, plan_fields, sizeof(struct plan), plans, "SELECT " COLUMNS " FROM plan p ORDER BY p.code", DB_NO_ARGS);
}

enum got
plan_tenants(struct db *db, uint64_t plan, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM tenant WHERE plan_id = ?", DB_ARGS(db_u64(plan)), count);
}

enum got
plan_names(struct db *db, const struct plan *plan, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM plan WHERE name = ? AND id <> ?", DB_ARGS(db_text(plan->name), db_u64(plan->id)), count);
}

enum got
plan_of_tenant(struct db *db, struct arena *arena, tenant_id tenant, struct plan *plan)
{
	return db_one(db, arena, plan_fields, plan, "SELECT " COLUMNS " FROM tenant t JOIN plan p ON p.id = t.plan_id WHERE t.id = ?",
		DB_ARGS(db_tenant(tenant)));
}

/* A number, or NULL without limit. */
static struct db_value
limit_value(const struct plan *plan, enum limit limit)
{
	return plan->limits[limit] == LIMIT_NONE ? db_null() : db_u64(plan->limits[limit]);
}

enum got
plan_insert(struct db *db, struct plan *plan, clock_ms now)
{
	struct db_done done;
	enum got got = db_run(db, "INSERT INTO plan (code, name, agents, chats, storage_mb, messages_month, ai_tokens_month, accounts,"
		" widgets, queues, api_minute, retention_days, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_text(plan->code), db_text(plan->name), limit_value(plan, LIMIT_AGENTS), limit_value(plan, LIMIT_CHATS),
			limit_value(plan, LIMIT_STORAGE), limit_value(plan, LIMIT_MESSAGES), limit_value(plan, LIMIT_AI_TOKENS),
			limit_value(plan, LIMIT_ACCOUNTS), limit_value(plan, LIMIT_WIDGETS), limit_value(plan, LIMIT_QUEUES),
			limit_value(plan, LIMIT_API), limit_value(plan, LIMIT_RETENTION), db_time(now), db_time(now)), &done);

	if (got != GOT_ONE)
		return db_is_duplicate(db) ? GOT_NONE : GOT_ERROR;
	plan->id = done.id;
	plan->created_at = plan->updated_at = now;
	return GOT_ONE;
}

enum got
plan_update(struct db *db, const struct plan *plan, clock_ms now)
{
	return db_run(db, "UPDATE plan SET name = ?, agents = ?, chats = ?, storage_mb = ?, messages_month = ?, ai_tokens_month = ?,"
		" accounts = ?, widgets = ?, queues = ?, api_minute = ?, retention_days = ?, updated_at = ? WHERE id = ?",
		DB_ARGS(db_text(plan->name), limit_value(plan, LIMIT_AGENTS), limit_value(plan, LIMIT_CHATS), limit_value(plan, LIMIT_STORAGE),
			limit_value(plan, LIMIT_MESSAGES), limit_value(plan, LIMIT_AI_TOKENS), limit_value(plan, LIMIT_ACCOUNTS),
			limit_value(plan, LIMIT_WIDGETS), limit_value(plan, LIMIT_QUEUES), limit_value(plan, LIMIT_API),
			limit_value(plan, LIMIT_RETENTION), db_time(now), db_u64(plan->id)), NULL);
}

enum got
plan_erase(struct db *db, uint64_t id)
{
	return db_run(db, "DELETE FROM plan WHERE id = ? AND NOT EXISTS (SELECT 1 FROM tenant WHERE tenant.plan_id = plan.id)",
		DB_ARGS(db_u64(id)), NULL);
}

static const struct field retention_fields[] = {
	FIELD_U64(struct tenant_retention, tenant_id, 0),
	FIELD_U64(struct tenant_retention, plan_days, 0),
	FIELD_U64(struct tenant_retention, own_days, 0),
	FIELD_END
};

enum got
tenant_retentions(struct db *db, struct arena *arena, clock_ms now, struct db_rows *retentions)
{
	const struct db_value settled = db_time(now - CLOCK_DAY);

	return db_all(db, arena, retention_fields, sizeof(struct tenant_retention), retentions, "SELECT t.id AS tenant_id,"
		" IF(GREATEST(t.updated_at, p.updated_at) <= ?, IFNULL(GREATEST(p.retention_days, 1), 0), 0) AS plan_days,"
		" IF(v.updated_at <= ?, IFNULL(CAST(NULLIF(JSON_VALUE(v.value, '$.keep_days'), '') AS UNSIGNED), 0), 0) AS own_days"
		" FROM tenant t JOIN plan p ON p.id = t.plan_id LEFT JOIN setting v ON v.tenant_id = t.id AND v.name = 'retention'"
		" WHERE t.state = 'active' HAVING plan_days > 0 OR own_days > 0 ORDER BY tenant_id", DB_ARGS(settled, settled));
}
