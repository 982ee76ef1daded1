/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_store.c - questions across rooms that chats ask often: who writes where, and whose page was closed. */
#include "rooms/chat/chat_store.h"

static const struct field presence_fields[] = {
	FIELD_U64(struct chat_presence, tenant_id, 0),
	FIELD_U64(struct chat_presence, id, FIELD_KEY),
	FIELD_U64(struct chat_presence, visitor_id, 0),
	FIELD_TEXT(struct chat_presence, state, 0),
	FIELD_TIME(struct chat_presence, seen_at, 0),
	FIELD_TIME(struct chat_presence, company_at, 0),
	FIELD_END
};

enum got
chat_unseen(struct db *db, struct arena *arena, clock_ms before, struct db_rows *chats)
{
	return db_all(db, arena, presence_fields, sizeof(struct chat_presence), chats,
		"SELECT c.tenant_id, c.id, c.visitor_id, c.state, v.seen_at, t.updated_at AS company_at FROM conversation c"
		" JOIN tenant t ON t.id = c.tenant_id AND t.state = 'active'"
		" JOIN visitor v ON v.tenant_id = c.tenant_id AND v.id = c.visitor_id"
		" WHERE c.state IN ('waiting', 'offered', 'active') AND c.kind = 'chat' AND v.seen_at < ?"
		" AND (c.state <> 'active' OR c.visitor_left_at IS NULL) ORDER BY v.seen_at LIMIT 2000",
		DB_ARGS(db_time(before)));
}

enum got
chat_live_since(struct db *db, const char *epoch, clock_ms now, clock_ms *since)
{
	uint64_t number = 0;
	enum got got = db_run(db, "INSERT INTO live_epoch (id, epoch, since) VALUES (1, ?, ?)"
		" ON DUPLICATE KEY UPDATE since = IF(epoch = VALUES(epoch), since, VALUES(since)), epoch = VALUES(epoch)",
		DB_ARGS(db_text(epoch), db_time(now)), NULL);

	if (got != GOT_ERROR)
		got = db_number(db, "SELECT since FROM live_epoch WHERE id = 1", DB_NO_ARGS, &number);
	*since = (clock_ms)number;
	return got;
}

/* What a visitor's message needs to know, and no more. */
struct door {
	uint64_t tenant_id;
	uint64_t widget_id;
	uint64_t visitor_id;
	uint64_t conversation_id;
	const char *state;
	const char *visitor_name;
	uint64_t queue_id;
	uint64_t agent_id;
	uint64_t last_seq;
};

static const struct field door_fields[] = {
	FIELD_U64(struct door, tenant_id, 0),
	FIELD_U64(struct door, widget_id, 0),
	FIELD_U64(struct door, visitor_id, 0),
	FIELD_U64(struct door, conversation_id, 0),
	FIELD_TEXT(struct door, state, 0),
	FIELD_TEXT(struct door, visitor_name, 0),
	FIELD_U64(struct door, queue_id, FIELD_NULLABLE),
	FIELD_U64(struct door, agent_id, FIELD_NULLABLE),
	FIELD_U64(struct door, last_seq, 0),
	FIELD_END
};

enum got
chat_door(struct req *r, const char *key, uint64_t conversation, struct visit *visit)
{
	const char *token = visitor_token(r);
	struct door door = { 0 };
	enum got got;

	if (token == NULL || key == NULL)
		return GOT_NONE;
	/* Whether the widget is still enabled is not asked: who is in a chat may go on to its end. */
	got = db_one(r->db, r->arena, door_fields, &door,
		"SELECT v.tenant_id, v.widget_id, v.id AS visitor_id, c.id AS conversation_id, c.state, c.visitor_name, c.queue_id, c.agent_id,"
		" c.last_seq FROM visitor v JOIN conversation c ON c.tenant_id = v.tenant_id AND c.id = ? AND c.visitor_id = v.id"
		" JOIN tenant t ON t.id = v.tenant_id AND t.state = 'active' WHERE v.token_hash = ?",
		DB_ARGS(db_u64(conversation), visitor_token_hash(r->arena, key, token)));
	if (got != GOT_ONE || (r->tenant.id != 0 && r->tenant.id != door.tenant_id))
		return got == GOT_ERROR ? GOT_ERROR : GOT_NONE;
	r->tenant = (tenant_id){ door.tenant_id };
	visit->widget.id = door.widget_id;
	visit->visitor.id = door.visitor_id;
	visit->conversation = (struct conversation){ .id = door.conversation_id, .visitor_id = door.visitor_id, .state = door.state,
		.visitor_name = door.visitor_name, .queue_id = door.queue_id, .agent_id = door.agent_id, .last_seq = door.last_seq };
	return GOT_ONE;
}

/* On every page: which of the many keys is never a question, and never the whole history of a company. */
#define OWN "SELECT (SELECT COUNT(*) FROM conversation o FORCE INDEX (agent_state) WHERE o.tenant_id = ? AND o.agent_id = ? AND o.state = 'active') + "

enum got
chat_count_ongoing(struct db *db, tenant_id tenant, uint64_t agent, enum chat_sight sight, uint64_t *count)
{
	if (sight == CHAT_SIGHT_ALL)
		return db_number(db, OWN "(SELECT COUNT(*) FROM conversation c FORCE INDEX (state_time) WHERE c.tenant_id = ? AND c.kind = 'chat'"
			" AND c.state IN ('waiting', 'offered'))", DB_ARGS(db_tenant(tenant), db_u64(agent), db_tenant(tenant)), count);
	if (sight == CHAT_SIGHT_RINGING)
		return db_number(db, OWN "(SELECT COUNT(*) FROM offer f WHERE f.tenant_id = ? AND f.agent_id = ? AND f.state = 'ringing')",
			DB_ARGS(db_tenant(tenant), db_u64(agent), db_tenant(tenant), db_u64(agent)), count);
	return db_number(db, OWN "(SELECT COUNT(*) FROM queue_agent qa JOIN conversation c FORCE INDEX (waiting) ON c.tenant_id = qa.tenant_id"
		" AND c.queue_id = qa.queue_id AND c.state IN ('waiting', 'offered') WHERE qa.tenant_id = ? AND qa.agent_id = ?)",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_tenant(tenant), db_u64(agent)), count);
}

/* The tenant is bound in each part, so that the index contact_seen answers it with the company's own chats and nobody else's. */
const char *
chat_contact_scope(struct req *r, const struct field_set *queues, struct db_value *values)
{
	values[0] = values[2] = values[5] = db_u64(r->actor.id);
	values[1] = values[4] = db_tenant(r->tenant);
	values[3] = db_text(field_set_list(r->arena, queues));
	return "contact.created_by = ? OR contact.id IN (SELECT c.contact_id FROM conversation c WHERE c.tenant_id = ?"
		" AND (c.agent_id = ? OR FIND_IN_SET(c.queue_id, ?)))"
		" OR contact.id IN (SELECT c.contact_id FROM offer o JOIN conversation c ON c.tenant_id = o.tenant_id AND c.id = o.conversation_id"
		" WHERE o.tenant_id = ? AND o.agent_id = ? AND o.state = 'ringing')";
}

/* A subquery of one row, which the server asks for each deleted one, and does not turn into a look at every chat. */
enum got
chat_agents_ever(struct db *db, struct arena *arena, tenant_id tenant, uint64_t asked, struct db_rows *agents)
{
	return db_all(db, arena, agent_fields, sizeof(struct agent), agents, "SELECT a.id, a.alias, a.deleted_at FROM agent a"
		" WHERE a.tenant_id = ? AND (a.deleted_at IS NULL OR a.id = ? OR (SELECT 1 FROM conversation c FORCE INDEX (agent_state)"
		" WHERE c.tenant_id = ? AND c.agent_id = a.id LIMIT 1)) ORDER BY a.deleted_at IS NOT NULL, a.id",
		DB_ARGS(db_tenant(tenant), db_u64(asked), db_tenant(tenant)));
}

enum got
chat_queues_ever(struct db *db, struct arena *arena, tenant_id tenant, uint64_t asked, struct db_rows *queues)
{
	return db_all(db, arena, queue_fields, sizeof(struct queue), queues, "SELECT q.id, q.name, q.deleted_at FROM queue q"
		" WHERE q.tenant_id = ? AND (q.deleted_at IS NULL OR q.id = ? OR (SELECT 1 FROM conversation c FORCE INDEX (queue_time)"
		" WHERE c.tenant_id = ? AND c.queue_id = q.id LIMIT 1)) ORDER BY q.deleted_at IS NOT NULL, q.name, q.id",
		DB_ARGS(db_tenant(tenant), db_u64(asked), db_tenant(tenant)));
}
