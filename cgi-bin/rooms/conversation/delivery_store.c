/* SPDX-License-Identifier: BSD-2-Clause */
/* delivery_store.c - the rows of delivery: what a provider must still be given, and what became of the rest. */
#include "rooms/conversation/conversation.h"

#include "core/text.h"

static const struct field delivery_fields[] = {
	FIELD_U64(struct delivery, conversation_id, 0),
	FIELD_U64(struct delivery, seq, FIELD_KEY),
	FIELD_TEXT(struct delivery, state, 0),
	FIELD_TEXT(struct delivery, problem, 0),
	FIELD_TEXT(struct delivery, detail, 0),
	FIELD_U64(struct delivery, parts, 0),
	FIELD_U64(struct delivery, tries, 0),
	FIELD_END
};

enum got
delivery_job(struct db *db, struct arena *arena, tenant_id tenant, const struct conversation *conversation, clock_ms due_at, clock_ms now)
{
	const char *kind = arena_printf(arena, "%s.send", conversation->channel);
	const struct job_order order = { .tenant = tenant, .kind = kind, .subject = conversation->id, .due_at = due_at,
		.once = arena_printf(arena, "%s.%llu", kind, (unsigned long long)conversation->id) };

	return job_add(db, &order, now);
}

enum got
delivery_order(struct db *db, struct arena *arena, tenant_id tenant, const struct conversation *conversation,
	struct message *message, clock_ms now)
{
	if (text_is_blank(conversation->channel) || text_equal(conversation->channel, "web") || !message_is_for_visitor(message))
		return GOT_ONE;
	if (db_run(db, "INSERT INTO delivery (tenant_id, conversation_id, seq, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_u64(conversation->id), db_u64(message->seq), db_time(now), db_time(now)), NULL) != GOT_ONE)
		return GOT_ERROR;
	message->delivery = "waiting";
	return delivery_job(db, arena, tenant, conversation, now, now);
}

enum got
delivery_next(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, struct delivery *delivery)
{
	return db_one(db, arena, delivery_fields, delivery,
		"SELECT conversation_id, seq, state, problem, detail, parts, tries FROM delivery WHERE tenant_id = ? AND conversation_id = ?"
		" AND state IN ('waiting', 'sending') ORDER BY seq LIMIT 1", DB_ARGS(db_tenant(tenant), db_u64(conversation)));
}

enum got
delivery_set(struct db *db, tenant_id tenant, const struct delivery *delivery, clock_ms now)
{
	const char *detail = delivery->detail != NULL ? delivery->detail : "";

	return db_run(db, "UPDATE delivery SET state = ?, problem = ?, detail = LEFT(?, 255), parts = ?, tries = ?, updated_at = ?"
		" WHERE tenant_id = ? AND conversation_id = ? AND seq = ?",
		DB_ARGS(db_text(delivery->state), db_text(delivery->problem != NULL ? delivery->problem : ""), db_text(detail),
			db_u64(delivery->parts), db_u64(delivery->tries), db_time(now), db_tenant(tenant), db_u64(delivery->conversation_id),
			db_u64(delivery->seq)), NULL);
}

enum got
delivery_again(struct db *db, struct arena *arena, tenant_id tenant, const struct conversation *conversation, uint64_t seq, clock_ms now)
{
	enum got got = db_run(db, "UPDATE delivery SET state = 'waiting', problem = '', detail = '', tries = 0, updated_at = ?"
		" WHERE tenant_id = ? AND conversation_id = ? AND seq = ? AND state IN ('failed', 'uncertain')",
		DB_ARGS(db_time(now), db_tenant(tenant), db_u64(conversation->id), db_u64(seq)), NULL);

	return got == GOT_ONE ? delivery_job(db, arena, tenant, conversation, now, now) : got;
}

void
delivery_tell(struct arena *arena, struct bell *bell, tenant_id tenant, const struct delivery *delivery)
{
	struct json *json = json_new_object(arena);

	json_set_text(json, "type", "delivery");
	json_set_u64(json, "c", delivery->conversation_id);
	json_set_u64(json, "seq", delivery->seq);
	json_set(json, "delivery", delivery_json(arena, delivery));
	bell_ring(bell, bell_topic(arena, tenant, 'c', delivery->conversation_id), json_text(arena, json));
}
