/* SPDX-License-Identifier: BSD-2-Clause */
/* test_child.c - what a foreign program in the cage can and cannot do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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
#define PERL "/usr/bin/perl"

/* What a script of one argument prints; skips the test where there is no Perl. */
static const char *
perl(struct str *out, const char *words, const char *argument)
{
	if (!child_is_there(PERL))
		skip();
	assert_int_equal(run(out, (const char *const[]){ PERL, "-e", words, argument, NULL }, 5000, 100), CHILD_GOOD);
	return out->data;
}

static bool
has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

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
it_has_three_descriptors(void **state)
{
	int extra = open("/dev/null", O_RDONLY), more = dup(extra);
	struct str out;

	str_init(&out, *state);
	assert_int_equal(run(&out, SHELL("for i in 0 1 2 3 4 5 6 7 8 9; do test -e /proc/self/fd/$i && echo $i; done; exit 0"), 5000, 100),
		CHILD_GOOD);
	assert_string_equal(out.data, "0\n1\n2\n");
	close(extra);
	close(more);
}

static void
it_neither_reads_nor_changes_our_files(void **state)
{
	char path[] = "/tmp/hark-test-child-XXXXXX", text[8] = "";
	int file = mkstemp(path);
	struct stat before, after;
	struct str out;

	str_init(&out, *state);
	assert_int_equal(write(file, "secret", 6), 6);
	assert_int_equal(fstat(file, &before), 0);
	if (has_landlock())
		assert_string_equal(perl(&out, "print open(my $f, '<', shift) ? <$f> : 'no'", path), "no");
#if defined(__x86_64__) || defined(__aarch64__)
	assert_string_equal(perl(&out, "my $f = shift; print grep { $_ } open(my $h, '>>', $f), open($h, '+<', $f), truncate($f, 0),"
		" chmod(0666, $f), utime(1, 1, $f), link($f, \"$f.2\"), rename($f, \"$f.3\"), unlink($f)", path), "");
	assert_string_equal(perl(&out, "print mkdir(shift . '.4') ? 'made' : $!{EPERM} ? 'no' : 'other'", path), "no");
#endif
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(after.st_mode, before.st_mode);
	assert_int_equal(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
	assert_int_equal(pread(file, text, sizeof(text), 0), 6);
	close(file);
	unlink(path);
}

#if defined(__x86_64__) || defined(__aarch64__)
static void
it_reaches_no_network_and_no_process_but_itself(void **state)
{
	char ring[16];
	struct str out;

	str_init(&out, *state);
	snprintf(ring, sizeof(ring), "%d", (int)SYS_io_uring_setup);
	assert_string_equal(perl(&out, "socket(my $s, 2, 1, 0) and print 'open'; print $!{EPERM} ? 'no' : 'other'", ""), "no");
	assert_string_equal(perl(&out, "syscall(shift() + 0, 1, my $room = \"\\0\" x 256); print $!{EPERM} ? 'no' : 'other'", ring), "no");
	assert_string_equal(perl(&out, "print kill(0, getppid()) ? 'reached' : 'no', kill(0, $$) ? ', itself' : ''", ""), "no, itself");
	assert_int_equal(run(&out, (const char *const[]){ PERL, "-e", "use POSIX; POSIX::abort(); exit 0", NULL }, 5000, 100), CHILD_FAILED);
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_is_heard_and_its_end_is_known, open_arena, free_arena),
		cmocka_unit_test_setup_teardown(it_ends_when_it_is_slow_or_says_too_much, open_arena, free_arena),
		cmocka_unit_test_setup_teardown(it_writes_no_file_and_starts_no_program, open_arena, free_arena),
		cmocka_unit_test_setup_teardown(it_has_three_descriptors, open_arena, free_arena),
#if defined(__x86_64__) || defined(__aarch64__)
		cmocka_unit_test_setup_teardown(it_reaches_no_network_and_no_process_but_itself, open_arena, free_arena),
#endif
		cmocka_unit_test_setup_teardown(it_neither_reads_nor_changes_our_files, open_arena, free_arena)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
