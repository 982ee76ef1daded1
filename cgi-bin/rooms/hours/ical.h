/* SPDX-License-Identifier: BSD-2-Clause */
/* ical.h - reads files of holidays: iCalendar (RFC 5545), of it what says on which days something is.
 *
 * Events are read with DTSTART, DTEND or DURATION, SUMMARY, STATUS, RRULE, RDATE, EXDATE and RECURRENCE-ID; a time zone is one of the
 * machine, UTC, or none (then the calendar's own). Of rules, all that choose days are understood but BYSETPOS and BYWEEKNO; those that
 * choose hours are not. What is not understood is a problem with its line, never a guess. A rule that says no more than "every year", of
 * what has begun, gives one yearly exception; others give one for each time until ICAL_YEARS years from now. Whatever the file says, it
 * is read within a few seconds: what would take longer is a problem, too.
 *
 * Written here and not taken from libical, because that brings ICU and Berkeley DB into every process and steps through rules without a
 * bound, and because who sends a broken file must be told the line.
 */
#ifndef HARK_ROOMS_HOURS_ICAL_H
#define HARK_ROOMS_HOURS_ICAL_H

#include "core/arena.h"
#include "core/clock.h"
#include "core/field.h"
#include "rooms/hours/hours_rules.h"

#define ICAL_BYTES_MAX ((size_t)1024 * 1024)
#define ICAL_LINE_MAX 8000             /* bytes of a line, unfolded */
#define ICAL_EVENTS_MAX 2000
#define ICAL_FOUND_MAX 2000            /* exceptions that come out */
#define ICAL_PROBLEMS_MAX 20           /* that are told; all are counted */
#define ICAL_NAME_MAX 120              /* characters of an exception's name */
#define ICAL_YEARS 5

/* What was wrong, for people: a message id with at most one %s for `detail`. */
struct ical_problem {
	size_t line;                   /* from 1; 0: the whole file */
	const char *text;
	const char *detail;
};

/* `periods` of an exception of the kind HOURS_WITHIN is when it is not closed. */
struct ical_found {
	struct hours_exception *list;    /* by day */
	size_t count;
	const char *name;                /* of the calendar in the file, or "" */
	size_t past;                     /* events that are over */
	bool is_broken;                  /* what stands behind a problem was not read: there may be more than what was found */
	struct ical_problem problems[ICAL_PROBLEMS_MAX];
	size_t problem_count;            /* may be more than are told */
};

struct ical_input {
	const char *text;
	size_t len;
	const char *zone;                /* of the calendar that it goes into */
	clock_ms now;                    /* what ended before the year began is over */
};

/* Reads it all; what could be read is in *found even when there were problems. The zone in use stays as it is. */
void ical_read(struct arena *arena, const struct ical_input *input, struct ical_found *found);

#endif
