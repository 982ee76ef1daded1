/* SPDX-License-Identifier: BSD-2-Clause */
/* test_otp.c - codes of RFC 6238 in their time, and the picture of a QR code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/check.h"
#include "edge/crypt.h"
#include "edge/otp.h"
#include "edge/qr.h"

/* "12345678901234567890" of RFC 6238 appendix B. */
#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

static void
codes_of_the_standard(void **state)
{
	/* The last six of the appendix's eight digits. */
	static const struct {
		clock_ms at;
		const char *code;
	} cases[] = {
		{ 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" }, { 2000000000, "279037" },
		{ 20000000000, "353130" }
	};
	uint64_t step;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++) {
		assert_true(otp_matches(SECRET, cases[i].code, cases[i].at * CLOCK_SECOND, &step));
		assert_int_equal(step, cases[i].at / 30);
	}
}

static void
codes_count_for_a_minute_and_a_half(void **state)
{
	const clock_ms middle = 1999999995 * CLOCK_SECOND;
	uint64_t step = 0, late = 0, early = 0;

	(void)state;
	assert_true(otp_matches(SECRET, "279037", middle, &step));
	assert_true(otp_matches(SECRET, "279037", middle + 30 * CLOCK_SECOND, &late));
	assert_true(otp_matches(SECRET, "279037", middle - 30 * CLOCK_SECOND, &early));
	assert_true(step == late && step == early);
	assert_false(otp_matches(SECRET, "279037", middle + 60 * CLOCK_SECOND, &step));
	assert_false(otp_matches(SECRET, "279037", middle - 60 * CLOCK_SECOND, &step));
	assert_true(otp_matches(SECRET, " 279 037 ", middle, &step));
}

static void
what_is_no_code(void **state)
{
	static const char *const bad[] = { "", " ", "27903", "2790371", "27903a", "-79037", "0x7903", "２７９０３７", "279037\n" };
	const clock_ms middle = 1999999995 * CLOCK_SECOND;
	uint64_t step;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(bad); i++)
		assert_false(otp_matches(SECRET, bad[i], middle, &step));
	assert_false(otp_matches(SECRET, NULL, middle, &step));
	assert_false(otp_matches(NULL, "279037", middle, &step));
	assert_false(otp_matches("not base 32!", "279037", middle, &step));
}

static void
secrets_and_addresses(void **state)
{
	struct arena *arena = arena_new();
	const char *one = otp_secret(arena), *other = otp_secret(arena);

	(void)state;
	assert_int_equal(strlen(one), 32);
	assert_string_not_equal(one, other);
	assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), 32);
	assert_string_equal(otp_uri(arena, "ABC", "Müller & Co", "anna:b"),
		"otpauth://totp/M%C3%BCller%20%26%20Co:anna%3Ab?secret=ABC&issuer=M%C3%BCller%20%26%20Co");
	arena_free(arena);
}

static void
qr_codes_are_paths(void **state)
{
	struct arena *arena = arena_new();
	char most[QR_TEXT_MAX + 2];
	unsigned size = 0;
	const char *path = qr_path(arena, "hark", &size);

	(void)state;
	assert_int_equal(size, 21 + 8);
	/* The first row: the corner's seven dark squares behind the quiet zone. */
	assert_memory_equal(path, "M4 4h7v1h-7z", 12);
	memset(most, 'a', sizeof(most));
	most[QR_TEXT_MAX] = '\0';
	assert_non_null(qr_path(arena, most, &size));
	most[QR_TEXT_MAX] = 'a';
	most[QR_TEXT_MAX + 1] = '\0';
	assert_null(qr_path(arena, most, &size));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_of_the_standard),
		cmocka_unit_test(codes_count_for_a_minute_and_a_half),
		cmocka_unit_test(what_is_no_code),
		cmocka_unit_test(secrets_and_addresses),
		cmocka_unit_test(qr_codes_are_paths)
	};

	crypt_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
