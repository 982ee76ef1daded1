/* SPDX-License-Identifier: BSD-2-Clause */
/* csv_read.c - comma-separated values, as RFC 4180 and spreadsheets write them. */
#include "core/csv_read.h"

#include <string.h>

#include "core/str.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* What stands most often between the cells of the first line, outside of quotes. */
static char
separator_of(const char *text)
{
	static const char candidates[] = ",;\t";
	size_t counts[sizeof(candidates) - 1] = { 0 }, i, best = 0;
	bool is_quoted = false;

	for (; *text != '\0' && (is_quoted || (*text != '\n' && *text != '\r')); text++) {
		if (*text == '"')
			is_quoted = !is_quoted;
		for (i = 0; !is_quoted && i < sizeof(candidates) - 1; i++)
			counts[i] += *text == candidates[i] ? 1 : 0;
	}
	for (i = 1; i < sizeof(candidates) - 1; i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}

static bool
is_line_end(char byte)
{
	return byte == '\0' || byte == '\n' || byte == '\r';
}

void
csv_open(struct csv_reader *reader, struct arena *arena, const char *text)
{
	if (strncmp(text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0)
		text += strlen(BYTE_ORDER_MARK);
	reader->arena = arena;
	reader->at = text + strspn(text, "\r\n");
	reader->separator = separator_of(reader->at);
	reader->line = 1;
	for (; text < reader->at; text++)
		reader->line += *text == '\n' || (*text == '\r' && text[1] != '\n') ? 1 : 0;
	if (strncmp(reader->at, "sep=", 4) == 0 && reader->at[4] != '\0' && strchr(",;\t", reader->at[4]) != NULL && is_line_end(reader->at[5])) {
		reader->separator = reader->at[4];
		reader->at += 5;
	}
}

/* Steps over the ends of this and of empty lines. */
static void
lines_skip(struct csv_reader *reader)
{
	for (;;) {
		const char *end = reader->at + strspn(reader->at, " ");

		if (!is_line_end(*end))
			return;
		reader->at = end;
		if (*end == '\0')
			return;
		reader->line += *end == '\n' || end[1] != '\n' ? 1 : 0;
		reader->at++;
	}
}

/* A cell in quotes; stops behind the closing one. */
static enum csv_read
quoted_read(struct csv_reader *reader, const char **cell)
{
	struct str out;

	str_init(&out, reader->arena);
	for (reader->at++; *reader->at != '\0'; reader->at++) {
		if (*reader->at == '"' && *++reader->at != '"') {
			*cell = out.data;
			return is_line_end(*reader->at) || *reader->at == reader->separator ? CSV_READ_ROW : CSV_READ_QUOTE;
		}
		reader->line += *reader->at == '\n' || (*reader->at == '\r' && reader->at[1] != '\n') ? 1 : 0;
		str_add_char(&out, *reader->at);
	}
	return CSV_READ_OPEN;
}

static enum csv_read
plain_read(struct csv_reader *reader, const char **cell)
{
	const char *start = reader->at;

	while (!is_line_end(*reader->at) && *reader->at != reader->separator)
		if (*reader->at++ == '"')
			return CSV_READ_QUOTE;
	*cell = arena_text_of(reader->arena, start, (size_t)(reader->at - start));
	return CSV_READ_ROW;
}

enum csv_read
csv_next(struct csv_reader *reader, struct csv_record *row)
{
	enum csv_read got;

	row->count = 0;
	lines_skip(reader);
	row->line = reader->line;
	if (*reader->at == '\0')
		return CSV_READ_END;
	row->cells = ARENA_ARRAY(reader->arena, const char *, CSV_CELLS_MAX);
	for (;;) {
		if (row->count == CSV_CELLS_MAX)
			return CSV_READ_CELLS;
		got = *reader->at == '"' ? quoted_read(reader, &row->cells[row->count])
			: plain_read(reader, &row->cells[row->count]);
		if (got != CSV_READ_ROW)
			return got;
		row->count++;
		if (is_line_end(*reader->at))
			return CSV_READ_ROW;
		reader->at++;      /* the separator: another cell follows, if only an empty one */
	}
}
