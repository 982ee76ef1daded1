/* SPDX-License-Identifier: BSD-2-Clause */
/* test_arena.c - memory that is zeroed, aligned, grows and comes back clean after a reset. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/check.h"

static bool
is_zero(const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

static void
alloc_is_zeroed_and_aligned(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t size = 0; size < 3000; size += 7) {
		unsigned char *bytes = arena_alloc(arena, size);

		assert_non_null(bytes);
		assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
		assert_true(is_zero(bytes, size));
		memset(bytes, 0xa5, size);
	}
	arena_free(arena);
	arena_free(NULL);
}

static void
empty_allocations_differ(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_ptr_not_equal(arena_alloc(arena, 0), arena_alloc(arena, 0));
	arena_free(arena);
}

static void
reset_zeroes_what_was_used(void **state)
{
	struct arena *arena = arena_new();
	unsigned char *first = arena_alloc(arena, 1000);

	(void)state;
	for (int round = 0; round < 20; round++) {
		unsigned char *again;

		memset(first, 0xff, 1000);
		for (int i = 0; i < 50; i++)
			memset(arena_alloc(arena, 5000), 0xff, 5000);
		arena_reset(arena);
		again = arena_alloc(arena, 1000);
		assert_ptr_equal(again, first);
		assert_true(is_zero(again, 1000));
		assert_true(is_zero(arena_alloc(arena, 14000), 14000));
	}
	arena_free(arena);
}

static void
big_things_leave_the_front_block_in_use(void **state)
{
	struct arena *arena = arena_new();
	unsigned char *before = arena_alloc(arena, 16);
	unsigned char *big = arena_alloc(arena, 1 << 20);
	unsigned char *after = arena_alloc(arena, 16);

	(void)state;
	assert_true(is_zero(big, 1 << 20));
	memset(big, 1, 1 << 20);
	assert_true(after > before && after - before <= 64);
	arena_reset(arena);
	assert_true(is_zero(arena_alloc(arena, 1 << 20), 1 << 20));
	arena_free(arena);
}

static void
copies(void **state)
{
	struct arena *arena = arena_new();
	char *number = arena_printf(arena, "%d-%s", 7, "x");
	char *wide = arena_printf(arena, "%0300d", 5);
	static const unsigned char bytes[] = { 1, 0, 2 };

	(void)state;
	assert_null(arena_text(arena, NULL));
	assert_string_equal(arena_text(arena, "grün"), "grün");
	assert_string_equal(arena_text_of(arena, "abcdef", 3), "abc");
	assert_string_equal(arena_text_of(arena, NULL, 0), "");
	assert_memory_equal(arena_copy(arena, bytes, 3), bytes, 3);
	assert_non_null(arena_copy(arena, NULL, 0));
	assert_string_equal(number, "7-x");
	assert_int_equal(strlen(wide), 300);
	for (int len = 250; len < 262; len++)
		assert_int_equal(strlen(arena_printf(arena, "%*d", len, 1)), len);
	arena_free(arena);
}

struct note {
	struct arena *arena;
	char *log;
	char letter;
	struct note *another;
};

static void
note_down(void *arg)
{
	struct note *note = arg;
	char *copy = arena_text(note->arena, note->log);

	note->log[strlen(copy)] = note->letter;
	if (note->another != NULL)
		arena_on_release(note->arena, note_down, note->another);
}

static void
clean_ups_run_once_and_backwards(void **state)
{
	struct arena *arena = arena_new();
	char log[8] = "";
	struct note late = { arena, log, 'z', NULL };
	struct note a = { arena, log, 'a', NULL }, b = { arena, log, 'b', &late }, c = { arena, log, 'c', NULL };

	(void)state;
	arena_on_release(arena, note_down, &a);
	arena_on_release(arena, note_down, &b);
	arena_on_release(arena, note_down, &c);
	arena_reset(arena);
	assert_string_equal(log, "cbza");
	arena_reset(arena);
	arena_free(arena);
	assert_string_equal(log, "cbza");
}

/* The signal or exit code of a child that does it. */
static int
end_of(void (*deed)(struct arena *))
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		(void)close(STDERR_FILENO);
		(void)signal(SIGABRT, SIG_DFL);
		deed(arena_new());
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

static void
overflow(struct arena *arena)
{
	(void)arena_array(arena, SIZE_MAX / 4, 8);
}

static void
too_much(struct arena *arena)
{
	(void)arena_alloc(arena, SIZE_MAX - 3);
}

static void
broken_promise(struct arena *arena)
{
	CHECK(arena == NULL);
}

static void
nonsense_ends_the_process(void **state)
{
	(void)state;
	assert_int_equal(end_of(overflow), SIGABRT);
	assert_int_equal(end_of(too_much), SIGABRT);
	assert_int_equal(end_of(broken_promise), SIGABRT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alloc_is_zeroed_and_aligned),
		cmocka_unit_test(empty_allocations_differ),
		cmocka_unit_test(reset_zeroes_what_was_used),
		cmocka_unit_test(big_things_leave_the_front_block_in_use),
		cmocka_unit_test(copies),
		cmocka_unit_test(clean_ups_run_once_and_backwards),
		cmocka_unit_test(nonsense_ends_the_process)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
