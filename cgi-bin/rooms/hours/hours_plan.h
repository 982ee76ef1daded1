/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_plan.h - rows of the database made into plans that the rules can be asked about. */
#ifndef HARK_ROOMS_HOURS_HOURS_PLAN_H
#define HARK_ROOMS_HOURS_HOURS_PLAN_H

#include "rooms/hours/hours_rules.h"
#include "rooms/hours/hours_store.h"

/* The plan of a source with its part of the holidays, which are sorted by calendar. */
struct hours_plan hours_plan_of(struct arena *arena, const struct hours_source *source, const struct db_rows *holidays);

/* Whether and until when a company's calendars are open, each by itself, with one statement for all of them. Sets `now`. */
enum got calendars_say(struct req *r, struct calendar *calendars, size_t count) MUST_USE;

#endif
