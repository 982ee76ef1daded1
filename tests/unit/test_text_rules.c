/* SPDX-License-Identifier: BSD-2-Clause */
/* test_text_rules.c - what may stand in the place of a text of the product, where its texts are read, and lists of languages. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "edge/locale.h"
#include "rooms/text/text_catalogue.h"
#include "rooms/text/text_rules.h"

static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
refuses(const char *message, const char *wording, const char *named)
{
	const char *detail = NULL;

	assert_non_null(text_problem(arena, message, wording, &detail));
	if (named != NULL)
		assert_string_equal(detail, named);
}

static void
what_is_filled_in_must_stay(void **state)
{
	const char *detail;

	(void)state;
	refuses("You are number {n} in line", "You wait", "{n}");
	refuses("Send", "Send {name}", "{name}");
	refuses("%s of %s", "%s", "%s");
	refuses("%s", "%s %s", "%s");
	refuses("100%% of %s", "all of %s", "%%");
	refuses("Send", "Send\nit", NULL);
	assert_null(text_problem(arena, "{a} before {b}", "{b}, {a}", &detail));
	assert_null(text_problem(arena, "Send", "100 % {} { x } } { %", &detail));
	assert_null(text_problem(arena, "Two\nlines", "Deux\nlignes", &detail));
	assert_null(text_problem(arena, "%s", "«%s»", &detail));
}

static void
lists_keep_their_languages(void **state)
{
	(void)state;
	assert_false(text_list_has(NULL, "de"));
	assert_false(text_list_has("de-AT fr", "de"));
	assert_true(text_list_has("de-AT fr", "fr"));
	assert_string_equal(text_list_add(arena, "", "de"), "de");
	assert_string_equal(text_list_add(arena, "fr", "de"), "fr de");
	assert_string_equal(text_list_add(arena, "fr de", "de"), "fr de");
	assert_string_equal(text_list_remove(arena, "fr de he", "de"), "fr he");
	assert_string_equal(text_list_remove(arena, "de", "de"), "");
	assert_string_equal(text_language_named("pt-BR"), "pt-BR");
	assert_null(text_language_named("pt-br'"));
	assert_null(text_language_named(NULL));
	assert_true(text_language_is_ours("pt"));
	assert_false(text_language_is_ours("pt-BR"));
}

/* Columns are 16 wide, the list of a company 400. */
static void
languages_fit_their_columns(void **state)
{
	const struct field_choice *choice;

	(void)state;
	for (choice = text_language_choices; choice->value != NULL; choice++)
		assert_true(strlen(choice->value) <= 5);
}

static void
places_are_known(void **state)
{
	(void)state;
	assert_int_equal(text_areas_of(" static/widget/strings.txt static/console/strings.txt"), TEXT_VISITORS | TEXT_CONSOLE);
	assert_int_equal(text_areas_of(" cgi-bin/rooms/notice/notice_text.c"), TEXT_MAILS);
	assert_int_equal(text_areas_of(" templates/people/sign_in.cs"), TEXT_PANEL);
	assert_int_equal(text_areas_of(" templates/host/usage.cs cgi-bin/rooms/host/host_rules.c"), 0);
	assert_int_equal(text_area_named("console"), TEXT_CONSOLE);
	assert_int_equal(text_area_named(NULL), 0);
}

static void
a_catalogue_is_read(void **state)
{
	static const char pot[] = "# head\nmsgid \"\"\nmsgstr \"\"\n\"Language: \\n\"\n\n"
		"#: static/widget/strings.txt\nmsgid \"Send\"\nmsgstr \"\"\n\n"
		"#: cgi-bin/rooms/hours/hours.c\n#: static/console/strings.txt\n#, c-format\nmsgid \"%s holiday\"\nmsgid_plural \"\"\n\"%s \"\n\"holidays\"\n"
		"msgstr[0] \"\"\nmsgstr[1] \"\"\n\n#: templates/host/usage.cs\nmsgid \"Hosts\"\nmsgstr \"\"\n\n"
		"#: templates/a.cs\nmsgid \"\"\n\"A \\\"quoted\\\" \"\n\"text\\n\"\nmsgstr \"\"\n";
	struct text_catalogue catalogue;
	const struct text_message *message;

	(void)state;
	text_catalogue_read(arena, pot, &catalogue);
	assert_int_equal(catalogue.count, 3);
	message = text_catalogue_find(&catalogue, "%s holiday");
	assert_non_null(message);
	assert_string_equal(message->many, "%s holidays");
	assert_int_equal(message->areas, TEXT_PANEL | TEXT_CONSOLE);
	assert_non_null(text_catalogue_find(&catalogue, "A \"quoted\" text\n"));
	assert_null(text_catalogue_find(&catalogue, "Hosts"));
	assert_null(text_catalogue_find(&catalogue, "Send")->many);
	text_catalogue_read(arena, "", &catalogue);
	assert_int_equal(catalogue.count, 0);
	text_catalogue_read(arena, "msgid \"\n\"\nmsgid", &catalogue);
	assert_null(text_catalogue_find(&catalogue, "x"));
}

/* Visitors' languages have only the two forms of ours, so nothing that they read may count. */
static void
what_visitors_read_has_no_plural(void **state)
{
	struct text_catalogue catalogue;
	const char *build = getenv("HARK_BUILD");
	struct conf conf = { .locale_dir = arena_printf(arena, "%s/locale", build != NULL ? build : ".") };
	size_t i, visitors = 0;

	(void)state;
	assert_int_equal(text_catalogue_load(&conf, arena, &catalogue), GOT_ONE);
	for (i = 0; i < catalogue.count; i++) {
		if ((catalogue.messages[i].areas & TEXT_VISITORS) == 0)
			continue;
		visitors++;
		assert_null(catalogue.messages[i].many);
	}
	assert_true(visitors > 50);
}

static void
own_texts_come_before_the_catalogue(void **state)
{
	struct locale_own texts[] = {
		{ "Send", "Envoie", NULL, 1 }, { "%s day", "%s Tag", "%s Tage", 0 }, { "Send", "Senden", NULL, 0 }, { "Close", "Fermer", NULL, 1 }
	};
	struct arena *request = arena_new();

	(void)state;
	locale_use("fr");
	locale_use_own(request, "de", texts, 4);
	assert_string_equal(locale_name(), "de");
	assert_string_equal(locale_text("Send"), "Senden");
	assert_string_equal(locale_text("Close"), "Fermer");
	assert_string_equal(locale_text("Other"), "Other");
	assert_string_equal(locale_plural("%s day", "%s days", 1), "%s Tag");
	assert_string_equal(locale_plural("%s day", "%s days", 2), "%s Tage");
	assert_string_equal(locale_plural("%s day", "%s days", 0), "%s Tag");
	arena_free(request);
	assert_string_equal(locale_name(), "fr");
	assert_string_equal(locale_text("Send"), "Send");
	locale_use("en");
}

static void
a_language_is_chosen_among_ours_and_theirs(void **state)
{
	(void)state;
	assert_string_equal(locale_choose(arena, "de-AT,fr;q=0.5", "de fr", "en"), "de");
	assert_string_equal(locale_choose(arena, "de-AT,fr;q=0.5", NULL, "en"), "fr");
	assert_string_equal(locale_choose(arena, "pt-BR", "pt-BR", "en"), "pt-BR");
	assert_string_equal(locale_choose(arena, "pt-PT", "pt-BR", "en"), "pt");
	assert_string_equal(locale_choose(arena, "PT-br;q=0.9,en;q=0.2", "de pt-BR", "fr"), "pt-BR");
	assert_string_equal(locale_choose(arena, "tlh", "de", "fr"), "fr");
	assert_string_equal(locale_choose(arena, "*", "de", "fr"), "fr");
	assert_null(locale_choose(arena, "deu", "de", NULL));
	assert_null(locale_choose(arena, NULL, "de", NULL));
	assert_null(locale_choose(arena, "", "de  ", NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_filled_in_must_stay),
		cmocka_unit_test(lists_keep_their_languages),
		cmocka_unit_test(languages_fit_their_columns),
		cmocka_unit_test(places_are_known),
		cmocka_unit_test(a_catalogue_is_read),
		cmocka_unit_test(what_visitors_read_has_no_plural),
		cmocka_unit_test(own_texts_come_before_the_catalogue),
		cmocka_unit_test(a_language_is_chosen_among_ours_and_theirs),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
