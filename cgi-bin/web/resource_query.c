/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_query.c - what a list is asked for (search, filters, order, page), and the statement that answers it. */
#include "web/resource_doors.h"

#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/locale.h"
#include "web/resource_store.h"

#define SEARCH_MAX 200       /* characters of the search box */
#define SEARCH_WORDS_MAX 6
#define PAGE_MAX 1000000

bool
resource_may_sort(const struct field *field)
{
	return field_is_column(field) && (field->flags & (FIELD_SECRET | FIELD_MASKED)) == 0
		&& (field->flags & (FIELD_LIST | FIELD_KEY | FIELD_READONLY)) != 0
		&& field->type != FIELD_TYPE_REFERENCE && field->type != FIELD_TYPE_BYTES
		&& field->type != FIELD_TYPE_LONG_TEXT && field->type != FIELD_TYPE_WORDS;
}

bool
resource_may_filter(const struct field *field)
{
	if ((field->flags & FIELD_FILTER) == 0)
		return false;
	return field->type == FIELD_TYPE_CHOICE || field->type == FIELD_TYPE_BOOL || field->type == FIELD_TYPE_REFERENCE
		|| (field->type == FIELD_TYPE_SET && field->via != NULL);
}

/* The noun's own order: any column. */
static void
sort_preset(const struct resource *resource, struct resource_query *query)
{
	query->descending = resource->sort[0] == '-';
	query->sort = field_find(resource->fields, resource->sort + (query->descending ? 1 : 0));
	CHECK(query->sort != NULL && field_is_column(query->sort));
}

static bool
sort_read(const struct resource *resource, const char *name, struct resource_query *query)
{
	const struct field *field;
	bool descending = name[0] == '-';

	field = field_find(resource->fields, name + (descending ? 1 : 0));
	if (field == NULL || !resource_may_sort(field))
		return false;
	query->sort = field;
	query->descending = descending;
	return true;
}

static bool
filter_is_sound(const struct field *field, const char *value)
{
	const struct field_choice *choice;
	uint64_t id;

	switch (field->type) {
	case FIELD_TYPE_BOOL:
		return strcmp(value, "0") == 0 || strcmp(value, "1") == 0;
	case FIELD_TYPE_CHOICE:
		for (choice = field->choices; choice != NULL && choice->value != NULL; choice++)
			if (strcmp(choice->value, value) == 0)
				return true;
		return false;
	default:
		return text_to_u64(value, &id) && id != 0;
	}
}

static void
filters_read(struct req *r, const struct resource *resource, struct form *form, struct resource_query *query)
{
	const struct field *field;
	const char *value;

	for (field = resource->fields; field->name != NULL; field++) {
		if (!resource_may_filter(field) || (value = req_query(r, field->name)) == NULL || value[0] == '\0')
			continue;
		if (query->deleted && strcmp(field->name, "status") == 0)
			continue;
		if (!filter_is_sound(field, value)) {
			form_problem(r, form, field->name, N_("is not a value to filter by"), NULL);
			continue;
		}
		CHECK(query->filter_count < RESOURCE_FILTERS_MAX);
		query->filters[query->filter_count].field = field;
		query->filters[query->filter_count++].value = value;
	}
}

/* A number of the query from 1 to `most`. */
static void
number_read(struct req *r, struct form *form, const char *name, uint64_t most, uint64_t *number)
{
	const char *value = req_query(r, name);
	uint64_t given;

	if (value == NULL)
		return;
	if (text_to_u64(value, &given) && given >= 1 && given <= most)
		*number = given;
	else
		form_problem(r, form, name, N_("must be a number from 1 to %s"),
			arena_printf(r->arena, "%llu", (unsigned long long)most));
}

/* A misspelt filter must not give everything in silence. */
static void
names_check(struct req *r, const struct resource *resource, struct form *form)
{
	static const char *const known[] = { "q", "sort", "page", "per_page", "status" };
	const struct field *field;
	size_t i, k;

	for (i = 0; i < r->query_count; i++) {
		for (k = 0; k < COUNT_OF(known); k++)
			if (strcmp(r->params[i].name, known[k]) == 0)
				break;
		field = field_find(resource->fields, r->params[i].name);
		if (k == COUNT_OF(known) && (field == NULL || !resource_may_filter(field)))
			form_problem(r, form, r->params[i].name, N_("is not something to search, sort or filter by"), NULL);
	}
}

static void
status_read(struct req *r, const struct resource *resource, struct form *form, struct resource_query *query)
{
	const char *status = req_query(r, "status");
	const struct field *field = field_find(resource->fields, "status");

	if (status == NULL || status[0] == '\0')
		return;
	query->deleted = strcmp(status, "deleted") == 0;
	if (!query->deleted && strcmp(status, "live") != 0 && (field == NULL || !resource_may_filter(field)))
		form_problem(r, form, "status", N_("must be one of: %s"), "live, deleted");
}

void
resource_query_read(struct req *r, const struct resource *resource, struct form *form, struct resource_query *query)
{
	const char *sort = req_query(r, "sort");
	const char *search = req_query(r, "q");

	memset(query, 0, sizeof(*query));
	query->page = 1;
	query->per_page = RESOURCE_PAGE_ROWS;
	query->search = search != NULL ? text_trim(r->arena, search) : "";
	if (text_length(query->search) > SEARCH_MAX) {
		form_problem(r, form, "q", N_("must be at most %s characters"), "200");
		query->search = arena_text_of(r->arena, query->search, text_prefix(query->search, SEARCH_MAX));
	}
	sort_preset(resource, query);
	if (sort != NULL && sort[0] != '\0' && !sort_read(resource, sort, query))
		form_problem(r, form, "sort", N_("is not something to sort by"), NULL);
	number_read(r, form, "page", PAGE_MAX, &query->page);
	number_read(r, form, "per_page", RESOURCE_PER_PAGE_MAX, &query->per_page);
	status_read(r, resource, form, query);
	filters_read(r, resource, form, query);
	names_check(r, resource, form);
}

/* " AND (name LIKE ? OR description LIKE ?)" for one word. */
static void
sql_word(struct sql *sql, const struct resource *resource, const char *word)
{
	const struct field *field;
	const char *like = sql_like(sql->arena, word);
	bool first = true;

	for (field = resource->fields; field->name != NULL; field++) {
		if ((field->flags & FIELD_SEARCH) == 0 || !field_is_column(field) || !field_is_text(field))
			continue;
		sql_add(sql, first ? " AND (" : " OR ");
		sql_name(sql, field->name);
		sql_add(sql, " LIKE ");
		sql_value(sql, db_text(like));
		sql_add(sql, " ESCAPE '!'");
		first = false;
	}
	if (!first)
		sql_add(sql, ")");
}

/* Each word must be found somewhere: "weber anna" finds Anna Weber. */
static void
sql_search(struct sql *sql, const struct resource *resource, const char *search)
{
	size_t len, words;

	for (words = 0; words < SEARCH_WORDS_MAX; words++) {
		search += strspn(search, " \t\n");
		len = strcspn(search, " \t\n");
		if (len == 0)
			return;
		sql_word(sql, resource, arena_text_of(sql->arena, search, len));
		search += len;
	}
}

static void
sql_filter(struct sql *sql, struct req *r, const struct field *field, const char *value)
{
	uint64_t id = 0;

	if (field->type == FIELD_TYPE_CHOICE) {
		sql_add(sql, " AND ");
		sql_name(sql, field->name);
		sql_add(sql, " = ");
		sql_value(sql, db_text(value));
		return;
	}
	CHECK(text_to_u64(value, &id));
	sql_add(sql, " AND ");
	if (field->type != FIELD_TYPE_SET) {
		sql_name(sql, field->name);
		sql_add(sql, " = ");
		sql_value(sql, db_u64(id));
		return;
	}
	sql_add(sql, "id IN (SELECT ");
	sql_name(sql, field->via->mine);
	sql_add(sql, " FROM ");
	sql_name(sql, field->via->table);
	sql_add(sql, " WHERE tenant_id = ");
	sql_value(sql, db_tenant(r->tenant));
	sql_add(sql, " AND ");
	sql_name(sql, field->via->theirs);
	sql_add(sql, " = ");
	sql_value(sql, db_u64(id));
	sql_add(sql, ")");
}

/* " FROM … WHERE …" of the query. */
static void
sql_from(struct sql *sql, struct req *r, const struct resource *resource, const struct resource_query *query)
{
	size_t i;

	sql_add(sql, " FROM ");
	sql_name(sql, resource->noun);
	resource_where(sql, r, resource, query->deleted ? RESOURCE_DELETED : RESOURCE_LIVE);
	for (i = 0; i < query->filter_count; i++)
		sql_filter(sql, r, query->filters[i].field, query->filters[i].value);
	sql_search(sql, resource, query->search);
}

/* What a page of the list shows. Rooms that load more into the rows may look at all of them. */
static void
sql_shown(struct sql *sql, const struct resource *resource)
{
	const struct field *field;
	bool first = true;

	for (field = resource->fields; field->name != NULL; field++) {
		if (!field_is_column(field)
			|| ((field->flags & (FIELD_KEY | FIELD_LIST)) == 0 && strcmp(field->name, resource->name_field) != 0))
			continue;
		if (!first)
			sql_add(sql, ", ");
		sql_name(sql, field->name);
		first = false;
	}
}

/* The id breaks ties, so that no row is on two pages or on none. */
static void
sql_rest(struct sql *sql, struct req *r, const struct resource *resource, const struct resource_query *query)
{
	sql_from(sql, r, resource, query);
	sql_add(sql, " ORDER BY ");
	sql_name(sql, query->sort->name);
	sql_add(sql, query->descending ? " DESC" : "");
	if ((query->sort->flags & FIELD_KEY) == 0)
		sql_add(sql, query->descending ? ", id DESC" : ", id");
}

void
resource_query_sql(struct sql *sql, struct req *r, const struct resource *resource, const struct resource_query *query)
{
	sql_init(sql, r->arena);
	sql_add(sql, "SELECT ");
	sql_columns(sql, resource->fields);
	sql_rest(sql, r, resource, query);
}

static void
page_sql(struct sql *sql, struct req *r, const struct resource *resource, const struct resource_query *query)
{
	if (query->whole || resource->load != NULL || resource->load_all != NULL) {
		resource_query_sql(sql, r, resource, query);
		return;
	}
	sql_init(sql, r->arena);
	sql_add(sql, "SELECT ");
	sql_shown(sql, resource);
	sql_rest(sql, r, resource, query);
}

static enum got
query_count(struct req *r, const struct resource *resource, const struct resource_query *query, uint64_t *total)
{
	struct sql sql;

	sql_init(&sql, r->arena);
	sql_add(&sql, "SELECT COUNT(*)");
	sql_from(&sql, r, resource, query);
	return db_number(r->db, sql.text.data, sql.args, total);
}

/* Fills the sets of all rows, one statement for each: a page needs those that are columns of the list, the API all. */
static enum got
query_sets(struct req *r, const struct resource *resource, const struct resource_query *query, const struct db_rows *rows)
{
	struct field_set ids = { NULL, rows->count };
	uint64_t *own = ARENA_ARRAY(r->arena, uint64_t, rows->count);
	char *row = rows->rows;
	const struct field *field;
	struct resource_links links;
	size_t i;

	ids.ids = own;
	for (i = 0; i < rows->count; i++)
		own[i] = *resource_id_of(resource, row + i * resource->size);
	for (field = resource->fields; field->name != NULL && rows->count > 0; field++) {
		if (field->type != FIELD_TYPE_SET || field->via == NULL
			|| (!query->whole && (field->flags & FIELD_LIST) == 0))
			continue;
		if (resource_links(r, field, &ids, &links) == GOT_ERROR)
			return GOT_ERROR;
		for (i = 0; i < rows->count; i++)
			*(struct field_set *)field_at(field, row + i * resource->size) = resource_links_of(&links, own[i]);
	}
	return GOT_ONE;
}

enum got
resource_query_run(struct req *r, const struct resource *resource, const struct resource_query *query, struct db_rows *rows,
	uint64_t *total)
{
	struct sql sql;
	size_t i;

	rows->rows = NULL;
	rows->count = 0;
	page_sql(&sql, r, resource, query);
	sql_add(&sql, " LIMIT ");
	sql_value(&sql, db_u64(query->per_page + 1));      /* one more tells whether there is another page */
	sql_add(&sql, " OFFSET ");
	sql_value(&sql, db_u64((query->page - 1) * query->per_page));
	if (db_all(r->db, r->arena, resource->fields, resource->size, rows, sql.text.data, sql.args) == GOT_ERROR)
		return GOT_ERROR;
	*total = (query->page - 1) * query->per_page + rows->count;
	if ((rows->count > query->per_page || (rows->count == 0 && query->page > 1))
		&& query_count(r, resource, query, total) == GOT_ERROR)
		return GOT_ERROR;
	if (rows->count > query->per_page)
		rows->count = query->per_page;
	for (i = 0; i < rows->count; i++)
		resource_mask_row(r->arena, resource, (char *)rows->rows + i * resource->size);
	return query_sets(r, resource, query, rows);
}
