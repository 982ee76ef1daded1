/* SPDX-License-Identifier: BSD-2-Clause */
/* test_ical.c - files of holidays: what they say, how they repeat, and what is wrong with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "rooms/hours/ical.h"
#include "rooms/hours/ical_value.h"

static struct arena *arena;
static clock_ms now;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new();
	clock_use_zone("UTC");
	assert_true(clock_from_iso("2026-06-15T12:00:00Z", &now));
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* "2026-12-25 Christmas", "2026-12-24..2026-12-26 closed yearly Name", "… within 00:00-12:00 Name": one a line. */
static const char *
show(const struct ical_found *found)
{
	struct str out;
	size_t i;

	str_init(&out, arena);
	for (i = 0; i < found->count; i++) {
		const struct hours_exception *one = &found->list[i];

		str_addf(&out, "%s%s", i > 0 ? "\n" : "", clock_day_show(arena, one->first));
		if (one->last != one->first)
			str_addf(&out, "..%s", clock_day_show(arena, one->last));
		if (one->yearly)
			str_add(&out, " yearly");
		if (one->kind == HOURS_WITHIN)
			str_addf(&out, " within %s", hours_day_show(arena, &one->day));
		str_addf(&out, " %s", one->name);
	}
	return out.data;
}

static struct ical_found
read_raw(const char *text, size_t len)
{
	const struct ical_input input = { .text = text, .len = len, .zone = "Europe/Paris", .now = now };
	struct ical_found found;

	ical_read(arena, &input, &found);
	assert_string_equal(clock_zone(), "UTC");
	return found;
}

/* The lines of events in a calendar. */
static struct ical_found
read_events(const char *events)
{
	const char *text = arena_printf(arena, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n%sEND:VCALENDAR\r\n", events);

	return read_raw(text, strlen(text));
}

static void
gives(const char *events, const char *shown)
{
	struct ical_found found = read_events(events);

	if (found.problem_count > 0)
		fail_msg("line %zu %s (%s)", found.problems[0].line, found.problems[0].text, found.problems[0].detail);
	assert_string_equal(show(&found), shown);
}

static void
event_gives(const char *lines, const char *shown)
{
	gives(arena_printf(arena, "BEGIN:VEVENT\r\n%sSUMMARY:X\r\nEND:VEVENT\r\n", lines), shown);
}

/* The line of the first complaint and a part of its words. */
static void
complains(const char *text, size_t line, const char *words, const char *detail)
{
	struct ical_found found = read_raw(text, strlen(text));

	assert_true(found.problem_count > 0);
	if (found.problems[0].line != line || strstr(found.problems[0].text, words) == NULL)
		fail_msg("%zu %s", found.problems[0].line, found.problems[0].text);
	assert_string_equal(found.problems[0].detail, detail);
}

static void
event_complains(const char *line, size_t number, const char *words, const char *detail)
{
	complains(arena_printf(arena, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\n%s\r\nEND:VEVENT\r\n"
		"END:VCALENDAR\r\n", line), number, words, detail);
}

static void
days_of_all_sorts(void **state)
{
	(void)state;
	event_gives("DTSTART;VALUE=DATE:20261225\r\n", "2026-12-25 X");
	event_gives("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\n", "2026-12-25..2026-12-26 X");
	event_gives("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261225\r\n", "2026-12-25 X");
	event_gives("DTSTART;VALUE=DATE:20261225\r\nDURATION:P1W\r\n", "2026-12-25..2026-12-31 X");
	event_gives("dtstart:20261225\nDTEND:20261226\n", "2026-12-25 X");
	/* Over: only what is of this year or later is wanted. */
	event_gives("DTSTART;VALUE=DATE:20251225\r\n", "");
	event_gives("DTSTART;VALUE=DATE:20251225\r\nDTEND;VALUE=DATE:20260102\r\n", "2025-12-25..2026-01-01 X");
	assert_int_equal(read_events("BEGIN:VEVENT\nDTSTART:20200101\nEND:VEVENT\n").past, 1);
}

static void
times_close_a_part_of_a_day(void **state)
{
	(void)state;
	event_gives("DTSTART:20261224T120000\r\nDTEND:20261224T180000\r\n", "2026-12-24 within 00:00-12:00, 18:00-24:00 X");
	event_gives("DTSTART:20261224T110000Z\r\nDURATION:PT13H\r\n", "2026-12-24 within 00:00-12:00 X\n2026-12-25 within 01:00-24:00 X");
	event_gives("DTSTART;TZID=America/New_York:20261224T120000\r\nDTEND;TZID=\"America/New_York\":20261224T130000\r\n",
		"2026-12-24 within 00:00-18:00, 19:00-24:00 X");
	event_gives("DTSTART:20261224T120000\r\nDTEND:20261226T080000\r\n",
		"2026-12-24 within 00:00-12:00 X\n2026-12-25 X\n2026-12-26 within 08:00-24:00 X");
	event_gives("DTSTART:20261224T000000\r\nDTEND:20261225T000000\r\n", "2026-12-24 X");
	event_gives("DTSTART:20261224T120030\r\nDTEND:20261224T123030\r\n", "2026-12-24 within 00:00-12:00, 12:31-24:00 X");
	/* A time without an end takes none: it is not over, but closes nothing. */
	event_gives("DTSTART:20261224T120000\r\n", "");
	assert_int_equal(read_events("BEGIN:VEVENT\nDTSTART:20261224T120000\nEND:VEVENT\n").past, 0);
	assert_int_equal(read_events("BEGIN:VEVENT\nDTSTART:20261224T120000\nRRULE:FREQ=DAILY\nEND:VEVENT\n").past, 0);
	assert_int_equal(read_events("BEGIN:VEVENT\nDTSTART:20251224T120000\nDURATION:PT1H\nEND:VEVENT\n").past, 1);
	/* What began before the year and lasts until it, by its hours and by those between the zones. */
	event_gives("DTSTART;TZID=America/New_York:20251230T220000\r\nDURATION:PT23H\r\nRRULE:FREQ=MONTHLY;COUNT=1\r\n",
		"2026-01-01 within 03:00-24:00 X");
}

static void
lines_are_unfolded_and_texts_unescaped(void **state)
{
	static const char file[] = "\xef\xbb\xbf" "BEGIN:VCALENDAR\n\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:16010101T000000\nEND:STANDARD\n"
		"END:VTIMEZONE\nBEGIN:VEVENT\nDTSTART:20261225\nBEGIN:VALARM\nDURATION:bad\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n";
	struct ical_found found;

	(void)state;
	gives("BEGIN:VEVENT\r\nDTSTART;VALUE=DA\r\n TE:2026\r\n\t1225\r\nSUMMARY;LANGUAGE=en:Christmas\\, the\\n first\\; d\r\n ay \\\\ \xc3\xa9\r\n"
		"END:VEVENT\r\n", "2026-12-25 Christmas, the  first; day \\ \xc3\xa9");
	/* A letter may be cut in its middle. */
	gives("BEGIN:VEVENT\r\nDTSTART:20261225\r\nSUMMARY:No\xc3\r\n \xabl\r\nEND:VEVENT\r\n", "2026-12-25 No\xc3\xabl");
	found = read_events("X-WR-CALNAME:Feiertage\\, Bayern\r\n");
	assert_string_equal(found.name, "Feiertage, Bayern");
	/* A byte order mark, empty lines, and other components are passed over. */
	found = read_raw(file, strlen(file));
	assert_int_equal(found.problem_count, 0);
	assert_int_equal(found.count, 1);
}

static void
what_repeats_every_year_is_yearly(void **state)
{
	(void)state;
	event_gives("DTSTART;VALUE=DATE:19701225\r\nRRULE:FREQ=YEARLY\r\n", "1970-12-25 yearly X");
	event_gives("DTSTART;VALUE=DATE:19701225\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=12;BYMONTHDAY=25;WKST=SU\r\n", "1970-12-25 yearly X");
	event_gives("DTSTART;VALUE=DATE:20201231\r\nDTEND;VALUE=DATE:20210103\r\nRRULE:FREQ=YEARLY\r\n", "2020-12-31..2021-01-02 yearly X");
	event_gives("DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=YEARLY\r\n", "2026-12-01 yearly X");
	/* But not before it begins. */
	event_gives("DTSTART;VALUE=DATE:20281201\r\nRRULE:FREQ=YEARLY\r\n", "2028-12-01 X\n2029-12-01 X\n2030-12-01 X\n2031-12-01 X");
	event_gives("DTSTART;VALUE=DATE:20301231\r\nDURATION:P2D\r\nRRULE:FREQ=YEARLY\r\n",
		"2030-12-31..2031-01-01 X\n2031-12-31..2032-01-01 X");
	event_gives("DTSTART;VALUE=DATE:20261231\r\nDURATION:P2D\r\nRRULE:FREQ=YEARLY;BYMONTH=12\r\nEXDATE:20271231,20281231,20291231,20301231\r\n",
		"2026-12-31..2027-01-01 X\n2031-12-31..2032-01-01 X");
}

static void
rules_choose_days(void **state)
{
	(void)state;
	/* Thanksgiving, Memorial Day. */
	event_gives("DTSTART;VALUE=DATE:20101125\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20281231\r\n",
		"2026-11-26 X\n2027-11-25 X\n2028-11-23 X");
	event_gives("DTSTART;VALUE=DATE:20100531\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20271231T000000Z\r\n", "2026-05-25 X\n2027-05-31 X");
	event_gives("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;COUNT=3\r\n", "2026-01-01 X\n2027-01-01 X\n2028-01-01 X");
	event_gives("DTSTART;VALUE=DATE:20240101\r\nRRULE:FREQ=YEARLY;COUNT=3\r\n", "2026-01-01 X");
	event_gives("DTSTART;VALUE=DATE:20240101\r\nRRULE:FREQ=YEARLY;INTERVAL=4;UNTIL=20300101\r\n", "2028-01-01 X");
	event_gives("DTSTART;VALUE=DATE:20260102\r\nRRULE:FREQ=MONTHLY;COUNT=3\r\n", "2026-01-02 X\n2026-02-02 X\n2026-03-02 X");
	event_gives("DTSTART;VALUE=DATE:20260131\r\nRRULE:FREQ=MONTHLY;COUNT=3\r\n", "2026-01-31 X\n2026-03-31 X\n2026-05-31 X");
	event_gives("DTSTART;VALUE=DATE:20260113\r\nRRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;UNTIL=20261231\r\n",
		"2026-01-13 X\n2026-02-13 X\n2026-03-13 X\n2026-11-13 X");
	event_gives("DTSTART;VALUE=DATE:20260131\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2\r\n", "2026-01-31 X\n2026-02-28 X");
	event_gives("DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4\r\n",
		"2026-01-05 X\n2026-01-07 X\n2026-01-19 X\n2026-01-21 X");
	event_gives("DTSTART;VALUE=DATE:20260103\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;WKST=SU;COUNT=3\r\n",
		"2026-01-03 X\n2026-01-11 X\n2026-01-17 X");
	event_gives("DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=DAILY;INTERVAL=10;COUNT=3\r\n", "2026-01-05 X\n2026-01-15 X\n2026-01-25 X");
	event_gives("DTSTART;VALUE=DATE:20260410\r\nRRULE:FREQ=YEARLY;BYYEARDAY=100,-1;COUNT=3\r\n", "2026-04-10 X\n2026-12-31 X\n2027-04-10 X");
	event_gives("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=20291231\r\n", "2028-02-29 X");
	event_gives("DTSTART;VALUE=DATE:20260518\r\nRRULE:FREQ=YEARLY;BYDAY=20MO;COUNT=2\r\n", "2026-05-18 X\n2027-05-17 X");
	/* A rule that no day fits comes to its end. */
	event_gives("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=99991231\r\n", "2026-01-01 X");
	/* Times move with the clocks of their own zone. */
	event_gives("DTSTART;TZID=America/New_York:20260306T120000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n",
		"2026-03-06 within 00:00-18:00, 19:00-24:00 X\n2026-03-13 within 00:00-17:00, 18:00-24:00 X");
}

static void
days_are_added_and_left_out(void **state)
{
	(void)state;
	event_gives("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=MONTHLY;COUNT=4\r\nEXDATE;VALUE=DATE:20260201,20260301\r\nRDATE;VALUE=DATE:20260715\r\n",
		"2026-01-01 X\n2026-04-01 X\n2026-07-15 X");
	event_gives("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;UNTIL=20281231\r\nEXDATE;VALUE=DATE:20270101\r\n",
		"2026-01-01 X\n2028-01-01 X");
	event_gives("STATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260101\r\n", "");
	gives("BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260101\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nSUMMARY:X\r\nEND:VEVENT\r\n"
		"BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20270101\r\nDTSTART:20270104\r\nSUMMARY:Moved\r\nEND:VEVENT\r\n",
		"2026-01-01 X\n2027-01-04 Moved\n2028-01-01 X");
}

static void
bad_files_are_told_with_their_line(void **state)
{
	(void)state;
	complains("", 0, "empty", "");
	complains("\xef\xbb\xbf \n", 0, "empty", "");
	complains("\xff\xfe", 1, "UTF-8", "");
	complains("<html>\n<body>", 1, "BEGIN:VCALENDAR is awaited", "<html>");
	complains("\n\nBEGIN:VEVENT\n", 3, "cannot begin here", "VEVENT");
	complains("BEGIN:VCALENDAR\nEND:VEVENT\n", 2, "cannot end here", "VEVENT");
	complains("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n", 4, "not whole", "VEVENT");
	complains("BEGIN:VCALENDAR\nno colon\nEND:VCALENDAR\n", 2, "not understood", "no colon");
	complains("BEGIN:VCALENDAR\nA;B:c\nEND:VCALENDAR\n", 2, "not understood", "A;B:c");
	complains("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:No day\nEND:VEVENT\nEND:VCALENDAR\n", 2, "no DTSTART", "No day");
	event_complains("DTEND;VALUE=DATE:20261301", 4, "no date or time", "20261301");
	event_complains("DTEND;VALUE=DATE:2026122", 4, "no date or time", "2026122");
	event_complains("DTEND:20261225T250000", 4, "no date or time", "20261225T250000");
	event_complains("DTEND;TZID=Mars/Base:20261225T120000", 4, "time zone", "Mars/Base");
	event_complains("DTEND;TZID=../../etc/passwd:20261225T120000", 4, "time zone", "../../etc/passwd");
	event_complains("DURATION:1D", 4, "no duration", "1D");
	event_complains("DURATION:-P1D", 4, "no duration", "-P1D");
	event_complains("DURATION:P99999999W99999999W", 4, "no duration", "P99999999W99999999W");
	event_complains("DURATION:PT1M1H", 4, "no duration", "PT1M1H");
	event_complains("DURATION:P1DT1D", 4, "no duration", "P1DT1D");
	event_complains("DTEND;VALUE=DATE:20261224", 2, "ends before", "");
	event_complains("DTEND;VALUE=DATE:20280101", 2, "longer than a year", "");
	event_complains("RRULE:FREQ=HOURLY", 4, "repeats", "FREQ=HOURLY");
	event_complains("RRULE:FREQ=YEARLY;BYSETPOS=1", 4, "repeats", "BYSETPOS=1");
	event_complains("RRULE:FREQ=YEARLY;BYWEEKNO=1", 4, "repeats", "BYWEEKNO=1");
	event_complains("RRULE:FREQ=YEARLY;INTERVAL=0", 4, "repeats", "INTERVAL=0");
	event_complains("RRULE:FREQ=WEEKLY;BYDAY=2MO", 4, "repeats", "BYDAY=2MO");
	event_complains("RRULE:BYDAY=MO", 4, "repeats", "BYDAY=MO");
	event_complains("RRULE:", 4, "repeats", "");
	event_complains("RRULE:FREQ=YEARLY\nRRULE:FREQ=DAILY", 5, "second rule", "FREQ=DAILY");
	event_complains("EXRULE:FREQ=DAILY", 4, "repeats", "FREQ=DAILY");
}

static void
what_is_too_much_is_refused(void **state)
{
	struct ical_found found;
	struct str text;
	int i;

	(void)state;
	str_init(&text, arena);
	for (i = 0; i < ICAL_EVENTS_MAX + 1; i++)
		str_add(&text, "BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n");
	found = read_events(text.data);
	assert_int_equal(found.problem_count, 1);
	assert_non_null(strstr(found.problems[0].text, "more than %s events"));
	str_clear(&text);
	for (i = 0; i < 2000; i++)
		str_add(&text, "SUMMARY:12345678");
	str_add(&text, "\n");
	found = read_events(text.data);
	assert_int_equal(found.problem_count, 1);
	assert_int_equal(found.problems[0].line, 3);
	str_clear(&text);
	while (text.len <= ICAL_BYTES_MAX)
		str_add(&text, "X-COMMENT:1234567890123456789012345678901234567890\n");
	found = read_events(text.data);
	assert_int_equal(found.problem_count, 1);
	assert_non_null(strstr(found.problems[0].text, "larger than"));
	found = read_events("BEGIN:VEVENT\nDTSTART:20200101\nRRULE:FREQ=DAILY\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20200101\nRRULE:FREQ=DAILY\nEND:VEVENT\n");
	assert_int_equal(found.problem_count, 1);
	assert_int_equal(found.count, ICAL_FOUND_MAX);
}

/* So many of an event. */
static struct ical_found
read_many(int count, const char *lines)
{
	struct str text;

	str_init(&text, arena);
	while (count-- > 0)
		str_addf(&text, "BEGIN:VEVENT\n%sSUMMARY:X\nEND:VEVENT\n", lines);
	return read_events(text.data);
}

/* "RDATE:20250101,20250101 …" with as many days as may be listed, of last year. */
static const char *
added_days(void)
{
	struct str text;
	int i;

	str_init(&text, arena);
	str_add(&text, "RDATE:");
	for (i = 0; i < 400; i++)
		str_add(&text, i > 0 ? ",20250101" : "20250101");
	str_add(&text, "\n");
	return text.data;
}

/* Told by what is refused, because how long it takes depends on the machine. */
static void
what_takes_too_long_is_stopped(void **state)
{
	struct ical_found found;

	(void)state;
	/* Rules that count to what never comes, and times that are over before the year begins. */
	found = read_many(1000, "DTSTART:00010101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9\n");
	assert_true(found.problem_count > 900);
	assert_non_null(strstr(found.problems[0].text, "take too long"));
	found = read_many(100, arena_printf(arena, "DTSTART:20250101T100000\nDURATION:PT1H\n%s", added_days()));
	assert_true(found.problem_count > 50);
	assert_non_null(strstr(found.problems[0].text, "take too long"));
	assert_int_equal(found.past + found.problem_count, 100);
	/* What comes out of nothing that was asked for costs no more than its days. */
	found = read_many(100, "DTSTART;TZID=America/New_York:19000101T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=45000\n");
	assert_int_equal(found.problem_count, 0);
	assert_int_equal(found.past, 100);
	found = read_many(100, "DTSTART:20260101T100000\nRRULE:FREQ=DAILY\n");
	assert_int_equal(found.problem_count, 0);
	/* As many single events as a file may have are none too many. */
	found = read_many(ICAL_EVENTS_MAX, "DTSTART;TZID=America/New_York:20261224T100000\nDURATION:PT1H\n");
	assert_int_equal(found.problem_count, 0);
	assert_int_equal(found.count, ICAL_EVENTS_MAX);
}

static bool
count_day(void *arg, int64_t day)
{
	size_t *count = arg;

	(void)day;
	return ++*count < 3;
}

static void
rules_tell_the_days_that_are_asked_for(void **state)
{
	size_t budget = 10000, told = 0;
	struct ical_days days = { .start = 0, .from = 5000, .last = 9000, .budget = &budget };
	struct ical_rule rule;
	const char *part;

	(void)state;
	assert_true(ical_rule_read(arena, "FREQ=DAILY;COUNT=5002", &rule, &part));
	assert_true(ical_rule_each(&rule, &days, count_day, &told));
	assert_int_equal(told, 2);
	assert_int_equal(budget, 10000 - 5001);
	/* It was stopped, or the budget is not enough. */
	told = 0;
	rule.count = 0;
	assert_false(ical_rule_each(&rule, &days, count_day, &told));
	assert_int_equal(told, 3);
	told = 0;
	budget = 2;
	assert_false(ical_rule_each(&rule, &days, count_day, &told));
	assert_int_equal(told, 2);
}

/* The machine is asked for each of them. */
static void
zones_have_a_limit(void **state)
{
	struct ical_found found;
	struct str text;
	int i;

	(void)state;
	str_init(&text, arena);
	for (i = 1; i <= 26; i++)
		str_addf(&text, "BEGIN:VEVENT\nDTSTART;TZID=Etc/GMT%+d:20261224T100000\nDURATION:PT1H\nEND:VEVENT\n", i <= 14 ? -i : i - 14);
	found = read_events(text.data);
	assert_int_equal(found.problem_count, 1);
	assert_non_null(strstr(found.problems[0].text, "more than %s time zones"));
	assert_string_equal(found.problems[0].detail, "25");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_of_all_sorts),
		cmocka_unit_test(times_close_a_part_of_a_day),
		cmocka_unit_test(lines_are_unfolded_and_texts_unescaped),
		cmocka_unit_test(what_repeats_every_year_is_yearly),
		cmocka_unit_test(rules_choose_days),
		cmocka_unit_test(days_are_added_and_left_out),
		cmocka_unit_test(bad_files_are_told_with_their_line),
		cmocka_unit_test(what_is_too_much_is_refused),
		cmocka_unit_test(what_takes_too_long_is_stopped),
		cmocka_unit_test(rules_tell_the_days_that_are_asked_for),
		cmocka_unit_test(zones_have_a_limit)
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
