/* SPDX-License-Identifier: BSD-2-Clause */
/* test_migrate.c - the splitter of SQL files; running them needs a server, see test_db.c. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "core/str.h"
#include "edge/migrate.h"

/* The statements as "line:sql|line:sql", or the problem behind a "!". */
static const char *
split(struct arena *arena, const char *text)
{
	struct migrate_statements statements;
	const char *problem = NULL;
	struct str out;

	str_init(&out, arena);
	if (!migrate_split(arena, text, strlen(text), &statements, &problem)) {
		str_addf(&out, "!%s", problem);
		return out.data;
	}
	assert_null(problem);
	for (size_t i = 0; i < statements.count; i++) {
		assert_int_equal(strlen(statements.list[i].sql), statements.list[i].len);
		str_addf(&out, "%s%zu:%s", i > 0 ? "|" : "", statements.list[i].line, statements.list[i].sql);
	}
	return out.data;
}

static void
splits(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "", "" },
		{ " ;; \n ; ", "" },
		{ "A", "1:A" },
		{ "A;\nB ;\n\n  C\n D;", "1:A|2:B|4:C\n D" },
		{ "-- a; b\nA -- c; d\n;# e; f\nB", "2:A|4:B" },
		{ "A/* ; ' */B;/* x */\nC", "1:A B|2:C" },
		{ "SELECT 5--3; B", "1:SELECT 5--3|1:B" },
		{ "A --", "1:A" },
		{ "A '-- ; ''x'' \\'; /*' B; C", "1:A '-- ; ''x'' \\'; /*' B|1:C" },
		{ "A \"x;\"\"y\\\";\" ; `a;\\`; B", "1:A \"x;\"\"y\\\";\"|1:`a;\\`|1:B" },
		{ "`a``;b`; C", "1:`a``;b`|1:C" },
		{ "/*! CREATE */ A; /*M!100 x*/", "1:/*! CREATE */ A|1:/*M!100 x*/" },
		{ "A '\n\n';\nB", "1:A '\n\n'|4:B" },
		{ "ol\xc3\xa1; B", "1:ol\xc3\xa1|1:B" },
		{ "delimiters; B", "1:delimiters|1:B" },
		{ "A\n'open", "!line 2: the quote is never closed" },
		{ "A 'x\\'", "!line 1: the quote is never closed" },
		{ "A;\n\n/* open", "!line 3: the comment is never closed" },
		{ "/*/", "!line 1: the comment is never closed" },
		{ "A;\nDelimiter //\nB//", "!line 2: DELIMITER is a command of the mysql client, not SQL" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(split(arena, cases[i].text), cases[i].want);
	arena_free(arena);
}

static void
refuses_a_nul(void **state)
{
	struct arena *arena = arena_new();
	struct migrate_statements statements;
	const char *problem;

	(void)state;
	assert_false(migrate_split(arena, "A\0;", 3, &statements, &problem));
	arena_free(arena);
}

static void
holds_many(void **state)
{
	struct arena *arena = arena_new();
	struct migrate_statements statements;
	struct str text;
	const char *problem;

	(void)state;
	str_init(&text, arena);
	for (int i = 0; i < 1000; i++)
		str_addf(&text, "S%d;\n", i);
	assert_true(migrate_split(arena, text.data, text.len, &statements, &problem));
	assert_int_equal(statements.count, 1000);
	assert_string_equal(statements.list[0].sql, "S0");
	assert_string_equal(statements.list[999].sql, "S999");
	assert_int_equal(statements.list[999].line, 1000);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits),
		cmocka_unit_test(refuses_a_nul),
		cmocka_unit_test(holds_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
