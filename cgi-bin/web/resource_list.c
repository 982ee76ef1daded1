/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_list.c - a list as page nodes: columns with their links for sorting, the names behind ids, filters, pages. */
#include "web/resource_list.h"

#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/locale.h"
#include "web/pager.h"
#include "web/resource_store.h"

/* A link to this list; what `sort`, `page` or `deleted` change goes back to the first page. */
static const char *
list_link(const struct list *list, const char *sort, uint64_t page, bool deleted)
{
	const struct resource_query *query = list->query;
	struct str link;
	char before = '?';
	size_t i;

	str_init(&link, list->r->arena);
	str_addf(&link, "/admin/%s", list->resource->plural);
#define LINK_ADD(name, value) do { str_addf(&link, "%c%s=", before, name); text_url_encode(&link, value); before = '&'; } while (0)
	if (query->search[0] != '\0')
		LINK_ADD("q", query->search);
	for (i = 0; i < query->filter_count; i++)
		LINK_ADD(query->filters[i].field->name, query->filters[i].value);
	if (deleted)
		LINK_ADD("status", "deleted");
	if (strcmp(sort, list->resource->sort) != 0)
		LINK_ADD("sort", sort);
	if (query->per_page != RESOURCE_PAGE_ROWS)
		LINK_ADD("per_page", arena_printf(list->r->arena, "%llu", (unsigned long long)query->per_page));
	if (page > 1)
		str_addf(&link, "%cpage=%llu", before, (unsigned long long)page);
#undef LINK_ADD
	return link.data;
}

/* The order as a link says it: "-name". */
static const char *
list_sort(const struct list *list)
{
	return arena_printf(list->r->arena, "%s%s", list->query->descending ? "-" : "", list->query->sort->name);
}

static const char *
field_label(const struct field *field)
{
	return locale_text(field->label != NULL ? field->label : field->name);
}

static bool
is_listed(const struct field *field)
{
	return (field->flags & FIELD_LIST) != 0 && (field->flags & FIELD_SECRET) == 0;
}

/* The columns of the list as places in the field table; what people call the row comes first. */
static void
choose_columns(struct list *list)
{
	const struct field *fields = list->resource->fields;
	size_t at, count = 0;

	for (at = 0; fields[at].name != NULL; at++)
		continue;
	list->columns = ARENA_ARRAY(list->r->arena, size_t, at + 1);
	list->choices = ARENA_ARRAY(list->r->arena, struct db_rows, at);
	list->names = ARENA_ARRAY(list->r->arena, struct db_rows, at);
	for (at = 0; fields[at].name != NULL; at++)
		if (is_listed(&fields[at]) && strcmp(fields[at].name, list->resource->name_field) == 0)
			list->columns[count++] = at;
	for (at = 0; fields[at].name != NULL; at++)
		if (is_listed(&fields[at]) && strcmp(fields[at].name, list->resource->name_field) != 0)
			list->columns[count++] = at;
	list->column_count = count;
	list->labels = ARENA_ARRAY(list->r->arena, const char *, count);
	for (at = 0; at < count; at++)
		list->labels[at] = field_label(&fields[list->columns[at]]);
}

static void
show_column(struct list *list, const struct field *field)
{
	const struct resource_query *query = list->query;
	struct page_node *column = page_add(list->node, "Columns");
	bool is_sorted = field == query->sort;

	page_set(column, "Name", field->name);
	page_set(column, "Label", field_label(field));
	if (is_sorted)
		page_set(column, "Order", query->descending ? "descending" : "ascending");
	if (resource_may_sort(field))
		page_set(column, "Sort", list_link(list, is_sorted && !query->descending
			? arena_printf(list->r->arena, "-%s", field->name) : field->name, 1, query->deleted));
}

/* Adds the ids that the member of each row points at. */
static size_t
gather_ids(const struct list *list, const struct field *field, uint64_t *ids, size_t room)
{
	const char *row = list->rows.rows;
	const struct field_set *set;
	size_t i, k, count = 0;
	uint64_t one;

	for (i = 0; i < list->rows.count; i++, row += list->resource->size) {
		if (field->type == FIELD_TYPE_SET) {
			set = field_at(field, row);
			for (k = 0; k < set->count && k < LINK_SET_MAX && count < room; k++)
				ids[count++] = set->ids[k];
			continue;
		}
		one = *(const uint64_t *)field_at(field, row);
		if (one != 0 && count < room)
			ids[count++] = one;
	}
	return count;
}

static int
choice_order(const void *a, const void *b)
{
	const struct resource_choice *left = a, *right = b;

	return (left->id > right->id) - (left->id < right->id);
}

/* The choices of a filter, by id: they name what its column shows without another statement. */
static struct db_rows
names_of_choices(struct arena *arena, const struct db_rows *choices)
{
	struct db_rows names = { NULL, choices->count };

	if (choices->count == 0)
		return names;
	names.rows = ARENA_ARRAY(arena, struct resource_choice, choices->count);
	memcpy(names.rows, choices->rows, choices->count * sizeof(struct resource_choice));
	qsort(names.rows, names.count, sizeof(struct resource_choice), choice_order);
	return names;
}

/* The names behind the ids of a column, by one statement. */
static enum got
load_column_names(struct list *list, size_t at)
{
	const struct field *field = &list->resource->fields[at];
	size_t room = list->rows.count * LINK_SET_MAX;
	uint64_t *ids = ARENA_ARRAY(list->r->arena, uint64_t, room);
	struct field_set set = { ids, gather_ids(list, field, ids, room) };

	return resource_names(list->r, field->of, &set, &list->names[at]);
}

/* A set shows only live rows, so the choices name them all, unless there are too many. */
static bool
choices_suffice(const struct list *list, size_t at)
{
	const struct field *field = &list->resource->fields[at];

	return field->type == FIELD_TYPE_SET && resource_may_filter(field) && list->choices[at].count < RESOURCE_CHOICES_MAX;
}

static enum got
load_names(struct list *list)
{
	const struct field *field;
	size_t at;

	for (at = 0; list->resource->fields[at].name != NULL; at++) {
		field = &list->resource->fields[at];
		if (field->of == NULL)
			continue;
		if (resource_may_filter(field) && resource_choices_of(list->r, field->of, NULL, &list->choices[at]) == GOT_ERROR)
			return GOT_ERROR;
		if (!is_listed(field) || list->rows.count == 0)
			continue;
		if (choices_suffice(list, at))
			list->names[at] = names_of_choices(list->r->arena, &list->choices[at]);
		else if (load_column_names(list, at) == GOT_ERROR)
			return GOT_ERROR;
	}
	return GOT_ONE;
}

static void
show_filter_choice(struct page_node *filter, const char *value, const char *label, const char *chosen)
{
	struct page_node *choice = page_add(filter, "Choices");

	page_set(choice, "Value", value);
	page_set(choice, "Label", label);
	page_set_bool(choice, "Selected", chosen != NULL && strcmp(chosen, value) == 0);
}

static void
show_filter_rows(const struct list *list, size_t at, struct page_node *filter, const char *chosen)
{
	const struct resource_choice *choices = list->choices[at].rows;
	size_t i;

	for (i = 0; i < list->choices[at].count; i++)
		show_filter_choice(filter, arena_printf(list->r->arena, "%llu", (unsigned long long)choices[i].id),
			choices[i].name, chosen);
}

static void
show_filter(struct list *list, size_t at)
{
	const struct field *field = &list->resource->fields[at];
	struct page_node *filter = page_add(list->node, "Filters");
	const struct field_choice *choice;
	const char *chosen = NULL;
	size_t i;

	for (i = 0; i < list->query->filter_count; i++)
		if (list->query->filters[i].field == field)
			chosen = list->query->filters[i].value;
	page_set(filter, "Name", field->name);
	page_set(filter, "Label", field_label(field));
	page_set_bool(filter, "Chosen", chosen != NULL);
	if (field->of != NULL)
		show_filter_rows(list, at, filter, chosen);
	if (field->type == FIELD_TYPE_BOOL) {
		show_filter_choice(filter, "1", locale_text(N_("Yes")), chosen);
		show_filter_choice(filter, "0", locale_text(N_("No")), chosen);
	}
	for (choice = field->choices; choice != NULL && choice->value != NULL; choice++)
		show_filter_choice(filter, choice->value, locale_text(choice->label), chosen);
}

static const char *
page_link(const void *arg, uint64_t page)
{
	const struct list *list = arg;

	return list_link(list, list_sort(list), page, list->query->deleted);
}

static void
show_pages(const struct list *list)
{
	const struct pager pager = { .list = list->node, .current = list->query->page, .pages = list->pages, .link = page_link, .arg = list };

	pager_show(&pager);
}

static void
show_tabs(struct list *list)
{
	struct page_node *live = page_add(list->node, "Tabs");
	struct page_node *deleted = page_add(list->node, "Tabs");

	page_set(live, "Label", locale_text(N_("In use")));
	page_set(live, "Path", list_link(list, list_sort(list), 1, false));
	page_set_bool(live, "Current", !list->query->deleted);
	page_set(deleted, "Label", locale_text(N_("Bin")));
	page_set(deleted, "Path", list_link(list, list_sort(list), 1, true));
	page_set_bool(deleted, "Current", list->query->deleted);
}

/* Everything but rows: the head of the page. */
static void
show_head(struct list *list)
{
	struct req *r = list->r;
	const struct resource *resource = list->resource;
	const char *title = locale_text(resource->title);
	const char *link = list_link(list, list_sort(list), 1, list->query->deleted);
	const char *rest = strchr(link, '?');

	page_set(r->page, "Title", title);
	page_set(list->node, "Title", title);
	page_set(list->node, "One", locale_text(resource->title_one));
	page_set(list->node, "Help", resource->help != NULL ? locale_text(resource->help) : NULL);
	page_setf(list->node, "Path", "/admin/%s", resource->plural);
	if (r->actor.kind != ACTOR_VIEW)
		page_setf(list->node, "Export", "/admin/%s.csv%s", resource->plural, rest != NULL ? rest : "");
	page_set(list->node, "Search", list->query->search);
	page_set_bool(list->node, "Deleted", list->query->deleted);
	page_set_bool(list->node, "Narrowed", list->query->search[0] != '\0' || list->query->filter_count > 0);
	if (strcmp(list_sort(list), resource->sort) != 0)
		page_set(list->node, "Sort", list_sort(list));
	if (list->may_write) {
		page_setf(list->node, "New", "/admin/%s/new", resource->plural);
		page_set(list->node, "NewLabel", locale_fill(r->arena, N_("New %s"), locale_text(resource->title_one)));
		resource_list_links(list->node, arena_printf(r->arena, "/admin/%s", resource->plural), resource->list_links);
	}
	page_set_u64(list->node, "Total", list->total);
	page_set_u64(list->node, "From", list->rows.count > 0 ? (list->query->page - 1) * list->query->per_page + 1 : 0);
	page_set_u64(list->node, "To", (list->query->page - 1) * list->query->per_page + list->rows.count);
}

static enum got
load_rows(struct list *list)
{
	const struct field *field;
	bool load = false;

	if (resource_query_run(list->r, list->resource, list->query, &list->rows, &list->total) == GOT_ERROR)
		return GOT_ERROR;
	list->pages = (list->total + list->query->per_page - 1) / list->query->per_page;
	for (field = list->resource->fields; field->name != NULL; field++)
		load = load || (is_listed(field) && (field->flags & FIELD_LOCAL) != 0);
	if (load && resource_load(list->r, list->resource, list->rows.rows, list->rows.count) == GOT_ERROR)
		return GOT_ERROR;
	return load_names(list);
}

enum got
resource_list_show(struct req *r, const struct resource *resource, const struct resource_query *query)
{
	struct resource_query last = *query;
	struct list list = { .r = r, .resource = resource, .query = query, .node = page_child(r->page, "List") };
	char *row;
	size_t i;

	list.may_write = req_may_change(r, resource->may_write);
	choose_columns(&list);
	if (load_rows(&list) == GOT_ERROR)
		return GOT_ERROR;
	if (list.rows.count == 0 && query->page > 1 && list.pages > 0) {     /* rows were deleted: the last page instead */
		last.page = list.pages;
		list.query = &last;
		if (load_rows(&list) == GOT_ERROR)
			return GOT_ERROR;
	}
	show_head(&list);
	show_tabs(&list);
	for (i = 0; i < list.column_count; i++)
		show_column(&list, &resource->fields[list.columns[i]]);
	row = list.rows.rows;
	for (i = 0; i < list.rows.count; i++)
		resource_list_row(&list, row + i * resource->size);
	show_pages(&list);
	for (i = 0; resource->fields[i].name != NULL; i++)
		if (resource_may_filter(&resource->fields[i])
			&& !(query->deleted && strcmp(resource->fields[i].name, "status") == 0))
			show_filter(&list, i);
	return GOT_ONE;
}
