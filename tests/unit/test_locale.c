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
#include "edge/locale_date.h"

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

/* The clocks of Paris are put back on 25 October 2026 at 01:00 UTC, and forward on 29 March at the same time. */
static void
writes_moments(void **state)
{
	static const struct { const char *name, *zone, *utc, *day, *time, *moment, *exact, *far; } cases[] = {
		{ "en", "Europe/Paris", "2026-10-25T00:59:09Z", "25 Oct 2026", "02:59", "25 Oct 2026, 02:59", "25 Oct 2026, 02:59:09", "25 Oct 2026, 02:59 CEST" },
		{ "en", "Europe/Paris", "2026-10-25T01:59:09Z", "25 Oct 2026", "02:59", "25 Oct 2026, 02:59", "25 Oct 2026, 02:59:09", "25 Oct 2026, 02:59 CET" },
		{ "en", "America/New_York", "2026-12-01T04:59:59Z", "30 Nov 2026", "23:59", "30 Nov 2026, 23:59", "30 Nov 2026, 23:59:59", "30 Nov 2026, 23:59 EST" },
		{ "en", "UTC", "1969-12-31T23:59:59Z", "31 Dec 1969", "23:59", "31 Dec 1969, 23:59", "31 Dec 1969, 23:59:59", "31 Dec 1969, 23:59 UTC" },
		{ "fr", "Europe/Paris", "2026-03-29T00:59:00Z", "29/03/2026", "01:59", "29/03/2026 01:59", "29/03/2026 01:59:00", "29/03/2026 01:59 CET" },
		{ "fr-CA", "Europe/Paris", "2026-03-29T01:00:00Z", "29/03/2026", "03:00", "29/03/2026 03:00", "29/03/2026 03:00:00", "29/03/2026 03:00 CEST" },
		{ "pt", "Europe/Lisbon", "2026-07-31T23:05:00Z", "01/08/2026", "00:05", "01/08/2026 00:05", "01/08/2026 00:05:00", "01/08/2026 00:05 WEST" },
		{ "es", "Europe/Madrid", "2026-12-31T23:05:00Z", "01/01/2027", "00:05", "01/01/2027 00:05", "01/01/2027 00:05:00", "01/01/2027 00:05 CET" },
		{ "de", "UTC", "2026-11-21T14:05:00Z", "21 Nov 2026", "14:05", "21 Nov 2026, 14:05", "21 Nov 2026, 14:05:00", "21 Nov 2026, 14:05 UTC" },
	};
	struct arena *arena = arena_new();
	clock_ms moment;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		locale_use(cases[i].name);
		clock_use_zone(cases[i].zone);
		assert_true(clock_from_iso(cases[i].utc, &moment));
		assert_string_equal(locale_date(arena, moment), cases[i].day);
		assert_string_equal(locale_time(arena, moment), cases[i].time);
		assert_string_equal(locale_moment(arena, moment), cases[i].moment);
		assert_string_equal(locale_moment_seconds(arena, moment), cases[i].exact);
		assert_string_equal(locale_moment_zone(arena, moment), cases[i].far);
	}
	clock_use_zone("UTC");
	locale_use("en");
	arena_free(arena);
}

static void
writes_days(void **state)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct arena *arena = arena_new();
	struct locale_own none;

	(void)state;
	locale_use("en");
	for (int month = 1; month <= 12; month++)
		assert_string_equal(locale_day_text(arena, arena_printf(arena, "2026-%02d-03", month)), arena_printf(arena, "3 %s 2026", months[month - 1]));
	assert_string_equal(locale_day(arena, 0), "1 Jan 1970");
	assert_string_equal(locale_day_yearly(arena, "2026-12-24"), "24 Dec");
	for (size_t i = 1; locale_names[i] != NULL; i++) {
		locale_use(locale_names[i]);
		assert_string_equal(locale_day_text(arena, "2026-12-04"), "04/12/2026");
		assert_string_equal(locale_day_yearly(arena, "2028-02-29"), "29/02");
		assert_string_equal(locale_day_text(arena, "tomorrow"), "tomorrow");
		assert_string_equal(locale_day_yearly(arena, "2026-02-29"), "2026-02-29");
	}
	/* A company's Brazilian is Portuguese, too. */
	locale_use("en");
	locale_use_own(arena, "pt-BR", &none, 0);
	assert_string_equal(locale_day_text(arena, "2026-12-04"), "04/12/2026");
	arena_free(arena);
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
		cmocka_unit_test(writes_moments),
		cmocka_unit_test(writes_days),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
