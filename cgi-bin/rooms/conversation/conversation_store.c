/* SPDX-License-Identifier: BSD-2-Clause */
/* conversation_store.c - the rows of conversation. */
#include "rooms/conversation/conversation.h"

#include <string.h>

#define OPEN_MOST 1000

#define COLUMNS "id, kind, channel, state, close_reason, widget_id, visitor_id, identity_id, contact_id, queue_id, agent_id, visitor_name," \
	" visitor_email, start_url, start_title, client_id, last_seq, last_text, last_by, last_at, visitor_seen_seq," \
	" agent_seen_seq, unread, refusals, visitor_left_at, created_at, waiting_since, accepted_at, first_reply_at, closed_at"

enum got
conversation_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct conversation *conversation)
{
	return db_one(db, arena, conversation_fields, conversation,
		"SELECT " COLUMNS " FROM conversation WHERE tenant_id = ? AND id = ?", DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
conversation_lock(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct conversation *conversation)
{
	return db_one(db, arena, conversation_fields, conversation,
		"SELECT " COLUMNS " FROM conversation WHERE tenant_id = ? AND id = ? FOR UPDATE",
		DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
conversation_open(struct db *db, struct arena *arena, tenant_id tenant, const struct conversation_sight *sight,
	struct db_rows *conversations)
{
	return db_all(db, arena, conversation_fields, sizeof(struct conversation), conversations,
		"SELECT " COLUMNS " FROM conversation WHERE tenant_id = ? AND kind = 'chat' AND state IN ('waiting', 'offered', 'active')"
		" AND (? OR agent_id = ? OR FIND_IN_SET(queue_id, ?) OR FIND_IN_SET(id, ?))"
		" ORDER BY IFNULL(agent_id = ?, 0) DESC, state = 'active', waiting_since, id LIMIT ?",
		DB_ARGS(db_tenant(tenant), db_bool(sight->sees_all), db_u64(sight->viewer), db_text(field_set_list(arena, &sight->queues)),
			db_text(field_set_list(arena, &sight->others)), db_u64(sight->viewer), db_u64(OPEN_MOST)));
}

enum got
conversation_of_visitor(struct db *db, struct arena *arena, tenant_id tenant, uint64_t visitor,
	struct conversation *conversation)
{
	return db_one(db, arena, conversation_fields, conversation,
		"SELECT " COLUMNS " FROM conversation WHERE tenant_id = ? AND visitor_id = ? ORDER BY created_at DESC, id DESC LIMIT 1",
		DB_ARGS(db_tenant(tenant), db_u64(visitor)));
}

enum got
conversation_earlier(struct db *db, struct arena *arena, tenant_id tenant, const struct conversation *now,
	struct db_rows *conversations)
{
	return db_all(db, arena, conversation_fields, sizeof(struct conversation), conversations,
		"SELECT " COLUMNS " FROM conversation WHERE tenant_id = ? AND id <> ? AND (visitor_id = ? OR contact_id = ?)"
		" ORDER BY created_at DESC, id DESC LIMIT 10",
		DB_ARGS(db_tenant(tenant), db_u64(now->id), db_id(now->visitor_id), db_id(now->contact_id)));
}

enum got
conversation_create(struct db *db, tenant_id tenant, struct conversation *conversation, clock_ms now)
{
	struct db_done done;

	conversation->created_at = conversation->waiting_since = now;
	if (db_run(db, "INSERT INTO conversation (tenant_id, kind, channel, state, widget_id, visitor_id, identity_id, contact_id, queue_id,"
		" visitor_name, visitor_email, start_url, start_title, client_id, created_at, waiting_since, last_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(conversation->kind), db_text(conversation->channel), db_text(conversation->state),
			db_id(conversation->widget_id), db_id(conversation->visitor_id), db_id(conversation->identity_id),
			db_id(conversation->contact_id), db_id(conversation->queue_id), db_text(conversation->visitor_name), db_text(conversation->visitor_email),
			db_text(conversation->start_url), db_text(conversation->start_title), db_text(conversation->client_id),
			db_time(now), db_time(now), db_time(now)), &done) == GOT_ERROR)
		return db_is_duplicate(db) ? GOT_NONE : GOT_ERROR;
	conversation->id = done.id;
	return GOT_ONE;
}

enum got
conversation_seen_by_visitor(struct db *db, tenant_id tenant, uint64_t id, uint64_t seq)
{
	return db_run(db, "UPDATE conversation SET visitor_seen_seq = ? WHERE tenant_id = ? AND id = ? AND visitor_seen_seq < ?"
		" AND last_seq >= ?", DB_ARGS(db_u64(seq), db_tenant(tenant), db_u64(id), db_u64(seq), db_u64(seq)), NULL);
}

enum got
conversation_seen_by_agent(struct db *db, tenant_id tenant, uint64_t id, uint64_t seq)
{
	return db_run(db, "UPDATE conversation SET agent_seen_seq = ?, unread = (SELECT COUNT(*) FROM message WHERE tenant_id = ?"
		" AND conversation_id = ? AND seq > ? AND author_kind = 'visitor' AND kind IN ('text', 'file'))"
		" WHERE tenant_id = ? AND id = ? AND agent_seen_seq < ? AND last_seq >= ?",
		DB_ARGS(db_u64(seq), db_tenant(tenant), db_u64(id), db_u64(seq), db_tenant(tenant), db_u64(id), db_u64(seq), db_u64(seq)),
		NULL);
}

enum got
conversation_set_left(struct db *db, tenant_id tenant, uint64_t id, clock_ms at)
{
	return db_run(db, "UPDATE conversation SET visitor_left_at = ? WHERE tenant_id = ? AND id = ? AND (visitor_left_at IS NULL) = ?",
		DB_ARGS(at != 0 ? db_time(at) : db_null(), db_tenant(tenant), db_u64(id), db_bool(at != 0)), NULL);
}

enum got
conversation_set_state(struct db *db, tenant_id tenant, const struct conversation *conversation)
{
	return db_run(db, "UPDATE conversation SET state = ?, close_reason = ?, queue_id = ?, agent_id = ?, refusals = ?,"
		" waiting_since = ?, accepted_at = ?, closed_at = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_text(conversation->state), db_text(conversation->close_reason), db_id(conversation->queue_id),
			db_id(conversation->agent_id), db_u64(conversation->refusals), db_time(conversation->waiting_since),
			conversation->accepted_at != 0 ? db_time(conversation->accepted_at) : db_null(),
			conversation->closed_at != 0 ? db_time(conversation->closed_at) : db_null(),
			db_tenant(tenant), db_u64(conversation->id)), NULL);
}

enum got
conversation_move_contact(struct db *db, tenant_id tenant, uint64_t from, uint64_t to)
{
	return db_run(db, "UPDATE conversation SET contact_id = ? WHERE tenant_id = ? AND contact_id = ?",
		DB_ARGS(db_u64(to), db_tenant(tenant), db_u64(from)), NULL);
}
