/* SPDX-License-Identifier: BSD-2-Clause */
/* test_str.c - strings that grow and always end with a NUL. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "core/str.h"

static void
grows_and_stays_a_string(void **state)
{
	struct arena *arena = arena_new();
	struct str str;

	(void)state;
	str_init(&str, arena);
	assert_string_equal(str.data, "");
	for (size_t i = 0; i < 5000; i++) {
		str_add_char(&str, (char)('a' + i % 26));
		assert_int_equal(str.len, i + 1);
		assert_int_equal(str.data[str.len], 0);
	}
	assert_int_equal(strlen(str.data), 5000);
	assert_int_equal(str.data[4999], 'a' + 4999 % 26);
	str_clear(&str);
	assert_int_equal(str.len, 0);
	assert_string_equal(str.data, "");
	str_add(&str, "x");
	assert_string_equal(str.data, "x");
	arena_free(arena);
}

static void
formats_at_every_fill(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (int fill = 0; fill < 140; fill++) {
		struct str str;

		str_init(&str, arena);
		for (int i = 0; i < fill; i++)
			str_add_char(&str, '.');
		str_addf(&str, "%s=%d", "key", 12345);
		assert_int_equal(str.len, fill + 9);
		assert_string_equal(str.data + fill, "key=12345");
		str_addf(&str, "%s", "");
		assert_int_equal(str.len, fill + 9);
	}
	arena_free(arena);
}

static void
adds_itself_and_bytes(void **state)
{
	struct arena *arena = arena_new();
	struct str str;

	(void)state;
	str_init(&str, arena);
	str_add(&str, "ab");
	for (int i = 0; i < 8; i++)
		str_add(&str, str.data);
	assert_int_equal(str.len, 512);
	assert_string_equal(str.data + 508, "abab");
	str_add_bytes(&str, "\0x", 2);
	assert_int_equal(str.len, 514);
	assert_memory_equal(str.data + 512, "\0x", 3);
	str_add_bytes(&str, NULL, 0);
	assert_int_equal(str.len, 514);
	arena_free(arena);
}

static void
reserves(void **state)
{
	struct arena *arena = arena_new();
	struct str str;

	(void)state;
	str_init(&str, arena);
	memset(str_reserve(&str, 100000), 'q', 100000);
	str_grown(&str, 99999);
	assert_int_equal(strlen(str.data), 99999);
	(void)str_reserve(&str, 10);
	assert_int_equal(strlen(str.data), 99999);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_and_stays_a_string),
		cmocka_unit_test(formats_at_every_fill),
		cmocka_unit_test(adds_itself_and_bytes),
		cmocka_unit_test(reserves)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
