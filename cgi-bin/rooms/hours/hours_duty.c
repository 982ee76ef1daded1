/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_duty.c - who of many agents is on duty, until when, and when the next one is: at them chats ring by themselves. */
#include "rooms/hours/hours.h"

#include "rooms/hours/hours_plan.h"

#define YEARS_AHEAD (2 * 366 * CLOCK_DAY)      /* further than hours_find() looks */

/* What the company and the queue keep, and what each agent keeps besides. */
struct roster {
	struct hours_group shared;
	struct hours_group *agents;
	size_t agent_count;
	bool keeps_hours;                /* is there any calendar at all? */
};

/* The sources come by owner, so the plans of an agent lie side by side. */
static void
roster_fill(struct arena *arena, struct roster *roster, const struct db_rows *sources, const struct db_rows *holidays)
{
	const struct hours_source *source = sources->rows;
	struct hours_plan *plans = ARENA_ARRAY(arena, struct hours_plan, sources->count);
	struct hours_group *group = &roster->shared;
	size_t i;

	roster->agents = ARENA_ARRAY(arena, struct hours_group, sources->count);
	roster->shared = (struct hours_group){ .plans = plans };
	for (i = 0; i < sources->count; i++) {
		if (source[i].owner_id != group->owner) {
			group = &roster->agents[roster->agent_count++];
			*group = (struct hours_group){ .owner = source[i].owner_id, .plans = plans };
		}
		if (source[i].calendar_id == 0)
			continue;
		*plans++ = hours_plan_of(arena, &source[i], holidays);
		group->count++;
	}
}

/* With the holidays that may have a part up to `until`; none are read when nobody keeps hours. */
static enum got
roster_load(struct db *db, struct arena *arena, const struct hours_who *who, struct hours_span time, struct roster *roster)
{
	struct db_rows sources = { 0 }, holidays = { 0 };
	const struct hours_source *source;
	size_t i;

	*roster = (struct roster){ .keeps_hours = false };
	if (hours_sources_of_duty(db, arena, who->tenant, who->queue, &sources) == GOT_ERROR)
		return GOT_ERROR;
	source = sources.rows;
	for (i = 0; i < sources.count; i++)
		roster->keeps_hours = roster->keeps_hours || source[i].calendar_id != 0;
	if (roster->keeps_hours && holidays_between(db, arena, who->tenant, time.from, time.to, &holidays) == GOT_ERROR)
		return GOT_ERROR;
	roster_fill(arena, roster, &sources, &holidays);
	return GOT_ONE;
}

static bool
group_is_open(struct arena *arena, const struct hours_group *group, clock_ms now)
{
	size_t i;

	for (i = 0; i < group->count; i++)
		if (!hours_is_open(arena, &group->plans[i], now))
			return false;
	return true;
}

enum got
hours_on_duty(struct db *db, struct arena *arena, const struct hours_who *who, clock_ms now, struct field_set *agents)
{
	const char *zone = arena_text(arena, clock_zone());
	struct roster roster;
	uint64_t *ids;
	size_t i, count = 0;

	if (roster_load(db, arena, who, (struct hours_span){ now, now }, &roster) == GOT_ERROR)
		return GOT_ERROR;
	/* Most keep the same zone: it is not changed to and fro for each of them. */
	if (roster.keeps_hours)
		clock_use_zone(roster.shared.plans->zone);
	ids = ARENA_ARRAY(arena, uint64_t, roster.agent_count);
	if (group_is_open(arena, &roster.shared, now))
		for (i = 0; i < roster.agent_count; i++)
			if (group_is_open(arena, &roster.agents[i], now))
				ids[count++] = roster.agents[i].owner;
	clock_use_zone(zone);
	*agents = (struct field_set){ .ids = ids, .count = count };
	return GOT_ONE;
}

enum got
hours_next_duty(struct db *db, struct arena *arena, const struct hours_who *who, clock_ms now, clock_ms *next)
{
	static const struct hours_group nobody = { 0 };
	struct roster roster;

	if (roster_load(db, arena, who, (struct hours_span){ now, now + YEARS_AHEAD }, &roster) == GOT_ERROR)
		return GOT_ERROR;
	*next = now;
	if (roster.keeps_hours)
		*next = roster.agent_count > 0 ? hours_next_open(arena, &roster.shared, roster.agents, roster.agent_count, now)
			: hours_next_open(arena, &roster.shared, &nobody, 1, now);
	return GOT_ONE;
}

/* All that holds for one agent, side by side. */
static size_t
plans_join(struct hours_plan plans[4], const struct hours_group *shared, const struct hours_group *own)
{
	size_t count = 0, i;

	for (i = 0; i < shared->count && count < 4; i++)
		plans[count++] = shared->plans[i];
	for (i = 0; i < own->count && count < 4; i++)
		plans[count++] = own->plans[i];
	return count;
}

enum got
hours_duties(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct db_rows *duties)
{
	const struct hours_who who = { .tenant = tenant };
	struct roster roster;
	struct hours_duty *list;
	struct hours_plan plans[4];
	struct hours_state state;
	size_t i, count;

	if (roster_load(db, arena, &who, (struct hours_span){ now, now + YEARS_AHEAD }, &roster) == GOT_ERROR)
		return GOT_ERROR;
	list = ARENA_ARRAY(arena, struct hours_duty, roster.agent_count);
	*duties = (struct db_rows){ .rows = list };
	for (i = 0; i < roster.agent_count; i++) {
		count = plans_join(plans, &roster.shared, &roster.agents[i]);
		if (count == 0)
			continue;
		hours_find(arena, plans, count, now, &state);
		list[duties->count++] = (struct hours_duty){ .agent = roster.agents[i].owner, .is_on = state.is_open,
			.changes_at = state.changes_at };
	}
	return GOT_ONE;
}
