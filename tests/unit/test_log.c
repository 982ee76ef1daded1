/* SPDX-License-Identifier: BSD-2-Clause */
/* test_log.c - one line per event, whatever a value holds. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "core/text.h"

static int saved = -1;
static int caught;             /* the reading end of a pipe: in a file, lines have times */
static char lines[8192];

static void
catch_start(void)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	caught = ends[0];
	saved = dup(STDERR_FILENO);
	(void)dup2(ends[1], STDERR_FILENO);
	(void)close(ends[1]);
}

static const char *
catch_end(void)
{
	size_t len = 0;
	ssize_t got;

	(void)dup2(saved, STDERR_FILENO);
	(void)close(saved);
	while ((got = read(caught, lines + len, sizeof(lines) - 1 - len)) > 0)
		len += (size_t)got;
	lines[len] = '\0';
	(void)close(caught);
	return lines;
}

static const char *
logged(const char *value)
{
	catch_start();
	log_error("try", "%s", value);
	return catch_end();
}

static int
name_it(void **state)
{
	(void)state;
	log_open("hark-test", LOG_LEVEL_INFO);
	log_request(NULL);
	return 0;
}

static void
plain_lines(void **state)
{
	(void)state;
	catch_start();
	log_error("db", "lost %d", 5);
	log_request("req-17");
	log_warning("w", "x");
	log_info("i", "%s", "");
	log_request(NULL);
	log_open("hark-test", LOG_LEVEL_ERROR);
	log_warning("w", "not shown");
	assert_string_equal(catch_end(),
		"<3>hark-test event=db msg=\"lost 5\"\n"
		"<4>hark-test event=w request=req-17 msg=\"x\"\n"
		"<6>hark-test event=i request=req-17 msg=\"\"\n");
	log_open("hark-test", LOG_LEVEL_INFO);
}

#define LINE(message) "<3>hark-test event=try msg=\"" message "\"\n"

static void
values_are_escaped(void **state)
{
	(void)state;
	assert_string_equal(logged("a\r\n<0>fake\t\"q\" \\"), LINE("a\\r\\n<0>fake\\t\\\"q\\\" \\\\"));
	assert_string_equal(logged("\x1b[31m\x07\x7f"), LINE("\\x1b[31m\\x07\\x7f"));
	assert_string_equal(logged("\xff\xc3(\xed\xa0\x80"), LINE("\\xff\\xc3(\\xed\\xa0\\x80"));
	assert_string_equal(logged("\xc2\x9b\xe2\x80\xa8\xe2\x80\xae"), LINE("\\xc2\\x9b\\xe2\\x80\\xa8\\xe2\\x80\\xae"));
	assert_string_equal(logged("Zoë 漢 😀 \xef\xbf\xbd"), LINE("Zoë 漢 😀 \xef\xbf\xbd"));
	catch_start();
	log_error("try", "a%cb", 0);
	assert_string_equal(catch_end(), LINE("a\\x00b"));
}

static void
values_have_keys(void **state)
{
	char big[6000];

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	catch_start();
	log_request("req-17");
	log_values(LOG_LEVEL_INFO, "request", (const struct log_value[]){ { "path", "/a/:id" }, { "none", NULL }, { "host", "" }, { "ms", "5" },
		{ "agent", "a \"b\"\n=" }, { NULL, NULL } });
	log_request(NULL);
	log_values(LOG_LEVEL_INFO + 1, "request", (const struct log_value[]){ { "not", "shown" }, { NULL, NULL } });
	assert_string_equal(catch_end(), "<6>hark-test event=request request=req-17 path=/a/:id host=\"\" ms=5 agent=\"a \\\"b\\\"\\n=\"\n");
	for (int i = 0; i < 2; i++) {
		big[0] = i == 0 ? 'x' : ' ';
		catch_start();
		log_values(LOG_LEVEL_INFO, "big", (const struct log_value[]){ { "a", "1" }, { "big", big }, { "b", "2" }, { NULL, NULL } });
		assert_true(strlen(catch_end()) <= 2000);
		assert_true(text_ends_with(lines, i == 0 ? "big=...\n" : "x...\"\n") || text_ends_with(lines, i == 0 ? "x...\n" : "x...\"\n"));
	}
}

static void
lines_in_a_file_have_times(void **state)
{
	FILE *file = tmpfile();
	int copy = dup(STDERR_FILENO);
	size_t len;

	(void)state;
	(void)dup2(fileno(file), STDERR_FILENO);
	log_error("try", "x");
	(void)dup2(copy, STDERR_FILENO);
	(void)close(copy);
	rewind(file);
	len = fread(lines, 1, sizeof(lines) - 1, file);
	lines[len] = '\0';
	(void)fclose(file);
	assert_int_equal(len, strlen("<3>hark-test time=2026-11-20T08:30:00.123Z event=try msg=\"x\"\n"));
	assert_int_equal(strncmp(lines, "<3>hark-test time=20", 20), 0);
	assert_true(text_ends_with(lines, "Z event=try msg=\"x\"\n"));
}

static void
words_stay_words(void **state)
{
	(void)state;
	catch_start();
	log_request("a b\n\"=\x1b");
	log_error("x y", "m");
	log_request("0123456789012345678901234567890123456789");
	log_error("z", "m");
	log_request(NULL);
	assert_string_equal(catch_end(),
		"<3>hark-test event=x?y request=a?b???? msg=\"m\"\n"
		"<3>hark-test event=z request=01234567890123456789012345678901 msg=\"m\"\n");
}

static void
long_lines_are_cut_whole(void **state)
{
	static const char *const units[] = { "a", "é", "漢", "😀", "\n", "\xff", "\x1b", "\"" };
	char value[6000];

	(void)state;
	for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++)
		for (size_t shift = 0; shift < 5; shift++) {
			const char *line;
			size_t len = shift;

			memset(value, 'x', shift);
			for (; len + 8 < sizeof(value); len += strlen(units[u]))
				memcpy(value + len, units[u], strlen(units[u]) + 1);
			line = logged(value);
			assert_true(strlen(line) <= 2000 && strlen(line) > 1980);
			assert_true(text_is_utf8(line, strlen(line)));
			assert_true(text_ends_with(line, "...\"\n"));
			assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
		}
}

static void
keeps_errno_and_survives_no_stderr(void **state)
{
	int copy = dup(STDERR_FILENO);

	(void)state;
	(void)close(STDERR_FILENO);
	errno = ENOENT;
	log_error("try", "nobody hears it");
	assert_int_equal(errno, ENOENT);
	(void)dup2(copy, STDERR_FILENO);
	(void)close(copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_lines),
		cmocka_unit_test(values_are_escaped),
		cmocka_unit_test(values_have_keys),
		cmocka_unit_test(lines_in_a_file_have_times),
		cmocka_unit_test(words_stay_words),
		cmocka_unit_test(long_lines_are_cut_whole),
		cmocka_unit_test(keeps_errno_and_survives_no_stderr)
	};

	return cmocka_run_group_tests(tests, name_it, NULL);
}
