/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_rows.c - the rows of a list as page nodes: cells with names instead of ids, and the links of each row. */
#include "web/resource_list.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "edge/locale_date.h"
#include "web/moment.h"
#include "web/resource_store.h"

#define LONG_CELL_MAX 120    /* characters of a long text in one cell */

static void
show_set(const struct list *list, size_t at, const void *row, struct page_node *cell)
{
	const struct field_set *set = field_at(&list->resource->fields[at], row);
	size_t i;

	page_set(cell, "Type", "set");
	for (i = 0; i < set->count && i < LINK_SET_MAX; i++)
		page_set(page_add(cell, "Names"), "Text", resource_name(list->r->arena, &list->names[at], set->ids[i]));
	if (set->count > LINK_SET_MAX)
		page_set_u64(cell, "More", set->count - LINK_SET_MAX);
}

static const char *
choice_label(const struct field *field, const char *value)
{
	const struct field_choice *choice;

	for (choice = field->choices; choice != NULL && choice->value != NULL; choice++)
		if (strcmp(choice->value, value) == 0)
			return locale_text(choice->label);
	return value;
}

static void
show_time(const struct list *list, clock_ms moment, struct page_node *cell)
{
	page_set(cell, "Type", "time");
	moment_show(list->r, cell, "Text", moment);
}

static void
show_day(const struct list *list, const char *day, struct page_node *cell)
{
	page_set(cell, "Type", "time");
	if (*day == '\0')
		return;
	page_set(cell, "Text", locale_day_text(list->r->arena, day));
	page_set(cell, "TextIso", day);
}

static void
show_long_text(const struct list *list, const char *text, struct page_node *cell)
{
	size_t bytes = text_prefix(text, LONG_CELL_MAX);

	page_set(cell, "Type", "text");
	page_set(cell, "Text", text[bytes] == '\0' ? text
		: arena_printf(list->r->arena, "%s…", arena_text_of(list->r->arena, text, bytes)));
}

/* How many of the words: they are too long to be listed. */
static void
show_words(const struct list *list, const struct field *field, const char *text, struct page_node *cell)
{
	size_t all = 0, has = 0;
	struct field_word word;

	for (; field->words(all, &word); all++)
		has += field_words_have(text, word.word) ? 1 : 0;
	page_set(cell, "Type", "number");
	page_set(cell, "Text", text[0] == '*' ? locale_text(N_("All rights"))
		: arena_printf(list->r->arena, "%zu / %zu", has, all));
}

void
resource_list_links(struct page_node *node, const char *path, const struct resource_link *links)
{
	struct page_node *child;

	for (; links != NULL && links->path != NULL; links++) {
		child = page_add(node, "Links");
		if (links->path[0] == '/')
			page_set(child, "Path", links->path);
		else
			page_setf(child, "Path", "%s/%s", path, links->path);
		page_set(child, "Name", links->path);
		page_set(child, "Label", locale_text(links->label));
	}
}

/* What people call the row; one without a name is called by its number, as where others point at it. */
static const char *
row_name(const struct list *list, const void *row)
{
	const char *name = resource_name_of(list->r->arena, list->resource, row);
	const uint64_t *id = field_at(list->resource->fields, row);

	return name[0] != '\0' ? name : arena_printf(list->r->arena, "#%llu", (unsigned long long)*id);
}

static void
show_cell(const struct list *list, size_t column, const void *row, struct page_node *cell)
{
	size_t at = list->columns[column];
	const struct field *field = &list->resource->fields[at];
	const char *text = field_show(list->r->arena, field, row);
	uint64_t id;

	page_set(cell, "Name", field->name);
	page_set(cell, "Label", list->labels[column]);
	if (column == 0 && strcmp(field->name, list->resource->name_field) == 0) {
		page_set_bool(cell, "Main", true);
		text = row_name(list, row);
	}
	switch (field->type) {
	case FIELD_TYPE_SET:
		show_set(list, at, row, cell);
		break;
	case FIELD_TYPE_REFERENCE:
		id = *(const uint64_t *)field_at(field, row);
		page_set(cell, "Text", id != 0 ? resource_name(list->r->arena, &list->names[at], id) : "");
		break;
	case FIELD_TYPE_TIME:
		show_time(list, *(const clock_ms *)field_at(field, row), cell);
		break;
	case FIELD_TYPE_BOOL:
		page_set(cell, "Type", "yesno");
		page_set(cell, "Text", text);
		break;
	case FIELD_TYPE_WORDS:
		show_words(list, field, text, cell);
		break;
	case FIELD_TYPE_COLOUR:
		page_set(cell, "Type", "colour");
		page_set(cell, "Text", text);
		break;
	case FIELD_TYPE_U64:
	case FIELD_TYPE_I64:
		page_set(cell, "Type", "number");
		page_set(cell, "Text", text);
		break;
	case FIELD_TYPE_CHOICE:
		page_set(cell, "Type", "choice");
		page_set(cell, "Value", text);
		page_set(cell, "Text", choice_label(field, text));
		break;
	default:
		if ((field->flags & FIELD_DAY) != 0)
			show_day(list, text, cell);
		else
			show_long_text(list, text, cell);
		break;
	}
}

void
resource_list_row(const struct list *list, void *row)
{
	const struct resource *resource = list->resource;
	struct page_node *node = page_add(list->node, "Rows");
	unsigned long long id = *resource_id_of(resource, row);
	const char *path = arena_printf(list->r->arena, "/admin/%s/%llu", resource->plural, id);
	size_t i;

	page_set_u64(node, "Id", id);
	page_set(node, "Path", path);
	page_set(node, "Name", row_name(list, row));
	/* may_write_row is not asked for each row: it may cost a query. The page behind the link does. */
	if (list->may_write && !list->query->deleted) {
		page_setf(node, "Delete", "%s/delete", path);
		resource_list_links(node, path, resource->row_links);
	}
	if (list->may_write && list->query->deleted)
		page_setf(node, "Restore", "%s/restore", path);
	for (i = 0; i < list->column_count; i++)
		show_cell(list, i, row, page_add(node, "Cells"));
}
