/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_store.c - the rows of offer, and the questions of routing. */
#include "rooms/routing/routing_store.h"

#include <string.h>

static const struct field offer_fields[] = {
	FIELD_U64(struct offer, conversation_id, 0),
	FIELD_U64(struct offer, agent_id, 0),
	FIELD_TEXT(struct offer, state, 0),
	FIELD_TIME(struct offer, offered_at, 0),
	FIELD_TIME(struct offer, answered_at, FIELD_NULLABLE),
	FIELD_END
};

static const struct field able_fields[] = {
	FIELD_U64(struct able_agent, id, FIELD_KEY),
	FIELD_U64(struct able_agent, max_chats, FIELD_NULLABLE),
	FIELD_U64(struct able_agent, chats, 0),
	FIELD_U64(struct able_agent, elsewhere, 0),
	FIELD_BOOL(struct able_agent, keeps_hours, 0),
	FIELD_END
};

static const struct field waiting_queue_fields[] = {
	FIELD_U64(struct waiting_queue, tenant_id, 0),
	FIELD_U64(struct waiting_queue, queue_id, 0),
	FIELD_BOOL(struct waiting_queue, takes_chats, 0),
	FIELD_END
};

enum got
routing_able_agents(struct routing *routing, uint64_t queue, struct db_rows *agents)
{
	return db_all(routing->db, routing->arena, able_fields, sizeof(struct able_agent), agents,
		"SELECT a.id, a.max_chats, a.chats, (SELECT COUNT(*) FROM offer o JOIN conversation c ON c.tenant_id = o.tenant_id"
		" AND c.id = o.conversation_id WHERE o.tenant_id = a.tenant_id AND o.agent_id = a.id AND o.state = 'ringing'"
		" AND c.queue_id <> ?) AS elsewhere, (a.calendar_id IS NOT NULL OR w.calendar_id IS NOT NULL"
		" OR EXISTS (SELECT 1 FROM calendar h WHERE h.tenant_id = a.tenant_id AND h.agent_id = a.id AND h.deleted_at IS NULL)"
		" OR EXISTS (SELECT 1 FROM setting s WHERE s.tenant_id = a.tenant_id AND s.name = 'hours'"
		" AND JSON_VALUE(s.value, '$.for_chat') = '1')) AS keeps_hours"
		" FROM queue_agent q JOIN queue w ON w.tenant_id = q.tenant_id AND w.id = q.queue_id AND w.for_chat = 1 AND w.deleted_at IS NULL"
		" JOIN tenant t ON t.id = q.tenant_id AND t.state = 'active' JOIN agent a ON a.tenant_id = q.tenant_id AND a.id = q.agent_id"
		" WHERE q.tenant_id = ? AND q.queue_id = ? AND a.tenant_id = ? AND a.deleted_at IS NULL AND a.status = 'online'"
		" AND a.seen_at > ? ORDER BY a.id",
		DB_ARGS(db_u64(queue), db_tenant(routing->tenant), db_u64(queue), db_tenant(routing->tenant),
			db_time(routing->now - AGENT_GONE_AFTER)));
}

enum got
routing_waiting(struct routing *routing, uint64_t queue, struct db_rows *conversations)
{
	return db_all(routing->db, routing->arena, conversation_fields, sizeof(struct conversation), conversations,
		"SELECT id, state, close_reason, queue_id, agent_id, refusals, created_at, waiting_since, accepted_at, closed_at"
		" FROM conversation WHERE tenant_id = ? AND queue_id = ? AND state IN ('waiting', 'offered')"
		" ORDER BY waiting_since, id LIMIT 50 FOR UPDATE SKIP LOCKED",
		DB_ARGS(db_tenant(routing->tenant), db_u64(queue)));
}

enum got
routing_waiting_ids(struct routing *routing, uint64_t queue, struct db_rows *conversations)
{
	return db_all(routing->db, routing->arena, conversation_fields, sizeof(struct conversation), conversations,
		"SELECT id, state, queue_id, agent_id, last_seq, visitor_seen_seq, agent_seen_seq, waiting_since FROM conversation"
		" WHERE tenant_id = ? AND queue_id = ? AND state IN ('waiting', 'offered') ORDER BY waiting_since, id LIMIT 100",
		DB_ARGS(db_tenant(routing->tenant), db_u64(queue)));
}

enum got
routing_oldest_waiting(struct routing *routing, uint64_t queue, clock_ms *since)
{
	uint64_t oldest = 0;
	enum got got = db_number(routing->db, "SELECT IFNULL(MIN(waiting_since), 0) FROM conversation WHERE tenant_id = ? AND queue_id = ?"
		" AND state IN ('waiting', 'offered')", DB_ARGS(db_tenant(routing->tenant), db_u64(queue)), &oldest);

	*since = (clock_ms)oldest;
	return got;
}

enum got
routing_active_of(struct routing *routing, uint64_t agent, struct db_rows *conversations)
{
	return db_all(routing->db, routing->arena, conversation_fields, sizeof(struct conversation), conversations,
		"SELECT id, created_at FROM conversation WHERE tenant_id = ? AND agent_id = ? AND state = 'active'"
		" ORDER BY created_at DESC, id DESC", DB_ARGS(db_tenant(routing->tenant), db_u64(agent)));
}

enum got
routing_waiting_queues(struct db *db, struct arena *arena, struct db_rows *queues)
{
	return db_all(db, arena, waiting_queue_fields, sizeof(struct waiting_queue), queues,
		"SELECT DISTINCT c.tenant_id, c.queue_id, q.id IS NOT NULL AS takes_chats FROM conversation c"
		" LEFT JOIN queue q ON q.tenant_id = c.tenant_id AND q.id = c.queue_id AND q.for_chat = 1 AND q.deleted_at IS NULL"
		" WHERE c.state IN ('waiting', 'offered') AND c.queue_id IS NOT NULL", DB_NO_ARGS);
}

enum got
offer_all(struct routing *routing, uint64_t conversation, struct db_rows *offers)
{
	return db_all(routing->db, routing->arena, offer_fields, sizeof(struct offer), offers,
		"SELECT conversation_id, agent_id, state, offered_at, answered_at FROM offer WHERE tenant_id = ? AND conversation_id = ?",
		DB_ARGS(db_tenant(routing->tenant), db_u64(conversation)));
}

enum got
offer_set(struct routing *routing, uint64_t conversation, uint64_t agent, const char *state)
{
	bool rings = strcmp(state, "ringing") == 0;

	return db_run(routing->db, "INSERT INTO offer (tenant_id, conversation_id, agent_id, state, offered_at, answered_at)"
		" VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE state = VALUES(state), answered_at = VALUES(answered_at),"
		" offered_at = IF(VALUES(answered_at) IS NULL, VALUES(offered_at), offered_at)",
		DB_ARGS(db_tenant(routing->tenant), db_u64(conversation), db_u64(agent), db_text(state), db_time(routing->now),
			rings ? db_null() : db_time(routing->now)), NULL);
}

enum got
offer_refuse(struct routing *routing, uint64_t conversation, uint64_t agent)
{
	struct db_done done;
	enum got got = db_run(routing->db, "UPDATE offer SET state = 'refused', answered_at = ? WHERE tenant_id = ? AND conversation_id = ?"
		" AND agent_id = ? AND state = 'ringing'",
		DB_ARGS(db_time(routing->now), db_tenant(routing->tenant), db_u64(conversation), db_u64(agent)), &done);

	return got == GOT_ONE && done.changed == 0 ? GOT_NONE : got;
}

enum got
offer_end(struct routing *routing, uint64_t conversation, const char *state)
{
	enum got got = db_run(routing->db, "UPDATE offer SET state = ?, answered_at = ? WHERE tenant_id = ? AND conversation_id = ?"
		" AND state = 'ringing'",
		DB_ARGS(db_text(state), db_time(routing->now), db_tenant(routing->tenant), db_u64(conversation)), NULL);

	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

enum got
routing_position(struct db *db, tenant_id tenant, const struct conversation *conversation, uint64_t *position)
{
	*position = 0;
	if (strcmp(conversation->state, "waiting") != 0 && strcmp(conversation->state, "offered") != 0)
		return GOT_ONE;
	return db_number(db, "SELECT COUNT(*) + 1 FROM conversation WHERE tenant_id = ? AND queue_id = ?"
		" AND state IN ('waiting', 'offered') AND (waiting_since < ? OR (waiting_since = ? AND id < ?))",
		DB_ARGS(db_tenant(tenant), db_u64(conversation->queue_id), db_time(conversation->waiting_since),
			db_time(conversation->waiting_since), db_u64(conversation->id)), position);
}

enum got
routing_offers_of(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, struct field_set *offers)
{
	struct db_rows rows = { 0 };
	enum got got = db_all(db, arena, offer_fields, sizeof(struct offer), &rows,
		"SELECT conversation_id FROM offer WHERE tenant_id = ? AND agent_id = ? AND state = 'ringing' ORDER BY conversation_id",
		DB_ARGS(db_tenant(tenant), db_u64(agent)));
	const struct offer *all = rows.rows;
	uint64_t *ids = ARENA_ARRAY(arena, uint64_t, rows.count);
	size_t i;

	for (i = 0; i < rows.count; i++)
		ids[i] = all[i].conversation_id;
	offers->ids = ids;
	offers->count = rows.count;
	return got;
}
