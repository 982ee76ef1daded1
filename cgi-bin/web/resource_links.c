/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_links.c - what lies beside a noun's own table: the link tables of sets, and the names of rows that are pointed at. */
#include "web/resource_store.h"

#include <string.h>

#include "core/check.h"
#include "core/text.h"

const struct field resource_choice_fields[] = {
	FIELD_U64(struct resource_choice, id, FIELD_KEY),
	FIELD_TEXT(struct resource_choice, name, 0),
	FIELD_TEXT(struct resource_choice, more, FIELD_NULLABLE),
	FIELD_END
};

/* A link to a deleted row stays in its table, so that restoring brings it back, but it is not seen. */
enum got
resource_links(struct req *r, const struct field *field, const struct field_set *ids, struct resource_links *links)
{
	struct db_rows rows = { NULL, 0 };
	const struct db_pair *pairs;
	struct sql sql;
	size_t i;

	sql_init(&sql, r->arena);
	sql_add(&sql, "SELECT l.");
	sql_name(&sql, field->via->mine);
	sql_add(&sql, " AS mine, l.");
	sql_name(&sql, field->via->theirs);
	sql_add(&sql, " AS theirs FROM ");
	sql_name(&sql, field->via->table);
	sql_add(&sql, " AS l JOIN ");
	sql_name(&sql, field->of);
	sql_add(&sql, " AS o ON o.tenant_id = l.tenant_id AND o.id = l.");
	sql_name(&sql, field->via->theirs);
	sql_add(&sql, " AND o.deleted_at IS NULL WHERE l.tenant_id = ");
	sql_value(&sql, db_tenant(r->tenant));
	if (ids != NULL) {
		sql_add(&sql, " AND l.");
		sql_name(&sql, field->via->mine);
		sql_add(&sql, " ");
		sql_in(&sql, ids->ids, ids->count);
	}
	sql_add(&sql, " ORDER BY mine, theirs");
	if (db_all(r->db, r->arena, db_pair_fields, sizeof(struct db_pair), &rows, sql.text.data, sql.args) == GOT_ERROR)
		return GOT_ERROR;
	pairs = rows.rows;
	links->count = rows.count;
	links->mine = ARENA_ARRAY(r->arena, uint64_t, rows.count);
	links->theirs = ARENA_ARRAY(r->arena, uint64_t, rows.count);
	for (i = 0; i < rows.count; i++) {
		links->mine[i] = pairs[i].mine;
		links->theirs[i] = pairs[i].theirs;
	}
	return GOT_ONE;
}

/* The first place whose id is not less. */
static size_t
links_from(const struct resource_links *links, uint64_t id)
{
	size_t low = 0, high = links->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (links->mine[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct field_set
resource_links_of(const struct resource_links *links, uint64_t id)
{
	size_t from = links_from(links, id);
	size_t to = from;

	while (to < links->count && links->mine[to] == id)
		to++;
	return (struct field_set){ links->theirs + from, to - from };
}

/* The ids of `a` that are not in `b`. */
static struct field_set
set_without(struct arena *arena, const struct field_set *a, const struct field_set *b)
{
	uint64_t *ids = ARENA_ARRAY(arena, uint64_t, a->count);
	size_t i, count = 0;

	for (i = 0; i < a->count; i++)
		if (!field_set_has(b, a->ids[i]))
			ids[count++] = a->ids[i];
	return (struct field_set){ ids, count };
}

/* Only live rows of the tenant can be linked, whatever the ids are. IGNORE: the same link may have come from the other side. */
static enum got
links_add(struct req *r, const struct field *field, uint64_t id, const struct field_set *ids)
{
	struct sql sql;

	sql_init(&sql, r->arena);
	sql_add(&sql, "INSERT IGNORE INTO ");
	sql_name(&sql, field->via->table);
	sql_add(&sql, " (tenant_id, ");
	sql_name(&sql, field->via->mine);
	sql_add(&sql, ", ");
	sql_name(&sql, field->via->theirs);
	sql_add(&sql, ") SELECT tenant_id, ");
	sql_value(&sql, db_u64(id));
	sql_add(&sql, ", id FROM ");
	sql_name(&sql, field->of);
	sql_add(&sql, " WHERE tenant_id = ");
	sql_value(&sql, db_tenant(r->tenant));
	sql_add(&sql, " AND deleted_at IS NULL AND id ");
	sql_in(&sql, ids->ids, ids->count);
	return db_run(r->db, sql.text.data, sql.args, NULL);
}

static enum got
links_remove(struct req *r, const struct field *field, uint64_t id, const struct field_set *ids)
{
	struct sql sql;

	sql_init(&sql, r->arena);
	sql_add(&sql, "DELETE FROM ");
	sql_name(&sql, field->via->table);
	sql_add(&sql, " WHERE tenant_id = ");
	sql_value(&sql, db_tenant(r->tenant));
	sql_add(&sql, " AND ");
	sql_name(&sql, field->via->mine);
	sql_add(&sql, " = ");
	sql_value(&sql, db_u64(id));
	sql_add(&sql, " AND ");
	sql_name(&sql, field->via->theirs);
	sql_add(&sql, " ");
	sql_in(&sql, ids->ids, ids->count);
	return db_run(r->db, sql.text.data, sql.args, NULL);
}

static enum got
links_change(struct req *r, const struct field *field, uint64_t id, const struct field_set *before,
	const struct field_set *after)
{
	struct field_set gone = set_without(r->arena, before, after);
	struct field_set come = set_without(r->arena, after, before);

	if (gone.count > 0 && links_remove(r, field, id, &gone) == GOT_ERROR)
		return GOT_ERROR;
	if (come.count > 0 && links_add(r, field, id, &come) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

enum got
resource_write_links(struct req *r, const struct resource *resource, const void *before, const void *row)
{
	static const struct field_set nothing = { NULL, 0 };
	uint64_t id = *(const uint64_t *)field_at(resource->fields, row);
	const struct field *field;

	for (field = resource->fields; field->name != NULL; field++) {
		if (field->type != FIELD_TYPE_SET || field->via == NULL)
			continue;
		if (links_change(r, field, id, before != NULL ? field_at(field, before) : &nothing, field_at(field, row))
			== GOT_ERROR)
			return GOT_ERROR;
	}
	return GOT_ONE;
}

/* "SELECT id, <name> AS name FROM <of>" for nouns with and without a resource. */
static void
names_start(struct sql *sql, struct req *r, const char *of)
{
	const struct resource *resource = resource_find(r->site, of);

	sql_init(sql, r->arena);
	sql_add(sql, "SELECT id, ");
	sql_name(sql, resource != NULL ? resource->name_field : "name");
	sql_add(sql, " AS name");
	if (resource != NULL && resource->name_more[0] != NULL) {
		sql_add(sql, ", TRIM(CONCAT(");
		sql_name(sql, resource->name_more[0]);
		sql_add(sql, ", ' ', ");
		sql_name(sql, resource->name_more[1]);
		sql_add(sql, ")) AS more");
	}
	sql_add(sql, " FROM ");
	sql_name(sql, of);
}

/* " WHERE tenant_id = ? …" for nouns with and without a resource. */
static void
names_where(struct sql *sql, struct req *r, const char *of, enum resource_state state)
{
	static const struct resource plain;
	const struct resource *resource = resource_find(r->site, of);

	resource_where(sql, r, resource != NULL ? resource : &plain, state);
}

static void
names_only(struct sql *sql, const char *only)
{
	if (only == NULL)
		return;
	sql_add(sql, " AND ");
	sql_name(sql, only);
	sql_add(sql, " = 1");
}

enum got
resource_count_live(struct req *r, const struct field *field, const struct field_set *ids, uint64_t *count)
{
	struct sql sql;

	sql_init(&sql, r->arena);
	sql_add(&sql, "SELECT COUNT(*) FROM ");
	sql_name(&sql, field->of);
	names_where(&sql, r, field->of, RESOURCE_LIVE);
	names_only(&sql, field->only);
	sql_add(&sql, " AND id ");
	sql_in(&sql, ids->ids, ids->count);
	return db_number(r->db, sql.text.data, sql.args, count);
}

enum got
resource_names(struct req *r, const char *of, const struct field_set *ids, struct db_rows *names)
{
	struct sql sql;

	names->rows = NULL;
	names->count = 0;
	if (ids != NULL && ids->count == 0)
		return GOT_NONE;
	names_start(&sql, r, of);
	names_where(&sql, r, of, RESOURCE_ANY);
	if (ids != NULL) {
		sql_add(&sql, " AND id ");
		sql_in(&sql, ids->ids, ids->count);
	}
	sql_add(&sql, " ORDER BY id");
	return db_all(r->db, r->arena, resource_choice_fields, sizeof(struct resource_choice), names, sql.text.data, sql.args);
}

const char *
resource_name(struct arena *arena, const struct db_rows *names, uint64_t id)
{
	const struct resource_choice *choices = names->rows;
	size_t low = 0, high = names->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (choices[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < names->count && choices[low].id == id && choices[low].name != NULL && choices[low].name[0] != '\0')
		return choices[low].name;
	return arena_printf(arena, "#%llu", (unsigned long long)id);
}

/* Those of the same name stand beside each other: each gets what tells it apart. */
static void
choices_tell_apart(struct arena *arena, struct resource_choice *choices, size_t count)
{
	bool is_double = false, was_double;
	size_t i;

	for (i = 0; i < count; i++) {
		was_double = is_double;
		is_double = i + 1 < count && text_equal(choices[i].name, choices[i + 1].name);
		if ((is_double || was_double) && !text_is_blank(choices[i].more))
			choices[i].more = arena_printf(arena, "%s (%s)", choices[i].name, choices[i].more);
		else
			choices[i].more = NULL;
	}
	for (i = 0; i < count; i++)
		if (choices[i].more != NULL)
			choices[i].name = choices[i].more;
}

enum got
resource_choices_of(struct req *r, const char *of, const char *only, struct db_rows *choices)
{
	struct sql sql;

	choices->rows = NULL;
	choices->count = 0;
	names_start(&sql, r, of);
	names_where(&sql, r, of, RESOURCE_LIVE);
	names_only(&sql, only);
	sql_add(&sql, " ORDER BY name, id LIMIT ");
	sql_value(&sql, db_u64(RESOURCE_CHOICES_MAX));
	if (db_all(r->db, r->arena, resource_choice_fields, sizeof(struct resource_choice), choices, sql.text.data, sql.args) == GOT_ERROR)
		return GOT_ERROR;
	choices_tell_apart(r->arena, choices->rows, choices->count);
	return choices->count > 0 ? GOT_ONE : GOT_NONE;
}

enum got
resource_choices(struct req *r, const struct resource *resource, struct db_rows *choices)
{
	return resource_choices_of(r, resource->noun, NULL, choices);
}
