/* SPDX-License-Identifier: BSD-2-Clause */
/* test_routing_rules.c - at whom a chat rings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/check.h"
#include "rooms/routing/routing_rules.h"

#define NOW ((clock_ms)1000000000)

static void
room_is_limit_less_active_less_elsewhere(void **state)
{
	struct able_agent agents[] = {
		{ .id = 1, .max_chats = 3, .chats = 1, .elsewhere = 1 }, { .id = 2, .max_chats = 0, .chats = 50 },
		{ .id = 3, .max_chats = 2, .chats = 4 }
	};

	(void)state;
	routing_count_room(agents, COUNT_OF(agents));
	assert_int_equal(agents[0].room, 1);
	assert_int_equal(agents[1].room, ROUTING_RINGS_MAX);
	assert_int_equal(agents[2].room, -2);
}

static void
a_new_chat_rings_at_whoever_has_room(void **state)
{
	struct able_agent agents[] = { { .id = 1, .room = 1 }, { .id = 2, .room = 0 } };

	(void)state;
	assert_int_equal(routing_step_for(&agents[0], NULL, 0, agents, 2, NOW), ROUTING_STEP_RING);
	assert_int_equal(routing_step_for(&agents[1], NULL, 0, agents, 2, NOW), ROUTING_STEP_NONE);
}

static void
ringing_goes_on_until_the_room_is_gone(void **state)
{
	struct able_agent agents[] = { { .id = 1, .room = 1 }, { .id = 2, .room = 0 } };
	const struct offer offers[] = { { .agent_id = 1, .state = "ringing" }, { .agent_id = 2, .state = "ringing" } };

	(void)state;
	assert_int_equal(routing_step_for(&agents[0], offers, 2, agents, 2, NOW), ROUTING_STEP_KEEP);
	assert_int_equal(routing_step_for(&agents[1], offers, 2, agents, 2, NOW), ROUTING_STEP_WITHDRAW);
}

static void
a_refusal_holds_while_others_may_take_it(void **state)
{
	struct able_agent agents[] = { { .id = 1, .room = 1 }, { .id = 2, .room = 1 } };
	const struct offer offers[] = {
		{ .agent_id = 1, .state = "refused", .answered_at = NOW - 2 * ROUTING_RING_AGAIN },
		{ .agent_id = 2, .state = "refused", .answered_at = NOW - ROUTING_RING_AGAIN + 1 }
	};

	(void)state;
	assert_int_equal(routing_step_for(&agents[0], offers, 1, agents, 2, NOW), ROUTING_STEP_NONE);
	assert_int_equal(routing_step_for(&agents[1], offers, 1, agents, 2, NOW), ROUTING_STEP_RING);
	/* All refused: it rings again at those whose refusal is old enough, so that nothing is stuck. */
	assert_int_equal(routing_step_for(&agents[0], offers, 2, agents, 2, NOW), ROUTING_STEP_RING);
	assert_int_equal(routing_step_for(&agents[1], offers, 2, agents, 2, NOW), ROUTING_STEP_NONE);
}

static void
withdrawn_and_taken_offers_ring_again(void **state)
{
	struct able_agent agents[] = { { .id = 1, .room = 1 } };
	const struct offer withdrawn[] = { { .agent_id = 1, .state = "withdrawn" } };
	const struct offer taken[] = { { .agent_id = 1, .state = "taken" } };

	(void)state;
	assert_int_equal(routing_step_for(&agents[0], withdrawn, 1, agents, 1, NOW), ROUTING_STEP_RING);
	assert_int_equal(routing_step_for(&agents[0], taken, 1, agents, 1, NOW), ROUTING_STEP_RING);
	assert_true(routing_is_able(agents, 1, 1));
	assert_false(routing_is_able(agents, 1, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(room_is_limit_less_active_less_elsewhere),
		cmocka_unit_test(a_new_chat_rings_at_whoever_has_room),
		cmocka_unit_test(ringing_goes_on_until_the_room_is_gone),
		cmocka_unit_test(a_refusal_holds_while_others_may_take_it),
		cmocka_unit_test(withdrawn_and_taken_offers_ring_again)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
