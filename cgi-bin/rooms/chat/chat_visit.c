/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_visit.c - what happens when a visitor starts a chat, writes, and comes back. */
#include "rooms/chat/chat_visit.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/contact/contact.h"
#include "web/reply.h"

#define RATE_WINDOW (10 * CLOCK_SECOND)
#define URL_MAX 2000
#define TITLE_MAX 255

/* An address or title of the visitor's page, cut rather than refused: it is not what the visitor typed. */
static const char *
page_part(struct req *r, const char *name, size_t most)
{
	const char *value = req_param(r, name);

	if (value == NULL || text_has_control(value))
		return "";
	return arena_text_of(r->arena, value, text_prefix(value, most));
}

static const char *
page_address(struct req *r, const char *name)
{
	const char *value = page_part(r, name, URL_MAX);

	return text_is_web_address(value) ? value : "";
}

static void
read_page(struct req *r, struct visitor *visitor)
{
	visitor->page_url = page_address(r, "page_url");
	visitor->page_title = page_part(r, "page_title", TITLE_MAX);
	visitor->referrer = page_address(r, "referrer");
	visitor->locale = page_part(r, "locale", 16);
	visitor->address = r->address;
	visitor->user_agent = r->user_agent;
}

bool
chat_visit_read_start(struct req *r, struct form *form, struct visit *visit)
{
	const char *problem, *limit, *text = req_param(r, "text");
	struct field_problem wrong;
	const struct field *field;
	size_t i;
	static const char *const names[] = { "name", "email" };

	for (i = 0; i < COUNT_OF(names); i++) {
		field = field_find(visitor_fields, names[i]);
		if (req_has(r, names[i]) && !field_read(r->arena, field, req_param(r, names[i]), &visit->visitor, &wrong))
			form_problem(r, form, names[i], wrong.text, wrong.detail);
	}
	visit->client_id = req_param(r, "client_id");
	if (!chat_client_id_is_sound(visit->client_id))
		form_problem(r, form, "client_id", N_("client_id must have 8 to 36 letters, digits and hyphens"), NULL);
	visit->text = text != NULL ? text_trim(r->arena, text) : "";
	problem = chat_text_problem(visit->text, &limit);
	if (problem != NULL)
		form_problem(r, form, "text", problem, limit);
	if (visit->visitor.name == NULL)
		visit->visitor.name = "";
	if (visit->visitor.email == NULL)
		visit->visitor.email = "";
	read_page(r, &visit->visitor);
	return form_is_good(form);
}

enum got
chat_visit_load(struct req *r, struct visit *visit)
{
	if (visit->visitor.id == 0)
		return GOT_NONE;
	return conversation_of_visitor(r->db, r->arena, r->tenant, visit->visitor.id, &visit->conversation);
}

/* A new visitor, or one whose contact was deleted, is a new contact: an e-mail that nobody has verified joins nobody's history. A known one who
 * has just been swept, after all that time, is entered anew. */
static enum got
start_visitor(struct req *r, struct visit *visit)
{
	struct visitor *visitor = &visit->visitor;
	struct contact contact = { .id = visitor->contact_id, .name = visitor->name, .email = visitor->email };
	enum got got = contact.id != 0 ? contact_learn(r->db, r->tenant, &contact) : GOT_NONE;

	if (got == GOT_ERROR || (got == GOT_NONE && contact_create(r->db, r->tenant, &contact, r->now) != GOT_ONE))
		return GOT_ERROR;
	visitor->contact_id = contact.id;
	got = visitor->id != 0 ? visitor_update(r->db, r->tenant, visitor, r->now) : GOT_NONE;
	if (got != GOT_NONE)
		return got;
	visitor->widget_id = visit->widget.id;
	return visitor_create(r, visitor, &visit->token);
}

/* Stores what the visitor says. */
static enum got
visit_say(struct req *r, struct visit *visit, struct message *message)
{
	message->author_id = visit->visitor.id;
	message->author_name = visit->conversation.visitor_name;
	return chat_send(r, &visit->conversation, message, visit->upload);
}

bool
chat_visit_may_send(struct req *r, const struct conversation *conversation)
{
	clock_ms at = 0;

	if (message_time_back(r->db, r->tenant, conversation, r->site->conf->message_rate, &at) == GOT_ERROR)
		return reply_got(r, GOT_ERROR), false;
	if (at <= r->now - RATE_WINDOW)
		return true;
	reply_header(r, "Retry-After", "5");
	return reply_error(r, 429, "slow_down", N_("That was a lot at once. Wait a moment and go on.")), false;
}

int
chat_visit_send(struct req *r, struct visit *visit, struct message *message)
{
	struct json *json = json_new_object(r->arena);
	enum got got = visit_say(r, visit, message);

	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (message->seq == 0 && visit->upload != NULL && visit->upload->is_over_limit)
		return chat_file_reply_over(r);
	if (message->seq == 0)
		return reply_error(r, 409, "closed", N_("This chat has ended. Start a new one."));
	json_set_u64(json, "seq", message->seq);
	json_set_i64(json, "created_at", message->created_at);
	json_set(json, "message", message_json_for_visitor(r->arena, message));
	return reply_json(r, json);
}

/* The event that says so. */
struct returned {
	struct req *r;
	uint64_t conversation;
	struct message event;
};

/* The chat was left and is open again: agents read it in the transcript. */
static enum got
returned_work(struct db *db, void *arg)
{
	struct returned *returned = arg;
	struct req *r = returned->r;
	enum got got = conversation_set_left(db, r->tenant, returned->conversation, 0);

	if (got != GOT_ONE)
		return got;
	returned->event = message_event(r->arena, "returned", NULL);
	return message_add(db, r->arena, r->tenant, returned->conversation, &returned->event, r->now);
}

/* Agents who have the chat open see where the visitor is now. */
static void
tell_page(struct req *r, const struct visit *visit)
{
	struct json *json = json_new_object(r->arena);

	json_set_text(json, "type", "page");
	json_set_u64(json, "c", visit->conversation.id);
	json_set_text(json, "page_url", visit->visitor.page_url);
	json_set_text(json, "page_title", visit->visitor.page_title);
	bell_ring(r->site->bell, bell_topic(r->arena, r->tenant, 'c', visit->conversation.id), json_text(r->arena, json));
}

enum got
chat_visit_here(struct req *r, struct visit *visit)
{
	const char *page = visit->visitor.page_url;
	struct returned returned = { .r = r, .conversation = visit->conversation.id };
	struct routing routing = chat_routing(r);
	enum got got;

	if (req_has(r, "page_url")) {
		read_page(r, &visit->visitor);
		if (visitor_here(r->db, r->tenant, &visit->visitor, r->now) == GOT_ERROR)
			return GOT_ERROR;
		if (!text_equal(page, visit->visitor.page_url))
			tell_page(r, visit);
	} else if (visitor_seen(r->db, r->tenant, visit->visitor.id, r->now) == GOT_ERROR) {
		return GOT_ERROR;
	}
	if (visit->conversation.visitor_left_at == 0 || conversation_is_closed(&visit->conversation))
		return GOT_ONE;
	got = db_transaction(r->db, returned_work, &returned);
	if (got == GOT_ONE) {
		visit->conversation.last_seq = returned.event.seq;
		routing_tell_message(&routing, r->site->bell, &visit->conversation, &returned.event);
	}
	return got;
}

/* What one try of the start's transaction needs. */
struct start {
	struct req *r;
	struct visit *visit;
	struct visitor before;
	struct message message;
};

static enum got
start_work(struct db *db, void *arg)
{
	struct start *start = arg;
	struct req *r = start->r;
	struct visit *visit = start->visit;
	struct conversation *chat = &visit->conversation;
	enum got got;

	visit->visitor.id = start->before.id;
	visit->visitor.contact_id = start->before.contact_id;
	got = start_visitor(r, visit);
	if (got != GOT_ONE)
		return got;
	*chat = (struct conversation){
		.kind = "chat", .channel = "web", .state = "waiting", .close_reason = "", .widget_id = visit->widget.id,
		.visitor_id = visit->visitor.id, .contact_id = visit->visitor.contact_id, .queue_id = visit->widget.queue_id,
		.visitor_name = visit->visitor.name, .visitor_email = visit->visitor.email, .start_url = visit->visitor.page_url,
		.start_title = visit->visitor.page_title, .client_id = visit->client_id
	};
	got = conversation_create(db, r->tenant, chat, r->now);
	if (got != GOT_ONE)
		return got;
	start->message = (struct message){ .kind = "text", .author_kind = "visitor", .author_id = visit->visitor.id,
		.author_name = visit->visitor.name, .body = visit->text, .client_id = visit->client_id };
	return message_add(db, r->arena, r->tenant, chat->id, &start->message, r->now);
}

/* The plan has no place for the chat. The visitor is not told of plans: the text is kept, and trying again may help. */
static int
reply_busy(struct req *r, const struct limit_state *limit)
{
	log_info("limit", "tenant %llu: %s: %llu of %llu", (unsigned long long)r->tenant.id, limit_info[limit->limit].key,
		(unsigned long long)limit->used, (unsigned long long)limit->most);
	reply_header(r, "Retry-After", "60");
	return reply_error(r, 409, "busy", N_("All our lines are busy at the moment. Please try again in a few minutes."));
}

/* Nobody is there: outside the hours the queue has its own words for it. */
static int
reply_offline(struct req *r, const struct visit *visit)
{
	struct routing routing = chat_routing(r);
	struct json *closed, *json = json_new_object(r->arena);
	const char *message = NULL;

	if (routing_closed_json(&routing, visit->widget.queue_id, &closed) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	if (closed != NULL)
		message = json_get_text(closed, "message");
	json_set_text(json, "error", "offline");
	json_set_text(json, "message", text_is_blank(message) ? locale_text(N_("Nobody is online at the moment. Please try again later."))
		: message);
	json_set(json, "closed", closed);
	return reply_json_status(r, 409, json);
}

int
chat_visit_start(struct req *r, struct visit *visit)
{
	struct start start = { .r = r, .visit = visit, .before = visit->visitor };
	struct routing routing = chat_routing(r);
	struct limit_state limit;
	bool is_open;
	enum got got = chat_visit_load(r, visit);

	if (got == GOT_ERROR)
		return reply_got(r, got);
	/* The same start again, or an open chat: the text belongs there. */
	if (got == GOT_ONE && text_equal(visit->conversation.client_id, visit->client_id)) {
		routing_announce(&routing, &visit->conversation, r->site->bell);
		return chat_visit_reply_sync(r, visit, true);
	}
	if (got == GOT_ONE && !conversation_is_closed(&visit->conversation)) {
		struct message more = { .kind = "text", .author_kind = "visitor", .client_id = visit->client_id, .body = visit->text };

		if (visit_say(r, visit, &more) == GOT_ERROR)
			return reply_got(r, GOT_ERROR);
		if (more.seq != 0)
			return chat_visit_reply_sync(r, visit, true);
		/* It was closed in this moment: the text begins a new one. */
	}
	if (routing_is_open(&routing, visit->widget.queue_id, &is_open) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	if (!is_open)
		return reply_offline(r, visit);
	got = limit_start_chat(r->db, r->arena, r->tenant, r->now, &limit);
	if (got != GOT_ONE)
		return got == GOT_NONE ? reply_busy(r, &limit) : reply_got(r, got);
	got = db_transaction(r->db, start_work, &start);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	/* Another request with the same token and client_id was faster: its chat is the one. */
	if (got == GOT_NONE && (visitor_of_request(r, &visit->visitor) != GOT_ONE || chat_visit_load(r, visit) != GOT_ONE))
		return reply_got(r, GOT_ERROR);
	routing_announce(&routing, &visit->conversation, r->site->bell);
	return chat_visit_reply_sync(r, visit, true);
}
