/* SPDX-License-Identifier: BSD-2-Clause */
/* conversation_rules.c - the states of a chat, and what visitors may see: decisions without I/O. */
#include "rooms/conversation/conversation.h"

#include <string.h>

/* Every state but closed has an exit that an agent, a supervisor, the visitor or the sweep can take. */
static const struct {
	const char *from;
	const char *to;
} steps[] = {
	{ "waiting", "offered" }, { "waiting", "active" }, { "waiting", "closed" },
	{ "offered", "waiting" }, { "offered", "offered" }, { "offered", "active" }, { "offered", "closed" },
	{ "active", "waiting" }, { "active", "active" }, { "active", "closed" }
};

bool
conversation_may_become(const char *from, const char *to)
{
	size_t i;

	for (i = 0; i < COUNT_OF(steps); i++)
		if (strcmp(steps[i].from, from) == 0 && strcmp(steps[i].to, to) == 0)
			return true;
	return false;
}

bool
conversation_is_closed(const struct conversation *conversation)
{
	return strcmp(conversation->state, "closed") == 0;
}

/* Events that concern agents only stay hidden; the list is of those that a visitor may read. */
static bool
event_is_for_visitor(const char *body)
{
	static const char *const open_events[] = {
		"\"what\":\"accepted\"", "\"what\":\"claimed\"", "\"what\":\"transferred\"", "\"what\":\"closed\"", "\"what\":\"started\"",
		"\"what\":\"agent_gone\""
	};
	size_t i;

	for (i = 0; i < COUNT_OF(open_events); i++)
		if (strstr(body, open_events[i]) != NULL)
			return true;
	return false;
}

bool
message_is_for_visitor(const struct message *message)
{
	if (strcmp(message->kind, "note") == 0)
		return false;
	return strcmp(message->kind, "event") != 0 || event_is_for_visitor(message->body);
}
