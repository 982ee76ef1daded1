/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_rules.h - when a calendar is open: weekly periods, exceptions and a time zone, without input and output.
 *
 * Open is what the clock on the wall says: a period of 09:00 to 12:30 is open at every moment whose local time is from 09:00 up to,
 * and without, 12:30. So when the clocks change, a period in the hour that is left out is not open on that day, one that reaches
 * into it is cut there, and one in the hour that comes twice is open both times.
 */
#ifndef HARK_ROOMS_HOURS_HOURS_RULES_H
#define HARK_ROOMS_HOURS_HOURS_RULES_H

#include "core/arena.h"
#include "core/clock.h"
#include "core/field.h"
#include "rooms/hours/hours.h"

#define HOURS_PERIODS_MAX 8           /* of one day, as typed */
#define HOURS_PERIODS_ROOM 32         /* of one day, where exceptions have cut it; what is more is closed */
#define HOURS_DAY_MINUTES 1440

/* Minutes of the wall clock; `to` is not part of it and is at most HOURS_DAY_MINUTES. */
struct hours_period {
	int from;
	int to;
};

/* Sorted, without overlaps. */
struct hours_day {
	struct hours_period periods[HOURS_PERIODS_ROOM];
	size_t count;
};

/* From Monday. */
struct hours_week {
	struct hours_day days[7];
};

enum hours_kind {
	HOURS_CLOSED,       /* all day */
	HOURS_INSTEAD,      /* open at these times, whatever the week says */
	HOURS_WITHIN        /* open as usual, but only within these times */
};

/* Some days that are not as the week says. Where several meet on a day, closed wins; else all hold together. */
struct hours_exception {
	int64_t first;                   /* days, see clock_day_of() */
	int64_t last;
	bool yearly;                     /* on the same dates of every year; 29 February only where there is one */
	enum hours_kind kind;
	struct hours_day day;
	const char *name;
};

/* A calendar, ready to be asked. */
struct hours_plan {
	const char *source;              /* as hours_state.closed_by says it */
	const char *calendar;            /* its name */
	const char *zone;
	bool spares_chats;               /* chats ring also when it is closed */
	struct hours_week week;
	const struct hours_exception *exceptions;
	size_t exception_count;
};

/* The calendars of somebody. Without any, always open. */
struct hours_group {
	uint64_t owner;
	const struct hours_plan *plans;
	size_t count;
};

/* From `from` up to, and without, `to`. */
struct hours_span {
	clock_ms from;
	clock_ms to;
};

/* Sorted, with something between them. */
struct hours_spans {
	struct hours_span *list;
	size_t count;
};

/* Reads what people type: "09:00-12:30, 13:30-17:00", also "9-12.30; 13h30 – 17". Blank is closed. False and what is wrong when it
 * cannot be: no time, ends before it begins, overlaps, too many. */
bool hours_day_read(struct arena *arena, const char *text, struct hours_day *day, struct field_problem *problem);
/* "09:00-12:30, 13:30-17:00"; "" is closed. */
char *hours_day_show(struct arena *arena, const struct hours_day *day);

/* The week as the database keeps it: "mon 09:00-12:30\nmon 13:30-17:00". False when it is not what hours_week_show() writes. */
bool hours_week_read(struct arena *arena, const char *text, struct hours_week *week);
char *hours_week_show(struct arena *arena, const struct hours_week *week);

/* The day of the week that calendars begin with where the reader is: 0 Monday, 6 Sunday. Source: CLDR 44, weekData. */
int hours_week_start(const char *locale, const char *zone);

/* What holds on a day; the name of an exception that has a part in it, or NULL. */
const char *hours_day_of(const struct hours_plan *plan, int64_t day, struct hours_day *open);

/* When the plan is open between two moments. The zone in use stays as it is. */
struct hours_spans hours_open(struct arena *arena, const struct hours_plan *plan, clock_ms from, clock_ms to);

/* Is it open at the moment? The zone in use stays as it is. */
bool hours_is_open(struct arena *arena, const struct hours_plan *plan, clock_ms moment);

/* Whether all plans are open now, and until when that holds. No plan is always open. The zone in use stays as it is. */
void hours_find(struct arena *arena, const struct hours_plan *plans, size_t count, clock_ms now, struct hours_state *state);

/* The first moment from `now` on at which all that is shared and all plans of one of the groups are open: `now` itself when that is so
 * already, 0 when it will not be within a year or there is no group. The zone in use stays as it is. */
clock_ms hours_next_open(struct arena *arena, const struct hours_group *shared, const struct hours_group *groups, size_t count,
	clock_ms now);

#endif
