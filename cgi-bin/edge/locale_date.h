/* SPDX-License-Identifier: BSD-2-Clause */
/* locale_date.h - days and times as readers of the language in use write them, in the zone in use.
 *
 *	en          21 Nov 2026     21 Nov 2026, 14:05
 *	fr, pt, es  21/11/2026      21/11/2026 14:05
 *
 * English is read on both sides of an ocean that do not agree which of 11/12 is the month: so it is spelt. A language that is none of ours
 * is shown the English way. Hours count to 24 in all of them. What programs read back is clock_iso() and clock_day_show().
 */
#ifndef HARK_EDGE_LOCALE_DATE_H
#define HARK_EDGE_LOCALE_DATE_H

#include "core/arena.h"
#include "core/clock.h"

/* The day that a moment falls in. */
char *locale_date(struct arena *arena, clock_ms moment);

/* "14:05" */
char *locale_time(struct arena *arena, clock_ms moment);

/* Both: "21 Nov 2026, 14:05". */
char *locale_moment(struct arena *arena, clock_ms moment);

/* For logs, where the order counts: "21 Nov 2026, 14:05:09". */
char *locale_moment_seconds(struct arena *arena, clock_ms moment);

/* For who may read it elsewhere: "21 Nov 2026, 14:05 CET". */
char *locale_moment_zone(struct arena *arena, clock_ms moment);

/* A day of the calendar, whatever the zone: its number (core/clock.h), or "2026-12-24"; a text that is no day is itself. */
char *locale_day(struct arena *arena, int64_t day);
const char *locale_day_text(struct arena *arena, const char *day);

/* The same of every year: "24 Dec", "24/12". */
const char *locale_day_yearly(struct arena *arena, const char *day);

#endif
