/* SPDX-License-Identifier: BSD-2-Clause */
/* test_status_rules.c - when a status changes by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/check.h"
#include "rooms/people/status/status_rules.h"

#define NOW ((clock_ms)1000000000)
#define MINUTES(n) ((clock_ms)(n) * CLOCK_MINUTE)

static const struct presence usual = {
	.away_minutes = 30, .away_missed = 3, .ring_seconds = 60, .closed_console = "keep", .signed_in = "keep", .log_days = 365
};

/* Online, with an open console that was used a moment ago. */
static struct agent
present(void)
{
	return (struct agent){ .id = 1, .status = "online", .seen_at = NOW, .active_at = NOW };
}

static void
nobody_is_away_before_the_time(void **state)
{
	struct agent agent = present();

	(void)state;
	assert_int_equal(presence_step_for(&usual, &agent, NOW), PRESENCE_KEEP);
	agent.active_at = NOW - MINUTES(30) + 1;
	assert_int_equal(presence_step_for(&usual, &agent, NOW), PRESENCE_KEEP);
	agent.active_at = NOW - MINUTES(30);
	assert_int_equal(presence_step_for(&usual, &agent, NOW), PRESENCE_TIMEOUT);
}

static void
too_many_missed_offers_are_away(void **state)
{
	struct agent agent = present();

	(void)state;
	agent.missed = 2;
	assert_int_equal(presence_step_for(&usual, &agent, NOW), PRESENCE_KEEP);
	agent.missed = 3;
	assert_int_equal(presence_step_for(&usual, &agent, NOW), PRESENCE_MISSED);
	agent.missed = 9;
	assert_int_equal(presence_step_for(&usual, &agent, NOW), PRESENCE_MISSED);
}

static void
zero_is_never(void **state)
{
	struct presence never = usual;
	struct agent agent = present();

	(void)state;
	never.away_minutes = 0;
	never.away_missed = 0;
	agent.active_at = 1;
	agent.missed = 1000;
	assert_int_equal(presence_step_for(&never, &agent, NOW), PRESENCE_KEEP);
}

static void
a_closed_tab_never_overrides_what_was_chosen(void **state)
{
	static const char *const chosen[] = { "online", "away", "offline" };
	struct agent agent = { .seen_at = NOW - 10 * CLOCK_DAY, .active_at = NOW - 10 * CLOCK_DAY, .missed = 9 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(chosen); i++) {
		agent.status = chosen[i];
		assert_int_equal(presence_step_for(&usual, &agent, NOW), PRESENCE_KEEP);
	}
}

static void
a_closed_tab_is_offline_where_the_company_wants_it(void **state)
{
	const clock_ms grace = AGENT_GONE_AFTER + PRESENCE_GRACE;
	struct presence strict = usual;
	struct agent agent = present();

	(void)state;
	strict.closed_console = "offline";
	agent.seen_at = NOW - grace + 1;
	assert_int_equal(presence_step_for(&strict, &agent, NOW), PRESENCE_KEEP);
	agent.seen_at = NOW - grace;
	assert_int_equal(presence_step_for(&strict, &agent, NOW), PRESENCE_CLOSED);
	agent.status = "away";
	assert_int_equal(presence_step_for(&strict, &agent, NOW), PRESENCE_CLOSED);
	agent.status = "offline";
	assert_int_equal(presence_step_for(&strict, &agent, NOW), PRESENCE_KEEP);
}

static void
who_chose_to_be_away_stays_so(void **state)
{
	struct agent agent = present();

	(void)state;
	agent.status = "away";
	agent.active_at = 1;
	agent.missed = 5;
	assert_int_equal(presence_step_for(&usual, &agent, NOW), PRESENCE_KEEP);
}

static void
a_step_says_what_and_why(void **state)
{
	struct status_change change = { .agent = 7 };

	(void)state;
	presence_change(&usual, PRESENCE_TIMEOUT, &change);
	assert_string_equal(change.status, "away");
	assert_string_equal(change.reason, "timeout");
	assert_int_equal(change.detail, 30);
	presence_change(&usual, PRESENCE_MISSED, &change);
	assert_string_equal(change.reason, "missed");
	assert_int_equal(change.detail, 3);
	presence_change(&usual, PRESENCE_CLOSED, &change);
	assert_string_equal(change.status, "offline");
	assert_string_equal(change.reason, "closed");
	assert_int_equal(change.agent, 7);
}

static void
statuses_are_read_as_forms_send_them(void **state)
{
	static const char *const bad[] = { "", "Online", "away:", "away:0", "away:x", "away:-1", "away: 5", "online:5", "busy",
		"away:99999999999999999999" };
	struct status_change change = { .away_id = 9 };
	size_t i;

	(void)state;
	assert_true(agent_read_status("online", &change));
	assert_string_equal(change.status, "online");
	assert_int_equal(change.away_id, 0);
	assert_true(agent_read_status("away:5", &change));
	assert_string_equal(change.status, "away");
	assert_int_equal(change.away_id, 5);
	assert_true(agent_read_status("offline", &change));
	assert_int_equal(change.away_id, 0);
	assert_false(agent_read_status(NULL, &change));
	for (i = 0; i < COUNT_OF(bad); i++)
		assert_false(agent_read_status(bad[i], &change));
}

static void
spans_read_as_a_clock(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(status_span(arena, 0), "0:00");
	assert_string_equal(status_span(arena, 245 * CLOCK_SECOND), "4:05");
	assert_string_equal(status_span(arena, CLOCK_DAY + 2 * CLOCK_HOUR + 125 * CLOCK_SECOND), "26:02:05");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_away_before_the_time),
		cmocka_unit_test(too_many_missed_offers_are_away),
		cmocka_unit_test(zero_is_never),
		cmocka_unit_test(a_closed_tab_never_overrides_what_was_chosen),
		cmocka_unit_test(a_closed_tab_is_offline_where_the_company_wants_it),
		cmocka_unit_test(who_chose_to_be_away_stays_so),
		cmocka_unit_test(a_step_says_what_and_why),
		cmocka_unit_test(statuses_are_read_as_forms_send_them),
		cmocka_unit_test(spans_read_as_a_clock)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
