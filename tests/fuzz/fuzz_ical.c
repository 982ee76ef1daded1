/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_ical.c - any bytes as a file of holidays: what comes out are days in their order with sound periods and names, or complaints. */
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "rooms/hours/ical.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_exception(const struct hours_exception *one)
{
	CHECK(one->first <= one->last && one->last - one->first <= 366);
	CHECK(text_is_utf8(one->name, strlen(one->name)) && !text_has_control(one->name));
	CHECK(text_length(one->name) <= ICAL_NAME_MAX);
	CHECK(one->kind == HOURS_CLOSED ? one->day.count == 0 : one->kind == HOURS_WITHIN && one->day.count >= 1 && one->day.count <= 2);
	CHECK(one->kind == HOURS_CLOSED || one->first == one->last);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const struct ical_input input = { .text = arena_text_of(arena, (const char *)data, size), .len = size, .zone = "Europe/Paris",
		.now = 1790000000000 };
	struct ical_found found;
	size_t i;

	ical_read(arena, &input, &found);
	CHECK(found.count <= ICAL_FOUND_MAX);
	for (i = 0; i < found.count; i++) {
		check_exception(&found.list[i]);
		CHECK(i == 0 || found.list[i - 1].first <= found.list[i].first);
	}
	for (i = 0; i < found.problem_count && i < ICAL_PROBLEMS_MAX; i++)
		CHECK(found.problems[i].text != NULL && text_is_utf8(found.problems[i].detail, strlen(found.problems[i].detail)));
	arena_free(arena);
	return 0;
}
