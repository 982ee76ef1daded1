/* SPDX-License-Identifier: BSD-2-Clause */
/* test_field.c - members read from forms, shown, compared and preset by their table. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "core/field.h"
#include "core/text.h"

struct thing {
	uint64_t id;
	const char *name;
	const char *notes;
	const char *email;
	const char *site;
	const char *colour;
	const char *kind;
	const char *zone;
	const char *password;
	uint64_t limit;
	uint64_t places;
	int64_t shift;
	bool open;
	clock_ms due_at;
	uint64_t queue_id;
	struct field_set agents;
	struct field_bytes hash;
};

static const struct field_choice kinds[] = { { "chat", N_("Chat") }, { "mail", N_("Mail") }, { NULL, NULL } };
static const struct field_via agents_via = { "thing_agent", "thing_id", "agent_id" };

static const struct field fields[] = {
	FIELD_U64(struct thing, id, FIELD_KEY),
	FIELD_TEXT(struct thing, name, FIELD_FORM | FIELD_REQUIRED, .min = 2, .max = 5, .preset = " new "),
	FIELD_LONG_TEXT(struct thing, notes, FIELD_FORM),
	FIELD_EMAIL(struct thing, email, FIELD_FORM),
	FIELD_URL(struct thing, site, FIELD_FORM),
	FIELD_COLOUR(struct thing, colour, FIELD_FORM, .preset = "#1a73e8"),
	FIELD_CHOICE(struct thing, kind, FIELD_FORM | FIELD_REQUIRED, .choices = kinds),
	FIELD_ZONE(struct thing, zone, FIELD_FORM),
	FIELD_TEXT(struct thing, password, FIELD_FORM | FIELD_SECRET | FIELD_REQUIRED),
	FIELD_U64(struct thing, limit, FIELD_FORM | FIELD_REQUIRED, .min = 1, .max = 99, .preset = "5"),
	FIELD_U64(struct thing, places, FIELD_FORM | FIELD_NULLABLE, .min = 3, .max = 9),
	FIELD_I64(struct thing, shift, FIELD_FORM),
	FIELD_BOOL(struct thing, open, FIELD_FORM, .preset = "1"),
	FIELD_TIME(struct thing, due_at, FIELD_FORM),
	FIELD_REFERENCE(struct thing, queue_id, FIELD_FORM | FIELD_REQUIRED, .of = "queue"),
	FIELD_SET(struct thing, agents, FIELD_FORM, .of = "agent", .via = &agents_via),
	FIELD_BYTES(struct thing, hash, FIELD_LOCAL),
	FIELD_END
};

static struct arena *arena;
static struct thing row;
static struct field_problem problem;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new();
	clock_use_zone("UTC");
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const struct field *
find(const char *name)
{
	const struct field *field = field_find(fields, name);

	assert_non_null(field);
	return field;
}

static void
takes(const char *name, const char *value, const char *shown)
{
	if (!field_read(arena, find(name), value, &row, &problem))
		fail_msg("%s: %s (%s)", name, problem.text, problem.detail);
	assert_string_equal(field_show(arena, find(name), &row), shown);
}

static void
refuses(const char *name, const char *value, const char *text, const char *detail)
{
	assert_false(field_read(arena, find(name), value, &row, &problem));
	assert_string_equal(problem.text, text);
	assert_string_equal(problem.detail, detail);
}

static void
finds(void **state)
{
	(void)state;
	assert_null(field_find(fields, "nothing"));
	assert_null(field_find(fields, ""));
	assert_ptr_equal(field_at(find("notes"), &row), &row.notes);
	assert_true(field_is_text(find("kind")));
	assert_false(field_is_text(find("agents")));
	assert_true(field_is_column(find("queue_id")));
	assert_false(field_is_column(find("agents")));
	assert_false(field_is_column(find("hash")));
}

static void
texts(void **state)
{
	(void)state;
	takes("name", "  Zoë \t", "Zoë");
	takes("name", "😀😀😀😀😀", "😀😀😀😀😀");
	refuses("name", "😀😀😀😀😀😀", "must be at most %s characters", "5");
	assert_string_equal(row.name, "😀😀😀😀😀😀");
	refuses("name", "a", "must be at least %s characters", "2");
	refuses("name", NULL, "is required", "");
	refuses("name", " \xe2\x80\x8b\xc2\xa0\n", "is required", "");
	refuses("name", "a\nb", "must be one line", "");
	refuses("name", "a\x1b", "must not hold control characters", "");
	refuses("name", "ab\xff", "must be text in UTF-8", "");
	assert_string_equal(row.name, "ab\xef\xbf\xbd");
	takes("notes", " a\r\nb\r\n", "a\nb");
	takes("notes", NULL, "");
	refuses("notes", "a\rb", "must not hold control characters", "");
	refuses("notes", arena_printf(arena, "%010001d", 1), "must be at most %s characters", "10000");
	takes("notes", arena_printf(arena, "%010000d", 1), row.notes + 1);
}

static void
shapes(void **state)
{
	(void)state;
	takes("email", " a@b.example ", "a@b.example");
	takes("email", "", "");
	refuses("email", "a@b, c@d", "must be one e-mail address, such as %s", "name@example.com");
	assert_string_equal(row.email, "a@b, c@d");
	takes("site", "https://example.com/x", "https://example.com/x");
	refuses("site", "javascript:alert(1)", "must be a web address, such as %s", "https://example.com/");
	takes("colour", "#ABCDEF", "#ABCDEF");
	refuses("colour", "red", "must be a colour, such as %s", "#1a73e8");
	takes("kind", "mail", "mail");
	refuses("kind", "fax", "must be one of: %s", "chat, mail");
	refuses("kind", "", "is required", "");
}

static void
secrets_are_kept(void **state)
{
	(void)state;
	row.password = NULL;
	refuses("password", "", "is required", "");
	takes("password", " pass word \r\n", "");
	assert_string_equal(row.password, " pass word ");
	takes("password", "", "");
	takes("password", NULL, "");
	assert_string_equal(row.password, " pass word ");
}

static void
numbers(void **state)
{
	(void)state;
	takes("limit", " 99 ", "99");
	refuses("limit", "100", "must be a number from %s to %s", "1");
	assert_int_equal(row.limit, 100);
	refuses("limit", "0", "must be a number from %s to %s", "1");
	refuses("limit", "-1", "must be a number from %s to %s", "1");
	refuses("limit", "1.5", "must be a number from %s to %s", "1");
	refuses("limit", "18446744073709551616", "must be a number from %s to %s", "1");
	assert_string_equal(problem.until, "99");
	refuses("limit", "", "is required", "");
	takes("places", "", "");
	assert_int_equal(row.places, 0);
	refuses("places", "0", "must be a number from %s to %s", "3");
	takes("places", "3", "3");
	refuses("places", "2", "must be a number from %s to %s", "3");
	takes("shift", "-9223372036854775808", "-9223372036854775808");
	takes("shift", "", "0");
	refuses("shift", "x", "must be a whole number", "");
}

static void
booleans_and_times(void **state)
{
	(void)state;
	takes("open", "1", "1");
	takes("open", NULL, "");
	takes("open", "on", "1");
	takes("open", "false", "");
	takes("open", "TRUE", "1");
	takes("open", "0", "");
	takes("open", "yes", "1");
	takes("open", "", "");
	refuses("open", "2", "must be yes or no", "");
	takes("due_at", "2026-11-20T14:51:39+01:00", "2026-11-20T13:51:39Z");
	takes("due_at", "2026-11-20", "2026-11-20T00:00:00Z");
	takes("due_at", "", "");
	refuses("due_at", "tomorrow", "must be a date and time, such as %s", "2026-11-20T13:51:39Z");
}

static void
references_and_sets(void **state)
{
	struct str many;

	(void)state;
	takes("queue_id", "7", "7");
	refuses("queue_id", "", "is required", "");
	refuses("queue_id", "0", "is required", "");
	refuses("queue_id", "x", "must be one of the list", "");
	takes("agents", "3, 1,2,3,18446744073709551615,1", "1,2,3,18446744073709551615");
	assert_int_equal(row.agents.count, 4);
	assert_true(field_set_has(&row.agents, 3));
	assert_false(field_set_has(&row.agents, 4));
	takes("agents", "", "");
	assert_false(field_set_has(&row.agents, 1));
	refuses("agents", "1,,2", "must be a list of numbers, such as %s", "1,2,3");
	refuses("agents", "1,", "must be a list of numbers, such as %s", "1,2,3");
	refuses("agents", "0", "must be a list of numbers, such as %s", "1,2,3");
	refuses("agents", "1;2", "must be a list of numbers, such as %s", "1,2,3");
	assert_int_equal(row.agents.count, 0);
	str_init(&many, arena);
	for (int i = 1000; i >= 1; i--)
		str_addf(&many, "%d,%d%s", i, i, i > 1 ? "," : "");
	assert_true(field_read(arena, find("agents"), many.data, &row, &problem));
	assert_int_equal(row.agents.count, 1000);
	str_add(&many, ",1001");
	refuses("agents", many.data, "must be at most %s entries", "1000");
}

static void
compares(void **state)
{
	static const uint64_t one[] = { 1, 2 }, two[] = { 1, 3 };
	struct thing a = { .name = "x", .agents = { one, 2 }, .hash = { "ab", 2 }, .open = true, .shift = -1 };
	struct thing b = { .name = "x", .agents = { one, 2 }, .hash = { "ab", 2 }, .open = true, .shift = -1, .notes = "" };

	(void)state;
	for (const struct field *field = fields; field->name != NULL; field++)
		assert_true(field_equal(field, &a, &b));
	b.agents.ids = two;
	b.hash.data = "ac";
	b.open = false;
	b.shift = 1;
	b.name = "y";
	b.notes = "n";
	b.limit = 1;
	for (const struct field *field = fields; field->name != NULL; field++)
		assert_true(field_equal(field, &a, &b) == (strstr("agents hash open shift name notes limit", field->name) == NULL));
	assert_string_equal(field_show(arena, find("hash"), &a), "6162");
	assert_string_equal(field_show(arena, find("notes"), &a), "");
}

static void
zones(void **state)
{
	(void)state;
	takes("zone", " Europe/Paris ", "Europe/Paris");
	takes("zone", "", "");
	refuses("zone", "Mars/Olympus", "must be a time zone such as %s", "Europe/Paris");
	refuses("zone", "../../etc/passwd", "must be a time zone such as %s", "Europe/Paris");
}

static void
presets(void **state)
{
	struct thing fresh = { .id = 4 };

	(void)state;
	field_preset(arena, fields, &fresh);
	assert_string_equal(fresh.name, "new");
	assert_string_equal(fresh.colour, "#1a73e8");
	assert_int_equal(fresh.limit, 5);
	assert_true(fresh.open);
	assert_int_equal(fresh.id, 4);
	assert_null(fresh.notes);
}

struct grant {
	const char *may;
};

static bool
grant_words(size_t at, struct field_word *word)
{
	static const char *const all[] = { "read", "write", "rewrite" };

	if (at >= 3)
		return false;
	*word = (struct field_word){ all[at], N_("Group"), all[at] };
	return true;
}

static const struct field grant_fields[] = {
	FIELD_WORDS(struct grant, may, FIELD_FORM, .words = grant_words),
	FIELD_END
};

static void
words(void **state)
{
	static const struct { const char *typed, *kept; } good[] = {
		{ "", "" }, { NULL, "" }, { "write,read", "read write" }, { " read  read\n", "read" }, { "rewrite", "rewrite" },
		{ "write read rewrite", "read write rewrite" }, { "*", "*" }, { "read,*", "*" }
	};
	struct grant grant = { .may = "old" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(good); i++) {
		assert_true(field_read(arena, grant_fields, good[i].typed, &grant, &problem));
		assert_string_equal(grant.may, good[i].kept);
		assert_string_equal(field_show(arena, grant_fields, &grant), good[i].kept);
	}
	assert_false(field_read(arena, grant_fields, "read,fly,swim", &grant, &problem));
	assert_string_equal(problem.detail, "fly");
	assert_string_equal(grant.may, "read,fly,swim");
	assert_false(field_read(arena, grant_fields, "rea", &grant, &problem));
	assert_false(field_read(arena, grant_fields, "read \xff", &grant, &problem));
	assert_true(field_words_have("read write", "write") && field_words_have("*", "write"));
	assert_false(field_words_have("rewrite", "write") || field_words_have("", "write") || field_words_have(NULL, "write"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),
		cmocka_unit_test(texts),
		cmocka_unit_test(shapes),
		cmocka_unit_test(secrets_are_kept),
		cmocka_unit_test(numbers),
		cmocka_unit_test(booleans_and_times),
		cmocka_unit_test(references_and_sets),
		cmocka_unit_test(compares),
		cmocka_unit_test(zones),
		cmocka_unit_test(presets),
		cmocka_unit_test(words)
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
