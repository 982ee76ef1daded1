/* SPDX-License-Identifier: BSD-2-Clause */
/* start_store.c - what a company has done already. */
#include "rooms/start/start_store.h"

static const struct field facts_fields[] = {
	FIELD_U64(struct start_facts, agents, 0),
	FIELD_BOOL(struct start_facts, has_looks, 0),
	FIELD_BOOL(struct start_facts, has_queues, 0),
	FIELD_BOOL(struct start_facts, has_hours, 0),
	FIELD_BOOL(struct start_facts, has_canned, 0),
	FIELD_BOOL(struct start_facts, has_answered, 0),
	FIELD_TEXT(struct start_facts, seen_host, 0),
	FIELD_END
};

enum got
start_facts_load(struct db *db, struct arena *arena, tenant_id tenant, struct start_facts *facts)
{
	const struct db_value id = db_tenant(tenant);

	facts->seen_host = "";
	return db_one(db, arena, facts_fields, facts, "SELECT"
		" (SELECT COUNT(*) FROM agent WHERE tenant_id = ? AND deleted_at IS NULL) AS agents,"
		" EXISTS (SELECT 1 FROM setting WHERE tenant_id = ? AND name = 'brand') AS has_looks,"
		" EXISTS (SELECT 1 FROM queue_agent WHERE tenant_id = ?"
		" AND agent_id <> (SELECT MIN(id) FROM agent WHERE tenant_id = ?)) AS has_queues,"
		" EXISTS (SELECT 1 FROM calendar WHERE tenant_id = ? AND updated_at > created_at)"
		" OR EXISTS (SELECT 1 FROM setting WHERE tenant_id = ? AND name = 'hours' AND JSON_VALUE(value, '$.for_chat') = '1') AS has_hours,"
		" EXISTS (SELECT 1 FROM canned WHERE tenant_id = ? AND deleted_at IS NULL) AS has_canned,"
		" EXISTS (SELECT 1 FROM conversation FORCE INDEX (agent_state) WHERE tenant_id = ? AND agent_id > 0) AS has_answered,"
		" IFNULL((SELECT seen_host FROM widget WHERE tenant_id = ? AND deleted_at IS NULL AND seen_host <> ''"
		" ORDER BY seen_at DESC LIMIT 1), '') AS seen_host",
		DB_ARGS(id, id, id, id, id, id, id, id, id));
}
