/* SPDX-License-Identifier: BSD-2-Clause */
/* test_captcha.c - tokens of captchas, what answers them, the picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "web/captcha.h"

static struct arena *arena;
static const struct crypt_keys keys = { .form = "any" };
static const struct crypt_keys others = { .form = "other" };

static int
setup(void **state)
{
	(void)state;
	crypt_open();
	arena = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
token_is_ours_and_young(void **state)
{
	unsigned char seed[CRYPT_HASH_LEN], again[CRYPT_HASH_LEN];
	char *token = captcha_token(arena, &keys, 1000);
	size_t i;

	(void)state;
	assert_true(captcha_read(arena, &keys, token, 1000, seed));
	assert_true(captcha_read(arena, &keys, token, 1000 + CAPTCHA_LIFE - 1, again));
	assert_memory_equal(seed, again, sizeof(seed));
	assert_false(captcha_read(arena, &keys, token, 1000 + CAPTCHA_LIFE, seed));
	assert_false(captcha_read(arena, &others, token, 1000, seed));
	assert_false(captcha_read(arena, &keys, NULL, 1000, seed));
	assert_false(captcha_read(arena, &keys, "", 1000, seed));
	assert_false(captcha_read(arena, &keys, arena_printf(arena, "%sA", token), 1000, seed));
	for (i = 0; token[i] != '\0'; i++) {
		char was = token[i];

		token[i] = was == 'A' ? 'B' : 'A';
		if (i + 1 < strlen(token))           /* the last character has bits that mean nothing */
			assert_false(captcha_read(arena, &keys, token, 1000, seed));
		token[i] = was;
	}
	assert_string_not_equal(token, captcha_token(arena, &keys, 1000));
}

static void
either_answer_counts(void **state)
{
	unsigned char seed[CRYPT_HASH_LEN] = { 0, 1, 2, 3, 4, 5, 6, 7, 2, 1, 13, 9 };
	char digits[CAPTCHA_DIGITS + 1];

	(void)state;
	captcha_digits(seed, digits);
	assert_string_equal(digits, "23456");
	assert_string_equal(captcha_question(arena, seed), "Write three digits: the sum of three and two, then three, then nine.");
	assert_true(captcha_is_answer(arena, seed, "23456"));
	assert_true(captcha_is_answer(arena, seed, " 2 34-56 "));
	assert_true(captcha_is_answer(arena, seed, "539"));
	assert_true(captcha_is_answer(arena, seed, "5, 3, 9"));
	assert_false(captcha_is_answer(arena, seed, "23457"));
	assert_false(captcha_is_answer(arena, seed, "2345"));
	assert_false(captcha_is_answer(arena, seed, "53"));
	assert_false(captcha_is_answer(arena, seed, ""));
	assert_false(captcha_is_answer(arena, seed, NULL));
}

static void
picture_is_a_bitmap(void **state)
{
	unsigned char seed[CRYPT_HASH_LEN];
	struct str first, second;
	int i;

	(void)state;
	for (i = 0; i < 200; i++) {
		crypt_random(seed, sizeof(seed));
		str_init(&first, arena);
		str_init(&second, arena);
		captcha_draw(seed, &first);
		captcha_draw(seed, &second);
		assert_int_equal(first.len, 118 + 100 * 64);
		assert_memory_equal(first.data, "BM", 2);
		assert_memory_equal(first.data, second.data, first.len);
		seed[0] ^= 1;
		str_clear(&second);
		captcha_draw(seed, &second);
		assert_memory_not_equal(first.data, second.data, first.len);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(token_is_ours_and_young, setup, teardown),
		cmocka_unit_test_setup_teardown(either_answer_counts, setup, teardown),
		cmocka_unit_test_setup_teardown(picture_is_a_bitmap, setup, teardown)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
