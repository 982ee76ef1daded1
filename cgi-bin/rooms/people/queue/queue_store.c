/* SPDX-License-Identifier: BSD-2-Clause */
/* queue_store.c - queues and who works in them. */
#include "rooms/people/people_store.h"

#define QUEUE_COLUMNS "id, name, description, for_chat, for_inbox, calendar_id, closed_message, created_at, updated_at, deleted_at"

enum got
queue_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct queue *queue)
{
	return db_one(db, arena, queue_fields, queue, "SELECT " QUEUE_COLUMNS " FROM queue"
		" WHERE tenant_id = ? AND id = ?", DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
queue_first_for_chat(struct db *db, struct arena *arena, tenant_id tenant, struct queue *queue)
{
	return db_one(db, arena, queue_fields, queue, "SELECT " QUEUE_COLUMNS " FROM queue"
		" WHERE tenant_id = ? AND for_chat = 1 AND deleted_at IS NULL ORDER BY id LIMIT 1", DB_ARGS(db_tenant(tenant)));
}

enum got
queue_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *queues)
{
	return db_all(db, arena, queue_fields, sizeof(struct queue), queues, "SELECT " QUEUE_COLUMNS " FROM queue"
		" WHERE tenant_id = ? AND deleted_at IS NULL ORDER BY name, id", DB_ARGS(db_tenant(tenant)));
}

struct queue_id {
	uint64_t id;
};

static const struct field queue_id_fields[] = {
	FIELD_U64(struct queue_id, id, 0),
	FIELD_END
};

enum got
queue_ids_of_agent(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, struct field_set *queues)
{
	struct db_rows rows = { 0 };
	const struct queue_id *row;
	uint64_t *ids;
	size_t i;
	enum got got = db_all(db, arena, queue_id_fields, sizeof(struct queue_id), &rows,
		"SELECT qa.queue_id AS id FROM queue_agent qa"
		" JOIN queue q ON q.tenant_id = qa.tenant_id AND q.id = qa.queue_id AND q.deleted_at IS NULL"
		" WHERE qa.tenant_id = ? AND qa.agent_id = ? ORDER BY qa.queue_id", DB_ARGS(db_tenant(tenant), db_u64(agent)));

	*queues = (struct field_set){ .ids = NULL };
	if (got != GOT_ONE)
		return got;
	ids = ARENA_ARRAY(arena, uint64_t, rows.count);
	for (i = 0, row = rows.rows; i < rows.count; i++)
		ids[i] = row[i].id;
	*queues = (struct field_set){ .ids = ids, .count = rows.count };
	return GOT_ONE;
}

enum got
queue_count_for_chat(struct db *db, tenant_id tenant, uint64_t but, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM queue WHERE tenant_id = ? AND id <> ? AND for_chat = 1 AND deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant), db_u64(but)), count);
}

enum got
queue_lock_for_chat(struct db *db, tenant_id tenant, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM queue WHERE tenant_id = ? AND for_chat = 1 AND deleted_at IS NULL FOR UPDATE",
		DB_ARGS(db_tenant(tenant)), count);
}
