/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_csv.c - a list as CSV (RFC 4180), row by row, safe to open in a spreadsheet. */
#include "web/resource_doors.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "web/csv_file.h"
#include "web/reply.h"
#include "web/resource_store.h"

/* What a column needs to show names instead of ids. */
struct csv_column {
	const struct field *field;
	struct resource_links links;
	struct db_rows names;
};

struct csv {
	struct req *r;
	const struct resource *resource;
	struct csv_column *columns;
	size_t count;
	struct csv_file file;
};

static bool
is_exported(const struct field *field)
{
	return resource_is_public(field) && field->type != FIELD_TYPE_BYTES && (field->flags & FIELD_LOCAL) == 0
		&& strcmp(field->name, "deleted_at") != 0;
}

static const char *
names_joined(struct csv *csv, const struct csv_column *column, struct field_set set)
{
	struct str out;
	size_t i;

	str_init(&out, csv->file.arena);
	for (i = 0; i < set.count; i++) {
		str_add(&out, i > 0 ? "; " : "");
		str_add(&out, resource_name(csv->file.arena, &column->names, set.ids[i]));
	}
	return out.data;
}

static const char *
plain_text(struct csv *csv, const struct field *field, const void *row)
{
	const char *text = field_show(csv->file.arena, field, row);

	return (field->flags & FIELD_MASKED) != 0 ? csv->resource->mask(csv->file.arena, field, text) : text;
}

static const char *
cell_text(struct csv *csv, const struct csv_column *column, const void *row)
{
	const struct field *field = column->field;
	uint64_t id = *(const uint64_t *)field_at(csv->resource->fields, row);
	struct field_set one = { NULL, 0 };

	if (field->type == FIELD_TYPE_BOOL)
		return *(const bool *)field_at(field, row) ? "1" : "0";
	if (field->type == FIELD_TYPE_SET)
		return names_joined(csv, column, resource_links_of(&column->links, id));
	if (field->type == FIELD_TYPE_REFERENCE) {
		one.ids = field_at(field, row);
		one.count = *one.ids != 0 ? 1 : 0;
		return names_joined(csv, column, one);
	}
	return plain_text(csv, field, row);
}

static bool
csv_row(void *arg, const void *row)
{
	struct csv *csv = arg;
	size_t i;

	for (i = 0; i < csv->count; i++) {
		const enum field_type type = csv->columns[i].field->type;
		const char *text = cell_text(csv, &csv->columns[i], row);

		if (type == FIELD_TYPE_I64 || type == FIELD_TYPE_U64)
			csv_file_number(&csv->file, text);
		else
			csv_file_text(&csv->file, text);
	}
	return csv_file_end_row(&csv->file);
}

/* Links and names are read before: while rows stream, the connection can do nothing else. */
static enum got
csv_columns(struct csv *csv)
{
	const struct field *field;

	for (field = csv->resource->fields; field->name != NULL; field++)
		csv->count++;
	csv->columns = ARENA_ARRAY(csv->r->arena, struct csv_column, csv->count);
	csv->count = 0;
	for (field = csv->resource->fields; field->name != NULL; field++) {
		struct csv_column *column = &csv->columns[csv->count];

		if (!is_exported(field) || (field->type == FIELD_TYPE_SET && field->via == NULL))
			continue;
		column->field = field;
		csv->count++;
		if (field->type == FIELD_TYPE_SET && resource_links(csv->r, field, NULL, &column->links) == GOT_ERROR)
			return GOT_ERROR;
		if (field->of != NULL && resource_names(csv->r, field->of, NULL, &column->names) == GOT_ERROR)
			return GOT_ERROR;
	}
	return GOT_ONE;
}

static const char *
csv_head(const struct csv *csv)
{
	struct str head;
	size_t i;

	str_init(&head, csv->r->arena);
	for (i = 0; i < csv->count; i++)
		csv_cell(&head, csv->columns[i].field->name, false);
	return head.data;
}

int
resource_csv(struct req *r)
{
	struct csv csv = { .r = r, .resource = resource_seen(r, r->route->resource) };
	struct resource_query query;
	struct form form;
	struct sql sql;

	form_init(&form, csv.resource->fields);
	resource_query_read(r, csv.resource, &form, &query);
	if (!form_is_good(&form))        /* rows that nobody asked for would look like those that were asked for */
		return reply_error(r, 422, "invalid", form_sentence(r, &form, 0));
	if (csv_columns(&csv) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	resource_query_sql(&sql, r, csv.resource, &query);
	csv_file_open(&csv.file, r, arena_printf(r->arena, "%s.csv", csv.resource->plural), csv_head(&csv));
	return csv_file_reply(&csv.file,
		db_stream(r->db, csv.resource->fields, csv.resource->size, sql.text.data, sql.args, csv_row, &csv));
}
