/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_console.c - what an agent may see and hear. */
#include "rooms/chat/chat_console.h"

#include <string.h>

#include "core/text.h"
#include "edge/ticket.h"
#include "rooms/hours/hours.h"
#include "web/reply.h"

bool
chat_may_see_all(const struct req *r)
{
	return req_may(r, MAY_SEE_ALL_CHATS) || req_may(r, MAY_SUPERVISE);
}

bool
chat_console_enter(struct req *r, struct console *console)
{
	enum got got;

	if (r->actor.kind == ACTOR_VIEW)         /* the host looks: nobody's queues, and all rights to read */
		return true;
	got = agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &console->me);
	if (got == GOT_ONE)
		got = queue_ids_of_agent(r->db, r->arena, r->tenant, r->actor.id, &console->queues);
	if (got != GOT_ERROR && !chat_may_see_all(r) && !req_may(r, MAY_SEE_QUEUE_CHATS))
		got = routing_offers_of(r->db, r->arena, r->tenant, r->actor.id, &console->offers);
	if (got == GOT_ERROR || console->me.id == 0)
		return reply_got(r, got), false;
	console->me.queues = console->queues;
	return true;
}

bool
chat_may_see(const struct req *r, const struct console *console, const struct conversation *conversation)
{
	return chat_may_see_all(r) || conversation->agent_id == r->actor.id || field_set_has(&console->offers, conversation->id)
		|| (req_may(r, MAY_SEE_QUEUE_CHATS) && field_set_has(&console->queues, conversation->queue_id));
}

bool
chat_console_enter_chat(struct req *r, struct console *console)
{
	enum got got;

	if (!chat_console_enter(r, console))
		return false;
	got = conversation_by_id(r->db, r->arena, r->tenant, req_id(r), &console->conversation);
	if (got == GOT_ONE && chat_may_see(r, console, &console->conversation))
		return true;
	reply_got(r, got == GOT_ONE ? GOT_NONE : got);
	return false;
}

/* The topics of one open conversation, when the agent may see it. */
static enum got
open_topics(struct req *r, const struct console *console, uint64_t id, struct str *hear, struct str *say)
{
	struct conversation conversation = { 0 };
	enum got got = conversation_by_id(r->db, r->arena, r->tenant, id, &conversation);
	const char *agents;

	if (got != GOT_ONE || !chat_may_see(r, console, &conversation))
		return got;
	agents = bell_topic(r->arena, r->tenant, 'c', id);
	str_addf(hear, " %s", agents);
	str_addf(say, "%s%s %s", say->len > 0 ? " " : "", agents, bell_topic(r->arena, r->tenant, 'v', id));
	return GOT_ONE;
}

/* Own topic, then all chats, the own queues, or only the colleagues. */
static void
own_topics(struct req *r, const struct console *console, struct str *hear)
{
	size_t i;

	str_add(hear, agent_key(r->arena, r->tenant, r->actor.id));
	if (chat_may_see_all(r)) {
		str_addf(hear, " %s", bell_topic_of_all(r->arena, r->tenant, 't'));
		return;
	}
	if (!req_may(r, MAY_SEE_QUEUE_CHATS)) {
		str_addf(hear, " %s", bell_topic(r->arena, r->tenant, 'p', 0));
		return;
	}
	for (i = 0; i < console->queues.count && i < BELL_TOPICS_MAX - CONSOLE_OPEN_MAX - 1; i++)
		str_addf(hear, " %s", bell_topic(r->arena, r->tenant, 'q', console->queues.ids[i]));
}

const char *
chat_console_ticket(struct req *r, const struct console *console, const char *open)
{
	struct ticket ticket = { .expires_at = r->now + TICKET_LIFE };
	struct str hear, say;
	uint64_t id;
	size_t len, count = 0;

	str_init(&hear, r->arena);
	str_init(&say, r->arena);
	own_topics(r, console, &hear);
	for (; open != NULL && *open != '\0' && count < CONSOLE_OPEN_MAX; open += len + (open[len] == ','), count++) {
		len = strcspn(open, ",");
		if (text_to_u64(arena_text_of(r->arena, open, len), &id) && open_topics(r, console, id, &hear, &say) == GOT_ERROR)
			return NULL;
	}
	ticket.who = agent_key(r->arena, r->tenant, r->actor.id);
	ticket.hear = hear.data;
	ticket.say = say.data;
	return ticket_sign(r->arena, r->site->keys, &ticket);
}

/* What chat_may_see() says, for the store. */
static struct conversation_sight
sight_of(const struct req *r, const struct console *console)
{
	struct conversation_sight sight = { .sees_all = chat_may_see_all(r), .viewer = r->actor.id, .others = console->offers };

	if (req_may(r, MAY_SEE_QUEUE_CHATS))
		sight.queues = console->queues;
	return sight;
}

enum got
chat_console_rows(struct req *r, const struct console *console, struct json **rows)
{
	const struct conversation_sight sight = sight_of(r, console);
	struct db_rows found = { 0 };
	const struct conversation *conversations;
	enum got got = conversation_open(r->db, r->arena, r->tenant, &sight, &found);
	size_t i;

	*rows = json_new_array(r->arena);
	conversations = found.rows;
	for (i = 0; i < found.count; i++)
		json_add(*rows, conversation_row_json(r->arena, &conversations[i]));
	return got;
}

/* Of an agent, whatever the queue: null for who keeps no hours. */
static struct json *
duty_json(struct arena *arena, const struct db_rows *duties, uint64_t agent)
{
	const struct hours_duty *duty = hours_duty_of(duties, agent);
	struct json *json;

	if (duty == NULL)
		return NULL;
	json = json_new_object(arena);
	json_set_bool(json, "on", duty->is_on);
	if (duty->changes_at != 0)
		json_set_i64(json, "changes_at", duty->changes_at);
	else
		json_set(json, "changes_at", NULL);
	return json;
}

enum got
chat_console_agents(struct req *r, struct json **agents)
{
	struct db_rows found = { 0 }, duties = { 0 };
	struct field_set chatting;
	const struct agent *all;
	struct json *agent;
	size_t i;

	*agents = json_new_array(r->arena);
	if (agent_all(r->db, r->arena, r->tenant, &found) == GOT_ERROR || agents_who_chat(r->db, r->arena, r->tenant, &chatting) == GOT_ERROR
		|| hours_duties(r->db, r->arena, r->tenant, r->now, &duties) == GOT_ERROR)
		return GOT_ERROR;
	all = found.rows;
	for (i = 0; i < found.count; i++) {
		agent = routing_agent_json(r->arena, &all[i], r->now);
		json_set_bool(agent, "may_chat", field_set_has(&chatting, all[i].id));
		json_set(agent, "duty", duty_json(r->arena, &duties, all[i].id));
		json_add(*agents, agent);
	}
	return GOT_ONE;
}

enum got
chat_console_offers(struct req *r, const struct console *console, struct json **offers)
{
	struct field_set set = { 0 };
	enum got got = routing_offers_of(r->db, r->arena, r->tenant, console->me.id, &set);
	size_t i;

	*offers = json_new_array(r->arena);
	for (i = 0; i < set.count; i++)
		json_add_u64(*offers, set.ids[i]);
	return got;
}

struct json *
chat_console_me(struct req *r, const struct console *console)
{
	struct json *me = routing_agent_json(r->arena, &console->me, r->now);
	struct json *permissions = json_new_array(r->arena), *settings;
	const struct permission_info *info;
	const char *problem, *text = console->me.settings;

	for (info = permission_table; info->name != NULL; info++)
		if (req_may(r, info->permission))
			json_add_text(permissions, info->name);
	json_set(me, "permissions", permissions);
	settings = text_is_blank(text) ? NULL : json_parse(r->arena, text, strlen(text), &problem);
	json_set(me, "settings", settings != NULL ? settings : json_new_object(r->arena));
	return me;
}
