/* SPDX-License-Identifier: BSD-2-Clause */
/* resource.c - saving, deleting and restoring rows of settings nouns: the checks, the transaction, the audit entry, the hooks. */
#include "web/resource.h"

#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/locale.h"
#include "web/audit.h"
#include "web/resource_doors.h"
#include "web/resource_store.h"

/* One change on its way through the transaction; it may run more than once. */
struct change {
	struct req *r;
	const struct resource *resource;
	struct form *form;           /* for the problems */
	const char *verb;
	const void *before;          /* NULL: new */
	void *row;
	bool is_double;              /* a UNIQUE key refused it */
};

const struct resource *
resource_find(const struct site *site, const char *noun)
{
	const struct resource *const *resource;

	for (resource = site->resources; resource != NULL && *resource != NULL; resource++)
		if (strcmp((*resource)->noun, noun) == 0)
			return *resource;
	return NULL;
}

/* Flags of a field that the actor sees only masked: it is shown, and no way leads to what is behind. */
static unsigned
masked_flags(unsigned flags)
{
	return (flags & ~(unsigned)(FIELD_FORM | FIELD_SEARCH | FIELD_FILTER | FIELD_REQUIRED | FIELD_UNIQUE)) | FIELD_READONLY | FIELD_MASKED;
}

const struct resource *
resource_seen(struct req *r, const struct resource *resource)
{
	struct resource *seen;
	struct field *fields;
	size_t i;

	if (resource->mask == NULL || req_may(r, MAY_SEE_CONTACTS))
		return resource;
	fields = field_table_copy(r->arena, resource->fields);
	for (i = 0; fields[i].name != NULL; i++)
		if ((fields[i].flags & FIELD_PERSONAL) != 0)
			fields[i].flags = masked_flags(fields[i].flags);
	seen = arena_copy(r->arena, resource, sizeof(*resource));
	seen->fields = fields;
	return seen;
}

enum got
resource_get(struct req *r, const struct resource *resource, uint64_t id, void *row)
{
	return resource_read(r, resource, id, RESOURCE_LIVE, row);
}

/* The hook's word on this one row. */
static bool
check_right(struct req *r, const struct resource *resource, struct form *form, const void *row)
{
	if (resource->may_write_row == NULL || resource->may_write_row(r, row))
		return true;
	form_problem(r, form, "", N_("You do not have the right to change this."), NULL);
	return false;
}

/* The same of a row that is there already: nothing in the form could make it right. */
static bool
check_reach(struct req *r, const struct resource *resource, struct form *form, const void *row)
{
	form->is_forbidden = !check_right(r, resource, form, row);
	return !form->is_forbidden;
}

/* A secret of a new row; of an old one it was checked when it came in. */
static void
check_secret(struct req *r, struct form *form, const struct field *field, void *row)
{
	struct field_problem problem;

	if (!field_read(r->arena, field, *(const char *const *)field_at(field, row), row, &problem))
		form_problem_of_field(r, form, field->name, &problem);
}

/* The rules of the field table once more for the whole row: it may come from a command, or from a JSON body without the member. */
static void
check_fields(struct req *r, const struct resource *resource, struct form *form, bool is_new, const void *row)
{
	void *copy = arena_copy(r->arena, row, resource->size);
	const struct field *field;
	struct field_problem problem;

	for (field = resource->fields; field->name != NULL; field++) {
		if ((field->flags & FIELD_FORM) == 0 || (field->flags & FIELD_READONLY) != 0 || form_is_wrong(form, field->name))
			continue;
		if ((field->flags & FIELD_SECRET) != 0) {
			if (is_new && field_is_text(field))
				check_secret(r, form, field, copy);
			continue;
		}
		if ((field->flags & FIELD_LOCAL) != 0 && !is_new)
			continue;
		if (!field_read(r->arena, field, field_show(r->arena, field, row), copy, &problem))
			form_problem_of_field(r, form, field->name, &problem);
	}
}

/* What is pointed at must be a live row of the same tenant. False: the database failed. */
static bool
check_reference(struct req *r, struct form *form, const struct field *field, const void *row)
{
	struct field_set ids;
	uint64_t found = 0;

	if (field->type == FIELD_TYPE_SET)
		ids = *(const struct field_set *)field_at(field, row);
	else
		ids = (struct field_set){ field_at(field, row), sql_is_empty(field, row) ? 0 : 1 };
	if (ids.count == 0)
		return true;
	if (resource_count_live(r, field, &ids, &found) == GOT_ERROR)
		return false;
	if (found != ids.count)
		form_problem(r, form, field->name, field->only != NULL ? N_("points at something that cannot be chosen here")
			: N_("points at something that does not exist or was deleted"), NULL);
	return true;
}

bool
resource_check_links(struct req *r, const struct resource *resource, struct form *form, const void *before, const void *row)
{
	const struct field *field;

	for (field = resource->fields; field->name != NULL; field++) {
		if (field->of == NULL || (field->flags & FIELD_LOCAL) != 0 || form_is_wrong(form, field->name)
			|| (before != NULL && field_equal(field, before, row)))
			continue;
		if (!check_reference(r, form, field, row))
			return false;
	}
	return true;
}

/* A UNIQUE key has refused the row: says which field it was. */
static enum got
find_double(struct req *r, const struct resource *resource, struct form *form, const void *row, const char *message)
{
	const struct field *field;
	enum got got;

	for (field = resource->fields; field->name != NULL; field++) {
		if ((field->flags & FIELD_UNIQUE) == 0 || !field_is_column(field))
			continue;
		got = resource_is_used(r, resource, field, row);
		if (got == GOT_ERROR)
			return GOT_ERROR;
		if (got == GOT_ONE)
			form_problem(r, form, field->name, message, NULL);
	}
	if (form_is_good(form))
		form_problem(r, form, resource->name_field, message, NULL);
	return GOT_NONE;
}

static enum got
change_audit(const struct change *change, const void *before, const void *after)
{
	struct req *r = change->r;
	const struct resource *resource = change->resource;
	const void *row = after != NULL ? after : before;
	struct audit_entry entry = {
		.action = arena_printf(r->arena, "%s.%s", resource->noun, change->verb),
		.noun = resource->noun,
		.noun_id = *(const uint64_t *)field_at(resource->fields, row),
		.noun_name = resource_name_of(r->arena, resource, row),
		.difference = audit_difference(r->arena, resource->fields, before, after)
	};

	if (before != NULL && after != NULL && entry.difference != NULL && strcmp(entry.difference, "{}") == 0
		&& strcmp(change->verb, "update") == 0)
		return GOT_ONE;
	return audit_write(r, &entry);
}

/* Is there room for one more? */
static enum got
change_may_add(const struct change *change)
{
	const struct resource *resource = change->resource;
	enum got got;

	if (resource->may_add == NULL)
		return GOT_ONE;
	got = resource->may_add(change->r, change->form, change->row);
	CHECK(got != GOT_NONE || !form_is_good(change->form));
	return got;
}

static enum got
change_save(struct db *db, void *arg)
{
	struct change *change = arg;
	enum got got = change->before == NULL ? change_may_add(change) : GOT_ONE;

	if (got != GOT_ONE)
		return got;
	if (change->before == NULL)
		got = resource_insert(change->r, change->resource, change->row);
	else
		got = resource_update(change->r, change->resource, change->before, change->row, change->form->was != NULL);
	if (got != GOT_ONE) {
		change->is_double = got == GOT_ERROR && db_is_duplicate(db);
		return change->is_double ? GOT_NONE : got;
	}
	if (change->resource->after_save != NULL) {
		got = change->resource->after_save(change->r, change->before, change->row);
		if (got != GOT_ONE)
			return got;
	}
	return change_audit(change, change->before, change->row);
}

/* Inside a transaction of the caller the work is part of it. */
static enum got
change_run(struct change *change, db_work *work)
{
	struct db *db = change->r->db;

	return db_in_transaction(db) ? work(db, change) : db_transaction(db, work, change);
}

static void
row_stamp(const struct resource *resource, void *row, const char *name, clock_ms moment)
{
	const struct field *field = field_find(resource->fields, name);

	if (field != NULL && field->type == FIELD_TYPE_TIME)
		*(clock_ms *)field_at(field, row) = moment;
}

/* A row that others cannot do without stays: a widget needs its queue. `only`, unless it is NULL, is a yes-or-no field that is to be switched
 * off: what they ask for stays on. */
static enum got
check_uses(struct req *r, const struct resource *resource, struct form *form, uint64_t id, const char *only)
{
	const struct resource *const *other;
	const struct field *field;
	uint64_t count;

	for (other = r->site->resources; other != NULL && *other != NULL; other++)
		for (field = (*other)->fields; field->name != NULL; field++) {
			if ((*other)->is_single || field->type != FIELD_TYPE_REFERENCE || (field->flags & FIELD_REQUIRED) == 0
				|| strcmp(field->of, resource->noun) != 0 || (only != NULL && !text_equal(field->only, only)))
				continue;
			count = 0;
			if (resource_count_uses(r, *other, field, id, &count) == GOT_ERROR)
				return GOT_ERROR;
			if (count > 0)
				form_problem(r, form, only != NULL ? only : "",
					only != NULL ? N_("must stay: it is still used under “%s”") : N_("It is still used under “%s”. Choose another one there first."),
					locale_text((*other)->title));
		}
	return form_is_good(form) ? GOT_ONE : GOT_NONE;
}

static enum got
check_switched_off(struct req *r, const struct resource *resource, struct form *form, const void *before, const void *row)
{
	const uint64_t id = *(const uint64_t *)field_at(resource->fields, before);
	const struct field *field;

	for (field = resource->fields; field->name != NULL; field++)
		if (field->type == FIELD_TYPE_BOOL && *(const bool *)field_at(field, before) && !*(const bool *)field_at(field, row)
			&& check_uses(r, resource, form, id, field->name) == GOT_ERROR)
			return GOT_ERROR;
	return GOT_ONE;
}

enum got
resource_save(struct req *r, const struct resource *resource, struct form *form, const void *before, void *row)
{
	struct change change = { r, resource, form, before == NULL ? "create" : "update", before, row, false };
	enum got got;

	CHECK((before == NULL) == (*resource_id_of(resource, row) == 0));
	if (before != NULL && !check_reach(r, resource, form, before))
		return GOT_NONE;
	field_fill_texts(resource->fields, row);
	check_fields(r, resource, form, before == NULL, row);
	if (resource->check != NULL)
		resource->check(r, form, before, row);
	if (!check_right(r, resource, form, row))      /* what it became may be out of reach too */
		return GOT_NONE;
	if (!resource_check_links(r, resource, form, before, row)
		|| (before != NULL && check_switched_off(r, resource, form, before, row) == GOT_ERROR))
		return GOT_ERROR;
	if (!form_is_good(form))
		return GOT_NONE;
	got = change_run(&change, change_save);
	if (got != GOT_ONE) {
		if (before == NULL)
			*resource_id_of(resource, row) = 0;
		if (change.is_double)
			return find_double(r, resource, form, row, N_("is already used"));
		if (got == GOT_NONE && form_is_good(form))
			form_problem(r, form, "", N_("Somebody else has changed something that this depends on. Look at it again."), NULL);
		return got;
	}
	row_stamp(resource, row, "updated_at", r->now);
	if (before == NULL)
		row_stamp(resource, row, "created_at", r->now);
	if (resource->saved != NULL)
		resource->saved(r, before, row);
	return GOT_ONE;
}

static enum got
change_delete(struct db *db, void *arg)
{
	struct change *change = arg;
	enum got got = resource_mark(change->r, change->resource, *resource_id_of(change->resource, change->row), true);

	(void)db;
	if (got == GOT_ONE && change->resource->after_delete != NULL)
		got = change->resource->after_delete(change->r, change->row);
	return got == GOT_ONE ? change_audit(change, change->row, NULL) : got;
}

enum got
resource_may_delete(struct req *r, const struct resource *resource, struct form *form, uint64_t id, void *row)
{
	enum got got = resource_get(r, resource, id, row);

	if (got != GOT_ONE)
		return got;
	if (!check_reach(r, resource, form, row))
		return GOT_NONE;
	if (resource->may_delete != NULL && !resource->may_delete(r, form, row)) {
		if (form_is_good(form))
			form_problem(r, form, "", N_("This cannot be deleted."), NULL);
		return GOT_NONE;
	}
	return check_uses(r, resource, form, id, NULL);
}

enum got
resource_delete(struct req *r, const struct resource *resource, struct form *form, uint64_t id)
{
	void *row = arena_alloc(r->arena, resource->size);
	struct change change = { r, resource, form, "delete", row, row, false };
	enum got got = resource_may_delete(r, resource, form, id, row);

	if (got != GOT_ONE)
		return got;
	got = change_run(&change, change_delete);
	if (got == GOT_NONE && form_is_good(form))
		form_problem(r, form, "", N_("Somebody else has changed something that this depends on. Look at it again."), NULL);
	if (got == GOT_ONE && resource->deleted != NULL)
		resource->deleted(r, row);
	return got;
}

static enum got
change_restore(struct db *db, void *arg)
{
	struct change *change = arg;
	enum got got = change_may_add(change);

	if (got != GOT_ONE)
		return got;
	got = resource_mark(change->r, change->resource, *resource_id_of(change->resource, change->row), false);
	if (got == GOT_ERROR && db_is_duplicate(db)) {
		change->is_double = true;
		return GOT_NONE;
	}
	return got == GOT_ONE ? change_audit(change, NULL, change->row) : got;
}

/* A set of deleted rows is read as an empty one. */
static void
check_sets_left(struct req *r, const struct resource *resource, struct form *form, const void *row)
{
	const struct field *field;

	for (field = resource->fields; field->name != NULL; field++)
		if (field->type == FIELD_TYPE_SET && (field->flags & FIELD_REQUIRED) != 0
			&& ((const struct field_set *)field_at(field, row))->count == 0)
			form_problem(r, form, field->name, N_("were deleted; restore one of them first"), NULL);
}

enum got
resource_bring_back(struct req *r, const struct resource *resource, struct form *form, uint64_t id)
{
	void *row = arena_alloc(r->arena, resource->size);
	struct change change = { r, resource, form, "restore", NULL, row, false };
	enum got got = resource_read(r, resource, id, RESOURCE_DELETED, row);

	if (got != GOT_ONE)
		return got;
	if (!check_reach(r, resource, form, row))
		return GOT_NONE;
	if (!resource_check_links(r, resource, form, NULL, row))
		return GOT_ERROR;
	check_sets_left(r, resource, form, row);
	if (!form_is_good(form))
		return GOT_NONE;
	got = change_run(&change, change_restore);
	if (got == GOT_ONE && resource->saved != NULL)
		resource->saved(r, NULL, row);
	return change.is_double ? find_double(r, resource, form, row, N_("is used by another one by now; rename that one first"))
		: got;
}

/* One door of every resource. */
struct door {
	enum method method;
	const char *path;        /* %s is the plural */
	bool writes;
	handler *handle;
	unsigned flags;
};

static const struct door doors[] = {
	{ GET,    "/admin/%s",                false, resource_list_page,    0 },
	{ GET,    "/admin/%s.csv",            false, resource_csv,          0 },
	{ GET,    "/admin/%s/new",            true,  resource_new_page,     0 },
	{ POST,   "/admin/%s",                true,  resource_create_page,  0 },
	{ GET,    "/admin/%s/:id",            false, resource_show_page,    0 },
	{ POST,   "/admin/%s/:id",            true,  resource_update_page,  0 },
	{ GET,    "/admin/%s/:id/delete",     true,  resource_ask_page,     0 },
	{ POST,   "/admin/%s/:id/delete",     true,  resource_delete_page,  0 },
	{ POST,   "/admin/%s/:id/restore",    true,  resource_restore_page, 0 },
	{ GET,    "/api/v1/%s",               false, resource_api_list,     ROUTE_JSON },
	{ POST,   "/api/v1/%s",               true,  resource_api_create,   ROUTE_JSON },
	{ GET,    "/api/v1/%s/:id",           false, resource_api_show,     ROUTE_JSON },
	{ PATCH,  "/api/v1/%s/:id",           true,  resource_api_update,   ROUTE_JSON },
	{ DELETE, "/api/v1/%s/:id",           true,  resource_api_delete,   ROUTE_JSON },
	{ POST,   "/api/v1/%s/:id/restore",   true,  resource_api_restore,  ROUTE_JSON }
};

static const struct door single_doors[] = {
	{ GET,    "/admin/%s",                false, resource_single_page,       0 },
	{ POST,   "/admin/%s",                true,  resource_single_save,       0 },
	{ GET,    "/api/v1/%s",               false, resource_api_single,        ROUTE_JSON },
	{ PATCH,  "/api/v1/%s",               true,  resource_api_single_change, ROUTE_JSON }
};

/* The path of a door: the one %s is the plural. */
static const char *
door_path(struct arena *arena, const char *path, const char *plural)
{
	const char *mark = strstr(path, "%s");
	struct str out;

	str_init(&out, arena);
	str_add_bytes(&out, path, (size_t)(mark - path));
	str_add(&out, plural);
	str_add(&out, mark + 2);
	return out.data;
}

const struct route *
resource_routes(struct arena *arena, const struct resource *resource)
{
	const struct door *door = resource->is_single ? single_doors : doors;
	const size_t count = resource->is_single ? COUNT_OF(single_doors) : COUNT_OF(doors);
	struct route *routes = ARENA_ARRAY(arena, struct route, count + 1);
	size_t i;

	for (i = 0; i < count; i++, door++)
		routes[i] = (struct route){
			.method = door->method,
			.path = door_path(arena, door->path, resource->plural),
			.permission = door->writes ? resource->may_write : resource->may_read,
			.handle = door->handle,
			.flags = door->flags | (resource->takes_files && door->handle == resource_single_save ? ROUTE_UPLOAD : 0),
			.resource = resource
		};
	return routes;
}
