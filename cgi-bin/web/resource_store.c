/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_store.c - statements on the own table of a noun; the tables beside it are in resource_links.c. */
#include "web/resource_store.h"

#include <string.h>

#include "core/check.h"

uint64_t *
resource_id_of(const struct resource *resource, void *row)
{
	CHECK((resource->fields->flags & FIELD_KEY) != 0 && resource->fields->type == FIELD_TYPE_U64);
	return field_at(resource->fields, row);
}

clock_ms
resource_time(const struct resource *resource, const char *name, const void *row)
{
	const struct field *field = field_find(resource->fields, name);

	return field != NULL && field->type == FIELD_TYPE_TIME ? *(const clock_ms *)field_at(field, row) : 0;
}

const char *
resource_name_of(struct arena *arena, const struct resource *resource, const void *row)
{
	const struct field *field = field_find(resource->fields, resource->name_field);

	CHECK(field != NULL);
	return field_show(arena, field, row);
}

/* The condition of the noun for this actor: constants of the room and a value for each `?`. */
static void
where_scope(struct sql *sql, struct req *r, const struct resource *resource)
{
	struct db_value values[RESOURCE_SCOPE_VALUES] = { { .type = DB_TYPE_END } };
	const char *scope = resource->scope != NULL ? resource->scope(r, values) : NULL;
	const char *mark;
	size_t used;

	if (scope == NULL)
		return;
	sql_add(sql, " AND (");
	for (used = 0; (mark = strchr(scope, '?')) != NULL; scope = mark + 1, used++) {
		CHECK(used < RESOURCE_SCOPE_VALUES);
		str_add_bytes(&sql->text, scope, (size_t)(mark - scope));
		sql_value(sql, values[used]);
	}
	sql_add(sql, scope);
	sql_add(sql, ")");
}

void
resource_where(struct sql *sql, struct req *r, const struct resource *resource, enum resource_state state)
{
	sql_add(sql, " WHERE tenant_id = ");
	sql_value(sql, db_tenant(r->tenant));
	if (state == RESOURCE_LIVE)
		sql_add(sql, " AND deleted_at IS NULL");
	else if (state == RESOURCE_DELETED)
		sql_add(sql, " AND deleted_at IS NOT NULL");
	where_scope(sql, r, resource);
}

/* Fills the sets of one row. */
static enum got
read_sets(struct req *r, const struct resource *resource, void *row)
{
	const struct field *field;
	struct resource_links links;
	struct field_set own = { resource_id_of(resource, row), 1 };

	for (field = resource->fields; field->name != NULL; field++) {
		if (field->type != FIELD_TYPE_SET || field->via == NULL)
			continue;
		if (resource_links(r, field, &own, &links) == GOT_ERROR)
			return GOT_ERROR;
		*(struct field_set *)field_at(field, row) = resource_links_of(&links, *own.ids);
	}
	return GOT_ONE;
}

void
resource_mask_row(struct arena *arena, const struct resource *resource, void *row)
{
	const struct field *field;
	const char **text;

	for (field = resource->fields; field->name != NULL; field++) {
		if ((field->flags & FIELD_MASKED) == 0)
			continue;
		text = field_at(field, row);
		*text = resource->mask(arena, field, *text);
	}
}

enum got
resource_load(struct req *r, const struct resource *resource, void *rows, size_t count)
{
	char *row = rows;
	size_t i;

	if (resource->load_all != NULL)
		return count > 0 && resource->load_all(r, rows, count) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
	for (i = 0; resource->load != NULL && i < count; i++)
		if (resource->load(r, row + i * resource->size) == GOT_ERROR)
			return GOT_ERROR;
	return GOT_ONE;
}

enum got
resource_read(struct req *r, const struct resource *resource, uint64_t id, enum resource_state state, void *row)
{
	struct sql sql;
	enum got got;

	if (id == 0)
		return GOT_NONE;
	sql_init(&sql, r->arena);
	sql_add(&sql, "SELECT ");
	sql_columns(&sql, resource->fields);
	sql_add(&sql, " FROM ");
	sql_name(&sql, resource->noun);
	resource_where(&sql, r, resource, state);
	sql_add(&sql, " AND id = ");
	sql_value(&sql, db_u64(id));
	got = db_one(r->db, r->arena, resource->fields, row, sql.text.data, sql.args);
	if (got != GOT_ONE || read_sets(r, resource, row) == GOT_ERROR)
		return got == GOT_NONE ? GOT_NONE : GOT_ERROR;
	resource_mask_row(r->arena, resource, row);
	return resource_load(r, resource, row, 1);
}

/* Columns that the engine fills by itself. */
static bool
is_own_column(const struct field *field)
{
	return (field->flags & FIELD_KEY) != 0 || strcmp(field->name, "created_at") == 0
		|| strcmp(field->name, "updated_at") == 0 || strcmp(field->name, "deleted_at") == 0;
}

/* What a form does not give and no hook has set keeps the table's default. */
static bool
is_inserted(const struct field *field, const void *row)
{
	return field_is_column(field) && !is_own_column(field)
		&& ((field->flags & FIELD_FORM) != 0 || !sql_is_empty(field, row));
}

enum got
resource_insert(struct req *r, const struct resource *resource, void *row)
{
	const struct field *field;
	struct db_done done;
	struct sql sql;

	sql_init(&sql, r->arena);
	sql_add(&sql, "INSERT INTO ");
	sql_name(&sql, resource->noun);
	sql_add(&sql, " (tenant_id, created_at, updated_at");
	for (field = resource->fields; field->name != NULL; field++)
		if (is_inserted(field, row)) {
			sql_add(&sql, ", ");
			sql_name(&sql, field->name);
		}
	sql_add(&sql, ") VALUES (");
	sql_value(&sql, db_tenant(r->tenant));
	sql_add(&sql, ", ");
	sql_value(&sql, db_time(r->now));
	sql_add(&sql, ", ");
	sql_value(&sql, db_time(r->now));
	for (field = resource->fields; field->name != NULL; field++)
		if (is_inserted(field, row)) {
			sql_add(&sql, ", ");
			sql_value(&sql, sql_value_of(field, row));
		}
	sql_add(&sql, ")");
	if (db_run(r->db, sql.text.data, sql.args, &done) != GOT_ONE)
		return GOT_ERROR;
	*resource_id_of(resource, row) = done.id;
	return resource_write_links(r, resource, NULL, row);
}

/* Only what differs is written, so that two programs that change different fields at once both win; of two people with the same form one. */
enum got
resource_update(struct req *r, const struct resource *resource, const void *before, const void *row, bool alone)
{
	const struct field *field;
	struct sql sql;
	enum got got;

	sql_init(&sql, r->arena);
	sql_add(&sql, "UPDATE ");
	sql_name(&sql, resource->noun);
	sql_add(&sql, " SET updated_at = ");
	sql_value(&sql, db_time(r->now));
	for (field = resource->fields; field->name != NULL; field++) {
		if (!field_is_column(field) || is_own_column(field) || field_equal(field, before, row))
			continue;
		sql_add(&sql, ", ");
		sql_name(&sql, field->name);
		sql_add(&sql, " = ");
		sql_value(&sql, sql_value_of(field, row));
	}
	resource_where(&sql, r, resource, RESOURCE_LIVE);
	sql_add(&sql, " AND id = ");
	sql_value(&sql, db_u64(*(const uint64_t *)field_at(resource->fields, row)));
	if (alone) {
		sql_add(&sql, " AND updated_at = ");
		sql_value(&sql, db_time(resource_time(resource, "updated_at", before)));
	}
	got = db_run(r->db, sql.text.data, sql.args, NULL);
	return got == GOT_ONE ? resource_write_links(r, resource, before, row) : got;
}

enum got
resource_mark(struct req *r, const struct resource *resource, uint64_t id, bool deleted)
{
	struct sql sql;

	sql_init(&sql, r->arena);
	sql_add(&sql, "UPDATE ");
	sql_name(&sql, resource->noun);
	sql_add(&sql, " SET deleted_at = ");
	sql_value(&sql, deleted ? db_time(r->now) : db_null());
	sql_add(&sql, ", updated_at = ");
	sql_value(&sql, db_time(r->now));
	resource_where(&sql, r, resource, deleted ? RESOURCE_LIVE : RESOURCE_DELETED);
	sql_add(&sql, " AND id = ");
	sql_value(&sql, db_u64(id));
	return db_run(r->db, sql.text.data, sql.args, NULL);
}

/* The tenant alone, not the scope: a UNIQUE key does not know what the actor may see. */
enum got
resource_is_used(struct req *r, const struct resource *resource, const struct field *field, const void *row)
{
	struct sql sql;
	uint64_t count = 0;

	sql_init(&sql, r->arena);
	sql_add(&sql, "SELECT COUNT(*) FROM ");
	sql_name(&sql, resource->noun);
	sql_add(&sql, " WHERE tenant_id = ");
	sql_value(&sql, db_tenant(r->tenant));
	sql_add(&sql, " AND deleted_at IS NULL AND ");
	sql_name(&sql, field->name);
	sql_add(&sql, " = ");
	sql_value(&sql, sql_value_of(field, row));
	sql_add(&sql, " AND id <> ");
	sql_value(&sql, db_u64(*(const uint64_t *)field_at(resource->fields, row)));
	if (db_number(r->db, sql.text.data, sql.args, &count) == GOT_ERROR)
		return GOT_ERROR;
	return count > 0 ? GOT_ONE : GOT_NONE;
}

enum got
resource_count_uses(struct req *r, const struct resource *resource, const struct field *field, uint64_t id, uint64_t *count)
{
	struct sql sql;

	sql_init(&sql, r->arena);
	sql_add(&sql, "SELECT COUNT(*) FROM ");
	sql_name(&sql, resource->noun);
	sql_add(&sql, " WHERE tenant_id = ");
	sql_value(&sql, db_tenant(r->tenant));
	sql_add(&sql, " AND deleted_at IS NULL AND ");
	sql_name(&sql, field->name);
	sql_add(&sql, " = ");
	sql_value(&sql, db_u64(id));
	return db_number(r->db, sql.text.data, sql.args, count);
}
