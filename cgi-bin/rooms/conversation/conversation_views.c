/* SPDX-License-Identifier: BSD-2-Clause */
/* conversation_views.c - conversations and messages as JSON (docs/api-visit.md, docs/api-console.md). */
#include "rooms/conversation/conversation.h"

#include <string.h>

#include "core/text.h"

static struct json *
preview_json(struct arena *arena, const struct message *message)
{
	struct json *preview;

	if (message->preview_width == 0)
		return NULL;
	preview = json_new_object(arena);
	json_set_u64(preview, "width", message->preview_width);
	json_set_u64(preview, "height", message->preview_height);
	return preview;
}

static struct json *
file_json(struct arena *arena, const struct message *message)
{
	struct json *file = json_new_object(arena);

	json_set_u64(file, "id", message->file_id);
	json_set_text(file, "name", message->file_name);
	json_set_text(file, "type", message->file_type);
	json_set_u64(file, "size", message->file_size);
	json_set(file, "preview", preview_json(arena, message));
	return file;
}

static struct json *
message_base(struct arena *arena, const struct message *message)
{
	struct json *json = json_new_object(arena);
	const char *problem;

	json_set_u64(json, "seq", message->seq);
	json_set_text(json, "kind", message->kind);
	json_set_text(json, "by", message->author_kind);
	json_set_text(json, "name", message->author_name);
	if (strcmp(message->kind, "event") == 0)
		json_set(json, "event", json_parse(arena, message->body, strlen(message->body), &problem));
	else
		json_set_text(json, "text", message->body);
	if (message->file_id != 0)
		json_set(json, "file", file_json(arena, message));
	json_set_i64(json, "created_at", message->created_at);
	return json;
}

struct json *
delivery_json(struct arena *arena, const struct delivery *delivery)
{
	struct json *json = json_new_object(arena);

	json_set_text(json, "state", delivery->state);
	json_set_text(json, "problem", delivery->problem != NULL ? delivery->problem : "");
	json_set_text(json, "detail", delivery->detail != NULL ? delivery->detail : "");
	return json;
}

struct json *
message_json(struct arena *arena, const struct message *message)
{
	const struct delivery delivery = { .state = message->delivery, .problem = message->delivery_problem, .detail = message->delivery_detail };
	struct json *json = message_base(arena, message);

	/* A visitor's message is told to both sides alike: see routing_tell_message(). */
	if (strcmp(message->author_kind, "visitor") != 0)
		json_set_u64(json, "author", message->author_id);
	json_set_text(json, "client_id", message->client_id);
	if (!text_is_blank(message->delivery))
		json_set(json, "delivery", delivery_json(arena, &delivery));
	return json;
}

/* What a visitor must not read keeps its number, so that no gap shows. */
struct json *
message_json_for_visitor(struct arena *arena, const struct message *message)
{
	struct json *json;

	if (message_is_for_visitor(message)) {
		json = message_base(arena, message);
		if (strcmp(message->author_kind, "visitor") == 0)
			json_set_text(json, "client_id", message->client_id);
		return json;
	}
	json = json_new_object(arena);
	json_set_u64(json, "seq", message->seq);
	json_set_text(json, "kind", "hidden");
	return json;
}

struct json *
message_list_json(struct arena *arena, const struct db_rows *messages, bool for_visitor)
{
	struct json *list = json_new_array(arena);
	const struct message *rows = messages->rows;
	size_t i;

	for (i = 0; i < messages->count; i++)
		json_add(list, for_visitor ? message_json_for_visitor(arena, &rows[i]) : message_json(arena, &rows[i]));
	return list;
}

static void
set_id(struct json *json, const char *name, uint64_t id)
{
	if (id != 0)
		json_set_u64(json, name, id);
	else
		json_set_text(json, name, NULL);
}

static void
set_moments(struct json *json, const struct conversation *conversation)
{
	json_set_i64(json, "last_at", conversation->last_at);
	json_set_i64(json, "created_at", conversation->created_at);
	json_set_i64(json, "waiting_since", conversation->waiting_since);
	json_set_i64(json, "accepted_at", conversation->accepted_at);
	json_set_i64(json, "closed_at", conversation->closed_at);
}

struct json *
conversation_row_json(struct arena *arena, const struct conversation *conversation)
{
	struct json *json = json_new_object(arena);
	struct json *visitor = json_new_object(arena);

	json_set_u64(visitor, "id", conversation->visitor_id);
	json_set_text(visitor, "name", conversation->visitor_name);
	json_set_u64(json, "id", conversation->id);
	json_set_text(json, "state", conversation->state);
	json_set_text(json, "close_reason", conversation->close_reason);
	json_set_text(json, "channel", conversation->channel);
	json_set(json, "visitor", visitor);
	set_id(json, "queue", conversation->queue_id);
	set_id(json, "agent", conversation->agent_id);
	set_id(json, "widget", conversation->widget_id);
	json_set_u64(json, "last_seq", conversation->last_seq);
	json_set_text(json, "last_text", conversation->last_text);
	json_set_text(json, "last_by", conversation->last_by);
	json_set_u64(json, "visitor_seen_seq", conversation->visitor_seen_seq);
	json_set_u64(json, "agent_seen_seq", conversation->agent_seen_seq);
	json_set_u64(json, "unread", conversation->unread);
	json_set_text(json, "start_url", conversation->start_url);
	json_set_text(json, "start_title", conversation->start_title);
	set_moments(json, conversation);
	return json;
}
