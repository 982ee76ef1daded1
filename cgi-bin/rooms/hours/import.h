/* SPDX-License-Identifier: BSD-2-Clause */
/* import.h - a file of holidays brought into a calendar, whole or not at all. */
#ifndef HARK_ROOMS_HOURS_IMPORT_H
#define HARK_ROOMS_HOURS_IMPORT_H

#include "rooms/hours/hours_store.h"
#include "rooms/hours/ical.h"

struct import_order {
	const struct calendar *calendar;
	const char *text;
	size_t len;
	const char *name;                /* of the file, or "" */
	bool skip_bad;                   /* leave out what cannot be read, rather than refuse all */
};

/* What came of it. */
struct import_result {
	struct ical_found found;         /* with the problems */
	struct holiday *added;           /* stored now */
	size_t added_count;
	size_t double_count;             /* the calendar had them already, or they stand twice in the file */
	uint64_t id;                     /* of the import, 0 when nothing was added */
};

/* GOT_NONE: refused, and nothing was changed: see the problems, or the form when there is no room; or the calendar is gone. */
enum got import_run(struct req *r, const struct import_order *order, struct form *form, struct import_result *result) MUST_USE;

/* An exception of a file as a row of the calendar, without an id. */
struct holiday holiday_from(struct arena *arena, uint64_t calendar, const struct hours_exception *exception);
/* For qsort(): 0 for struct holiday that say the same. */
int holiday_order(const void *left, const void *right);

#endif
