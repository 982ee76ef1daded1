/* SPDX-License-Identifier: BSD-2-Clause */
/* test_dns.c - text records out of answers of name servers, sound and broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edge/dns.h"

/* _hark.a.b TXT "one" "two", then an alias, then TXT "three". */
static const unsigned char answer[] = {
	0x12, 0x34, 0x81, 0x80, 0, 1, 0, 3, 0, 0, 0, 0,
	5, '_', 'h', 'a', 'r', 'k', 1, 'a', 1, 'b', 0, 0, 16, 0, 1,
	0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 8, 3, 'o', 'n', 'e', 3, 't', 'w', 'o',
	0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 3, 1, 'c', 0,
	0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 6, 5, 't', 'h', 'r', 'e', 'e'
};

static void
strings_of_a_record_are_joined(void **state)
{
	struct arena *arena = arena_new();
	struct dns_texts texts;

	(void)state;
	assert_true(dns_read_texts(arena, answer, sizeof(answer), &texts));
	assert_int_equal(texts.count, 2);
	assert_string_equal(texts.texts[0], "onetwo");
	assert_string_equal(texts.texts[1], "three");
	arena_free(arena);
}

static void
cut_answers_are_refused(void **state)
{
	struct arena *arena = arena_new();
	struct dns_texts texts;
	size_t len;

	(void)state;
	for (len = 0; len < sizeof(answer); len++)
		assert_false(dns_read_texts(arena, answer, len, &texts));
	arena_free(arena);
}

static void
a_string_longer_than_its_record_is_left_out(void **state)
{
	struct arena *arena = arena_new();
	unsigned char bad[sizeof(answer)];
	struct dns_texts texts;

	(void)state;
	memcpy(bad, answer, sizeof(answer));
	bad[sizeof(answer) - 6] = 200;
	assert_true(dns_read_texts(arena, bad, sizeof(bad), &texts));
	assert_int_equal(texts.count, 1);
	memcpy(bad, answer, sizeof(answer));
	bad[sizeof(answer) - 1] = '\0';
	assert_true(dns_read_texts(arena, bad, sizeof(bad), &texts));
	assert_int_equal(texts.count, 1);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_of_a_record_are_joined),
		cmocka_unit_test(cut_answers_are_refused),
		cmocka_unit_test(a_string_longer_than_its_record_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
