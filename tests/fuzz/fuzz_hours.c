/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_hours.c - any text as the periods of a day: what is read is sorted, apart, and read back from what is shown. */
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "rooms/hours/hours_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_day(const struct hours_day *day)
{
	size_t i;

	CHECK(day->count <= HOURS_PERIODS_MAX);
	for (i = 0; i < day->count; i++) {
		CHECK(day->periods[i].from >= 0 && day->periods[i].from < day->periods[i].to && day->periods[i].to <= HOURS_DAY_MINUTES);
		CHECK(i == 0 || day->periods[i - 1].to <= day->periods[i].from);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_text_of(arena, (const char *)data, size);
	struct field_problem problem = { .text = NULL };
	struct hours_day day, again;
	struct hours_week week;
	size_t i;

	if (hours_day_read(arena, text, &day, &problem)) {
		check_day(&day);
		CHECK(hours_day_read(arena, hours_day_show(arena, &day), &again, &problem));
		CHECK(strcmp(hours_day_show(arena, &day), hours_day_show(arena, &again)) == 0);
	} else {
		CHECK(problem.text != NULL && problem.detail != NULL);
	}
	if (hours_week_read(arena, text, &week)) {
		for (i = 0; i < 7; i++)
			check_day(&week.days[i]);
		text = hours_week_show(arena, &week);
		CHECK(hours_week_read(arena, text, &week) && strcmp(hours_week_show(arena, &week), text) == 0);
	}
	arena_free(arena);
	return 0;
}
