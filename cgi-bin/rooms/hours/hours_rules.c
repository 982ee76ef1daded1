/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_rules.c - when a calendar is open, and when several are at once. */
#include "rooms/hours/hours_rules.h"

#include <string.h>

#include "core/check.h"
#include "core/text.h"

#define LOOK_STEP (16 * CLOCK_DAY)       /* so far the next change is looked for at first, and again from there */
#define LOOK_STEPS 25                    /* more than a year */

int
hours_week_start(const char *locale, const char *zone)
{
	/* English is read in many countries; those of America begin on Sunday, as does Portugal. */
	if (text_starts_with(locale, "pt"))
		return 6;
	return text_starts_with(locale, "en") && text_starts_with(zone, "America/") ? 6 : 0;
}

/* Does the exception hold on the day? A yearly one that began last year may reach into this one. */
static bool
exception_holds(const struct hours_exception *exception, int64_t day)
{
	struct clock_date first;
	int64_t begin;
	int year;

	if (!exception->yearly)
		return day >= exception->first && day <= exception->last;
	first = clock_date_of(exception->first);
	year = clock_date_of(day).year;
	for (first.year = year - 1; first.year <= year; first.year++) {
		if (!clock_is_date(first))
			continue;
		begin = clock_day_of(first);
		if (day >= begin && day <= begin + exception->last - exception->first)
			return true;
	}
	return false;
}

/* What is in both days. */
static void
day_narrow(struct hours_day *day, const struct hours_day *by)
{
	const struct hours_day was = *day;
	size_t i, k;
	int from, to;

	day->count = 0;
	for (i = 0; i < was.count; i++)
		for (k = 0; k < by->count && day->count < HOURS_PERIODS_ROOM; k++) {
			from = was.periods[i].from > by->periods[k].from ? was.periods[i].from : by->periods[k].from;
			to = was.periods[i].to < by->periods[k].to ? was.periods[i].to : by->periods[k].to;
			if (from < to)
				day->periods[day->count++] = (struct hours_period){ from, to };
		}
}

const char *
hours_day_of(const struct hours_plan *plan, int64_t day, struct hours_day *open)
{
	const struct hours_exception *at, *end = plan->exceptions + plan->exception_count;
	const char *name = NULL;
	bool instead = false;

	*open = plan->week.days[clock_weekday(day)];
	for (at = plan->exceptions; at < end; at++) {
		if (!exception_holds(at, day) || at->kind == HOURS_WITHIN)
			continue;
		name = at->name;
		if (at->kind == HOURS_CLOSED) {
			open->count = 0;
			return name;
		}
		if (instead)
			day_narrow(open, &at->day);
		else
			*open = at->day;
		instead = true;
	}
	for (at = plan->exceptions; at < end; at++)
		if (at->kind == HOURS_WITHIN && exception_holds(at, day)) {
			day_narrow(open, &at->day);
			name = at->name;
		}
	return name;
}

/* Spans that are found one after another. */
struct finding {
	struct arena *arena;
	struct hours_spans spans;
	size_t room;
};

static void
finding_add(struct finding *finding, clock_ms from, clock_ms to)
{
	struct hours_spans *spans = &finding->spans;
	struct hours_span *list;

	if (from >= to)
		return;
	if (spans->count > 0 && spans->list[spans->count - 1].to == from) {
		spans->list[spans->count - 1].to = to;
		return;
	}
	if (spans->count == finding->room) {
		finding->room = finding->room > 0 ? 2 * finding->room : 32;
		list = ARENA_ARRAY(finding->arena, struct hours_span, finding->room);
		if (spans->count > 0)
			memcpy(list, spans->list, spans->count * sizeof(*list));
		spans->list = list;
	}
	spans->list[spans->count++] = (struct hours_span){ from, to };
}

static int64_t
day_of_local(clock_ms local)
{
	return local / CLOCK_DAY - (local % CLOCK_DAY < 0);
}

/* Between two moments with one offset, the clock on the wall and that of UTC run side by side. */
static void
find_at_offset(struct finding *finding, const struct hours_plan *plan, struct hours_span within, clock_ms offset)
{
	const int64_t last = day_of_local(within.to - 1 + offset);
	const struct hours_period *period;
	struct hours_day open;
	clock_ms midnight, from, to;
	int64_t day;
	size_t i;

	for (day = day_of_local(within.from + offset); day <= last; day++) {
		(void)hours_day_of(plan, day, &open);
		midnight = day * CLOCK_DAY - offset;
		for (i = 0; i < open.count; i++) {
			period = &open.periods[i];
			from = midnight + period->from * CLOCK_MINUTE;
			to = midnight + period->to * CLOCK_MINUTE;
			finding_add(finding, from > within.from ? from : within.from, to < within.to ? to : within.to);
		}
	}
}

struct hours_spans
hours_open(struct arena *arena, const struct hours_plan *plan, clock_ms from, clock_ms to)
{
	struct finding finding = { .arena = arena };
	const char *zone = arena_text(arena, clock_zone());
	clock_ms change;

	clock_use_zone(plan->zone);
	for (; from < to; from = change) {
		change = clock_change(from, to);
		find_at_offset(&finding, plan, (struct hours_span){ from, change }, clock_offset(from));
	}
	clock_use_zone(zone);
	return finding.spans;
}

/* When both are open. */
static struct hours_spans
hours_both(struct arena *arena, const struct hours_spans *a, const struct hours_spans *b)
{
	struct finding finding = { .arena = arena };
	size_t i = 0, k = 0;

	while (i < a->count && k < b->count) {
		const struct hours_span *left = &a->list[i], *right = &b->list[k];

		finding_add(&finding, left->from > right->from ? left->from : right->from,
			left->to < right->to ? left->to : right->to);
		if (left->to < right->to)
			i++;
		else
			k++;
	}
	return finding.spans;
}

bool
hours_is_open(struct arena *arena, const struct hours_plan *plan, clock_ms moment)
{
	return hours_open(arena, plan, moment, moment + 1).count > 0;
}

/* When all plans are open, of the spans that are given. */
static struct hours_spans
all_open(struct arena *arena, const struct hours_plan *plans, size_t count, struct hours_spans all)
{
	struct hours_spans one;
	size_t i;

	for (i = 0; i < count && all.count > 0; i++) {
		one = hours_open(arena, &plans[i], all.list[0].from, all.list[all.count - 1].to);
		all = hours_both(arena, &all, &one);
	}
	return all;
}

/* Which plan is closed now, and the exception that has a part in it. */
static void
find_reason(struct arena *arena, const struct hours_plan *plans, size_t count, clock_ms now, struct hours_state *state)
{
	const char *zone = arena_text(arena, clock_zone()), *name;
	struct hours_day open;
	size_t i;

	for (i = 0; i < count; i++) {
		if (hours_is_open(arena, &plans[i], now))
			continue;
		clock_use_zone(plans[i].zone);
		name = hours_day_of(&plans[i], day_of_local(now + clock_offset(now)), &open);
		clock_use_zone(zone);
		state->closed_by = plans[i].source;
		state->calendar = plans[i].calendar;
		state->holiday = name != NULL ? name : "";
		return;
	}
}

static bool
chats_ring(struct arena *arena, const struct hours_plan *plans, size_t count, clock_ms now)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!plans[i].spares_chats && !hours_is_open(arena, &plans[i], now))
			return false;
	return true;
}

void
hours_find(struct arena *arena, const struct hours_plan *plans, size_t count, clock_ms now, struct hours_state *state)
{
	struct hours_span look = { now, now };
	struct hours_spans open;
	bool begins_open;
	int step;

	*state = (struct hours_state){ .is_open = true, .closed_by = "", .calendar = "", .holiday = "" };
	for (step = 0; count > 0 && state->changes_at == 0 && step < LOOK_STEPS; step++) {
		look = (struct hours_span){ look.to, look.to + LOOK_STEP };
		open = all_open(arena, plans, count, (struct hours_spans){ &look, 1 });
		begins_open = open.count > 0 && open.list[0].from == look.from;
		if (step == 0)
			state->is_open = begins_open;
		if (begins_open != state->is_open)
			state->changes_at = look.from;
		else if (begins_open && open.list[0].to < look.to)
			state->changes_at = open.list[0].to;
		else if (!begins_open && open.count > 0)
			state->changes_at = open.list[0].from;
	}
	state->chats_ring = state->is_open || chats_ring(arena, plans, count, now);
	if (!state->is_open)
		find_reason(arena, plans, count, now, state);
}

clock_ms
hours_next_open(struct arena *arena, const struct hours_group *shared, const struct hours_group *groups, size_t count, clock_ms now)
{
	struct hours_span look = { now, now };
	struct hours_spans open, of_group;
	clock_ms next = 0;
	size_t i;
	int step;

	for (step = 0; next == 0 && step < LOOK_STEPS; step++) {
		look = (struct hours_span){ look.to, look.to + LOOK_STEP };
		open = all_open(arena, shared->plans, shared->count, (struct hours_spans){ &look, 1 });
		for (i = 0; i < count; i++) {
			of_group = all_open(arena, groups[i].plans, groups[i].count, open);
			if (of_group.count > 0 && (next == 0 || of_group.list[0].from < next))
				next = of_group.list[0].from;
		}
	}
	return next;
}
