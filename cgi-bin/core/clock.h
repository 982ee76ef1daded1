/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.h - time. The database and every struct hold UTC milliseconds since 1970 (`*_at`); 0 means never. */
#ifndef HARK_CORE_CLOCK_H
#define HARK_CORE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

typedef int64_t clock_ms;

#define CLOCK_SECOND ((clock_ms)1000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR (60 * CLOCK_MINUTE)
#define CLOCK_DAY (24 * CLOCK_HOUR)

/* Now by the wall clock, UTC. */
clock_ms clock_now(void);

/* Now by a clock that never jumps; only differences mean something. */
clock_ms clock_steady(void);

/* Is it a zone of the tz database (validated against the list of the machine, not by trying)? */
bool clock_is_zone(const char *zone);

/* The zones that people choose from: those of zone1970.tab that this machine has, and UTC, in the order of the alphabet; ends with NULL. */
const char *const *clock_zones(struct arena *arena);

/* Makes `zone` the zone of clock_show() and clock_day_start(); an unknown zone is UTC. */
void clock_use_zone(const char *zone);

/* The zone in use. The text changes with the next clock_use_zone(): who restores it later keeps a copy. */
const char *clock_zone(void);

/* How far the zone in use is east of UTC at that moment, in milliseconds. */
clock_ms clock_offset(clock_ms moment);

/* The first moment after `from` and not after `to` at which that offset is another one; `to` when there is none. */
clock_ms clock_change(clock_ms from, clock_ms to);

/* A moment in the zone in use, by a strftime() format. People read moments by edge/locale_date.h. */
char *clock_show(struct arena *arena, clock_ms moment, const char *format);

/* "2026-11-20T13:51:39Z" (RFC 3339). */
char *clock_iso(struct arena *arena, clock_ms moment);

/* Reads RFC 3339 ("2026-11-20T13:51:39Z", "2026-11-20T14:51:39.5+01:00"), also without seconds; without an
 * offset it is a time of the zone in use, as `input type=datetime-local` sends it. False when malformed. */
bool clock_from_iso(const char *text, clock_ms *moment);

/* The first moment of a day "YYYY-MM-DD" in the zone in use, moved by `days`; false when malformed. */
bool clock_day_start(const char *day, int days, clock_ms *moment);

/* A day of the Gregorian calendar, whatever the zone. As a number it counts from 1970-01-01, which is 0 and a Thursday. */
struct clock_date {
	int year;
	int month;      /* from 1 */
	int day;        /* from 1 */
};
struct clock_date clock_date_of(int64_t day);
int64_t clock_day_of(struct clock_date date);
/* The day that a moment falls in, in the zone in use. */
int64_t clock_local_day(clock_ms moment);
/* 28 to 31. */
int clock_month_days(int year, int month);
/* Does it exist, between the years 1 and 9999? */
bool clock_is_date(struct clock_date date);
/* From 0, Monday, to 6, Sunday. */
int clock_weekday(int64_t day);
/* "2026-12-24", also read back; false when it is none. */
char *clock_day_show(struct arena *arena, int64_t day);
bool clock_day_read(const char *text, int64_t *day);

#endif
