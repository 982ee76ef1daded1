/* SPDX-License-Identifier: BSD-2-Clause */
/* test_csv_read.c - CSV as RFC 4180 and spreadsheets write it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "core/csv_read.h"
#include "core/str.h"

/* All rows as "1:a|b 3:c|d", and how it ended. */
static enum csv_read
read_all(struct arena *arena, const char *text, struct str *out)
{
	struct csv_reader reader;
	struct csv_record record;
	enum csv_read got;
	size_t i;

	str_init(out, arena);
	csv_open(&reader, arena, text);
	while ((got = csv_next(&reader, &record)) == CSV_READ_ROW) {
		str_addf(out, "%s%zu:", out->len > 0 ? " " : "", record.line);
		for (i = 0; i < record.count; i++)
			str_addf(out, "%s%s", i > 0 ? "|" : "", record.cells[i]);
	}
	return got;
}

struct example {
	const char *text;
	enum csv_read end;
	const char *rows;
};

static const struct example examples[] = {
	{ "", CSV_READ_END, "" },
	{ "\n\r\n\n", CSV_READ_END, "" },
	{ "a,b\r\nc,d\r\n", CSV_READ_END, "1:a|b 2:c|d" },
	{ "a,b\nc,d", CSV_READ_END, "1:a|b 2:c|d" },
	{ "a,b\rc,d\r", CSV_READ_END, "1:a|b 2:c|d" },
	{ "\xef\xbb\xbf" "a,b\n", CSV_READ_END, "1:a|b" },
	{ "\n\na,b\n\n\nc,d\n", CSV_READ_END, "3:a|b 6:c|d" },
	{ "a;b,c;d\n1;2;3\n", CSV_READ_END, "1:a|b,c|d 2:1|2|3" },
	{ "a\tb\n,\t;\n", CSV_READ_END, "1:a|b 2:,|;" },
	{ "\"a,a,a\";b\n", CSV_READ_END, "1:a,a,a|b" },
	{ "a,\n,\n,b\n", CSV_READ_END, "1:a| 2:| 3:|b" },
	{ "\"a \"\"b\"\" c\",\"\"\n", CSV_READ_END, "1:a \"b\" c|" },
	{ "\"x\r\ny\",z\r\nq,r\n", CSV_READ_END, "1:x\r\ny|z 3:q|r" },
	{ "a,b\n\"open,\nc", CSV_READ_OPEN, "1:a|b" },
	{ "a,b\nc\"c,d\n", CSV_READ_QUOTE, "1:a|b" },
	{ "a,b\n\"c\"c,d\n", CSV_READ_QUOTE, "1:a|b" },
	{ "a, \"b\"\n", CSV_READ_QUOTE, "" },
	{ "sep=;\r\na,b;c\r\n", CSV_READ_END, "2:a,b|c" },
	{ "sep=;b\n", CSV_READ_END, "1:sep=|b" },
	{ "a,b\n   \n \r\nc,d\n  ", CSV_READ_END, "1:a|b 4:c|d" },
	{ "\"", CSV_READ_OPEN, "" },
	{ "\"\"", CSV_READ_END, "1:" }
};

static void
reads_what_spreadsheets_write(void **state)
{
	struct arena *arena = arena_new();
	struct str rows;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		assert_int_equal(read_all(arena, examples[i].text, &rows), examples[i].end);
		assert_string_equal(rows.data, examples[i].rows);
	}
	arena_free(arena);
}

static void
limits_the_cells(void **state)
{
	struct arena *arena = arena_new();
	struct str line, rows;
	size_t i;

	(void)state;
	str_init(&line, arena);
	for (i = 1; i < CSV_CELLS_MAX; i++)
		str_add_char(&line, ',');
	assert_int_equal(read_all(arena, line.data, &rows), CSV_READ_END);
	str_add_char(&line, ',');
	assert_int_equal(read_all(arena, line.data, &rows), CSV_READ_CELLS);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_spreadsheets_write),
		cmocka_unit_test(limits_the_cells)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
