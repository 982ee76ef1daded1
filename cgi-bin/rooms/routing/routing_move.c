/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_move.c - chats that wait in a queue which takes none any more go to another one. */
#include "rooms/routing/routing.h"

#include <string.h>

#include "rooms/routing/routing_news.h"
#include "rooms/routing/routing_store.h"

/* One queue being left. */
struct move {
	struct routing *routing;
	uint64_t from;
	struct queue to;
	size_t news_before;
};

static enum got
move_chat(struct move *move, struct conversation *chat)
{
	struct routing *routing = move->routing;
	struct json *details = json_new_object(routing->arena);
	struct message event;

	chat->queue_id = move->to.id;
	json_set_text(details, "name", move->to.name);
	event = message_event(routing->arena, "moved", details);
	if (conversation_set_state(routing->db, routing->tenant, chat) != GOT_ONE
		|| routing_add_message(routing, chat->id, &event) != GOT_ONE)
		return GOT_ERROR;
	routing_news_conversation(routing, chat->id, move->from, 0);
	return GOT_ONE;
}

/* What still rings, because somebody else held it when the queue was settled, goes with the next sweep. */
static enum got
move_work(struct db *db, void *arg)
{
	struct move *move = arg;
	struct routing *routing = move->routing;
	struct db_rows rows = { 0 };
	struct conversation *chats;
	size_t i;

	(void)db;
	routing->news.count = move->news_before;
	if (routing_waiting(routing, move->from, &rows) == GOT_ERROR)
		return GOT_ERROR;
	chats = rows.rows;
	for (i = 0; i < rows.count; i++)
		if (strcmp(chats[i].state, "waiting") == 0 && move_chat(move, &chats[i]) == GOT_ERROR)
			return GOT_ERROR;
	return GOT_ONE;
}

enum got
routing_move(struct routing *routing, uint64_t queue)
{
	struct move move = { .routing = routing, .from = queue };
	enum got got = queue_first_for_chat(routing->db, routing->arena, routing->tenant, &move.to);

	/* Nobody of a queue that takes no chats is able: this withdraws what rings there. */
	if (got == GOT_ERROR || routing_settle(routing, queue) == GOT_ERROR)
		return GOT_ERROR;
	if (got == GOT_NONE)
		return GOT_ONE;
	move.news_before = routing->news.count;
	if (db_transaction(routing->db, move_work, &move) == GOT_ERROR) {
		routing->news.count = move.news_before;
		return GOT_ERROR;
	}
	routing_news_queue(routing, move.to.id);
	return routing_settle(routing, move.to.id);
}
