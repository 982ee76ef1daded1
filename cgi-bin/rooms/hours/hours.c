/* SPDX-License-Identifier: BSD-2-Clause */
/* hours.c - whether a company, a queue and an agent are there: the calendars that are attached to them, asked together. */
#include "rooms/hours/hours.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/hours/hours_plan.h"

static struct hours_exception
exception_of(struct arena *arena, const struct holiday *holiday)
{
	struct hours_exception exception = { .yearly = holiday->yearly, .name = holiday->name };
	struct field_problem problem;

	if (text_equal(holiday->kind, "instead"))
		exception.kind = HOURS_INSTEAD;
	else if (text_equal(holiday->kind, "within"))
		exception.kind = HOURS_WITHIN;
	if (!clock_day_read(holiday->first_day, &exception.first) || !clock_day_read(holiday->last_day, &exception.last)
		|| !hours_day_read(arena, holiday->periods, &exception.day, &problem)) {
		log_warning("hours", "the holiday %llu is stored with a bad value", (unsigned long long)holiday->id);
		exception.last = exception.first - 1;
	}
	return exception;
}

struct hours_holidays
hours_holidays_of(struct arena *arena, const struct db_rows *holidays)
{
	struct hours_exception *exceptions = ARENA_ARRAY(arena, struct hours_exception, holidays->count);
	const struct holiday *rows = holidays->rows;
	size_t i;

	for (i = 0; i < holidays->count; i++)
		exceptions[i] = exception_of(arena, &rows[i]);
	return (struct hours_holidays){ rows, exceptions, holidays->count };
}

/* The first row of the calendar, or of those behind it. */
static size_t
first_of(const struct hours_holidays *holidays, uint64_t calendar)
{
	size_t low = 0, high = holidays->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (holidays->rows[middle].calendar_id < calendar)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct hours_plan
hours_plan_of(struct arena *arena, const struct hours_source *source, const struct hours_holidays *holidays)
{
	const size_t first = first_of(holidays, source->calendar_id);
	struct hours_plan plan = { .source = source->source, .calendar = source->name, .zone = source->time_zone,
		.spares_chats = source->spares_chats, .exceptions = holidays->exceptions + first,
		.exception_count = first_of(holidays, source->calendar_id + 1) - first };

	if (!hours_week_read(arena, source->hours, &plan.week))
		log_warning("hours", "the calendar %llu is stored with a bad week", (unsigned long long)source->calendar_id);
	return plan;
}

/* Is everybody there who was asked for? */
static bool
is_known(const struct hours_who *who, const struct db_rows *sources)
{
	const struct hours_source *source = sources->rows;
	bool queue = who->queue == 0, agent = who->agent == 0;
	size_t i;

	for (i = 0; i < sources->count; i++) {
		queue = queue || strcmp(source[i].source, "queue") == 0;
		agent = agent || strcmp(source[i].source, "agent") == 0;
	}
	return queue && agent;
}

enum got
hours_state(struct db *db, struct arena *arena, const struct hours_who *who, clock_ms now, struct hours_state *state)
{
	struct db_rows sources = { 0 }, rows = { 0 };
	struct hours_holidays holidays;
	const struct hours_source *source;
	struct hours_plan plans[4];
	struct hours_ids ids = { { 0 } };
	size_t i, count = 0;

	if (hours_sources(db, arena, who, &sources) == GOT_ERROR)
		return GOT_ERROR;
	if (!is_known(who, &sources))
		return GOT_NONE;
	source = sources.rows;
	for (i = 0; i < sources.count && i < COUNT_OF(ids.ids); i++)
		ids.ids[i] = source[i].calendar_id;
	if (sources.count > 0 && holidays_of(db, arena, who->tenant, &ids, now, &rows) == GOT_ERROR)
		return GOT_ERROR;
	holidays = hours_holidays_of(arena, &rows);
	for (i = 0; i < sources.count && i < COUNT_OF(plans); i++)
		if (source[i].calendar_id != 0)
			plans[count++] = hours_plan_of(arena, &source[i], &holidays);
	hours_find(arena, plans, count, now, state);
	return GOT_ONE;
}

enum got
hours_of_queues(struct req *r, const uint64_t *queues, size_t count, struct hours_state *states)
{
	struct db_rows sources = { 0 }, rows = { 0 };
	struct hours_holidays holidays;
	const struct hours_source *source;
	struct hours_plan *all;
	size_t i, k;

	if (hours_sources_of_queues(r->db, r->arena, r->tenant, &sources) == GOT_ERROR
		|| (sources.count > 0 && holidays_of_company(r->db, r->arena, r->tenant, r->now, &rows) == GOT_ERROR))
		return GOT_ERROR;
	holidays = hours_holidays_of(r->arena, &rows);
	source = sources.rows;
	all = ARENA_ARRAY(r->arena, struct hours_plan, sources.count);
	for (i = 0; i < sources.count; i++)
		all[i] = hours_plan_of(r->arena, &source[i], &holidays);
	for (i = 0; i < count; i++) {
		struct hours_plan plans[2];
		size_t found = 0;

		for (k = 0; k < sources.count && found < COUNT_OF(plans); k++)
			if (source[k].owner_id == 0 || source[k].owner_id == queues[i])
				plans[found++] = all[k];
		hours_find(r->arena, plans, found, r->now, &states[i]);
	}
	return GOT_ONE;
}

enum got
calendars_say(struct req *r, struct calendar *calendars, size_t count)
{
	struct db_rows rows = { 0 };
	struct hours_holidays holidays;
	struct hours_ids one = { { calendars->id, 0, 0, 0 } };
	enum got got = count == 1 ? holidays_of(r->db, r->arena, r->tenant, &one, r->now, &rows)
		: holidays_of_company(r->db, r->arena, r->tenant, r->now, &rows);
	const char *zone = arena_text(r->arena, clock_zone());
	struct hours_state state;
	struct hours_plan plan;
	size_t i;

	if (got == GOT_ERROR)
		return GOT_ERROR;
	holidays = hours_holidays_of(r->arena, &rows);
	for (i = 0; i < count; i++) {
		const struct hours_source source = { .source = "company", .calendar_id = calendars[i].id, .name = calendars[i].name,
			.time_zone = *calendars[i].time_zone != '\0' ? calendars[i].time_zone : r->tenant_zone, .hours = calendars[i].hours };

		plan = hours_plan_of(r->arena, &source, &holidays);
		hours_find(r->arena, &plan, 1, r->now, &state);
		clock_use_zone(plan.zone);
		calendars[i].now = hours_say(r->arena, &state, r->now);
		clock_use_zone(zone);
	}
	return GOT_ONE;
}

enum got
hours_start_tenant(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now)
{
	struct calendar calendar = { .name = locale_text(N_("Working hours")), .time_zone = "" };
	struct hours_setting setting = { 0 };
	struct hours_week week = { .days[0].count = 0 };
	size_t i;

	for (i = 0; i < 5; i++)
		week.days[i] = (struct hours_day){ .periods = { { 9 * 60, 17 * 60 } }, .count = 1 };
	calendar.hours = hours_week_show(arena, &week);
	if (calendar_insert(db, tenant, &calendar, now) != GOT_ONE)
		return GOT_ERROR;
	setting.calendar_id = calendar.id;
	return resource_single_store(db, arena, NULL, tenant, &hours_resource, &setting, now);
}
