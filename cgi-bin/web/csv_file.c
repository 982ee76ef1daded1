/* SPDX-License-Identifier: BSD-2-Clause */
/* csv_file.c - rows of CSV downloads. */
#include "web/csv_file.h"

#include <string.h>

#include "web/reply.h"

static void
arena_end(void *arg)
{
	arena_free(arg);
}

void
csv_file_open(struct csv_file *file, struct req *r, const char *name, const char *head)
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
csv_file_text(struct csv_file *file, const char *text)
{
	cell_begin(file);
	csv_cell(&file->out, text != NULL ? text : "", false);
}

void
csv_file_u64(struct csv_file *file, uint64_t number)
{
	cell_begin(file);
	str_addf(&file->out, "%llu", (unsigned long long)number);
}

void
csv_file_number(struct csv_file *file, const char *number)
{
	cell_begin(file);
	csv_cell(&file->out, number, true);
}

void
csv_file_line(struct csv_file *file, const char *line)
{
	str_add(&file->out, line);
}

static bool
csv_begin(struct csv_file *file)
{
	struct str head;

	file->begun = true;
	str_init(&head, file->r->arena);
	str_addf(&head, CSV_MARK "%s" CSV_END, file->head);
	return reply_stream_begin(file->r, CSV_TYPE, file->name)
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
csv_file_end_row(struct csv_file *file)
{
	str_add(&file->out, CSV_END);
	file->in_row = false;
	arena_reset(file->arena);
	if (!file->begun && !csv_begin(file))
		return false;
	return file->out.len < CSV_PIECE || csv_flush(file);
}

int
csv_file_reply(struct csv_file *file, enum got got)
{
	if (got == GOT_ERROR)
		return file->begun ? reply_stream_cut(file->r) : reply_got(file->r, got);
	if (file->begun || csv_begin(file))
		csv_flush(file);
	return reply_stream_end(file->r);
}
