/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_send.c - what both sides of a chat do alike: messages stored and told, pages of messages, routing orders. */
#include "rooms/chat/chat_send.h"

#include <string.h>

#include "core/text.h"
#include "web/reply.h"

struct routing
chat_routing(struct req *r)
{
	return (struct routing){ .db = r->db, .arena = r->arena, .tenant = r->tenant, .now = r->now };
}

bool
chat_client_id_is_sound(const char *client_id)
{
	size_t len = client_id != NULL ? strlen(client_id) : 0;

	return len >= 8 && len <= 36
		&& strspn(client_id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == len;
}

const char *
chat_text_problem(const char *text, const char **limit)
{
	*limit = NULL;
	if (text_is_blank(text))
		return N_("Write something first.");
	if (text_has_control(text))
		return N_("The text has characters that cannot be sent.");
	*limit = "4000";
	return text_length(text) > MESSAGE_TEXT_MAX ? N_("The text is too long: at most %s characters.") : NULL;
}

bool
chat_read_message(struct req *r, struct message *message)
{
	const char *text = req_param(r, "text"), *problem, *limit;

	message->client_id = req_param(r, "client_id");
	message->body = text != NULL ? text_trim(r->arena, text) : "";
	if (!chat_client_id_is_sound(message->client_id))
		return reply_field_error(r, 422, "client_id", N_("client_id must have 8 to 36 letters, digits and hyphens"), NULL), false;
	problem = chat_text_problem(message->body, &limit);
	if (problem == NULL)
		return true;
	reply_field_error(r, 422, "text", problem, limit);
	return false;
}

/* A message on its way into the database; the first try is kept for the next one. */
struct sending {
	struct req *r;
	const struct conversation *conversation;
	struct message *message;
	struct message first;
	struct chat_upload *upload;
};

static enum got
send_work(struct db *db, void *arg)
{
	struct sending *sending = arg;
	struct req *r = sending->r;
	enum got got;

	*sending->message = sending->first;
	if (sending->upload != NULL) {
		got = file_store(db, r->arena, r->tenant, &sending->upload->file, r->now);
		sending->upload->is_over_limit = got == GOT_NONE;
		if (got != GOT_ONE)
			return got;
		sending->message->file_id = sending->upload->file.id;
	}
	got = message_add(db, r->arena, r->tenant, sending->conversation->id, sending->message, r->now);
	if (got != GOT_ONE || text_equal(sending->message->author_kind, "visitor"))
		return got;
	return delivery_order(db, r->arena, r->tenant, sending->conversation, sending->message, r->now);
}

enum got
chat_send(struct req *r, struct conversation *conversation, struct message *message, struct chat_upload *upload)
{
	struct sending sending = { .r = r, .conversation = conversation, .message = message, .first = *message, .upload = upload };
	struct routing routing = chat_routing(r);
	enum got got = db_transaction(r->db, send_work, &sending);

	if (got == GOT_NONE && upload != NULL)
		chat_file_forget(r, upload);
	/* A closed chat takes nothing more, but what it took before is acknowledged again. */
	if (got == GOT_NONE && message->seq == 0
		&& message_by_client_id(r->db, r->arena, r->tenant, conversation->id, message->client_id, message) == GOT_ERROR)
		return GOT_ERROR;
	if (got == GOT_ERROR || message->seq == 0)
		return got;
	/* Sent again it is told again: the process that stored it may have died before it rang. */
	if (got == GOT_ONE)
		conversation->last_seq = message->seq;
	routing_tell_message(&routing, r->site->bell, conversation, message);
	return got;
}

/* One more than fits is asked for: it tells whether there is more. */
enum got
chat_set_messages(struct req *r, uint64_t conversation, uint64_t most, bool for_visitor, struct json *json)
{
	struct db_rows rows = { 0 };
	uint64_t after = 0, before = 0;
	bool forward = text_to_u64(req_param(r, "after"), &after), more;
	enum got got;

	if (!forward)
		most = MESSAGE_PAGE;
	text_to_u64(req_param(r, "before"), &before);
	got = forward ? message_after(r->db, r->arena, r->tenant, conversation, after, most + 1, &rows)
		: message_before(r->db, r->arena, r->tenant, conversation, before, most + 1, &rows);
	more = rows.count > most;
	if (more) {
		rows.count--;
		if (!forward)
			rows.rows = (struct message *)rows.rows + 1;
	}
	json_set(json, "messages", message_list_json(r->arena, &rows, for_visitor));
	json_set_bool(json, "more", more);
	return got;
}

struct json *
chat_upload_types(struct arena *arena)
{
	struct json *types = json_new_array(arena);
	const char *extension;
	size_t at;

	for (at = 0; (extension = file_extension(at)) != NULL; at++)
		json_add_text(types, extension);
	return types;
}

void
chat_tell_seen(struct req *r, const struct conversation *conversation, uint64_t seq, const char *by)
{
	struct json *json = json_new_object(r->arena);
	const char *topics;

	json_set_text(json, "type", "seen");
	json_set_u64(json, "c", conversation->id);
	json_set_u64(json, "seq", seq);
	json_set_text(json, "by", by);
	topics = arena_printf(r->arena, "%s %s", routing_topics(r->arena, r->tenant, conversation),
		bell_topic(r->arena, r->tenant, 'v', conversation->id));
	bell_ring(r->site->bell, topics, json_text(r->arena, json));
}
