/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_views.h - calendars and holidays as page values. */
#ifndef HARK_ROOMS_HOURS_HOURS_VIEWS_H
#define HARK_ROOMS_HOURS_HOURS_VIEWS_H

#include "rooms/hours/hours_rules.h"
#include "rooms/hours/hours_store.h"

/* "Mon–Fri 09:00-17:00 · Sat 10:00-12:00". */
const char *week_say(struct arena *arena, const struct hours_week *week);

/* The form fields of the days, in the order of the reader's week: Week.Days.N.Name. */
void week_show(struct req *r, const char *zone);

/* Hours.Holidays.N.{Id,Name,Days,Kind,Yearly,Imported,Fed,Past}; `today` is a day of the calendar's zone, `feed` the import_id of what is
 * Fed, or 0. */
void holidays_show(struct req *r, const struct db_rows *holidays, const char *today, uint64_t feed);

/* Hours.Imports.N.{Id,Name,At,Count}. */
void imports_show(struct req *r, const struct db_rows *imports);

/* Whether chats ring at the one who reads it, "No chats ring until Monday 09:00.": in the zone in use. */
const char *duty_say(struct arena *arena, const struct hours_duty *duty, clock_ms now);

#endif
