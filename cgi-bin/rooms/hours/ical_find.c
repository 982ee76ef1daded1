/* SPDX-License-Identifier: BSD-2-Clause */
/* ical_find.c - events of an iCalendar file made into exceptions of a calendar. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "rooms/hours/ical_event.h"

#define EVENT_DAYS_MAX 366
/* What all events of a file together may cost: a second or two. A day that a rule looks at costs 1; a time at which an event takes place
 * costs as much as many of them, because the zone in use may change twice for it. */
#define BUDGET 10000000
#define TIME_PRICE 1000

struct finding {
	struct arena *arena;
	struct ical_found *found;
	const struct ical_events *events;
	const struct ical_event *event;
	const char *zone;
	int64_t from;                    /* the first day that is wanted, and the last */
	int64_t last;
	size_t budget;
	size_t came;                     /* exceptions of this event */
	bool has_others;                 /* other events stand for some days of this one */
	bool is_full;
};

/* False: there is not enough left of what the file may cost. */
static bool
pay(struct finding *finding, size_t price)
{
	const bool is_enough = finding->budget >= price;

	finding->budget -= is_enough ? price : finding->budget;
	return is_enough;
}

static void
add(struct finding *finding, const struct hours_exception *exception)
{
	struct ical_found *found = finding->found;

	if (!exception->yearly && exception->last < finding->from)
		return;
	finding->came++;
	if (found->count == ICAL_FOUND_MAX) {
		if (!finding->is_full)
			ical_complain(found, finding->event->line, N_("there are more than %s holidays in the file"),
				arena_printf(finding->arena, "%d", ICAL_FOUND_MAX));
		finding->is_full = found->is_broken = true;
		return;
	}
	found->list[found->count++] = *exception;
}

static bool
list_has(const struct ical_list *list, int64_t day)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (list->days[i] == day)
			return true;
	return false;
}

static bool
stands_for(const struct ical_event *other, const struct ical_event *event)
{
	return other->is_instead && !event->is_instead && strcmp(other->uid, event->uid) == 0;
}

static bool
has_others(const struct ical_event *event, const struct ical_events *events)
{
	size_t i;

	for (i = 0; i < events->count; i++)
		if (stands_for(&events->list[i], event))
			return true;
	return false;
}

/* Is the day of the rule left out, or does another event stand for it? */
static bool
is_excluded(struct finding *finding, int64_t day)
{
	const struct ical_events *events = finding->events;
	size_t i;

	if (list_has(&finding->event->excluded, day))
		return true;
	if (!finding->has_others)
		return false;
	(void)pay(finding, events->count);
	for (i = 0; i < events->count; i++)
		if (stands_for(&events->list[i], finding->event) && events->list[i].instead_of == day)
			return true;
	return false;
}

/* The moment of a local time in a zone. */
static clock_ms
moment_of(struct finding *finding, int64_t day, int second, const char *zone)
{
	clock_ms moment = 0;

	clock_use_zone(zone != NULL ? zone : finding->zone);
	(void)clock_from_iso(arena_printf(finding->arena, "%sT%02d:%02d:%02d", clock_day_show(finding->arena, day), second / 3600,
		second / 60 % 60, second % 60), &moment);
	return moment;
}

/* Closed on a day from one minute to another: open within what is left of it. */
static void
add_part(struct finding *finding, int64_t day, int from, int to)
{
	struct hours_exception exception = { .first = day, .last = day, .kind = HOURS_CLOSED, .name = finding->event->name };

	if (from > 0 || to < HOURS_DAY_MINUTES)
		exception.kind = HOURS_WITHIN;
	if (from > 0)
		exception.day.periods[exception.day.count++] = (struct hours_period){ 0, from };
	if (to < HOURS_DAY_MINUTES)
		exception.day.periods[exception.day.count++] = (struct hours_period){ to, HOURS_DAY_MINUTES };
	if (from < to)
		add(finding, &exception);
}

/* The minute of the local day in the calendar's zone, which is in use. */
static int
minute_of(clock_ms moment, int64_t *day)
{
	moment += clock_offset(moment);
	*day = moment / CLOCK_DAY - (moment % CLOCK_DAY < 0);
	return (int)((moment - *day * CLOCK_DAY) / CLOCK_MINUTE);
}

static void
add_times(struct finding *finding, clock_ms from, clock_ms to)
{
	int64_t first, last, day;
	int begin, end;

	clock_use_zone(finding->zone);
	begin = minute_of(from, &first);
	end = minute_of(to + CLOCK_MINUTE - 1, &last);
	for (day = first; day <= last; day++)
		add_part(finding, day, day == first ? begin : 0, day == last ? end : HOURS_DAY_MINUTES);
}

/* How long the event lasts; false (complained) when it cannot be. A day without an end is one day, a time without an end takes none. */
static bool
length_of(struct finding *finding, clock_ms *length)
{
	const struct ical_event *event = finding->event;
	const bool is_day = event->start.second < 0;

	*length = is_day ? CLOCK_DAY : 0;
	if (event->has_duration)
		*length = event->duration_days * CLOCK_DAY + event->duration_seconds * CLOCK_SECOND;
	else if (event->has_end && is_day)
		*length = (event->end.day - event->start.day) * CLOCK_DAY;
	else if (event->has_end && event->end.second >= 0)
		*length = moment_of(finding, event->end.day, event->end.second, event->end.zone)
			- moment_of(finding, event->start.day, event->start.second, event->start.zone);
	if (*length < 0)
		ical_complain(finding->found, event->line, N_("an event ends before it begins: “%s”"), event->name);
	else if (*length > EVENT_DAYS_MAX * CLOCK_DAY)
		ical_complain(finding->found, event->line, N_("an event is longer than a year: “%s”"), event->name);
	else
		return true;
	return false;
}

/* Of an event of whole days. */
static int64_t
last_day(int64_t first, clock_ms length)
{
	return first + (length > CLOCK_DAY ? (length + CLOCK_DAY - 1) / CLOCK_DAY - 1 : 0);
}

struct occurring {
	struct finding *finding;
	clock_ms length;
};

/* One time that the event takes place; false when no other is wanted. */
static bool
occur(void *arg, int64_t day)
{
	const struct occurring *occurring = arg;
	struct finding *finding = occurring->finding;
	const struct ical_time *start = &finding->event->start;
	struct hours_exception exception = { .first = day, .kind = HOURS_CLOSED, .name = finding->event->name };
	clock_ms from;

	if (!pay(finding, TIME_PRICE))
		return false;
	if (is_excluded(finding, day))
		return true;
	if (start->second < 0) {
		exception.last = last_day(day, occurring->length);
		add(finding, &exception);
	} else {
		from = moment_of(finding, day, start->second, start->zone);
		add_times(finding, from, from + occurring->length);
	}
	return !finding->is_full;
}

/* False: not to the end. */
static bool
find_all(struct finding *finding, clock_ms length)
{
	const struct ical_event *event = finding->event;
	struct occurring occurring = { finding, length };
	/* One that began before the year may still last: by its days, its hours past midnight, and what its zone is behind. */
	const struct ical_days days = { event->start.day, finding->from - length / CLOCK_DAY - 2, finding->last, &finding->budget };
	size_t i;

	for (i = 0; i < event->added.count; i++)
		if (!occur(&occurring, event->added.days[i]))
			return false;
	return event->has_rule ? ical_rule_each(&event->rule, &days, occur, &occurring) : occur(&occurring, event->start.day);
}

/* Does the event say no more than "every year", and has it begun? A yearly exception holds in all years. */
static bool
is_yearly(const struct finding *finding, clock_ms length)
{
	const struct ical_event *event = finding->event;
	const int64_t day = event->start.day;

	return event->has_rule && event->start.second < 0 && ical_rule_is_yearly(&event->rule, day)
		&& clock_date_of(last_day(day, length)).year <= clock_date_of(finding->from).year
		&& event->added.count == 0 && event->excluded.count == 0 && !finding->has_others;
}

static void
event_find(struct finding *finding)
{
	const struct ical_event *event = finding->event;
	struct hours_exception yearly = { .yearly = true, .kind = HOURS_CLOSED, .name = event->name, .first = event->start.day };
	clock_ms length;

	if (!event->has_start) {
		ical_complain(finding->found, event->line, N_("an event has no DTSTART: “%s”"), event->name);
		return;
	}
	if (!length_of(finding, &length) || (length == 0 && event->start.second >= 0))
		return;
	finding->came = 0;
	finding->has_others = has_others(event, finding->events);
	if (is_yearly(finding, length)) {
		yearly.last = last_day(yearly.first, length);
		add(finding, &yearly);
	} else if (!find_all(finding, length) && !finding->is_full) {
		ical_complain(finding->found, event->line, N_("the rules of the file take too long; this one was not reached: “%s”"),
			event->name);
	} else if (finding->came == 0 && event->start.day < finding->from) {
		finding->found->past++;
	}
}

static int
by_day(const void *a, const void *b)
{
	const struct hours_exception *left = a, *right = b;

	if (left->first != right->first)
		return (left->first > right->first) - (left->first < right->first);
	return strcmp(left->name, right->name);
}

void
ical_events_find(struct arena *arena, const struct ical_input *input, const struct ical_events *events, struct ical_found *found)
{
	const char *zone = arena_text(arena, clock_zone());
	struct finding finding = { .arena = arena, .found = found, .events = events, .zone = input->zone, .budget = BUDGET };
	struct clock_date today;
	size_t i;

	found->list = ARENA_ARRAY(arena, struct hours_exception, ICAL_FOUND_MAX);
	clock_use_zone(input->zone);
	today = clock_date_of((input->now + clock_offset(input->now)) / CLOCK_DAY);
	finding.from = clock_day_of((struct clock_date){ today.year, 1, 1 });
	finding.last = clock_day_of((struct clock_date){ today.year + ICAL_YEARS, 12, 31 });
	for (i = 0; i < events->count; i++) {
		finding.event = &events->list[i];
		if (!finding.event->is_bad && !finding.event->is_cancelled)
			event_find(&finding);
	}
	clock_use_zone(zone);
	qsort(found->list, found->count, sizeof(*found->list), by_day);
}
