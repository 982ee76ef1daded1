/* SPDX-License-Identifier: BSD-2-Clause */
/* test_feed_rules.c - subscribed calendars: which addresses, what is said of failures, when the next try is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/check.h"
#include "core/conf.h"
#include "rooms/hours/feed.h"

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
addresses_are_kept_as_they_are_asked(void **state)
{
	(void)state;
	assert_string_equal(feed_address(arena, "  https://a.example/x.ics\r\n"), "https://a.example/x.ics");
	assert_string_equal(feed_address(arena, "webcal://a.example/x.ics"), "https://a.example/x.ics");
	assert_string_equal(feed_address(arena, "webcals://a.example"), "webcals://a.example");
	assert_string_equal(feed_address(arena, " "), "");
}

/* What stands in feeds_private is compared with this. */
static void
the_server_of_an_address(void **state)
{
	static const struct {
		const char *url, *server;
	} cases[] = {
		{ "https://Feeds.Example.com/a/b?c#d", "feeds.example.com:443" }, { "http://a.example", "a.example:80" },
		{ "http://a.example:8080/x", "a.example:8080" }, { "http://127.1/x", "127.0.0.1:80" }, { "http://0x7f000001:81/", "127.0.0.1:81" },
		{ "http://[::1]:8080/x", "[::1]:8080" }, { "http://a.example:80@b.example/", NULL }, { "https://user:word@a.example/", NULL },
		{ "ftp://a.example/x", NULL }, { "file:///etc/passwd", NULL }, { "//a.example/x", NULL }, { "", NULL }, { "http://", NULL },
		{ "http://a.example:99999/", NULL }
	};
	const char *server;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++) {
		server = net_authority(arena, cases[i].url);
		if (cases[i].server == NULL)
			assert_null(server);
		else
			assert_string_equal(server, cases[i].server);
	}
}

static void
words_of_a_list(void **state)
{
	(void)state;
	assert_true(conf_names(arena, "a.example:80, B.example:81", "b.example:81"));
	assert_true(conf_names(arena, "a:1", "a:1"));
	assert_false(conf_names(arena, "a:11", "a:1"));
	assert_false(conf_names(arena, "a:1", "a:11"));
	assert_false(conf_names(arena, "", "a:1"));
	assert_false(conf_names(arena, ",,", "a:1"));
}

static void
redirects(void **state)
{
	(void)state;
	assert_true(feed_may_follow("http://a.example/", "https://a.example/"));
	assert_true(feed_may_follow("http://a.example/", "http://b.example/"));
	assert_true(feed_may_follow("https://a.example/", "https://b.example/"));
	assert_false(feed_may_follow("https://a.example/", "http://a.example/"));
	assert_false(feed_may_follow("http://a.example/", "file:///etc/passwd"));
	assert_false(feed_may_follow("http://a.example/", "gopher://a.example/"));
	assert_false(feed_may_follow("http://a.example/", arena_printf(arena, "http://a.example/%03000d", 0)));
	assert_true(feed_is_redirect(301) && feed_is_redirect(302) && feed_is_redirect(303) && feed_is_redirect(307) && feed_is_redirect(308));
	assert_false(feed_is_redirect(300) || feed_is_redirect(304) || feed_is_redirect(200));
}

static void
tries_are_a_day_apart_or_less_and_less_often(void **state)
{
	static const clock_ms waits[] = { 15, 30, 60, 120, 240, 480, 960, 1440, 1440 };
	struct feed feed = { .fetched_at = 5 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(waits); i++) {
		feed_tried(&feed, false, 1000);
		assert_int_equal(feed.due_at, 1000 + waits[i] * CLOCK_MINUTE);
		assert_int_equal(feed.failures, i + 1);
		assert_int_equal(feed.fetched_at, 5);
		assert_int_equal(feed.tried_at, 1000);
	}
	feed.failures = UINT64_MAX / 2;
	feed_tried(&feed, false, 1000);
	assert_int_equal(feed.due_at, 1000 + CLOCK_DAY);
	feed_tried(&feed, true, 2000);
	assert_int_equal(feed.due_at, 2000 + CLOCK_DAY);
	assert_int_equal(feed.failures, 0);
	assert_int_equal(feed.fetched_at, 2000);
}

static void
a_file_of_last_year_is_read_anew(void **state)
{
	struct feed feed = { .etag = "\"1\"", .modified = "", .zone = "UTC", .read_zone = "UTC" };
	clock_ms now = 0;

	(void)state;
	assert_true(clock_from_iso("2026-12-31T23:00:00Z", &feed.fetched_at) && clock_from_iso("2026-12-31T23:59:00Z", &now));
	assert_true(feed_is_fresh(&feed, now));
	assert_false(feed_is_fresh(&feed, now + CLOCK_HOUR));
	feed.etag = "";
	assert_false(feed_is_fresh(&feed, now));
	feed.modified = "Sat, 21 Nov 2026 10:00:00 GMT";
	assert_true(feed_is_fresh(&feed, now));
	feed.read_zone = "Europe/Paris";
	assert_false(feed_is_fresh(&feed, now));
}

static struct ical_found
read_text(const char *text)
{
	const struct ical_input input = { .text = text, .len = strlen(text), .zone = "UTC", .now = CLOCK_DAY };
	struct ical_found found;

	ical_read(arena, &input, &found);
	return found;
}

#define HEAD "BEGIN:VCALENDAR\r\n"
#define BAD "BEGIN:VEVENT\r\nDTSTART:never\r\nEND:VEVENT\r\n"

/* What was not read to its end must never take the place of what was. */
static void
broken_files(void **state)
{
	static const char *const broken[] = { "", "<html>", HEAD, HEAD "BEGIN:VEVENT\r\n", HEAD "END:VEVENT\r\n", HEAD BAD, HEAD "\xff\r\nEND:VCALENDAR",
		HEAD "END:VCALENDAR\r\nmore" };
	static const char *const whole[] = { HEAD "END:VCALENDAR\r\n", HEAD "END:VCALENDAR", HEAD BAD "END:VCALENDAR\r\n" };
	struct feed feed = { .id = 1 };
	struct ical_found found;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(broken); i++)
		assert_true(read_text(broken[i]).is_broken);
	for (i = 0; i < COUNT_OF(whole); i++)
		assert_false(read_text(whole[i]).is_broken);
	found = read_text(HEAD BAD "END:VCALENDAR\r\n");
	feed_found(&feed, &found);
	assert_int_equal(feed.left_out, 1);
	assert_int_equal(feed.problem_line, 3);
	found = read_text(HEAD BAD);                    /* what stopped it is told, not what would be left out */
	feed_found(&feed, &found);
	assert_non_null(strstr(feed.problem, "not whole"));
	found = read_text(HEAD "END:VCALENDAR\r\n");
	feed_found(&feed, &found);
	assert_string_equal(feed.problem, "");
	assert_int_equal(feed.left_out, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_kept_as_they_are_asked),
		cmocka_unit_test(the_server_of_an_address),
		cmocka_unit_test(words_of_a_list),
		cmocka_unit_test(redirects),
		cmocka_unit_test(tries_are_a_day_apart_or_less_and_less_often),
		cmocka_unit_test(a_file_of_last_year_is_read_anew),
		cmocka_unit_test(broken_files)
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
