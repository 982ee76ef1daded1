/* SPDX-License-Identifier: BSD-2-Clause */
/* test_hours_rules.c - periods as people type them, and when calendars are open: also on days when the clocks change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/check.h"
#include "core/str.h"
#include "rooms/hours/hours_plan.h"

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new();
	clock_use_zone("UTC");
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static clock_ms
at(const char *text)
{
	clock_ms moment;

	assert_true(clock_from_iso(text, &moment));
	return moment;
}

static void
reads(const char *text, const char *shown)
{
	struct hours_day day;
	struct field_problem problem = { .text = "" };

	if (!hours_day_read(arena, text, &day, &problem))
		fail_msg("%s: %s", text, problem.text);
	assert_string_equal(hours_day_show(arena, &day), shown);
}

static void
refuses(const char *text, const char *words, const char *detail)
{
	struct hours_day day;
	struct field_problem problem = { .text = "" };

	assert_false(hours_day_read(arena, text, &day, &problem));
	if (strstr(problem.text, words) == NULL)
		fail_msg("%s: %s", text, problem.text);
	assert_string_equal(problem.detail, detail);
}

static void
days_are_read_as_people_write_them(void **state)
{
	(void)state;
	reads("", "");
	reads(" , ; ", "");
	reads("09:00-12:30, 13:30-17:00", "09:00-12:30, 13:30-17:00");
	reads("13.30 – 17; 9-12h30", "09:00-12:30, 13:30-17:00");
	reads("8h-9H15\n10:00\u201412:00", "08:00-09:15, 10:00-12:00");
	reads("0-24", "00:00-24:00");
	reads("0:00-24:00", "00:00-24:00");
	reads("9-12,12-15", "09:00-12:00, 12:00-15:00");
	reads("1-2,3-4,5-6,7-8,9-10,11-12,13-14,15-16", "01:00-02:00, 03:00-04:00, 05:00-06:00, 07:00-08:00, 09:00-10:00, 11:00-12:00,"
		" 13:00-14:00, 15:00-16:00");
}

static void
days_that_cannot_be_name_the_value(void **state)
{
	static const char *const none[] = { "9", "9-", "-9", "9-17x", "9am-5pm", "25-26", "9:60-10:00", "9:0-10", "9:-10", "24:01-24:02",
		"23:00-24:01", "009-10", "9-10-11", "9 10", "\xff", "09:00-12:30 13:30-17:00" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(none); i++)
		refuses(none[i], "is no period", none[i]);
	refuses("9-12, nonsense", "is no period", "nonsense");
	refuses("22:00-06:00", "across midnight", "22:00-06:00");
	refuses("9-9", "across midnight", "9-9");
	refuses("9-13, 12:30-17", "overlap", "09:00-13:00, 12:30-17:00");
	refuses("12-13, 9-17", "overlap", "09:00-17:00, 12:00-13:00");
	refuses("9-17, 9-17", "overlap", "09:00-17:00, 09:00-17:00");
	refuses("1-2,3-4,5-6,7-8,9-10,11-12,13-14,15-16,17-18", "at most", "8");
}

static void
weeks_are_kept_as_lines(void **state)
{
	static const char text[] = "mon 09:00-12:30\nmon 13:30-17:00\nwed 00:00-24:00\nsun 22:00-24:00";
	static const char *const bad[] = { "mon", "mon 9", "day 09:00-12:00", "mon 09:00-12:00\nmon 11:00-13:00", "mon  ", "monday 9-10" };
	struct hours_week week;
	size_t i;

	(void)state;
	assert_true(hours_week_read(arena, text, &week));
	assert_string_equal(hours_week_show(arena, &week), text);
	assert_string_equal(hours_day_show(arena, &week.days[0]), "09:00-12:30, 13:30-17:00");
	assert_int_equal(week.days[1].count, 0);
	assert_true(hours_week_read(arena, "", &week));
	assert_string_equal(hours_week_show(arena, &week), "");
	for (i = 0; i < COUNT_OF(bad); i++)
		assert_false(hours_week_read(arena, bad[i], &week));
}

static void
weeks_begin_where_the_reader_is(void **state)
{
	(void)state;
	assert_int_equal(hours_week_start("fr", "Europe/Paris"), 0);
	assert_int_equal(hours_week_start("en", "Europe/London"), 0);
	assert_int_equal(hours_week_start("en", "America/New_York"), 6);
	assert_int_equal(hours_week_start("pt", "Europe/Lisbon"), 6);
	assert_int_equal(hours_week_start("es", "America/Bogota"), 0);
}

static struct hours_plan
plan_of(const char *zone, const char *week)
{
	struct hours_plan plan = { .source = "company", .calendar = "Hours", .zone = zone };

	assert_true(hours_week_read(arena, week, &plan.week));
	return plan;
}

/* The same periods on each day. */
static struct hours_plan
daily(const char *zone, const char *day)
{
	struct hours_plan plan = { .source = "company", .calendar = "Hours", .zone = zone };
	struct field_problem problem;
	size_t i;

	for (i = 0; i < 7; i++)
		assert_true(hours_day_read(arena, day, &plan.week.days[i], &problem));
	return plan;
}

/* "23:30 to 00:15" and so on: the open spans between two moments, in UTC. */
static const char *
spans_show(const struct hours_spans *spans)
{
	struct str out;
	size_t i;

	str_init(&out, arena);
	for (i = 0; i < spans->count; i++)
		str_addf(&out, "%s%.11s to %.11s", i > 0 ? ", " : "", clock_iso(arena, spans->list[i].from) + 5,
			clock_iso(arena, spans->list[i].to) + 5);
	return out.data;
}

/* What is open of a local day of the zone, and how long that day is. */
static const char *
day_shows(const struct hours_plan *plan, const char *day, clock_ms length)
{
	struct hours_spans spans;
	clock_ms from, to;

	clock_use_zone(plan->zone);
	assert_true(clock_day_start(day, 0, &from));
	assert_true(clock_day_start(day, 1, &to));
	assert_int_equal((to - from) / CLOCK_MINUTE, length / CLOCK_MINUTE);
	clock_use_zone("UTC");
	spans = hours_open(arena, plan, from, to);
	assert_string_equal(clock_zone(), "UTC");
	return spans_show(&spans);
}

static void
opens(const char *zone, const char *day, clock_ms length, const char *periods, const char *spans)
{
	struct hours_plan plan = daily(zone, periods);

	assert_string_equal(day_shows(&plan, day, length), spans);
}

static void
a_plain_day(void **state)
{
	(void)state;
	opens("Europe/Paris", "2026-07-01", 24 * CLOCK_HOUR, "9-12:30, 13:30-17",
		"07-01T07:00 to 07-01T10:30, 07-01T11:30 to 07-01T15:00");
	opens("Asia/Kolkata", "2026-07-01", 24 * CLOCK_HOUR, "0-24", "06-30T18:30 to 07-01T18:30");
	opens("UTC", "2026-07-01", 24 * CLOCK_HOUR, "9-12, 12-15", "07-01T09:00 to 07-01T15:00");
}

/* Paris: 02:00 becomes 03:00 on 29 March, 03:00 becomes 02:00 on 25 October. */
static void
paris(void **state)
{
	(void)state;
	opens("Europe/Paris", "2026-03-29", 23 * CLOCK_HOUR, "0-24", "03-28T23:00 to 03-29T22:00");
	opens("Europe/Paris", "2026-03-29", 23 * CLOCK_HOUR, "9-17", "03-29T07:00 to 03-29T15:00");
	opens("Europe/Paris", "2026-03-29", 23 * CLOCK_HOUR, "2:15-2:45", "");
	opens("Europe/Paris", "2026-03-29", 23 * CLOCK_HOUR, "1:30-2:30", "03-29T00:30 to 03-29T01:00");
	opens("Europe/Paris", "2026-03-29", 23 * CLOCK_HOUR, "2:30-3:30", "03-29T01:00 to 03-29T01:30");
	opens("Europe/Paris", "2026-03-29", 23 * CLOCK_HOUR, "1-4", "03-29T00:00 to 03-29T02:00");
	opens("Europe/Paris", "2026-10-25", 25 * CLOCK_HOUR, "0-24", "10-24T22:00 to 10-25T23:00");
	opens("Europe/Paris", "2026-10-25", 25 * CLOCK_HOUR, "2:15-2:45", "10-25T00:15 to 10-25T00:45, 10-25T01:15 to 10-25T01:45");
	opens("Europe/Paris", "2026-10-25", 25 * CLOCK_HOUR, "2-3", "10-25T00:00 to 10-25T02:00");
	opens("Europe/Paris", "2026-10-25", 25 * CLOCK_HOUR, "9-17", "10-25T08:00 to 10-25T16:00");
}

/* New York: 02:00 becomes 03:00 on 8 March, 02:00 becomes 01:00 on 1 November. */
static void
new_york(void **state)
{
	(void)state;
	opens("America/New_York", "2026-03-08", 23 * CLOCK_HOUR, "9-17", "03-08T13:00 to 03-08T21:00");
	opens("America/New_York", "2026-03-08", 23 * CLOCK_HOUR, "0-8", "03-08T05:00 to 03-08T12:00");
	opens("America/New_York", "2026-03-08", 23 * CLOCK_HOUR, "2-3", "");
	opens("America/New_York", "2026-11-01", 25 * CLOCK_HOUR, "0-8", "11-01T04:00 to 11-01T13:00");
	opens("America/New_York", "2026-11-01", 25 * CLOCK_HOUR, "1:30-2:30", "11-01T05:30 to 11-01T06:00, 11-01T06:30 to 11-01T07:30");
}

/* Lord Howe: half an hour. 02:00 becomes 01:30 on 5 April, 02:00 becomes 02:30 on 4 October. */
static void
lord_howe(void **state)
{
	(void)state;
	opens("Australia/Lord_Howe", "2026-10-04", 23 * CLOCK_HOUR + 30 * CLOCK_MINUTE, "0-24", "10-03T13:30 to 10-04T13:00");
	opens("Australia/Lord_Howe", "2026-10-04", 23 * CLOCK_HOUR + 30 * CLOCK_MINUTE, "2-3", "10-03T15:30 to 10-03T16:00");
	opens("Australia/Lord_Howe", "2026-10-04", 23 * CLOCK_HOUR + 30 * CLOCK_MINUTE, "2:00-2:30", "");
	opens("Australia/Lord_Howe", "2026-04-05", 24 * CLOCK_HOUR + 30 * CLOCK_MINUTE, "1:30-2", "04-04T14:30 to 04-04T15:30");
	opens("Australia/Lord_Howe", "2026-04-05", 24 * CLOCK_HOUR + 30 * CLOCK_MINUTE, "9-17", "04-04T22:30 to 04-05T06:30");
}

/* São Paulo, 4 November 2018: 00:00 became 01:00, so the day had no midnight; 17 February 2018: 24:00 became 23:00. */
static void
sao_paulo(void **state)
{
	(void)state;
	opens("America/Sao_Paulo", "2018-11-04", 23 * CLOCK_HOUR, "0-24", "11-04T03:00 to 11-05T02:00");
	opens("America/Sao_Paulo", "2018-11-04", 23 * CLOCK_HOUR, "0:00-0:30", "");
	opens("America/Sao_Paulo", "2018-02-17", 25 * CLOCK_HOUR, "22-24", "02-18T00:00 to 02-18T03:00");
	opens("America/Sao_Paulo", "2018-02-17", 25 * CLOCK_HOUR, "23-24", "02-18T01:00 to 02-18T03:00");
}

/* Casablanca: the clocks go back for Ramadan and forward after it, in the year's middle. */
static void
casablanca(void **state)
{
	(void)state;
	opens("Africa/Casablanca", "2026-02-15", 25 * CLOCK_HOUR, "2-3", "02-15T01:00 to 02-15T03:00");
	opens("Africa/Casablanca", "2026-03-22", 23 * CLOCK_HOUR, "9-17", "03-22T08:00 to 03-22T16:00");
}

/* Samoa went over the date line: after Thursday 29 December 2011 came Saturday the 31st. */
static void
apia(void **state)
{
	struct hours_plan plan = plan_of("Pacific/Apia", "thu 09:00-17:00\nfri 09:00-17:00\nsat 08:00-12:00");
	struct hours_spans spans = hours_open(arena, &plan, at("2011-12-29T10:00:00Z"), at("2012-01-01T00:00:00Z"));

	(void)state;
	assert_string_equal(spans_show(&spans), "12-29T19:00 to 12-30T03:00, 12-30T18:00 to 12-30T22:00");
}

static void
exceptions_change_days(void **state)
{
	struct hours_plan plan = plan_of("Europe/Paris", "thu 09:00-17:00\nfri 09:00-12:00\nfri 13:00-17:00");
	struct hours_exception exceptions[] = {
		{ .kind = HOURS_CLOSED, .yearly = true, .name = "Christmas" },
		{ .kind = HOURS_INSTEAD, .name = "Eve", .day = { { { 600, 720 } }, 1 } },
		{ .kind = HOURS_WITHIN, .name = "Party", .day = { { { 660, 840 } }, 1 } }
	};
	struct hours_day day;
	int64_t number;

	(void)state;
	assert_true(clock_day_read("2020-12-25", &exceptions[0].first) && clock_day_read("2020-12-26", &exceptions[0].last));
	assert_true(clock_day_read("2026-12-24", &exceptions[1].first) && clock_day_read("2026-12-25", &exceptions[1].last));
	assert_true(clock_day_read("2026-12-18", &exceptions[2].first) && clock_day_read("2026-12-18", &exceptions[2].last));
	plan.exceptions = exceptions;
	plan.exception_count = COUNT_OF(exceptions);
	assert_true(clock_day_read("2026-12-18", &number));                                    /* a Friday */
	assert_string_equal(hours_day_of(&plan, number, &day), "Party");
	assert_string_equal(hours_day_show(arena, &day), "11:00-12:00, 13:00-14:00");
	assert_string_equal(hours_day_of(&plan, number + 6, &day), "Eve");
	assert_string_equal(hours_day_show(arena, &day), "10:00-12:00");
	assert_string_equal(hours_day_of(&plan, number + 7, &day), "Christmas");              /* the Eve holds too: closed wins */
	assert_int_equal(day.count, 0);
	assert_string_equal(hours_day_of(&plan, number + 8, &day), "Christmas");
	assert_null(hours_day_of(&plan, number + 13, &day));
	assert_string_equal(hours_day_show(arena, &day), "09:00-17:00");
}

static void
yearly_exceptions_go_over_the_new_year_and_know_leap_years(void **state)
{
	struct hours_plan plan = daily("UTC", "9-17");
	struct hours_exception exceptions[] = { { .kind = HOURS_CLOSED, .yearly = true, .name = "Holidays" },
		{ .kind = HOURS_CLOSED, .yearly = true, .name = "Leap day" } };
	static const struct { const char *day; bool open; } days[] = {
		{ "2026-12-23", true }, { "2026-12-24", false }, { "2027-01-02", false }, { "2027-01-03", true }, { "2024-02-29", false },
		{ "2027-02-28", true }, { "2027-03-01", true }, { "2028-02-29", false }
	};
	struct hours_day day;
	int64_t number;
	size_t i;

	(void)state;
	assert_true(clock_day_read("2020-12-24", &exceptions[0].first) && clock_day_read("2021-01-02", &exceptions[0].last));
	assert_true(clock_day_read("2020-02-29", &exceptions[1].first) && clock_day_read("2020-02-29", &exceptions[1].last));
	plan.exceptions = exceptions;
	plan.exception_count = COUNT_OF(exceptions);
	for (i = 0; i < COUNT_OF(days); i++) {
		assert_true(clock_day_read(days[i].day, &number));
		(void)hours_day_of(&plan, number, &day);
		assert_int_equal(day.count, days[i].open ? 1 : 0);
	}
}

static void
finds(const struct hours_plan *plans, size_t count, const char *now, const char *what)
{
	struct hours_state state;
	const char *shown;

	hours_find(arena, plans, count, at(now), &state);
	shown = arena_printf(arena, "%s %s %s", state.is_open ? "open" : "closed",
		state.changes_at != 0 ? clock_iso(arena, state.changes_at) : "never", state.closed_by);
	assert_string_equal(shown, what);
}

static bool
rings(struct hours_plan *plans, const char *now)
{
	struct hours_state state;

	hours_find(arena, plans, 2, at(now), &state);
	return state.chats_ring;
}

/* The company's hours may be closed without closing its chats; a queue's never. */
static void
chats_ring_where_they_do_not_keep_to_hours(void **state)
{
	struct hours_plan plans[2] = { daily("UTC", "9-17"), daily("UTC", "8-12") };

	(void)state;
	plans[0].spares_chats = true;
	assert_true(rings(plans, "2026-07-06T10:00:00Z"));
	assert_true(rings(plans, "2026-07-06T08:30:00Z"));
	assert_false(rings(plans, "2026-07-06T13:00:00Z"));
	plans[0].spares_chats = false;
	assert_false(rings(plans, "2026-07-06T08:30:00Z"));
	assert_true(rings(plans, "2026-07-06T10:00:00Z"));
}

static void
the_next_change(void **state)
{
	struct hours_plan plan = plan_of("Europe/Paris", "mon 09:00-12:30\nmon 13:30-17:00\nfri 09:00-24:00\nsat 00:00-02:00");
	struct hours_plan always = daily("America/New_York", "0-24"), never = plan_of("UTC", "");

	(void)state;
	finds(NULL, 0, "2026-07-06T08:00:00Z", "open never ");
	finds(&plan, 1, "2026-07-06T07:00:00Z", "open 2026-07-06T10:30:00Z ");                /* Monday, from the first moment */
	finds(&plan, 1, "2026-07-06T10:30:00Z", "closed 2026-07-06T11:30:00Z company");
	finds(&plan, 1, "2026-07-06T15:00:00Z", "closed 2026-07-10T07:00:00Z company");
	finds(&plan, 1, "2026-07-10T21:00:00Z", "open 2026-07-11T00:00:00Z ");                /* over midnight */
	finds(&always, 1, "2026-07-06T08:00:00Z", "open never ");
	finds(&never, 1, "2026-07-06T08:00:00Z", "closed never company");
}

static void
a_change_far_away_is_found(void **state)
{
	struct hours_plan plan = daily("Europe/Paris", "9-17");
	struct hours_exception closed = { .kind = HOURS_CLOSED, .name = "Works" };
	struct hours_state found;

	(void)state;
	assert_true(clock_day_read("2026-07-01", &closed.first) && clock_day_read("2027-03-31", &closed.last));
	plan.exceptions = &closed;
	plan.exception_count = 1;
	finds(&plan, 1, "2026-07-06T08:00:00Z", "closed 2027-04-01T07:00:00Z company");
	hours_find(arena, &plan, 1, at("2026-07-06T08:00:00Z"), &found);
	assert_string_equal(found.holiday, "Works");
	assert_string_equal(found.calendar, "Hours");
}

/* The search goes on in steps of sixteen days: a change that lies just between two of them is not passed over. */
static void
a_change_between_two_steps_is_found(void **state)
{
	struct hours_plan plan = daily("UTC", "0-24"), shut = daily("UTC", "");
	struct hours_exception days = { .kind = HOURS_CLOSED };

	(void)state;
	assert_true(clock_day_read("2026-07-22", &days.first) && clock_day_read("2026-07-23", &days.last));
	plan.exceptions = shut.exceptions = &days;
	plan.exception_count = shut.exception_count = 1;
	finds(&plan, 1, "2026-07-06T00:00:00Z", "open 2026-07-22T00:00:00Z ");
	days.kind = HOURS_INSTEAD;
	days.day = (struct hours_day){ { { 0, 1440 } }, 1 };
	finds(&shut, 1, "2026-07-06T00:00:00Z", "closed 2026-07-22T00:00:00Z company");
}

static void
several_hold_where_all_do(void **state)
{
	struct hours_plan plans[] = { daily("Europe/Paris", "9-18"), daily("America/New_York", "9-17"), daily("Asia/Tokyo", "0-24") };

	(void)state;
	plans[1].source = "queue";
	plans[2].source = "agent";
	/* Paris 07:00-16:00 UTC, New York 13:00-21:00 UTC. */
	finds(plans, 3, "2026-07-06T12:59:59Z", "closed 2026-07-06T13:00:00Z queue");
	finds(plans, 3, "2026-07-06T13:00:00Z", "open 2026-07-06T16:00:00Z ");
	finds(plans, 3, "2026-07-06T16:00:00Z", "closed 2026-07-07T13:00:00Z company");
	/* Two that never meet. */
	plans[0] = daily("UTC", "1-2");
	plans[1] = daily("UTC", "3-4");
	finds(plans, 2, "2026-07-06T01:30:00Z", "closed never company");
}

static void
opens_next(const struct hours_plan *plan, const char *now, const char *when)
{
	const struct hours_group shared = { .plans = plan, .count = 1 }, free_agent = { .owner = 1 };
	const clock_ms next = hours_next_open(arena, &shared, &free_agent, 1, at(now));

	assert_string_equal(next != 0 ? clock_iso(arena, next) : "never", when);
}

static void
the_next_opening_is_by_the_clock_on_the_wall(void **state)
{
	struct hours_plan plan = plan_of("Europe/Paris", "mon 09:00-17:00\nsun 02:30-04:00");

	(void)state;
	/* The clock goes from 02:00 to 03:00 on Sunday: there is no 02:30. */
	opens_next(&plan, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z");
	opens_next(&plan, "2026-03-29T02:00:00Z", "2026-03-30T07:00:00Z");
	opens_next(&plan, "2026-03-30T10:00:00Z", "2026-03-30T10:00:00Z");
	/* 01:30 comes twice; the first counts. */
	plan = plan_of("America/New_York", "sun 01:30-05:00");
	opens_next(&plan, "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z");
	/* By half an hour, from 02:00 to 02:30. */
	plan = plan_of("Australia/Lord_Howe", "sun 09:00-17:00");
	opens_next(&plan, "2026-10-03T12:00:00Z", "2026-10-03T22:00:00Z");
	/* From 03:00 back to 02:00, the night before Monday's opening. */
	plan = plan_of("Pacific/Auckland", "mon 09:00-17:00");
	opens_next(&plan, "2026-04-04T00:00:00Z", "2026-04-05T21:00:00Z");
	plan = plan_of("Pacific/Auckland", "");
	opens_next(&plan, "2026-04-04T00:00:00Z", "never");
}

static void
the_next_opening_is_that_of_the_first_who_comes(void **state)
{
	const struct hours_plan shared[] = { daily("UTC", "8-20"), daily("UTC", "10-22") };
	const struct hours_plan early = daily("UTC", "6-9"), late = daily("UTC", "15-24");
	const struct hours_plan shift[] = { daily("UTC", "9-17"), daily("UTC", "12-13") };
	const struct hours_group both = { .plans = shared, .count = 2 }, none = { .owner = 0 };
	const struct hours_group agents[] = { { 1, &early, 1 }, { 2, &late, 1 }, { 3, shift, 2 }, { 4, NULL, 0 } };
	const clock_ms now = at("2026-07-06T07:00:00Z");

	(void)state;
	/* Company and queue are there from 10 to 20. */
	assert_true(hours_next_open(arena, &both, agents, 1, now) == 0);
	assert_string_equal(clock_iso(arena, hours_next_open(arena, &both, agents, 2, now)), "2026-07-06T15:00:00Z");
	assert_string_equal(clock_iso(arena, hours_next_open(arena, &both, agents, 3, now)), "2026-07-06T12:00:00Z");
	assert_string_equal(clock_iso(arena, hours_next_open(arena, &both, agents, 4, now)), "2026-07-06T10:00:00Z");
	assert_true(hours_next_open(arena, &none, agents, 1, now) == now);
	assert_true(hours_next_open(arena, &none, agents, 0, now) == 0);
}

/* Whatever the periods and the zone: open is what the clock on the wall says, minute by minute. */
static void
open_is_what_the_clock_on_the_wall_says(void **state)
{
	static const char *const zones[] = { "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia" };
	struct hours_spans spans;
	struct hours_plan plan;
	clock_ms from, moment, local;
	size_t zone, i;
	bool open;

	(void)state;
	for (zone = 0; zone < COUNT_OF(zones); zone++) {
		plan = daily(zones[zone], "0:10-1:45, 2:05-2:50, 3-3:01, 23:17-24");
		from = at("2026-01-01T00:07:00Z");
		spans = hours_open(arena, &plan, from, from + 400 * CLOCK_DAY);
		clock_use_zone(zones[zone]);
		for (moment = from, i = 0; moment < from + 400 * CLOCK_DAY; moment += CLOCK_MINUTE) {
			while (i < spans.count && spans.list[i].to <= moment)
				i++;
			open = i < spans.count && spans.list[i].from <= moment;
			local = (moment + clock_offset(moment)) % CLOCK_DAY / CLOCK_MINUTE;
			assert_int_equal(open, (local >= 10 && local < 105) || (local >= 125 && local < 170) || local == 180 || local >= 1397);
		}
		clock_use_zone("UTC");
	}
}

static void
plans_of_a_calendar_share_its_holidays(void **state)
{
	struct holiday rows[] = {
		{ .calendar_id = 3, .name = "Three", .first_day = "2026-01-01", .last_day = "2026-01-01", .kind = "closed", .periods = "" },
		{ .calendar_id = 5, .name = "Five", .first_day = "2026-01-01", .last_day = "2026-01-02", .kind = "closed", .periods = "" },
		{ .calendar_id = 5, .name = "Half", .first_day = "2026-05-01", .last_day = "2026-05-01", .kind = "within", .periods = "09:00-12:00" },
		{ .calendar_id = 9, .name = "Nine", .first_day = "2026-01-01", .last_day = "2026-01-01", .kind = "closed", .periods = "" }
	};
	const struct hours_holidays holidays = hours_holidays_of(arena, &(struct db_rows){ rows, COUNT_OF(rows) });
	const struct hours_holidays none = hours_holidays_of(arena, &(struct db_rows){ NULL, 0 });
	struct hours_source source = { .source = "agent", .calendar_id = 5, .name = "Shift", .time_zone = "UTC", .hours = "mon 09:00-17:00" };
	const struct hours_plan one = hours_plan_of(arena, &source, &holidays), other = hours_plan_of(arena, &source, &holidays);

	(void)state;
	assert_int_equal(one.exception_count, 2);
	assert_string_equal(one.exceptions[0].name, "Five");
	assert_int_equal(one.exceptions[1].kind, HOURS_WITHIN);
	assert_ptr_equal(one.exceptions, other.exceptions);
	source.calendar_id = 4;
	assert_int_equal(hours_plan_of(arena, &source, &holidays).exception_count, 0);
	source.calendar_id = 9;
	assert_string_equal(hours_plan_of(arena, &source, &holidays).exceptions[0].name, "Nine");
	assert_int_equal(hours_plan_of(arena, &source, &none).exception_count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_read_as_people_write_them),
		cmocka_unit_test(days_that_cannot_be_name_the_value),
		cmocka_unit_test(weeks_are_kept_as_lines),
		cmocka_unit_test(weeks_begin_where_the_reader_is),
		cmocka_unit_test(a_plain_day),
		cmocka_unit_test(paris),
		cmocka_unit_test(new_york),
		cmocka_unit_test(lord_howe),
		cmocka_unit_test(sao_paulo),
		cmocka_unit_test(casablanca),
		cmocka_unit_test(apia),
		cmocka_unit_test(exceptions_change_days),
		cmocka_unit_test(yearly_exceptions_go_over_the_new_year_and_know_leap_years),
		cmocka_unit_test(chats_ring_where_they_do_not_keep_to_hours),
		cmocka_unit_test(the_next_change),
		cmocka_unit_test(a_change_far_away_is_found),
		cmocka_unit_test(a_change_between_two_steps_is_found),
		cmocka_unit_test(several_hold_where_all_do),
		cmocka_unit_test(the_next_opening_is_by_the_clock_on_the_wall),
		cmocka_unit_test(the_next_opening_is_that_of_the_first_who_comes),
		cmocka_unit_test(open_is_what_the_clock_on_the_wall_says),
		cmocka_unit_test(plans_of_a_calendar_share_its_holidays)
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
