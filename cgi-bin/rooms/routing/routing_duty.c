/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_duty.c - at whom chats may ring by themselves: agents of the queue who are online and within their working hours. And what
 * visitors are told outside of them. */
#include "rooms/hours/hours.h"
#include "rooms/routing/routing_store.h"

static bool
keep_hours(const struct db_rows *agents)
{
	const struct able_agent *all = agents->rows;
	size_t i;

	for (i = 0; i < agents->count; i++)
		if (all[i].keeps_hours)
			return true;
	return false;
}

/* The others are taken out. */
static void
keep_on_duty(struct db_rows *agents, const struct field_set *on_duty)
{
	struct able_agent *all = agents->rows;
	size_t i, count = 0;

	for (i = 0; i < agents->count; i++)
		if (field_set_has(on_duty, all[i].id))
			all[count++] = all[i];
	agents->count = count;
}

enum got
routing_agents_on_duty(struct routing *routing, uint64_t queue, struct db_rows *agents)
{
	const struct hours_who who = { .tenant = routing->tenant, .queue = queue };
	struct field_set on_duty = { 0 };

	if (routing_able_agents(routing, queue, agents) == GOT_ERROR)
		return GOT_ERROR;
	if (!keep_hours(agents))
		return GOT_ONE;
	if (hours_on_duty(routing->db, routing->arena, &who, routing->now, &on_duty) == GOT_ERROR)
		return GOT_ERROR;
	keep_on_duty(agents, &on_duty);
	return GOT_ONE;
}

enum got
routing_is_open(struct routing *routing, uint64_t queue, bool *is_open)
{
	struct db_rows agents = { 0 };
	enum got got = routing_agents_on_duty(routing, queue, &agents);

	*is_open = got == GOT_ONE && agents.count > 0;
	return got;
}

enum got
routing_closed_json(struct routing *routing, uint64_t queue, struct json **json)
{
	const struct hours_who who = { .tenant = routing->tenant, .queue = queue };
	struct queue row = { 0 };
	clock_ms next;

	*json = NULL;
	if (hours_next_duty(routing->db, routing->arena, &who, routing->now, &next) == GOT_ERROR)
		return GOT_ERROR;
	if (next == routing->now)
		return GOT_ONE;
	if (queue_by_id(routing->db, routing->arena, routing->tenant, queue, &row) == GOT_ERROR)
		return GOT_ERROR;
	*json = json_new_object(routing->arena);
	json_set_text(*json, "message", row.closed_message != NULL ? row.closed_message : "");
	if (next != 0)
		json_set_i64(*json, "opens_at", next);
	else
		json_set(*json, "opens_at", NULL);
	return GOT_ONE;
}
