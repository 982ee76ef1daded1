/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_plan.h - rows of the database made into plans that the rules can be asked about. */
#ifndef HARK_ROOMS_HOURS_HOURS_PLAN_H
#define HARK_ROOMS_HOURS_HOURS_PLAN_H

#include "rooms/hours/hours_rules.h"
#include "rooms/hours/hours_store.h"

/* Holidays by calendar, made into exceptions that all plans share: many agents keep the same calendar. */
struct hours_holidays {
	const struct holiday *rows;
	const struct hours_exception *exceptions;        /* one of each row */
	size_t count;
};
struct hours_holidays hours_holidays_of(struct arena *arena, const struct db_rows *holidays);

/* The plan of a source with its part of the holidays. */
struct hours_plan hours_plan_of(struct arena *arena, const struct hours_source *source, const struct hours_holidays *holidays);

/* Whether and until when a company's calendars are open, each by itself, with one statement for all of them. Sets `now`. */
enum got calendars_say(struct req *r, struct calendar *calendars, size_t count) MUST_USE;

#endif
