/* SPDX-License-Identifier: BSD-2-Clause */
/* test_child.c - what a foreign program in the cage can and cannot do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "core/str.h"
#include "edge/child.h"

static bool
keep(void *arg, const char *bytes, size_t len)
{
	str_add_bytes(arg, bytes, len);
	return true;
}

static bool
refuse(void *arg, const char *bytes, size_t len)
{
	(void)arg;
	(void)bytes;
	(void)len;
	return false;
}

static enum child_end
run(struct str *out, const char *const *arguments, clock_ms patience, size_t output_max)
{
	static const char *const environment[] = { "ONLY=this", NULL };
	int input = open("/dev/null", O_RDONLY | O_CLOEXEC);
	const struct child_order order = { .arguments = arguments, .environment = environment, .input = input, .patience = patience,
		.memory_max = UINT64_C(512) << 20, .output_max = output_max };
	enum child_end end;

	str_clear(out);
	end = child_run(&order, keep, out);
	close(input);
	return end;
}

#define SHELL(words) ((const char *const[]){ "/bin/sh", "-c", (words), NULL })

static int
open_arena(void **state)
{
	*state = arena_new();
	return 0;
}

static int
free_arena(void **state)
{
	arena_free(*state);
	return 0;
}

static void
it_is_heard_and_its_end_is_known(void **state)
{
	struct str out;

	str_init(&out, *state);
	assert_int_equal(run(&out, SHELL("echo one; echo two >&2; echo \"$ONLY$HOME$USER\"; pwd"), 5000, 100), CHILD_GOOD);
	assert_string_equal(out.data, "one\nthis\n/\n");
	assert_int_equal(run(&out, SHELL("exit 3"), 5000, 100), CHILD_FAILED);
	assert_int_equal(run(&out, SHELL("kill -9 $$"), 5000, 100), CHILD_FAILED);
	assert_int_equal(run(&out, (const char *const[]){ "/nowhere/tool", NULL }, 5000, 100), CHILD_MISSING);
}

static void
it_ends_when_it_is_slow_or_says_too_much(void **state)
{
	const struct child_order order = { .arguments = SHELL("echo x; while :; do :; done"), .environment = (const char *const[]){ NULL },
		.input = 0, .patience = 60000, .memory_max = UINT64_C(512) << 20, .output_max = 100 };
	struct str out;

	str_init(&out, *state);
	assert_int_equal(run(&out, SHELL("while :; do :; done"), 300, 100), CHILD_SLOW);
	assert_int_equal(run(&out, SHELL("exec >&-; while :; do :; done"), 300, 100), CHILD_FAILED);
	assert_int_equal(run(&out, SHELL("exec >&- /bin/sleep 100"), 300, 100), CHILD_FAILED);
	assert_int_equal(run(&out, SHELL("while :; do echo 0123456789; done"), 5000, 100), CHILD_FAILED);
	assert_true(out.len <= 100);
	assert_int_equal(child_run(&order, refuse, NULL), CHILD_FAILED);
}

static void
it_writes_no_file_and_starts_no_program(void **state)
{
	struct str out;

	str_init(&out, *state);
	assert_int_equal(run(&out, SHELL("echo x > /tmp/hark-test-child && exit 0"), 5000, 100), CHILD_FAILED);
	unlink("/tmp/hark-test-child");
	assert_int_equal(run(&out, SHELL("/bin/ls / | /bin/cat && exit 0"), 5000, 1000), CHILD_FAILED);
	assert_string_equal(out.data, "");
}

static void
it_has_three_descriptors_and_no_socket(void **state)
{
	static const char *const list[] = { "/bin/ls", "/proc/self/fd", NULL };
	static const char *const socket[] = { "/usr/bin/perl", "-e", "socket(my $s, 2, 1, 0) and print 'open'; print $!{EPERM} ? 'no' : 'other'", NULL };
	int extra = open("/dev/null", O_RDONLY), more = dup(extra);
	struct str out;

	str_init(&out, *state);
	assert_int_equal(run(&out, list, 5000, 100), CHILD_GOOD);
	assert_string_equal(out.data, "0\n1\n2\n3\n");       /* the last is the folder that it lists */
	close(extra);
	close(more);
#if defined(__x86_64__) || defined(__aarch64__)
	if (!child_is_there(socket[0]))
		return;
	assert_int_equal(run(&out, socket, 5000, 100), CHILD_GOOD);
	assert_string_equal(out.data, "no");
#endif
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_is_heard_and_its_end_is_known, open_arena, free_arena),
		cmocka_unit_test_setup_teardown(it_ends_when_it_is_slow_or_says_too_much, open_arena, free_arena),
		cmocka_unit_test_setup_teardown(it_writes_no_file_and_starts_no_program, open_arena, free_arena),
		cmocka_unit_test_setup_teardown(it_has_three_descriptors_and_no_socket, open_arena, free_arena)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
