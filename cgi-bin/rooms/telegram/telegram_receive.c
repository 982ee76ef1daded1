/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_receive.c - an update becomes a message of a chat: the open one of its sender, or a new one that waits as every chat does. */
#include "rooms/telegram/telegram_receive.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/contact/contact.h"
#include "rooms/routing/routing.h"

enum got
telegram_enter(struct db *db, struct receiving *receiving)
{
	const struct telegram_update *update = receiving->update;

	receiving->identity = (struct identity){ .account_id = receiving->account->id, .name = update->name, .username = update->username,
		.locale = update->locale, .remote_id = arena_printf(receiving->arena, "%llu", (unsigned long long)update->chat_id) };
	return identity_enter(db, receiving->arena, receiving->tenant, &receiving->identity, receiving->now);
}

enum got
telegram_order_receive(struct db *db, struct arena *arena, tenant_id tenant, uint64_t identity, clock_ms due_at, clock_ms now)
{
	const struct job_order order = { .tenant = tenant, .kind = "telegram.receive", .subject = identity, .due_at = due_at,
		.once = arena_printf(arena, "telegram.receive.%llu", (unsigned long long)identity) };

	return job_add(db, &order, now);
}

static enum got
end(struct db *db, struct receiving *receiving, const char *state, const char *problem)
{
	struct inbound *inbound = &receiving->inbound;

	inbound->state = state;
	inbound->problem = problem;
	inbound->conversation_id = receiving->conversation.id;
	return inbound_set(db, receiving->tenant, inbound, receiving->now) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* Adds a message of the chat and remembers the first one. */
static enum got
say(struct db *db, struct receiving *receiving, struct message *message)
{
	enum got got = message_add(db, receiving->arena, receiving->tenant, receiving->conversation.id, message, receiving->now);

	if (got == GOT_ONE && receiving->first_seq == 0)
		receiving->first_seq = message->seq;
	return got;
}

static enum got
say_event(struct db *db, struct receiving *receiving, const char *what, const char *name)
{
	struct json *details = json_new_object(receiving->arena);
	struct message event;

	json_set_text(details, "name", name);
	event = message_event(receiving->arena, what, details);
	return say(db, receiving, &event) == GOT_ONE ? GOT_ONE : GOT_ERROR;
}

/* What the account says by itself, to the person and into the transcript. */
static enum got
greet(struct db *db, struct receiving *receiving)
{
	struct message greeting = { .kind = "text", .author_kind = "system", .author_name = receiving->account->name,
		.body = receiving->account->greeting };

	if (text_is_blank(greeting.body))
		return GOT_ONE;
	if (say(db, receiving, &greeting) != GOT_ONE)
		return GOT_ERROR;
	return delivery_order(db, receiving->arena, receiving->tenant, &receiving->conversation, &greeting, receiving->now);
}

/* The person's contact, or a new one when that was deleted. */
static enum got
make_contact(struct db *db, struct receiving *receiving)
{
	struct contact contact = { .name = receiving->identity.name, .email = "", .phone = "" }, known = { .id = 0 };
	enum got got = GOT_NONE;

	if (receiving->identity.contact_id != 0)
		got = contact_by_id(db, receiving->arena, receiving->tenant, receiving->identity.contact_id, &known);
	if (got != GOT_NONE)
		return got;
	if (contact_create(db, receiving->tenant, &contact, receiving->now) != GOT_ONE)
		return GOT_ERROR;
	receiving->identity.contact_id = contact.id;
	return GOT_ONE;
}

static enum got
begin_chat(struct db *db, struct receiving *receiving)
{
	struct identity *identity = &receiving->identity;

	if (make_contact(db, receiving) != GOT_ONE)
		return GOT_ERROR;
	receiving->conversation = (struct conversation){
		.kind = "chat", .channel = "telegram", .state = "waiting", .close_reason = "", .identity_id = identity->id,
		.contact_id = identity->contact_id, .queue_id = receiving->account->queue_id, .visitor_name = identity->name,
		.visitor_email = "", .start_url = "", .start_title = ""
	};
	if (conversation_create(db, receiving->tenant, &receiving->conversation, receiving->now) != GOT_ONE)
		return GOT_ERROR;
	receiving->is_new = true;
	identity->conversation_id = receiving->conversation.id;
	return identity_set(db, receiving->tenant, identity, receiving->now) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* The person's open chat, locked. GOT_NONE: there is none. */
static enum got
open_chat(struct db *db, struct receiving *receiving)
{
	enum got got;

	if (receiving->identity.conversation_id == 0)
		return GOT_NONE;
	got = conversation_lock(db, receiving->arena, receiving->tenant, receiving->identity.conversation_id, &receiving->conversation);
	if (got == GOT_ONE && conversation_is_closed(&receiving->conversation)) {
		receiving->conversation = (struct conversation){ .id = 0 };
		return GOT_NONE;
	}
	return got;
}

/* The plan has no place for another chat: the person is told, once for several messages, and may try again. */
static enum got
refuse(struct db *db, struct receiving *receiving, const struct limit_state *limit)
{
	const struct job_order order = { .tenant = receiving->tenant, .kind = "telegram.say", .subject = receiving->identity.id,
		.due_at = receiving->now, .once = arena_printf(receiving->arena, "telegram.say.%llu", (unsigned long long)receiving->identity.id) };

	log_info("limit", "tenant %llu: %s: %llu of %llu", (unsigned long long)receiving->tenant.id, limit_info[limit->limit].key,
		(unsigned long long)limit->used, (unsigned long long)limit->most);
	if (job_add(db, &order, receiving->now) == GOT_ERROR)
		return GOT_ERROR;
	return end(db, receiving, "refused", limit_info[limit->limit].key);
}

/* A file that could not be had leaves a line in the transcript, so that the agent can ask for it in another way. */
static enum got
say_content(struct db *db, struct receiving *receiving)
{
	const struct telegram_update *update = receiving->update;
	struct message message = { .kind = "text", .author_kind = "visitor", .author_id = receiving->identity.contact_id,
		.author_name = receiving->identity.name, .body = update->text,
		.client_id = arena_printf(receiving->arena, "tg-%llu", (unsigned long long)update->message_id) };
	enum got got;

	if (update->kind == TELEGRAM_OTHER)
		return say_event(db, receiving, "unsupported", receiving->identity.name);
	if (receiving->file != NULL) {
		message.kind = "file";
		message.file_id = receiving->file->id;
		if (text_is_blank(message.body))
			message.body = receiving->file->name;
	} else if (update->kind == TELEGRAM_FILE) {
		got = say_event(db, receiving, arena_printf(receiving->arena, "file_%s", receiving->file_problem), update->file_name);
		if (got != GOT_ONE || text_is_blank(message.body))
			return got;
	}
	return say(db, receiving, &message);
}

/* The file's row, when there is room for it. */
static enum got
store_file(struct db *db, struct receiving *receiving)
{
	enum got got;

	if (receiving->file == NULL)
		return GOT_ONE;
	receiving->file->conversation_id = receiving->conversation.id;
	got = file_store(db, receiving->arena, receiving->tenant, receiving->file, receiving->now);
	if (got != GOT_NONE)
		return got;
	receiving->is_file_dropped = true;
	receiving->file = NULL;
	receiving->file_problem = "storage";
	return GOT_ONE;
}

/* Begins a chat, when the plan allows it. GOT_NONE: it does not, or there is nothing more to do. */
static enum got
enter_chat(struct db *db, struct receiving *receiving)
{
	struct limit_state limit;
	enum got got = open_chat(db, receiving);

	if (got == GOT_ERROR)
		return got;
	if (got == GOT_ONE && receiving->update->kind == TELEGRAM_START)
		return end(db, receiving, "ignored", "the chat has begun") == GOT_ERROR ? GOT_ERROR : GOT_NONE;
	if (got == GOT_ONE)
		return GOT_ONE;
	got = limit_start_chat(db, receiving->arena, receiving->tenant, receiving->now, &limit);
	if (got == GOT_NONE)
		return refuse(db, receiving, &limit) == GOT_ERROR ? GOT_ERROR : GOT_NONE;
	return got == GOT_ONE ? begin_chat(db, receiving) : got;
}

enum got
telegram_take(struct db *db, struct receiving *receiving)
{
	enum got got;

	receiving->conversation = (struct conversation){ .id = 0 };
	receiving->is_new = false;
	receiving->first_seq = 0;
	got = enter_chat(db, receiving);
	if (got != GOT_ONE)
		return got == GOT_NONE ? GOT_ONE : got;
	if (receiving->is_new && receiving->update->kind == TELEGRAM_START)
		got = say_event(db, receiving, "started", receiving->identity.name);
	else if (store_file(db, receiving) == GOT_ERROR)
		got = GOT_ERROR;
	else
		got = say_content(db, receiving);
	/* GOT_NONE: this message of Telegram's was taken in before, under another number of update. */
	if (got == GOT_ONE && receiving->is_new)
		got = greet(db, receiving);
	receiving->inbound.seq = receiving->first_seq;
	return got == GOT_ONE ? end(db, receiving, receiving->is_new ? "started" : "appended", "") : got;
}

/* The messages that were added, each as it stands now. */
static void
tell_messages(struct routing *routing, struct bell *bell, const struct receiving *receiving)
{
	struct conversation conversation = receiving->conversation;
	struct db_rows rows = { 0 };
	const struct message *messages;
	size_t i;

	if (receiving->first_seq == 0 || message_after(routing->db, routing->arena, routing->tenant, conversation.id, receiving->first_seq - 1,
		2, &rows) != GOT_ONE)
		return;
	messages = rows.rows;
	for (i = 0; i < rows.count; i++) {
		conversation.last_seq = messages[i].seq;
		routing_tell_message(routing, bell, &conversation, &messages[i]);
	}
}

void
telegram_tell(struct db *db, struct bell *bell, struct receiving *receiving)
{
	struct routing routing = { .db = db, .arena = receiving->arena, .tenant = receiving->tenant, .now = receiving->now };

	if (receiving->conversation.id == 0)
		return;
	if (!receiving->is_new) {
		tell_messages(&routing, bell, receiving);
		return;
	}
	routing_announce(&routing, &receiving->conversation, bell);
}
