/* SPDX-License-Identifier: BSD-2-Clause */
/* test_clock.c - zones, days that do not begin at midnight, and RFC 3339. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
now(void **state)
{
	clock_ms before = clock_steady();

	(void)state;
	assert_true(clock_now() > (clock_ms)1700000000 * 1000);
	assert_true(clock_steady() >= before);
}

static void
zones(void **state)
{
	(void)state;
	assert_true(clock_is_zone("UTC"));
	assert_true(clock_is_zone("Europe/Berlin"));
	assert_true(clock_is_zone("America/Argentina/Buenos_Aires"));
	assert_true(clock_is_zone("Etc/GMT+5"));
	assert_false(clock_is_zone(NULL));
	assert_false(clock_is_zone(""));
	assert_false(clock_is_zone("Europe"));
	assert_false(clock_is_zone("Europe/Berli"));
	assert_false(clock_is_zone("Europe/Berlin "));
	assert_false(clock_is_zone("europe/berlin"));
	assert_false(clock_is_zone("Europe/../Europe/Berlin"));
	assert_false(clock_is_zone("../../../etc/passwd"));
	assert_false(clock_is_zone("/usr/share/zoneinfo/Europe/Berlin"));
	assert_false(clock_is_zone("tzdata.zi"));
	assert_false(clock_is_zone("posix/Europe/Berlin"));
	assert_false(clock_is_zone("EST5EDT4,M3.2.0,M11.1.0"));
	assert_false(clock_is_zone("Mars/Olympus_Mons"));
	assert_false(clock_is_zone("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
}

static void
shows(void **state)
{
	(void)state;
	clock_use_zone("Europe/Berlin");
	assert_string_equal(clock_show(arena, 1792800000000, "%Y-%m-%d %H:%M %Z"), "2026-10-24 02:00 CEST");
	assert_string_equal(clock_day_show(arena, clock_local_day(1792800000000)), "2026-10-24");
	clock_use_zone("America/New_York");
	assert_string_equal(clock_show(arena, 1792800000000, "%Y-%m-%d %H:%M %Z"), "2026-10-23 20:00 EDT");
	assert_string_equal(clock_day_show(arena, clock_local_day(1792800000000)), "2026-10-23");
	clock_use_zone("No/Where");
	assert_string_equal(clock_show(arena, 1792800000000, "%H:%M %Z"), "00:00 UTC");
	clock_use_zone(NULL);
	assert_string_equal(clock_show(arena, 1792800000000, "%H:%M %Z"), "00:00 UTC");
	assert_string_equal(clock_show(arena, -1, "%Y-%m-%d %H:%M:%S"), "1969-12-31 23:59:59");
	assert_string_equal(clock_day_show(arena, clock_local_day(-1)), "1969-12-31");
	assert_string_equal(clock_show(arena, 0, ""), "");
	assert_string_equal(clock_iso(arena, 1792800000999), "2026-10-24T00:00:00Z");
	assert_string_equal(clock_iso(arena, -1), "1969-12-31T23:59:59Z");
}

static void
iso(void **state)
{
	static const struct {
		const char *text;
		clock_ms moment;
	} good[] = {
		{ "1970-01-01T00:00:00Z", 0 }, { "2026-10-24T00:00:00Z", 1792800000000 },
		{ "2026-10-24t02:00:00.25+02:00", 1792800000250 }, { "2026-10-23T20:00:00.1239999999999999999-04:00", 1792800000123 },
		{ "2026-10-24T00:00Z", 1792800000000 }, { "1969-12-31 23:59:60Z", -1000 }, { "2026-10-24T02:00", 1792800000000 },
		{ "2024-02-29T00:00:00Z", 1709164800000 }
	};
	static const char *const bad[] = { "", "2026-10-24", "2026-10-24T", "2026-10-24T24:00Z", "2026-10-24T00:60Z",
		"2026-10-24T00:00:61Z", "2026-02-29T00:00Z", "2026-13-01T00:00Z", "2026-00-01T00:00Z", "2026-10-24T00:00:00.Z",
		"2026-10-24T00:00:00Zx", "2026-10-24T00:00:00+0200", "2026-10-24T00:00:00+24:00", "26-10-24T00:00Z",
		" 2026-10-24T00:00Z", "+026-10-24T00:00Z" };
	clock_ms moment = 0;

	(void)state;
	clock_use_zone("Europe/Berlin");
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (!clock_from_iso(good[i].text, &moment))
			fail_msg("%s", good[i].text);
		assert_int_equal(moment, good[i].moment);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (clock_from_iso(bad[i], &moment))
			fail_msg("%s", bad[i]);
	assert_false(clock_from_iso(NULL, &moment));
	/* Just after the clocks went forward, and just before they go back. */
	assert_true(clock_from_iso("2026-03-29T03:00", &moment));
	assert_string_equal(clock_iso(arena, moment), "2026-03-29T01:00:00Z");
	assert_true(clock_from_iso("2026-03-29T01:59", &moment));
	assert_string_equal(clock_iso(arena, moment), "2026-03-29T00:59:00Z");
}

static void
starts(const char *zone, const char *day, int days, const char *expected)
{
	clock_ms moment = 0;

	clock_use_zone(zone);
	assert_true(clock_day_start(day, days, &moment));
	assert_string_equal(clock_iso(arena, moment), expected);
}

static void
day_starts(void **state)
{
	clock_ms moment = 0;

	(void)state;
	starts("UTC", "2026-11-20", 0, "2026-11-20T00:00:00Z");
	starts("UTC", "2024-02-28", 2, "2024-03-01T00:00:00Z");
	starts("UTC", "2026-01-01", -1, "2025-12-31T00:00:00Z");
	starts("UTC", "1969-12-31", 0, "1969-12-31T00:00:00Z");
	starts("Europe/Berlin", "2026-03-29", 0, "2026-03-28T23:00:00Z");
	starts("Europe/Berlin", "2026-03-29", 1, "2026-03-29T22:00:00Z");
	starts("Asia/Kolkata", "2026-11-20", 0, "2026-11-19T18:30:00Z");
	starts("Pacific/Kiritimati", "2026-11-20", 0, "2026-11-19T10:00:00Z");
	/* Midnight did not exist: the clocks went from 0:00 to 1:00. */
	starts("America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T03:00:00Z");
	/* Midnight came twice: the clocks went from 1:00 back to 0:00. */
	starts("America/Havana", "2026-11-01", 0, "2026-11-01T04:00:00Z");
	/* The whole day did not exist: it is empty, it starts where the next one does. */
	starts("Pacific/Apia", "2011-12-30", 0, "2011-12-30T10:00:00Z");
	starts("Pacific/Apia", "2011-12-31", 0, "2011-12-30T10:00:00Z");
	assert_false(clock_day_start("2026-02-29", 0, &moment));
	assert_false(clock_day_start("2026-2-9", 0, &moment));
	assert_false(clock_day_start("2026-11-20 ", 0, &moment));
	assert_false(clock_day_start("", 0, &moment));
	assert_false(clock_day_start(NULL, 0, &moment));
	assert_false(clock_day_start("2026-11-20", 2147483647, &moment));
}

static clock_ms
moment_of(const char *text)
{
	clock_ms moment;

	assert_true(clock_from_iso(text, &moment));
	return moment;
}

/* Asserts when the offset changes within the days, and to what. */
static void
changes(const char *zone, const char *from, const char *at, int minutes)
{
	clock_ms change;

	clock_use_zone(zone);
	assert_string_equal(clock_zone(), zone);
	change = clock_change(moment_of(from), moment_of(from) + 40 * CLOCK_DAY);
	assert_string_equal(clock_iso(arena, change), at);
	assert_int_equal(clock_offset(change), minutes * CLOCK_MINUTE);
	assert_int_equal(clock_change(moment_of(from), change - CLOCK_SECOND), change - CLOCK_SECOND);
}

static void
offsets_change(void **state)
{
	(void)state;
	changes("Europe/Paris", "2026-03-01T00:00:00Z", "2026-03-29T01:00:00Z", 120);
	changes("Europe/Paris", "2026-10-01T00:00:00.5Z", "2026-10-25T01:00:00Z", 60);
	changes("Australia/Lord_Howe", "2026-03-20T00:00:00Z", "2026-04-04T15:00:00Z", 630);
	changes("Pacific/Apia", "2011-12-01T00:00:00Z", "2011-12-30T10:00:00Z", 14 * 60);
	clock_use_zone("Asia/Kolkata");
	assert_int_equal(clock_offset(0), 330 * CLOCK_MINUTE);
	assert_int_equal(clock_change(0, CLOCK_DAY), CLOCK_DAY);
}

static void
days_are_dates(void **state)
{
	struct clock_date date;
	int64_t day;

	(void)state;
	for (day = -800000; day < 800000; day += 13) {
		date = clock_date_of(day);
		assert_int_equal(clock_day_of(date), day);
		assert_true(date.day <= clock_month_days(date.year, date.month));
	}
	assert_string_equal(clock_day_show(arena, 0), "1970-01-01");
	assert_int_equal(clock_weekday(0), 3);
	assert_int_equal(clock_weekday(-4), 6);
	assert_true(clock_day_read("2028-02-29", &day));
	assert_string_equal(clock_day_show(arena, day + 1), "2028-03-01");
	assert_false(clock_day_read("2026-02-29", &day));
	assert_false(clock_day_read("2026-13-01", &day));
	assert_false(clock_day_read("2026-1-010", &day));
	assert_false(clock_day_read("2026-01-01 ", &day));
	assert_false(clock_day_read("", &day));
	assert_false(clock_day_read(NULL, &day));
}

static void
zones_to_choose_from_are_zones(void **state)
{
	const char *const *names = clock_zones(arena);
	size_t i;

	(void)state;
	for (i = 0; names[i] != NULL; i++) {
		assert_true(clock_is_zone(names[i]));
		if (i > 0)
			assert_true(strcmp(names[i - 1], names[i]) < 0);
	}
	assert_true(i > 250);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(now),
		cmocka_unit_test(zones),
		cmocka_unit_test(shows),
		cmocka_unit_test(iso),
		cmocka_unit_test(day_starts),
		cmocka_unit_test(offsets_change),
		cmocka_unit_test(days_are_dates),
		cmocka_unit_test(zones_to_choose_from_are_zones)
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
