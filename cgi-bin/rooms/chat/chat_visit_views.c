/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_visit_views.c - what a visitor is told (docs/api-visit.md), and tickets for the live stream. */
#include "rooms/chat/chat_visit.h"

#include <string.h>

#include "core/text.h"
#include "edge/ticket.h"
#include "web/reply.h"

/* Hears its own conversation; says where the agents who have it open hear. */
static const char *
visit_ticket(struct req *r, const struct visit *visit, const char *say)
{
	const struct ticket ticket = {
		.who = bell_topic(r->arena, r->tenant, 'v', visit->visitor.id),
		.expires_at = r->now + TICKET_LIFE,
		.hear = bell_topic(r->arena, r->tenant, 'v', visit->conversation.id),
		.say = say
	};

	return ticket_sign(r->arena, r->site->keys, &ticket);
}

static enum got
set_conversation(struct req *r, const struct visit *visit, struct json *json)
{
	struct routing routing = chat_routing(r);
	struct json *conversation;
	const char *say = bell_topic(r->arena, r->tenant, 'c', visit->conversation.id);

	if (routing_visitor_json(&routing, &visit->conversation, &conversation) != GOT_ONE)
		return GOT_ERROR;
	json_set(json, "conversation", conversation);
	json_set_text(json, "ticket", visit_ticket(r, visit, say));
	json_set_text(json, "say", say);
	return GOT_ONE;
}

int
chat_visit_reply_hello(struct req *r, struct visit *visit)
{
	struct json *json = json_new_object(r->arena);
	struct db_rows rows = { 0 };
	struct routing routing = chat_routing(r);
	struct json *closed = NULL;
	bool is_open;

	if (routing_is_open(&routing, visit->widget.queue_id, &is_open) == GOT_ERROR
		|| (!is_open && routing_closed_json(&routing, visit->widget.queue_id, &closed) == GOT_ERROR))
		return reply_got(r, GOT_ERROR);
	json_set_bool(json, "online", is_open);
	json_set(json, "closed", closed);
	json_set_text(json, "name", visit->visitor.name != NULL ? visit->visitor.name : "");
	json_set_text(json, "email", visit->visitor.email != NULL ? visit->visitor.email : "");
	json_set_u64(json, "upload_max", r->site->conf->upload_max);
	json_set(json, "upload_types", chat_upload_types(r->arena));
	json_set_bool(json, "typing_preview", visit->widget.typing_preview);
	json_set(json, "conversation", NULL);
	json_set_text(json, "ticket", NULL);
	if (visit->conversation.id != 0) {
		if (chat_visit_here(r, visit) == GOT_ERROR || set_conversation(r, visit, json) == GOT_ERROR
			|| message_before(r->db, r->arena, r->tenant, visit->conversation.id, 0, MESSAGE_PAGE, &rows) == GOT_ERROR)
			return reply_got(r, GOT_ERROR);
	}
	json_set(json, "messages", message_list_json(r->arena, &rows, true));
	return reply_json(r, json);
}

int
chat_visit_reply_sync(struct req *r, struct visit *visit, bool messages)
{
	struct json *json = json_new_object(r->arena);

	if (conversation_by_id(r->db, r->arena, r->tenant, visit->conversation.id, &visit->conversation) != GOT_ONE
		|| set_conversation(r, visit, json) == GOT_ERROR
		|| (messages && chat_set_messages(r, visit->conversation.id, MESSAGE_SYNC, true, json) == GOT_ERROR))
		return reply_got(r, GOT_ERROR);
	if (visit->token != NULL)
		json_set_text(json, "token", visit->token);
	return reply_json(r, json);
}
