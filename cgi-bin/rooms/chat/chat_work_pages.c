/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_work_pages.c - accepting, answering, passing on and ending chats (docs/api-console.md). */
#include "rooms/chat/chat_work.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/chat/chat_console.h"
#include "rooms/chat/chat_presence.h"
#include "web/reply.h"

/* {"conversation": the row as it is now}. */
static int
reply_row(struct req *r, struct console *console)
{
	struct json *json = json_new_object(r->arena);

	if (conversation_by_id(r->db, r->arena, r->tenant, console->conversation.id, &console->conversation) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	json_set(json, "conversation", conversation_row_json(r->arena, &console->conversation));
	return reply_json(r, json);
}

static int
reply_taken(struct req *r, const char *by)
{
	struct json *error = json_new_object(r->arena);

	json_set_text(error, "error", "taken");
	json_set_text(error, "by", by);
	json_set_text(error, "message", text_is_blank(by) ? locale_text(N_("Another agent has this chat already."))
		: locale_fill(r->arena, N_("%s has this chat already."), by));
	return reply_json_status(r, 409, error);
}

/* "12 of 12 chats at once" */
static int
reply_limit(struct req *r)
{
	struct json *error = json_new_object(r->arena);
	struct limit_state state;

	if (limit_state(r->db, r->tenant, LIMIT_CHATS, r->now, &state) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	json_set_text(error, "error", "limit");
	json_set_u64(error, "used", state.used);
	json_set_u64(error, "limit", state.most);
	json_set_text(error, "message", locale_fill(r->arena,
		N_("Your company's plan allows no more. %s. The visitor stays in line until a chat ends."), limit_text(r->arena, &state)));
	return reply_json_status(r, 409, error);
}

/* What an order came to, told to the agent; ROUTING_DONE tells the others and answers the row. */
static int
reply_outcome(struct req *r, struct console *console, struct routing *routing, enum routing_outcome outcome)
{
	switch (outcome) {
	case ROUTING_DONE:
		routing_tell(routing, r->site->bell);
		return reply_row(r, console);
	case ROUTING_TAKEN:
		return reply_taken(r, routing->by);
	case ROUTING_NOT_YOURS:
		return reply_error(r, 409, "not_yours", N_("This chat is not yours any more."));
	case ROUTING_FULL:
		return reply_error(r, 409, "full", N_("The limit of chats at the same time is reached. End or pass on a chat first."));
	case ROUTING_LIMIT:
		return reply_limit(r);
	case ROUTING_CLOSED:
		return reply_error(r, 409, "closed", N_("This chat has ended."));
	case ROUTING_NOT_ALLOWED:
		return reply_error(r, 409, "offline", N_("This agent is not online. Choose another one or a queue."));
	case ROUTING_NOT_FOUND:
		return reply_not_found(r);
	case ROUTING_FAILED:
		break;
	}
	return reply_got(r, GOT_ERROR);
}

/* Is it one that rings, or may the agent choose? */
static bool
may_take(struct req *r, const struct console *console, enum got *got)
{
	struct field_set offers = { .count = 0 };

	*got = GOT_ONE;
	if (req_may(r, MAY_PICK_CHATS) || req_may(r, MAY_SUPERVISE) || console->conversation.agent_id == console->me.id)
		return true;
	*got = routing_offers_of(r->db, r->arena, r->tenant, console->me.id, &offers);
	return *got != GOT_ERROR && field_set_has(&offers, console->conversation.id);
}

static int
take(struct req *r, const char *word, bool force)
{
	enum got got;
	struct console console = { 0 };
	struct routing routing = chat_routing(r);
	struct routing_take order = { .conversation = req_id(r), .agent = &console.me, .force = force, .word = word };

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	if (!may_take(r, &console, &got))
		return got == GOT_ERROR ? reply_got(r, got) : reply_error(r, 403, "pick", N_("You can accept chats that ring, but take none out of the list."));
	return reply_outcome(r, &console, &routing, routing_accept(&routing, &order));
}

int
chat_work_accept(struct req *r)
{
	return take(r, "accepted", false);
}

int
chat_work_claim(struct req *r)
{
	bool force = r->json != NULL && json_get_bool(r->json, "force", false);

	if (force && !req_may(r, MAY_SUPERVISE))
		return reply_forbidden(r);
	return take(r, "claimed", force);
}

int
chat_work_refuse(struct req *r)
{
	struct console console = { 0 };
	struct routing routing = chat_routing(r);
	enum routing_outcome outcome;

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	outcome = routing_refuse(&routing, console.conversation.id, &console.me);
	if (outcome != ROUTING_DONE)
		return reply_outcome(r, &console, &routing, outcome);
	routing_tell(&routing, r->site->bell);
	return reply_nothing(r);
}

int
chat_work_transfer(struct req *r)
{
	struct console console = { 0 };
	struct routing routing = chat_routing(r);
	struct routing_transfer order = { .from = &console.me, .may_force = req_may(r, MAY_SUPERVISE) };
	const char *note = req_param(r, "note"), *problem, *limit;

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	text_to_u64(req_param(r, "agent"), &order.to_agent);
	text_to_u64(req_param(r, "queue"), &order.to_queue);
	if ((order.to_agent == 0) == (order.to_queue == 0))
		return reply_field_error(r, 422, "agent", N_("Choose an agent or a queue."), NULL);
	order.note = note != NULL ? text_trim(r->arena, note) : "";
	problem = order.note[0] != '\0' ? chat_text_problem(order.note, &limit) : NULL;
	if (problem != NULL)
		return reply_field_error(r, 422, "note", problem, limit);
	order.conversation = console.conversation.id;
	order.force = order.may_force && r->json != NULL && json_get_bool(r->json, "force", false);
	return reply_outcome(r, &console, &routing, routing_transfer(&routing, &order));
}

static int
answer(struct req *r, struct console *console, struct message *message, struct chat_upload *upload)
{
	struct json *json = json_new_object(r->arena);
	enum got got;

	message->author_kind = "agent";
	message->author_id = console->me.id;
	message->author_name = console->me.alias;
	if (chat_presence_active(r, console) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	got = chat_send(r, &console->conversation, message, upload);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (message->seq == 0 && upload != NULL && upload->is_over_limit)
		return chat_file_reply_over(r);
	if (message->seq == 0)
		return reply_error(r, 409, "closed", N_("This chat has ended."));
	json_set(json, "message", message_json(r->arena, message));
	return reply_json(r, json);
}

/* Only who has the chat writes to the visitor. */
static bool
is_mine(struct req *r, const struct console *console)
{
	if (console->conversation.agent_id == console->me.id)
		return true;
	if (conversation_is_closed(&console->conversation))
		return reply_error(r, 409, "closed", N_("This chat has ended.")), false;
	reply_error(r, 409, "not_yours", N_("Accept or claim this chat before you write to the visitor."));
	return false;
}

int
chat_work_message(struct req *r)
{
	struct console console = { 0 };
	struct message message = { .kind = "text" };

	if (!chat_console_enter_chat(r, &console) || !is_mine(r, &console) || !chat_read_message(r, &message))
		return r->status;
	return answer(r, &console, &message, NULL);
}

int
chat_work_note(struct req *r)
{
	struct console console = { 0 };
	struct message message = { .kind = "note" };

	if (!chat_console_enter_chat(r, &console) || !chat_read_message(r, &message))
		return r->status;
	return answer(r, &console, &message, NULL);
}

int
chat_work_file(struct req *r)
{
	struct console console = { 0 };
	struct chat_upload upload = { 0 };

	if (!chat_console_enter_chat(r, &console) || !is_mine(r, &console))
		return r->status;
	if (conversation_is_closed(&console.conversation))
		return reply_error(r, 409, "closed", N_("This chat has ended."));
	if (!chat_file_receive(r, console.conversation.id, &upload))
		return r->status;
	return answer(r, &console, &upload.message, &upload);
}

struct resend {
	struct req *r;
	const struct conversation *conversation;
	uint64_t seq;
};

static enum got
resend_work(struct db *db, void *arg)
{
	const struct resend *resend = arg;
	struct req *r = resend->r;

	return delivery_again(db, r->arena, r->tenant, resend->conversation, resend->seq, r->now);
}

/* A message that its provider did not take, or may not have taken, goes out again. */
int
chat_work_resend(struct req *r)
{
	struct console console = { 0 };
	struct resend resend = { .r = r, .conversation = &console.conversation };
	struct delivery delivery = { .state = "waiting" };
	struct json *json = json_new_object(r->arena);
	enum got got;

	if (!chat_console_enter_chat(r, &console) || !is_mine(r, &console))
		return r->status;
	text_to_u64(req_param(r, "seq"), &resend.seq);
	got = conversation_is_closed(&console.conversation) ? GOT_NONE : db_transaction(r->db, resend_work, &resend);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE)
		return reply_error(r, 409, "delivered", N_("This message cannot be sent again."));
	delivery.conversation_id = console.conversation.id;
	delivery.seq = resend.seq;
	delivery_tell(r->arena, r->site->bell, r->tenant, &delivery);
	json_set(json, "delivery", delivery_json(r->arena, &delivery));
	return reply_json(r, json);
}

int
chat_work_seen(struct req *r)
{
	struct console console = { 0 };
	uint64_t seq = 0;
	enum got got = GOT_NONE;

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	text_to_u64(req_param(r, "seq"), &seq);
	/* The visitor is told what the agent who has the chat has read; looking on leaves no trace. */
	if (console.conversation.agent_id == console.me.id)
		got = conversation_seen_by_agent(r->db, r->tenant, console.conversation.id, seq);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_ONE)
		chat_tell_seen(r, &console.conversation, seq, "agent");
	return reply_nothing(r);
}

int
chat_work_draft(struct req *r)
{
	struct console console = { 0 };
	const char *text = req_param(r, "text");

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	if (text != NULL && text_length(text) > MESSAGE_TEXT_MAX)
		return reply_field_error(r, 422, "text", N_("The text is too long: at most %s characters."), "4000");
	if (draft_set(r->db, r->tenant, console.me.id, console.conversation.id, text != NULL ? text : "", r->now) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return reply_nothing(r);
}

int
chat_work_end(struct req *r)
{
	struct console console = { 0 };
	struct routing routing = chat_routing(r);
	bool supervises = req_may(r, MAY_SUPERVISE);
	struct routing_close order = { 0 };

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	order = (struct routing_close){ .conversation = console.conversation.id, .name = console.me.alias,
		.reason = console.conversation.agent_id == console.me.id ? "agent" : "supervisor",
		.only_of_agent = supervises ? 0 : console.me.id };
	return reply_outcome(r, &console, &routing, routing_close(&routing, &order));
}
