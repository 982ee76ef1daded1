/* SPDX-License-Identifier: BSD-2-Clause */
/* test_text.c - UTF-8, numbers, encodings, folding, search terms and the shapes of addresses. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
utf8(void **state)
{
	static const char *const good[] = { "", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
		"\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "Zoë 漢字 😀" };
	static const char *const bad[] = { "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2g", "\xe0\x9f\xbf",
		"\xe2\x82", "\xe2\x28\xa1", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf0\x9f\x98",
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xfe", "ok\xe2\x82" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(good); i++) {
		assert_true(text_is_utf8(good[i], strlen(good[i])));
		assert_string_equal(text_repair(arena, good[i]), good[i]);
	}
	for (i = 0; i < COUNT_OF(bad); i++) {
		const char *repaired = text_repair(arena, bad[i]);

		assert_false(text_is_utf8(bad[i], strlen(bad[i])));
		assert_true(text_is_utf8(repaired, strlen(repaired)));
		assert_non_null(strstr(repaired, "\xef\xbf\xbd"));
	}
	assert_false(text_is_utf8("a\0b", 3));
	assert_false(text_is_utf8("\xe2\x82\xac", 2));
	assert_string_equal(text_repair(arena, "a\xe2\x82z"), "a\xef\xbf\xbd\xef\xbf\xbdz");
}

/* Decoding, judging and writing agree about every code point. */
static void
every_code_point(void **state)
{
	struct str out;

	(void)state;
	str_init(&out, arena);
	for (uint32_t c = 1; c <= 0x10ffff; c++) {
		const char *at;
		bool surrogate = c >= 0xd800 && c <= 0xdfff;

		str_clear(&out);
		text_add(&out, c);
		at = out.data;
		if (text_is_utf8(out.data, out.len) == surrogate || (text_next(&at) == c) == surrogate)
			fail_msg("U+%04X", c);
		if (!surrogate && at != out.data + out.len)
			fail_msg("length of U+%04X", c);
	}
}

static void
blank_trim_control(void **state)
{
	(void)state;
	assert_true(text_is_blank(NULL));
	assert_true(text_is_blank(""));
	assert_true(text_is_blank(" \t\r\n\xc2\xa0\xe3\x80\x80\xe2\x80\x8b\xef\xbb\xbf"));
	assert_false(text_is_blank(" . "));
	assert_false(text_is_blank("\xff"));
	assert_string_equal(text_trim(arena, "\xe3\x80\x80 a  b\xc2\xa0\n"), "a  b");
	assert_string_equal(text_trim(arena, "a\r\nb\rc\r\r\nd\r\n"), "a\nb\rc\r\nd");
	assert_string_equal(text_trim(arena, ""), "");
	assert_string_equal(text_trim(arena, " \n "), "");
	assert_string_equal(text_trim(arena, " \xff "), "\xff");
	assert_false(text_has_control("a\tb\nc é 漢"));
	assert_true(text_has_control("a\rb"));
	assert_true(text_has_control("\x1b[31m"));
	assert_true(text_has_control("\x7f"));
	assert_true(text_has_control("\xc2\x9b"));
}

static void
compare_and_cut(void **state)
{
	(void)state;
	assert_true(text_equal(NULL, NULL));
	assert_false(text_equal(NULL, ""));
	assert_true(text_equal("a", "a"));
	assert_true(text_equal_nocase("ETag", "etAG"));
	assert_false(text_equal_nocase("etag", "etags"));
	assert_false(text_equal_nocase("@", "`"));
	assert_false(text_equal_nocase("é", "É"));
	assert_false(text_equal_nocase("a", NULL));
	assert_true(text_is_host_of("chat.example.com", "https://chat.example.com:8443/x"));
	assert_true(text_is_host_of("chat.example.com", "chat.example.com"));
	assert_false(text_is_host_of("chat.example.com", "https://chat.example.com.evil.example/"));
	assert_false(text_is_host_of("chat.example.com", "https://chat.example.co"));
	assert_true(text_is_host_of("[::1]", "http://[::1]:8080"));
	assert_true(text_is_host_of("[2001:db8::7]", "https://[2001:db8::7]/x"));
	assert_false(text_is_host_of("[::1]", "http://[::12]:8080"));
	assert_false(text_is_host_of("[", "http://[::1]:8080"));
	assert_string_equal(text_lower(arena, "Desk.EXAMPLE.com:8\303\211"), "desk.example.com:8\303\211");
	assert_true(text_starts_with("abc", "ab"));
	assert_false(text_starts_with("a", "ab"));
	assert_true(text_ends_with("abc", "bc"));
	assert_false(text_ends_with("c", "bc"));
	assert_true(text_ends_with("c", ""));
	assert_int_equal(text_length("aé漢😀"), 4);
	assert_int_equal(text_prefix("aé漢😀", 0), 0);
	assert_int_equal(text_prefix("aé漢😀", 2), 3);
	assert_int_equal(text_prefix("aé漢😀", 3), 6);
	assert_int_equal(text_prefix("aé漢😀", 4), 10);
	assert_int_equal(text_prefix("aé漢😀", 99), 10);
}

static void
numbers(void **state)
{
	static const char *const bad[] = { "", " 1", "1 ", "+1", "-1", "0x1", "1.0", "1e3", "18446744073709551616",
		"99999999999999999999999", "１" };
	uint64_t u = 7;
	int64_t i = 7;

	(void)state;
	assert_true(text_to_u64("18446744073709551615", &u));
	assert_true(u == UINT64_MAX);
	assert_true(text_to_u64("007", &u));
	assert_int_equal(u, 7);
	for (size_t n = 0; n < COUNT_OF(bad); n++)
		assert_false(text_to_u64(bad[n], &u));
	assert_false(text_to_u64(NULL, &u));
	assert_int_equal(u, 7);
	assert_true(text_to_i64("-9223372036854775808", &i));
	assert_true(i == INT64_MIN);
	assert_true(text_to_i64("9223372036854775807", &i));
	assert_true(i == INT64_MAX);
	assert_true(text_to_i64("-0", &i));
	assert_int_equal(i, 0);
	assert_false(text_to_i64("9223372036854775808", &i));
	assert_false(text_to_i64("-9223372036854775809", &i));
	assert_false(text_to_i64("-", &i));
	assert_false(text_to_i64("--1", &i));
	assert_false(text_to_i64(NULL, &i));
}

static void
hex(void **state)
{
	unsigned char bytes[3] = { 9, 9, 9 };

	(void)state;
	assert_string_equal(text_to_hex(arena, "\x00\xff\x1a", 3), "00ff1a");
	assert_string_equal(text_to_hex(arena, "", 0), "");
	assert_true(text_from_hex("00Ff1a", bytes, 3));
	assert_memory_equal(bytes, "\x00\xff\x1a", 3);
	assert_false(text_from_hex("00ff1", bytes, 3));
	assert_false(text_from_hex("00ff1a0", bytes, 3));
	assert_false(text_from_hex("00ff1g", bytes, 3));
	assert_false(text_from_hex(NULL, bytes, 3));
}

static void
base64(void **state)
{
	/* RFC 4648 section 10, without padding. */
	static const char *const pairs[][2] = { { "", "" }, { "f", "Zg" }, { "fo", "Zm8" }, { "foo", "Zm9v" },
		{ "foob", "Zm9vYg" }, { "fooba", "Zm9vYmE" }, { "foobar", "Zm9vYmFy" }, { "\xfb\xff\xbf", "-_-_" } };
	static const char *const bad[] = { "Z", "Zg==", "Zh", "Zm9", "Zm9v+", "Zm9v/g", "Zm 9v", "Zm9vY", "\xc3\xa9" };
	size_t len = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		unsigned char *bytes = text_from_base64url(arena, pairs[i][1], &len);

		assert_string_equal(text_to_base64url(arena, pairs[i][0], strlen(pairs[i][0])), pairs[i][1]);
		assert_non_null(bytes);
		assert_int_equal(len, strlen(pairs[i][0]));
		assert_string_equal((char *)bytes, pairs[i][0]);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_null(text_from_base64url(arena, bad[i], &len));
	assert_null(text_from_base64url(arena, NULL, &len));
}

static const char *
decoded(const char *text, bool form)
{
	return text_url_decode(arena, text, strlen(text), form);
}

static void
percent(void **state)
{
	struct str out;

	(void)state;
	assert_string_equal(decoded("a+b%20c%2B", true), "a b c+");
	assert_string_equal(decoded("a+b%20c%2B", false), "a+b c+");
	assert_string_equal(decoded("%c3%A9", false), "é");
	assert_string_equal(decoded("", true), "");
	assert_string_equal(text_url_decode(arena, "ab%41cd", 5, false), "abA");
	assert_null(text_url_decode(arena, "ab%41cd", 4, false));
	assert_null(decoded("%", true));
	assert_null(decoded("%4", true));
	assert_null(decoded("%4x", true));
	assert_null(decoded("%00", true));
	assert_null(decoded("%c3", true));
	assert_null(decoded("%ed%a0%80", true));
	str_init(&out, arena);
	text_url_encode(&out, "aZ09-._~ /?&=+%é\n");
	assert_string_equal(out.data, "aZ09-._~%20%2F%3F%26%3D%2B%25%C3%A9%0A");
	assert_string_equal(decoded(out.data, true), "aZ09-._~ /?&=+%é\n");
}

static void
fold(void **state)
{
	static const char *const pairs[][2] = {
		{ "", "" }, { "Straße STRASSE", "strasse strasse" }, { "ÀÉÎÕÜ", "aeiou" }, { "Çelik İstanbul ılık", "celik istanbul ilik" },
		{ "Łódź Ørsted Æsir œuvre Þór", "lodz orsted aesir oeuvre thor" },
		{ "Tiếng Việt ĐƯỜNG Ở", "tieng viet duong o" }, { "Timișoara ȘȚ", "timisoara st" },
		{ "ẞ × ÷ ĳ ŉ ſ", "ss × ÷ ij n s" }, { "ǅ Ǆ ǆ ǳ ǈ ǌ", "dz dz dz dz lj nj" },
		{ "e\xcc\x81" "E\xcc\x88\xcc\xa3x", "eex" },
		{ "Αθήνα ΣΊΣΥΦΟΣ σίσυφος", "αθήνα σίσυφοσ σίσυφοσ" },
		{ "Ά Έ Ή Ί Ό Ύ Ώ Ϊ Ϋ", "ά έ ή ί ό ύ ώ ϊ ϋ" },
		{ "МОСКВА Ёлка Їжак Ґанок Йод", "москва ёлка їжак ґанок йод" },
		{ "\xd0\x98\xcc\x86", "й" },             /* И and breve, apart */
		{ "\xce\x91\xcc\x81", "ά" },             /* Alpha and acute, apart */
		{ "\xce\xb9\xcc\x88\xcc\x81", "ΐ" },
		{ "ＨＡＲＫ１２３　！", "hark123 !" }, { "漢字かな ไทย 한국어 עברית", "漢字かな ไทย 한국어 עברית" },
		{ "so\xc2\xad" "ft\xe2\x80\x8b", "soft" }, { "a\xc2\xa0" "b", "a b" },
		{ "bad\xff", "bad\xef\xbf\xbd" }, { "Հայ", "հայ" }
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		assert_string_equal(text_fold(arena, pairs[i][0]), pairs[i][1]);
}

/* Folding what is folded changes nothing, for every character. */
static void
fold_is_stable(void **state)
{
	struct str out;

	(void)state;
	str_init(&out, arena);
	for (uint32_t c = 1; c < 0x20000; c++) {
		struct arena *own = NULL;
		const char *once;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		own = arena_new();
		str_clear(&out);
		text_add(&out, 'a');
		text_add(&out, c);
		once = text_fold(own, out.data);
		if (strcmp(once, text_fold(own, once)) != 0 || !text_is_utf8(once, strlen(once)))
			fail_msg("U+%04X", c);
		arena_free(own);
	}
}

static void
term_join(void *arg, const char *term)
{
	struct str *all = arg;

	assert_true(strlen(term) <= TEXT_TERM_MAX && *term != '\0');
	str_addf(all, "%s|", term);
}

static const char *
terms(const char *text)
{
	struct str all;

	str_init(&all, arena);
	text_terms(arena, text, term_join, &all);
	return all.data;
}

static void
search_terms(void **state)
{
	(void)state;
	assert_string_equal(terms(""), "");
	assert_string_equal(terms(" .,!? — … “” 😀 "), "");
	assert_string_equal(terms("Hello, Wörld-2!"), "hello|world|2|");
	assert_string_equal(terms("name@example.com"), "name|example|com|");
	assert_string_equal(terms("Привет，мир"), "привет|мир|");
	assert_string_equal(terms("東京都"), "東京|京都|");
	assert_string_equal(terms("東"), "東|");
	assert_string_equal(terms("iPhone東京 版"), "iphone|東京|版|");
	assert_string_equal(terms("กขค"), "กข|ขค|");
	assert_string_equal(terms("한국어 좋아"), "한국어|좋아|");
	assert_int_equal(strlen(terms("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")), 65);
	/* 63 bytes and a letter of two do not fit: the letter goes whole. */
	assert_int_equal(strlen(terms("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaжж")), 64);
}

static void
emails(void **state)
{
	static const char *const good[] = { "a@b", "first.last+tag@sub.example.com", "x!#$%&'*+/=?^_`{|}~-@e-x.org", ".@1" };
	static const char *const bad[] = { "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b..c", "a@.b", "a@b.", "a@-b", "a@b-",
		"a@b_c", "é@b.c", "a@é.c", "\"a\"@b", "a@b\n", "<a@b>", "a@[1.2.3.4]",
		"a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com" };
	char text[300];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(text_is_email(good[i]));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (text_is_email(bad[i]))
			fail_msg("%s", bad[i]);
	assert_false(text_is_email(NULL));
	memset(text, 'a', sizeof(text));
	text[252] = '@';
	text[254] = '\0';
	assert_true(text_is_email(text));
	text[254] = 'a';
	text[255] = '\0';
	assert_false(text_is_email(text));
}

static void
web_addresses(void **state)
{
	static const char *const good[] = { "http://a", "https://example.com", "https://example.com:8443/p?q=1#f",
		"http://[::1]:80/", "https://müller.de/ö", "http://127.0.0.1?x", "https://a/b@c" };
	static const char *const bad[] = { "", "example.com", "//a", "ftp://a", "javascript:alert(1)", "https://", "https:///a",
		"https://user@host/", "https://u:p@host", "https://a b", "https://a/b c", "https://a\\@b", "https://a:0",
		"https://a:65536", "https://a:", "https://a:x", "https://-a", "https://a..b", "https://[::1", "https://[]",
		"https://a/\"", "https://a/<", "https://a\n", " https://a", "HTTPS//a", "https://a/\xff", "https://a\xc2\xa0" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		if (!text_is_web_address(good[i]))
			fail_msg("%s", good[i]);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (text_is_web_address(bad[i]))
			fail_msg("%s", bad[i]);
	assert_false(text_is_web_address(NULL));
}

static void
colours_and_slugs(void **state)
{
	(void)state;
	assert_true(text_is_colour("#00fFa9"));
	assert_false(text_is_colour("#fff"));
	assert_false(text_is_colour("#00ffa9;"));
	assert_false(text_is_colour("00ffa9"));
	assert_false(text_is_colour("#00ffg9"));
	assert_false(text_is_colour(NULL));
	assert_true(text_is_slug("a"));
	assert_true(text_is_slug("a-1-b"));
	assert_false(text_is_slug(""));
	assert_false(text_is_slug("-a"));
	assert_false(text_is_slug("a-"));
	assert_false(text_is_slug("A"));
	assert_false(text_is_slug("a_b"));
	assert_false(text_is_slug("é"));
	assert_false(text_is_slug(NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8),
		cmocka_unit_test(every_code_point),
		cmocka_unit_test(blank_trim_control),
		cmocka_unit_test(compare_and_cut),
		cmocka_unit_test(numbers),
		cmocka_unit_test(hex),
		cmocka_unit_test(base64),
		cmocka_unit_test(percent),
		cmocka_unit_test(fold),
		cmocka_unit_test(fold_is_stable),
		cmocka_unit_test(search_terms),
		cmocka_unit_test(emails),
		cmocka_unit_test(web_addresses),
		cmocka_unit_test(colours_and_slugs)
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
