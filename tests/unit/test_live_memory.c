/* SPDX-License-Identifier: BSD-2-Clause */
/* test_live_memory.c - events are recalled in order and once, forgotten in order, and a gap is never hidden. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "core/str.h"
#include "rooms/live/live_memory.h"

/* Somebody who hears up to three topics. */
struct ear {
	struct topic *topics[3];
	struct link links[3];
	size_t count;
};

static void
ear_open(struct ear *ear, struct memory *memory, const char *const *names, size_t count)
{
	ear->count = count;
	for (size_t i = 0; i < count; i++) {
		ear->topics[i] = memory_topic(memory, names[i]);
		list_add(&ear->topics[i]->hearings, &ear->links[i]);
	}
}

static void
ear_close(struct ear *ear, struct memory *memory)
{
	for (size_t i = 0; i < ear->count; i++) {
		list_remove(&ear->links[i]);
		memory_let_go(memory, ear->topics[i]);
	}
}

static bool
ear_reaches(const struct ear *ear, uint64_t position)
{
	return memory_reaches(ear->topics, ear->count, position);
}

static uint64_t
ring(struct memory *memory, enum memory_kind kind, const char *a, const char *b, const char *json)
{
	char one[BUFSIZ], other[BUFSIZ];
	char *names[] = { one, other };

	snprintf(one, sizeof one, "%s", a);
	snprintf(other, sizeof other, "%s", b == NULL ? "" : b);
	return memory_add(memory, kind, names, b == NULL ? 1 : 2, json).position;
}

/* What the ear gets after a position, one after the other. */
static const char *
recall(struct arena *arena, const struct ear *ear, uint64_t position)
{
	struct live_event *events;
	size_t count = memory_after(arena, ear->topics, ear->count, position, &events);
	struct str out;

	str_init(&out, arena);
	for (size_t i = 0; i < count; i++) {
		assert_true(i == 0 || events[i].position > events[i - 1].position);
		assert_int_equal(events[i].len, strlen(events[i].json));
		str_add_bytes(&out, events[i].json, events[i].len);
	}
	return out.data;
}

static void
each_event_once_and_in_order(void **state)
{
	static const char *const both[] = { "5.q1", "5.a1" }, *const one[] = { "5.a1" };
	struct memory *memory = memory_new(100000);
	struct arena *arena = arena_new();
	struct ear agent, other;

	(void)state;
	ear_open(&agent, memory, both, 2);
	ear_open(&other, memory, one, 1);
	assert_int_equal(memory_position(memory), 0);
	assert_int_equal(ring(memory, MEMORY_RUNG, "5.q1", NULL, "a"), 1);
	ring(memory, MEMORY_RUNG, "5.a1", "5.q1", "b");
	ring(memory, MEMORY_RUNG, "5.a2", NULL, "x");
	ring(memory, MEMORY_SAID, "5.a1", NULL, "c");
	ring(memory, MEMORY_RUNG, "5.q1", "5.q1", "d");
	assert_int_equal(memory_position(memory), 5);
	assert_string_equal(recall(arena, &agent, 0), "abcd");
	assert_string_equal(recall(arena, &agent, 1), "bcd");
	assert_string_equal(recall(arena, &agent, 4), "d");
	assert_string_equal(recall(arena, &agent, 5), "");
	assert_string_equal(recall(arena, &other, 0), "bc");
	assert_true(ear_reaches(&agent, 0));
	ear_close(&agent, memory);
	ear_close(&other, memory);
	memory_free(memory);
	arena_free(arena);
}

static void
what_was_said_is_soon_forgotten(void **state)
{
	static const char *const names[] = { "5.c1" };
	struct memory *memory = memory_new(100000);
	struct arena *arena = arena_new();
	struct ear ear;

	(void)state;
	ear_open(&ear, memory, names, 1);
	memory_age(memory, 1000);
	ring(memory, MEMORY_SAID, "5.c1", NULL, "s");
	ring(memory, MEMORY_RUNG, "5.c1", NULL, "r");
	memory_age(memory, 1000 + MEMORY_SAID_LIFE);
	assert_string_equal(recall(arena, &ear, 0), "sr");
	memory_age(memory, 1001 + MEMORY_SAID_LIFE);
	assert_string_equal(recall(arena, &ear, 0), "r");
	assert_true(ear_reaches(&ear, 0));              /* nobody must resync for it */
	memory_age(memory, 1001 + MEMORY_LIFE);
	assert_string_equal(recall(arena, &ear, 0), "");
	assert_false(ear_reaches(&ear, 1));             /* but for this one */
	assert_true(ear_reaches(&ear, 2));
	assert_int_equal(memory_bytes(memory), 0);
	ear_close(&ear, memory);
	memory_free(memory);
	arena_free(arena);
}

static void
a_full_memory_forgets_the_oldest(void **state)
{
	static const char *const loud[] = { "5.q1" }, *const quiet[] = { "6.q1" }, *const late[] = { "7.q1" };
	struct memory *memory = memory_new(20000);
	struct arena *arena = arena_new();
	struct ear noise, silence, newcomer;
	char text[401] = { 0 };

	(void)state;
	memset(text, 'x', sizeof text - 1);
	ear_open(&noise, memory, loud, 1);
	ear_open(&silence, memory, quiet, 1);
	ring(memory, MEMORY_RUNG, "7.q1", NULL, "gone");
	for (int i = 0; i < 200; i++)
		ring(memory, MEMORY_RUNG, "5.q1", NULL, text);
	assert_true(memory_bytes(memory) <= 20000 && memory_bytes(memory) > 18000);
	assert_false(ear_reaches(&noise, 0));
	assert_false(ear_reaches(&noise, 100));
	assert_true(ear_reaches(&noise, 190));
	assert_int_equal(strlen(recall(arena, &noise, 190)), 11 * 400);
	assert_true(ear_reaches(&silence, 0));          /* nothing of its own is gone */
	ear_open(&newcomer, memory, late, 1);           /* its topic was forgotten, with its event */
	assert_false(ear_reaches(&newcomer, 0));
	assert_true(ear_reaches(&newcomer, 201));
	ear_close(&noise, memory);
	ear_close(&silence, memory);
	ear_close(&newcomer, memory);
	memory_free(memory);
	arena_free(arena);
}

static void
one_topic_cannot_take_all(void **state)
{
	static const char *const loud[] = { "5.q1" }, *const shared[] = { "5.t" };
	struct memory *memory = memory_new((size_t)10000000);
	struct arena *arena = arena_new();
	struct ear noise, all;

	(void)state;
	ear_open(&noise, memory, loud, 1);
	ear_open(&all, memory, shared, 1);
	ring(memory, MEMORY_RUNG, "5.q1", "5.t", "b");
	for (int i = 0; i < MEMORY_TOPIC_MAX; i++)
		ring(memory, MEMORY_RUNG, "5.q1", NULL, "a");
	assert_false(ear_reaches(&noise, 0));
	assert_true(ear_reaches(&noise, 1));
	assert_int_equal(strlen(recall(arena, &noise, 1)), MEMORY_TOPIC_MAX);
	assert_true(ear_reaches(&all, 0));              /* still listed on the other topic */
	assert_string_equal(recall(arena, &all, 0), "b");
	ear_close(&noise, memory);
	ear_close(&all, memory);
	memory_free(memory);
	arena_free(arena);
}

/* Random rings against a plain model: who asks from any position either gets exactly what is missing or is told that it is gone. */
static void
no_gap_is_hidden(void **state)
{
	static const char *const names[] = { "1.a", "1.b", "1.c" };
	static uint8_t lists[4000];     /* by position: a bit for each topic */
	struct memory *memory = memory_new(30000);
	struct arena *arena = arena_new();
	uint32_t seed = 7, reached = 0;
	struct ear ear;

	(void)state;
	ear_open(&ear, memory, names, 2);
	for (uint64_t position = 1; position < COUNT_OF(lists); position++) {
		unsigned first = (seed = seed * 1664525 + 1013904223) >> 30, second = seed >> 28 & 3;
		uint64_t from = position - (seed >> 20 & 255) % position;
		size_t want = 0;

		first = first == 3 ? 0 : first;
		assert_int_equal(ring(memory, MEMORY_RUNG, names[first], second == 3 ? NULL : names[second], "e"), position);
		lists[position] = (uint8_t)(1 << first | (second == 3 ? 0 : 1 << second));
		if (!ear_reaches(&ear, from))
			continue;
		reached++;
		for (uint64_t i = from + 1; i <= position; i++)
			want += (lists[i] & 3) != 0;
		assert_int_equal(strlen(recall(arena, &ear, from)), want);
		arena_reset(arena);
	}
	assert_in_range(reached, 1000, COUNT_OF(lists) - 100);
	ear_close(&ear, memory);
	memory_free(memory);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_event_once_and_in_order),
		cmocka_unit_test(what_was_said_is_soon_forgotten),
		cmocka_unit_test(a_full_memory_forgets_the_oldest),
		cmocka_unit_test(one_topic_cannot_take_all),
		cmocka_unit_test(no_gap_is_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
