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
#define RING (60 * CLOCK_SECOND)

static struct ringing
chat(const struct offer *offers, size_t offer_count, const struct able_agent *agents, size_t agent_count)
{
	return (struct ringing){ .offers = offers, .offer_count = offer_count, .agents = agents, .agent_count = agent_count,
		.now = NOW, .most = RING };
}

static enum routing_step
step(const struct able_agent *agent, struct ringing ringing)
{
	return routing_step_for(agent, &ringing);
}

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
	assert_int_equal(step(&agents[0], chat(NULL, 0, agents, 2)), ROUTING_STEP_RING);
	assert_int_equal(step(&agents[1], chat(NULL, 0, agents, 2)), ROUTING_STEP_NONE);
}

static void
ringing_goes_on_until_the_room_is_gone(void **state)
{
	struct able_agent agents[] = { { .id = 1, .room = 1 }, { .id = 2, .room = 0 } };
	const struct offer offers[] = { { .agent_id = 1, .state = "ringing", .offered_at = NOW - RING + 1 },
		{ .agent_id = 2, .state = "ringing", .offered_at = NOW - RING } };

	(void)state;
	assert_int_equal(step(&agents[0], chat(offers, 2, agents, 2)), ROUTING_STEP_KEEP);
	assert_int_equal(step(&agents[1], chat(offers, 2, agents, 2)), ROUTING_STEP_WITHDRAW);
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
	assert_int_equal(step(&agents[0], chat(offers, 1, agents, 2)), ROUTING_STEP_NONE);
	assert_int_equal(step(&agents[1], chat(offers, 1, agents, 2)), ROUTING_STEP_RING);
	/* All refused: it rings again at those whose refusal is old enough, so that nothing is stuck. */
	assert_int_equal(step(&agents[0], chat(offers, 2, agents, 2)), ROUTING_STEP_RING);
	assert_int_equal(step(&agents[1], chat(offers, 2, agents, 2)), ROUTING_STEP_NONE);
	/* Who has no room cannot take it, and keeps it from nobody. */
	agents[1].room = 0;
	assert_int_equal(step(&agents[0], chat(offers, 1, agents, 2)), ROUTING_STEP_RING);
}

static void
withdrawn_and_taken_offers_ring_again(void **state)
{
	struct able_agent agents[] = { { .id = 1, .room = 1 } };
	const struct offer withdrawn[] = { { .agent_id = 1, .state = "withdrawn" } };
	const struct offer taken[] = { { .agent_id = 1, .state = "taken" } };

	(void)state;
	assert_int_equal(step(&agents[0], chat(withdrawn, 1, agents, 1)), ROUTING_STEP_RING);
	assert_int_equal(step(&agents[0], chat(taken, 1, agents, 1)), ROUTING_STEP_RING);
	assert_true(routing_is_able(agents, 1, 1));
	assert_false(routing_is_able(agents, 1, 2));
}

static void
an_offer_that_rang_for_long_is_missed(void **state)
{
	struct able_agent agents[] = { { .id = 1, .room = 1 }, { .id = 2, .room = 1 } };
	struct offer offers[] = { { .agent_id = 1, .state = "ringing", .offered_at = NOW - RING },
		{ .agent_id = 2, .state = "ringing", .offered_at = NOW - RING + 1 } };
	struct ringing ringing = chat(offers, 2, agents, 2);

	(void)state;
	assert_int_equal(step(&agents[0], ringing), ROUTING_STEP_MISS);
	assert_int_equal(step(&agents[1], ringing), ROUTING_STEP_KEEP);
	assert_int_equal(routing_rings_since(&ringing, 1), NOW - RING);
	assert_int_equal(routing_rings_since(&ringing, 3), 0);
}

static void
what_all_missed_or_refused_rings_again(void **state)
{
	struct able_agent agents[] = { { .id = 1, .room = 1 }, { .id = 2, .room = 1 } };
	const struct offer offers[] = {
		{ .agent_id = 1, .state = "missed", .answered_at = NOW - ROUTING_RING_AGAIN },
		{ .agent_id = 2, .state = "refused", .answered_at = NOW - ROUTING_RING_AGAIN + 1 }
	};

	(void)state;
	/* While the other has not been asked, it stays with him. */
	assert_int_equal(step(&agents[0], chat(offers, 1, agents, 2)), ROUTING_STEP_NONE);
	assert_int_equal(step(&agents[1], chat(offers, 1, agents, 2)), ROUTING_STEP_RING);
	assert_int_equal(step(&agents[0], chat(offers, 2, agents, 2)), ROUTING_STEP_RING);
	assert_int_equal(step(&agents[1], chat(offers, 2, agents, 2)), ROUTING_STEP_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(room_is_limit_less_active_less_elsewhere),
		cmocka_unit_test(a_new_chat_rings_at_whoever_has_room),
		cmocka_unit_test(ringing_goes_on_until_the_room_is_gone),
		cmocka_unit_test(a_refusal_holds_while_others_may_take_it),
		cmocka_unit_test(withdrawn_and_taken_offers_ring_again),
		cmocka_unit_test(an_offer_that_rang_for_long_is_missed),
		cmocka_unit_test(what_all_missed_or_refused_rings_again)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
