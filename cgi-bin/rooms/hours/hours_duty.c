/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_duty.c - who of many agents is on duty, until when, and when the next one is: at them chats ring by themselves. */
#include "rooms/hours/hours.h"

#include "rooms/hours/hours_plan.h"

#define YEARS_AHEAD (2 * 366 * CLOCK_DAY)      /* further than hours_find() looks */

/* What all keep, and what each of them keeps besides: of a company and its queue, and agents; or of a company, and queues. */
struct roster {
	struct hours_group shared;
	struct hours_group *agents;
	size_t agent_count;
	bool keeps_hours;                /* is there any calendar at all? */
};

/* The sources come by owner, so the plans of an agent lie side by side. */
static void
roster_fill(struct arena *arena, struct roster *roster, const struct db_rows *sources, const struct hours_holidays *holidays)
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

static bool
keep_hours(const struct db_rows *sources)
{
	const struct hours_source *source = sources->rows;
	size_t i;

	for (i = 0; i < sources->count; i++)
		if (source[i].calendar_id != 0)
			return true;
	return false;
}

/* With the holidays that may have a part in the time; none are read when nobody keeps hours. */
static enum got
roster_load(struct db *db, struct arena *arena, const struct hours_who *who, struct hours_span time, struct roster *roster)
{
	struct db_rows sources = { 0 }, rows = { 0 };
	struct hours_holidays holidays;

	if (hours_sources_of_duty(db, arena, who->tenant, who->queue, &sources) == GOT_ERROR)
		return GOT_ERROR;
	*roster = (struct roster){ .keeps_hours = keep_hours(&sources) };
	if (roster->keeps_hours && holidays_between(db, arena, who->tenant, time.from, time.to, &rows) == GOT_ERROR)
		return GOT_ERROR;
	holidays = hours_holidays_of(arena, &rows);
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

/* All agents of a company, all queues that keep hours (not the company's: they are among the agents'), and who works where. */
struct board {
	struct arena *arena;
	struct roster agents;
	struct roster queues;
	struct db_rows places;
	clock_ms now;
};

static enum got
board_load(struct db *db, tenant_id tenant, struct board *board)
{
	struct db_rows sources = { 0 }, queues = { 0 }, rows = { 0 };
	struct hours_holidays holidays;
	const clock_ms now = board->now;

	if (hours_sources_of_duty(db, board->arena, tenant, 0, &sources) == GOT_ERROR
		|| hours_sources_of_queues(db, board->arena, tenant, &queues) == GOT_ERROR)
		return GOT_ERROR;
	if (!keep_hours(&sources) && !keep_hours(&queues))
		return GOT_NONE;
	if (holidays_between(db, board->arena, tenant, now, now + YEARS_AHEAD, &rows) == GOT_ERROR
		|| hours_places(db, board->arena, tenant, &board->places) == GOT_ERROR)
		return GOT_ERROR;
	holidays = hours_holidays_of(board->arena, &rows);
	roster_fill(board->arena, &board->agents, &sources, &holidays);
	roster_fill(board->arena, &board->queues, &queues, &holidays);
	return GOT_ONE;
}

static const struct hours_group *
group_of_queue(const struct roster *queues, uint64_t queue)
{
	size_t i;

	for (i = 0; i < queues->agent_count; i++)
		if (queues->agents[i].owner == queue)
			return &queues->agents[i];
	return NULL;
}

/* The hours of the agent's queues; none when one of them keeps no hours, or when there is no queue: then they do not bind. */
static size_t
queues_of_agent(const struct board *board, uint64_t agent, struct hours_group **groups)
{
	const struct hours_place *place = board->places.rows;
	const struct hours_group *group;
	size_t first = 0, count = 0, i;

	while (first < board->places.count && place[first].agent != agent)
		first++;
	while (first + count < board->places.count && place[first + count].agent == agent)
		count++;
	*groups = ARENA_ARRAY(board->arena, struct hours_group, count);
	for (i = 0; i < count; i++) {
		group = group_of_queue(&board->queues, place[first + i].queue);
		if (group == NULL)
			return 0;
		(*groups)[i] = *group;
	}
	return count;
}

/* All that holds for one agent whatever the queue, side by side. */
static struct hours_group
group_join(struct arena *arena, const struct hours_group *shared, const struct hours_group *own)
{
	struct hours_plan *plans = ARENA_ARRAY(arena, struct hours_plan, shared->count + own->count);
	size_t i;

	for (i = 0; i < shared->count; i++)
		plans[i] = shared->plans[i];
	for (i = 0; i < own->count; i++)
		plans[shared->count + i] = own->plans[i];
	return (struct hours_group){ .owner = own->owner, .plans = plans, .count = shared->count + own->count };
}

/* Until when it certainly stays as it is. */
static clock_ms
first_change(const struct board *board, const struct hours_group *own, const struct hours_group *queues, size_t count)
{
	struct hours_state state;
	clock_ms first;
	size_t i;

	hours_find(board->arena, own->plans, own->count, board->now, &state);
	first = state.changes_at;
	for (i = 0; i < count; i++) {
		hours_find(board->arena, queues[i].plans, queues[i].count, board->now, &state);
		if (state.changes_at != 0 && (first == 0 || state.changes_at < first))
			first = state.changes_at;
	}
	return first;
}

/* False for who keeps no hours. */
static bool
duty_of(const struct board *board, const struct hours_group *agent, struct hours_duty *duty)
{
	static const struct hours_group always = { 0 };
	struct hours_group *queues;
	const struct hours_group own = group_join(board->arena, &board->agents.shared, agent);
	const size_t count = queues_of_agent(board, agent->owner, &queues);
	clock_ms next;

	if (own.count == 0 && count == 0)
		return false;
	next = count > 0 ? hours_next_open(board->arena, &own, queues, count, board->now)
		: hours_next_open(board->arena, &own, &always, 1, board->now);
	*duty = (struct hours_duty){ .agent = agent->owner, .is_on = next == board->now, .changes_at = next };
	if (duty->is_on)
		duty->changes_at = first_change(board, &own, queues, count);
	return true;
}

enum got
hours_duties(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct db_rows *duties)
{
	struct board board = { .arena = arena, .now = now };
	struct hours_duty *list;
	enum got got;
	size_t i;

	*duties = (struct db_rows){ .count = 0 };
	got = board_load(db, tenant, &board);
	if (got != GOT_ONE)
		return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
	duties->rows = list = ARENA_ARRAY(arena, struct hours_duty, board.agents.agent_count);
	for (i = 0; i < board.agents.agent_count; i++)
		if (duty_of(&board, &board.agents.agents[i], &list[duties->count]))
			duties->count++;
	return GOT_ONE;
}

const struct hours_duty *
hours_duty_of(const struct db_rows *duties, uint64_t agent)
{
	const struct hours_duty *duty = duties->rows;
	size_t i;

	for (i = 0; i < duties->count; i++)
		if (duty[i].agent == agent)
			return &duty[i];
	return NULL;
}
