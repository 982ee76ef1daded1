/* SPDX-License-Identifier: BSD-2-Clause */
/* test_telegram_update.c - what updates of Telegram say, how texts are cut for it, and by which method files go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/check.h"
#include "core/text.h"
#include "rooms/channel/channel.h"
#include "rooms/telegram/telegram_update.h"

#define HEAD "{\"update_id\":7,\"message\":{\"message_id\":3,\"from\":{\"id\":5,\"first_name\":\" Ann \",\"last_name\":\"Lee\",\"username\":\"ann\"," \
	"\"language_code\":\"fr\"},\"chat\":{\"id\":5,\"type\":\"private\"},"

static struct telegram_update
read_update(struct arena *arena, const char *text)
{
	struct telegram_update update;
	const char *problem;
	const struct json *json = json_parse(arena, text, strlen(text), &problem);

	assert_non_null(json);
	assert_true(telegram_update_read(arena, json, &update));
	return update;
}

static void
a_text_has_a_person_and_numbers(void **state)
{
	struct arena *arena = arena_new();
	struct telegram_update update = read_update(arena, HEAD "\"text\":\" Hello\\u0007 there\\r\\n\"}}");

	(void)state;
	assert_int_equal(update.kind, TELEGRAM_TEXT);
	assert_int_equal(update.id, 7);
	assert_int_equal(update.chat_id, 5);
	assert_int_equal(update.message_id, 3);
	assert_string_equal(update.name, "Ann Lee");
	assert_string_equal(update.username, "ann");
	assert_string_equal(update.locale, "fr");
	assert_string_equal(update.text, "Hello  there");
	assert_int_equal(read_update(arena, HEAD "\"text\":\"/start\"}}").kind, TELEGRAM_START);
	assert_int_equal(read_update(arena, HEAD "\"text\":\"/start x\"}}").kind, TELEGRAM_START);
	assert_int_equal(read_update(arena, HEAD "\"text\":\"/started\"}}").kind, TELEGRAM_TEXT);
	assert_int_equal(read_update(arena, HEAD "\"text\":\"  \"}}").kind, TELEGRAM_OTHER);
	arena_free(arena);
}

static void
files_have_names_that_fit(void **state)
{
	struct arena *arena = arena_new();
	struct telegram_update update = read_update(arena, HEAD "\"photo\":[{\"file_id\":\"s\"},{\"file_id\":\"l\",\"file_size\":99}],\"caption\":\"c\"}}");

	(void)state;
	assert_int_equal(update.kind, TELEGRAM_FILE);
	assert_string_equal(update.file_id, "l");
	assert_int_equal(update.file_size, 99);
	assert_string_equal(update.file_name, "photo");
	assert_string_equal(update.file_ending, ".jpg");
	assert_string_equal(update.text, "c");
	update = read_update(arena, HEAD "\"document\":{\"file_id\":\"d\"},\"animation\":{\"file_id\":\"a\",\"file_name\":\"x.mp4\"}}}");
	assert_string_equal(update.file_id, "a");
	assert_string_equal(update.file_name, "x.mp4");
	assert_int_equal(read_update(arena, HEAD "\"voice\":{}}}").kind, TELEGRAM_OTHER);
	assert_int_equal(read_update(arena, HEAD "\"photo\":[]}}").kind, TELEGRAM_OTHER);
	arena_free(arena);
}

static void
places_cards_and_stickers_are_texts(void **state)
{
	struct arena *arena = arena_new();
	struct telegram_update update = read_update(arena, HEAD "\"venue\":{\"title\":\"Shop\",\"address\":\"Road 1\",\"location\":"
		"{\"latitude\":52.5200081,\"longitude\":-13}}}}");

	(void)state;
	assert_true(text_starts_with(update.text, "Shop, Road 1\n"));
	assert_non_null(strstr(update.text, "?mlat=52.520008&mlon=-13#"));
	assert_string_equal(read_update(arena, HEAD "\"sticker\":{\"emoji\":\"!\"}}}").text, "!");
	assert_int_equal(read_update(arena, HEAD "\"sticker\":{}}}").kind, TELEGRAM_OTHER);
	assert_int_equal(read_update(arena, HEAD "\"location\":{\"latitude\":\"1\",\"longitude\":1e300}}}").kind, TELEGRAM_OTHER);
	assert_int_equal(read_update(arena, HEAD "\"poll\":{}}}").kind, TELEGRAM_OTHER);
	arena_free(arena);
}

static void
what_is_not_for_us_is_ignored(void **state)
{
	struct arena *arena = arena_new();
	struct telegram_update update;
	const char *problem;

	(void)state;
	assert_int_equal(read_update(arena, "{\"update_id\":1}").kind, TELEGRAM_IGNORED);
	assert_int_equal(read_update(arena, "{\"update_id\":1,\"message\":7}").kind, TELEGRAM_MALFORMED);
	assert_int_equal(read_update(arena, "{\"update_id\":1,\"message\":{\"chat\":{\"type\":\"group\",\"id\":-5}}}").kind, TELEGRAM_IGNORED);
	assert_int_equal(read_update(arena, "{\"update_id\":1,\"message\":{\"chat\":{\"type\":\"private\",\"id\":-5}}}").kind, TELEGRAM_MALFORMED);
	assert_int_equal(read_update(arena, "{\"update_id\":1,\"message\":{\"chat\":{\"type\":\"private\",\"id\":5}}}").kind, TELEGRAM_MALFORMED);
	assert_int_equal(read_update(arena, "{\"update_id\":1,\"message\":{\"from\":{\"is_bot\":true},\"chat\":{\"type\":\"private\",\"id\":5}}}").kind,
		TELEGRAM_IGNORED);
	assert_false(telegram_update_read(arena, json_parse(arena, "{\"update_id\":-1}", 16, &problem), &update));
	arena_free(arena);
}

/* `count` times the same characters. */
static const char *
many(struct arena *arena, const char *what, size_t count)
{
	struct str out;

	str_init(&out, arena);
	while (count-- > 0)
		str_add(&out, what);
	return out.data;
}

static void
long_texts_are_cut_where_words_end(void **state)
{
	struct arena *arena = arena_new();
	const char *text;

	(void)state;
	assert_int_equal(telegram_text_part(""), 0);
	assert_int_equal(telegram_text_part("short"), 5);
	assert_int_equal(telegram_text_part(many(arena, "x", 4096)), 4096);
	assert_int_equal(telegram_text_part(many(arena, "x", 4097)), 4096);
	/* An emoji is two UTF-16 units and four bytes. */
	assert_int_equal(telegram_text_part(many(arena, "\xf0\x9f\x98\x80", 3000)), 2048 * 4);
	assert_int_equal(telegram_text_part(arena_printf(arena, "x%s", many(arena, "\xf0\x9f\x98\x80", 3000))), 1 + 2047 * 4);
	text = arena_printf(arena, "%s %s", many(arena, "x", 4000), many(arena, "y", 500));
	assert_int_equal(telegram_text_part(text), 4001);
	text = arena_printf(arena, "%s\n%s %s", many(arena, "x", 3000), many(arena, "y", 500), many(arena, "z", 4000));
	assert_int_equal(telegram_text_part(text), 3001);
	/* A line that ends too early would leave most of a message empty. */
	text = arena_printf(arena, "x\n%s", many(arena, "y", 5000));
	assert_int_equal(telegram_text_part(text), 4096);
	arena_free(arena);
}

static void
files_go_by_the_method_that_shows_them(void **state)
{
	const struct {
		struct telegram_file file;
		const char *method;
	} files[] = {
		{ { "image/jpeg", 1000, 800, 600 }, "sendPhoto" }, { { "image/jpeg", 10000001, 800, 600 }, "sendDocument" },
		{ { "image/png", 1000, 9000, 1001 }, "sendDocument" }, { { "image/png", 1000, 2000, 100 }, "sendDocument" },
		{ { "image/png", 1000, 0, 0 }, "sendDocument" }, { { "image/gif", 1000, 8, 8 }, "sendDocument" },
		{ { "video/mp4", 1, 0, 0 }, "sendVideo" }, { { "audio/mpeg", 1, 0, 0 }, "sendAudio" }, { { "audio/mp4", 1, 0, 0 }, "sendAudio" },
		{ { "audio/ogg", 1, 0, 0 }, "sendDocument" }, { { "application/pdf", 1, 0, 0 }, "sendDocument" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(files); i++)
		assert_string_equal(telegram_way_of(&files[i].file).method, files[i].method);
}

static void
paths_and_tokens_are_looked_at(void **state)
{
	size_t len;

	(void)state;
	assert_true(telegram_path_is_sound("photos/file_1.jpg"));
	assert_false(telegram_path_is_sound(NULL));
	assert_false(telegram_path_is_sound(""));
	assert_false(telegram_path_is_sound("/etc/passwd"));
	assert_false(telegram_path_is_sound("a/../b"));
	assert_false(telegram_path_is_sound("a?b=c"));
	assert_false(telegram_path_is_sound("a b"));
	assert_true(account_token_is_sound("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", &len));
	assert_int_equal(len, 9);
	assert_false(account_token_is_sound("110201543", &len));
	assert_false(account_token_is_sound("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/..", &len));
	assert_false(account_token_is_sound("x:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", &len));
	assert_false(account_token_is_sound("110201543:short", &len));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_has_a_person_and_numbers), cmocka_unit_test(files_have_names_that_fit),
		cmocka_unit_test(places_cards_and_stickers_are_texts), cmocka_unit_test(what_is_not_for_us_is_ignored),
		cmocka_unit_test(long_texts_are_cut_where_words_end), cmocka_unit_test(files_go_by_the_method_that_shows_them),
		cmocka_unit_test(paths_and_tokens_are_looked_at)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
