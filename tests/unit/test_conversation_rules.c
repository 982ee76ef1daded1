/* SPDX-License-Identifier: BSD-2-Clause */
/* test_conversation_rules.c - states, what visitors may read, files' names and kinds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/check.h"
#include "core/text.h"
#include "rooms/conversation/conversation.h"

static void
every_open_state_can_be_closed_and_closed_has_no_way_back(void **state)
{
	static const char *const open[] = { "waiting", "offered", "active" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(open); i++) {
		assert_true(conversation_may_become(open[i], "closed"));
		assert_true(conversation_may_become(open[i], "active"));
		assert_true(conversation_may_become(open[i], "waiting") || strcmp(open[i], "waiting") == 0);
		assert_false(conversation_may_become("closed", open[i]));
	}
	assert_false(conversation_may_become("active", "offered"));
	assert_false(conversation_may_become("", "closed"));
}

static void
visitors_never_read_notes_and_internal_events(void **state)
{
	const struct message note = { .kind = "note", .body = "secret" };
	const struct message text = { .kind = "text", .body = "hello" };
	const struct message refused = { .kind = "event", .body = "{\"name\":\"A\",\"what\":\"refused\"}" };
	const struct message accepted = { .kind = "event", .body = "{\"name\":\"A\",\"what\":\"accepted\"}" };
	const struct message sly = { .kind = "event", .body = "{\"name\":\"\\\"what\\\":\\\"accepted\\\"\",\"what\":\"refused\"}" };

	(void)state;
	assert_false(message_is_for_visitor(&note));
	assert_true(message_is_for_visitor(&text));
	assert_false(message_is_for_visitor(&refused));
	assert_true(message_is_for_visitor(&accepted));
	assert_false(message_is_for_visitor(&sly));
}

static void
hidden_messages_keep_their_number_only(void **state)
{
	struct arena *arena = arena_new();
	const struct message note = { .seq = 7, .kind = "note", .author_kind = "agent", .author_name = "Anna", .body = "secret" };

	(void)state;
	assert_string_equal(json_text(arena, message_json_for_visitor(arena, &note)), "{\"seq\":7,\"kind\":\"hidden\"}");
	arena_free(arena);
}

static void
names_lose_paths_controls_and_tricks(void **state)
{
	static const struct {
		const char *sent;
		const char *kept;
	} names[] = {
		{ "photo.png", "photo.png" }, { "../../etc/passwd", "passwd" }, { "C:\\temp\\a.txt", "a.txt" }, { ".htaccess", "htaccess" },
		{ "a\r\nb.txt", "ab.txt" }, { "gpj.\xe2\x80\xae" "exe", "gpj.exe" }, { "a.php\xe2\x80\x8b", "a.php" }, { "x.txt. . ", "x.txt" },
		{ "...", "file" }, { "Grüße aus Köln.pdf", "Grüße aus Köln.pdf" }
	};
	struct arena *arena = arena_new();
	char longer[400];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(names); i++)
		assert_string_equal(file_clean_name(arena, names[i].sent), names[i].kept);
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	memcpy(longer + sizeof(longer) - 5, ".pdf", 4);
	assert_int_equal(text_length(file_clean_name(arena, longer)), 120);
	assert_true(text_ends_with(file_clean_name(arena, longer), ".pdf"));
	arena_free(arena);
}

static void
kinds_need_name_and_bytes(void **state)
{
	static const unsigned char png[] = "\x89PNG\r\n\x1a\n........";

	(void)state;
	assert_string_equal(file_type_of("a.PNG", png, sizeof(png)), "image/png");
	assert_null(file_type_of("a.png", (const unsigned char *)"<svg>", 5));
	assert_null(file_type_of("a.svg", (const unsigned char *)"<svg>", 5));
	assert_null(file_type_of("a.html", (const unsigned char *)"<html", 5));
	assert_null(file_type_of("a.png.exe", png, sizeof(png)));
	assert_null(file_type_of("noextension", png, sizeof(png)));
	assert_null(file_type_of("a.png", png, 3));
	assert_string_equal(file_type_of("a.txt", (const unsigned char *)"", 0), "text/plain; charset=utf-8");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_open_state_can_be_closed_and_closed_has_no_way_back),
		cmocka_unit_test(visitors_never_read_notes_and_internal_events),
		cmocka_unit_test(hidden_messages_keep_their_number_only), cmocka_unit_test(names_lose_paths_controls_and_tricks),
		cmocka_unit_test(kinds_need_name_and_bytes)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
