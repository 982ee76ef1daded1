/* SPDX-License-Identifier: BSD-2-Clause */
/* csv.c - cells and rows of CSV downloads. */
#include "web/csv.h"

#include <string.h>

#include "core/text.h"
#include "web/reply.h"

#define CSV_PIECE 32768      /* bytes sent at once */

/* A spreadsheet takes text that starts so for a formula; an apostrophe in front makes it text. Full-width forms count too. */
static bool
cell_is_formula(const char *text)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	size_t i;

	text += strspn(text, " ");
	if (text[0] != '\0' && strchr("=+-@\t\r\n|", text[0]) != NULL)
		return true;
	for (i = 0; i < COUNT_OF(wide); i++)
		if (text_starts_with(text, wide[i]))
			return true;
	return false;
}

void
csv_cell(struct str *out, const char *text, bool is_number)
{
	const char *at;

	str_add_char(out, '"');
	if (!is_number && cell_is_formula(text))
		str_add_char(out, '\'');
	for (at = text; *at != '\0'; at++) {
		if (*at == '"')
			str_add_char(out, '"');
		str_add_char(out, *at);
	}
	str_add_char(out, '"');
}

static void
arena_end(void *arg)
{
	arena_free(arg);
}

void
csv_open(struct csv_file *file, struct req *r, const char *name, const char *head)
{
	memset(file, 0, sizeof(*file));
	file->r = r;
	file->name = name;
	file->head = head;
	file->arena = arena_new();
	arena_on_release(r->arena, arena_end, file->arena);
	str_init(&file->out, r->arena);
}

static void
cell_begin(struct csv_file *file)
{
	if (file->in_row)
		str_add_char(&file->out, ',');
	file->in_row = true;
}

void
csv_text(struct csv_file *file, const char *text)
{
	cell_begin(file);
	csv_cell(&file->out, text != NULL ? text : "", false);
}

void
csv_u64(struct csv_file *file, uint64_t number)
{
	cell_begin(file);
	str_addf(&file->out, "%llu", (unsigned long long)number);
}

void
csv_line(struct csv_file *file, const char *line)
{
	str_add(&file->out, line);
}

static bool
csv_begin(struct csv_file *file)
{
	struct str head;

	file->begun = true;
	str_init(&head, file->r->arena);
	str_addf(&head, "\xef\xbb\xbf%s\r\n", file->head);      /* so that spreadsheets read it as UTF-8 */
	return reply_stream_begin(file->r, "text/csv; charset=utf-8", file->name)
		&& reply_stream_write(file->r, head.data, head.len);
}

static bool
csv_flush(struct csv_file *file)
{
	bool good = reply_stream_write(file->r, file->out.data, file->out.len);

	str_clear(&file->out);
	return good;
}

bool
csv_end_row(struct csv_file *file)
{
	str_add(&file->out, "\r\n");
	file->in_row = false;
	arena_reset(file->arena);
	if (!file->begun && !csv_begin(file))
		return false;
	return file->out.len < CSV_PIECE || csv_flush(file);
}

int
csv_reply(struct csv_file *file, enum got got)
{
	if (got == GOT_ERROR && !file->begun)
		return reply_got(file->r, got);
	if (file->begun || csv_begin(file))
		csv_flush(file);
	return reply_stream_end(file->r);
}
