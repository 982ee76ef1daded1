/* SPDX-License-Identifier: BSD-2-Clause */
/* test_locale.c - switching between languages with a catalogue made here, plural forms, and Accept-Language. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "edge/locale.h"

struct entry {
	const char *id;
	size_t id_len;
	const char *text;
	size_t text_len;
};

#define ENTRY(id, text) { (id), sizeof(id) - 1, (text), sizeof(text) - 1 }

/* A catalogue of the GNU gettext format, without a hash table: the ids are sorted. */
static void
write_catalogue(const char *path, const struct entry *entries, uint32_t count)
{
	uint32_t head[7] = { 0x950412de, 0, count, 28, 28 + 8 * count, 0, 0 };
	uint32_t at = 28 + 16 * count, pair[2];
	FILE *file = fopen(path, "w");
	uint32_t i;

	assert_non_null(file);
	fwrite(head, sizeof head, 1, file);
	for (i = 0; i < count; i++) {
		pair[0] = (uint32_t)entries[i].id_len;
		pair[1] = at;
		at += pair[0] + 1;
		fwrite(pair, sizeof pair, 1, file);
	}
	for (i = 0; i < count; i++) {
		pair[0] = (uint32_t)entries[i].text_len;
		pair[1] = at;
		at += pair[0] + 1;
		fwrite(pair, sizeof pair, 1, file);
	}
	for (i = 0; i < count; i++)
		fwrite(entries[i].id, entries[i].id_len + 1, 1, file);
	for (i = 0; i < count; i++)
		fwrite(entries[i].text, entries[i].text_len + 1, 1, file);
	fclose(file);
}

static char dir[] = "/tmp/test_locale.XXXXXX";

static void
make_language(const char *name, const struct entry *entries, uint32_t count)
{
	char path[200];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/%s/LC_MESSAGES", dir, name);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/hark.mo", dir, name);
	write_catalogue(path, entries, count);
}

static void
remove_language(const char *name)
{
	static const char *const parts[] = { "/LC_MESSAGES/hark.mo", "/LC_MESSAGES", "" };
	char path[200];

	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/%s%s", dir, name, parts[i]);
		remove(path);
	}
}

#define HEAD "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n > 1);\n"

static int
set_up(void **state)
{
	static const struct entry pt[] = { ENTRY("", HEAD), ENTRY("%s chat\0%s chats", "%s conversa\0%s conversas"),
		ENTRY("At most %s characters.", "No m\xc3\xa1ximo %s caracteres."), ENTRY("Save", "Gravar") };
	static const struct entry fr[] = { ENTRY("", HEAD), ENTRY("Save", "Enregistrer") };

	(void)state;
	assert_non_null(mkdtemp(dir));
	make_language("pt", pt, 4);
	make_language("fr", fr, 2);
	locale_open(dir);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	remove_language("pt");
	remove_language("fr");
	return rmdir(dir);
}

static void
switches_languages(void **state)
{
	(void)state;
	assert_string_equal(locale_name(), "en");
	for (int i = 0; i < 3; i++) {
		locale_use("pt");
		assert_string_equal(locale_text("Save"), "Gravar");
		assert_string_equal(locale_name(), "pt");
		locale_use("fr-CA");
		assert_string_equal(locale_text("Save"), "Enregistrer");
		assert_string_equal(locale_text("Unknown"), "Unknown");
		locale_use("es");
		assert_string_equal(locale_text("Save"), "Save");
		assert_string_equal(locale_name(), "es");
		locale_use("PT_br");
		assert_string_equal(locale_text("Save"), "Gravar");
		locale_use("../../etc");
		assert_string_equal(locale_name(), "en");
		assert_string_equal(locale_text("Save"), "Save");
		locale_use(NULL);
		assert_string_equal(locale_name(), "en");
	}
}

static void
leaves_the_empty_text_alone(void **state)
{
	(void)state;
	locale_use("pt");
	assert_string_equal(locale_text(""), "");
	assert_null(locale_text(NULL));
}

static void
counts(void **state)
{
	(void)state;
	locale_use("pt");
	assert_string_equal(locale_plural("%s chat", "%s chats", 0), "%s conversa");
	assert_string_equal(locale_plural("%s chat", "%s chats", 1), "%s conversa");
	assert_string_equal(locale_plural("%s chat", "%s chats", 2), "%s conversas");
	locale_use("en");
	assert_string_equal(locale_plural("%s chat", "%s chats", 0), "%s chats");
	assert_string_equal(locale_plural("%s chat", "%s chats", 1), "%s chat");
}

static void
fills(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	locale_use("pt");
	assert_string_equal(locale_fill(arena, "At most %s characters.", "80"), "No m\xc3\xa1ximo 80 caracteres.");
	locale_use("en");
	assert_string_equal(locale_fill(arena, "At most %s characters.", "%s%n"), "At most %s%n characters.");
	assert_string_equal(locale_fill(arena, "100%% of %s", NULL), "100% of ");
	assert_string_equal(locale_fill(arena, "%d %", "x"), "%d %");
	assert_string_equal(locale_fill(arena, "", "x"), "");
	assert_string_equal(locale_fill_two(arena, "%s of %s agents", "3", "%s"), "3 of %s agents");
	arena_free(arena);
}

static void
picks(void **state)
{
	static const struct { const char *header, *want; } cases[] = {
		{ NULL, "en" }, { "", "en" }, { "fr", "fr" }, { "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr" },
		{ "de, es;q=0.5, pt;q=0.7", "pt" }, { "de,zh", "en" }, { "pt;q=0, es;q=0.001", "es" }, { "*", "en" },
		{ "*;q=0.9, es;q=0.8", "en" }, { "fra, ptx", "en" }, { "PT-br", "pt" }, { "es;q=1.000,fr;q=1", "es" },
		{ "fr;q=9, es", "es" }, { "fr;q=, es;q=0.1", "es" }, { ",,,;;;q=,\xff,es", "es" }, { "es ; q=0.3 , fr ;q=0.4", "fr" },
		{ "fr;q=0.4567890, es;q=0.455", "fr" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(locale_pick(cases[i].header), cases[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(switches_languages),
		cmocka_unit_test(leaves_the_empty_text_alone),
		cmocka_unit_test(counts),
		cmocka_unit_test(fills),
		cmocka_unit_test(picks),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
