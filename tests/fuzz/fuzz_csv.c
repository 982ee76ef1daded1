/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_csv.c - any text as CSV: it ends, its lines count up, and what was read comes back when it is written in quotes. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/check.h"
#include "core/csv_read.h"
#include "core/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
record_write(struct str *out, const struct csv_record *record)
{
	size_t i;
	const char *at;

	for (i = 0; i < record->count; i++) {
		str_add(out, i > 0 ? ",\"" : "\"");
		for (at = record->cells[i]; *at != '\0'; at++) {
			str_add_char(out, *at);
			if (*at == '"')
				str_add_char(out, '"');
		}
		str_add_char(out, '"');
	}
	str_add(out, "\r\n");
}

static void
same_check(struct arena *arena, const struct csv_record *record)
{
	struct csv_reader reader;
	struct csv_record again;
	struct str out;
	size_t i;

	str_init(&out, arena);
	record_write(&out, record);
	csv_open(&reader, arena, out.data);
	CHECK(csv_next(&reader, &again) == CSV_READ_ROW && again.count == record->count);
	for (i = 0; i < record->count; i++)
		CHECK(strcmp(again.cells[i], record->cells[i]) == 0);
	CHECK(csv_next(&reader, &again) == CSV_READ_END);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_text_of(arena, (const char *)data, size);
	struct csv_reader reader;
	struct csv_record record;
	size_t line = 0;

	csv_open(&reader, arena, text);
	while (csv_next(&reader, &record) == CSV_READ_ROW) {
		CHECK(record.line > line && record.count > 0 && record.count <= CSV_CELLS_MAX);
		line = record.line;
		same_check(arena, &record);
	}
	CHECK(reader.at <= text + strlen(text));
	arena_free(arena);
	return 0;
}
