/* SPDX-License-Identifier: BSD-2-Clause */
/* limit_store.c - the limits of a tenant's plan one by one, and what counts against each. */
#include "rooms/tenant/plan/limit_store.h"

#include "rooms/tenant/usage/usage_store.h"

/* One limit of a tenant, or 2^64 - 1 without. */
#define MOST_OF(column) "SELECT IFNULL(p." column ", 18446744073709551615) FROM tenant t JOIN plan p ON p.id = t.plan_id WHERE t.id = ?"

enum got
limit_most(struct db *db, tenant_id tenant, enum limit limit, uint64_t *most)
{
	static const char *const questions[LIMIT_COUNT] = {
		[LIMIT_AGENTS] = MOST_OF("agents"), [LIMIT_CHATS] = MOST_OF("chats"), [LIMIT_STORAGE] = MOST_OF("storage_mb"),
		[LIMIT_MESSAGES] = MOST_OF("messages_month"), [LIMIT_AI_TOKENS] = MOST_OF("ai_tokens_month"),
		[LIMIT_ACCOUNTS] = MOST_OF("accounts"), [LIMIT_WIDGETS] = MOST_OF("widgets"), [LIMIT_QUEUES] = MOST_OF("queues"),
		[LIMIT_API] = MOST_OF("api_minute"), [LIMIT_RETENTION] = MOST_OF("retention_days")
	};
	enum got got = db_number(db, questions[limit], DB_ARGS(db_tenant(tenant)), most);

	if (got == GOT_ONE && *most != LIMIT_NONE)
		*most *= limit_info[limit].unit;
	return got;
}

static enum got
used_this_month(struct db *db, tenant_id tenant, bool of_ai, clock_ms now, uint64_t *used)
{
	return db_number(db, "SELECT SUM(IF(?, ai_tokens, messages)) FROM tenant_usage WHERE tenant_id = ? AND day >= ?",
		DB_ARGS(db_bool(of_ai), db_tenant(tenant), db_time(usage_month(now))), used);
}

enum got
limit_used(struct db *db, tenant_id tenant, enum limit limit, clock_ms now, uint64_t *used)
{
	const struct db_value *args = DB_ARGS(db_tenant(tenant));

	*used = 0;
	switch (limit) {
	case LIMIT_AGENTS:
		return db_number(db, "SELECT COUNT(*) FROM agent WHERE tenant_id = ? AND deleted_at IS NULL", args, used);
	case LIMIT_CHATS:
		return db_number(db, "SELECT COUNT(*) FROM conversation WHERE tenant_id = ? AND kind = 'chat' AND state = 'active'", args, used);
	case LIMIT_STORAGE:
		return db_number(db, "SELECT SUM(storage_bytes) FROM tenant_load WHERE tenant_id = ?", args, used);
	case LIMIT_MESSAGES:
		return used_this_month(db, tenant, false, now, used);
	case LIMIT_AI_TOKENS:
		return used_this_month(db, tenant, true, now, used);
	case LIMIT_WIDGETS:
		return db_number(db, "SELECT COUNT(*) FROM widget WHERE tenant_id = ? AND deleted_at IS NULL", args, used);
	case LIMIT_QUEUES:
		return db_number(db, "SELECT COUNT(*) FROM queue WHERE tenant_id = ? AND deleted_at IS NULL", args, used);
	case LIMIT_ACCOUNTS:
		return db_number(db, "SELECT COUNT(*) FROM account WHERE tenant_id = ? AND deleted_at IS NULL", args, used);
	case LIMIT_API:
	case LIMIT_RETENTION:
	case LIMIT_COUNT:
		break;
	}
	return GOT_ONE;
}

enum got
limit_take_turn(struct db *db, tenant_id tenant)
{
	return db_run(db, "INSERT INTO tenant_load (tenant_id, turn) VALUES (?, 1) ON DUPLICATE KEY UPDATE turn = turn + 1",
		DB_ARGS(db_tenant(tenant)), NULL);
}

enum got
limit_add_storage(struct db *db, tenant_id tenant, int64_t bytes)
{
	if (bytes >= 0)
		return db_run(db, "INSERT INTO tenant_load (tenant_id, storage_bytes) VALUES (?, ?)"
			" ON DUPLICATE KEY UPDATE storage_bytes = storage_bytes + VALUES(storage_bytes)",
			DB_ARGS(db_tenant(tenant), db_i64(bytes)), NULL);
	return db_run(db, "UPDATE tenant_load SET storage_bytes = IF(storage_bytes > ?, storage_bytes - ?, 0) WHERE tenant_id = ?",
		DB_ARGS(db_i64(-bytes), db_i64(-bytes), db_tenant(tenant)), NULL);
}
