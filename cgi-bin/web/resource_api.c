/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_api.c - the JSON interface of every settings noun. */
#include "web/resource_doors.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "web/reply.h"
#include "web/resource_store.h"

bool
resource_is_public(const struct field *field)
{
	static const unsigned shown = FIELD_KEY | FIELD_FORM | FIELD_LIST | FIELD_READONLY;

	if ((field->flags & FIELD_SECRET) != 0 || field->type == FIELD_TYPE_BYTES)
		return false;
	return (field->flags & shown) != 0 || strcmp(field->name, "created_at") == 0
		|| strcmp(field->name, "updated_at") == 0 || strcmp(field->name, "deleted_at") == 0;
}

static struct json *
json_set_of(struct arena *arena, const struct field_set *set)
{
	struct json *list = json_new_array(arena);
	size_t i;

	for (i = 0; i < set->count; i++)
		json_add_u64(list, set->ids[i]);
	return list;
}

/* ["chat.work", "history.read"]; all is ["*"]. */
static struct json *
json_words_of(struct arena *arena, const char *words)
{
	struct json *list = json_new_array(arena);
	size_t len;

	for (; *words != '\0'; words += len, words += strspn(words, " ")) {
		len = strcspn(words, " ");
		json_add_text(list, arena_text_of(arena, words, len));
	}
	return list;
}

static void
json_set_field(struct req *r, struct json *object, const struct field *field, const void *row)
{
	const void *at = field_at(field, row);
	bool is_null = ((field->flags & FIELD_NULLABLE) != 0 || field->type == FIELD_TYPE_REFERENCE
		|| field->type == FIELD_TYPE_TIME) && sql_is_empty(field, row);

	if (is_null) {
		json_set_text(object, field->name, NULL);
		return;
	}
	switch (field->type) {
	case FIELD_TYPE_U64:
	case FIELD_TYPE_REFERENCE:
		json_set_u64(object, field->name, *(const uint64_t *)at);
		break;
	case FIELD_TYPE_I64:
		json_set_i64(object, field->name, *(const int64_t *)at);
		break;
	case FIELD_TYPE_BOOL:
		json_set_bool(object, field->name, *(const bool *)at);
		break;
	case FIELD_TYPE_SET:
		json_set(object, field->name, json_set_of(r->arena, at));
		break;
	case FIELD_TYPE_WORDS:
		json_set(object, field->name, json_words_of(r->arena, field_show(r->arena, field, row)));
		break;
	default:
		json_set_text(object, field->name, field_show(r->arena, field, row));
		break;
	}
}

struct json *
resource_json(struct req *r, const struct field *fields, const void *row)
{
	struct json *object = json_new_object(r->arena);
	const struct field *field;

	for (field = fields; field->name != NULL; field++)
		if (resource_is_public(field))
			json_set_field(r, object, field, row);
	return object;
}

/* What a change came to when it did not work. */
static int
refuse(struct req *r, enum got got, const struct form *form, int status)
{
	if (got == GOT_NONE && form->is_forbidden)
		return reply_forbidden(r);
	if (got == GOT_NONE && !form_is_good(form))
		return reply_json_status(r, status, form_json(r, form));
	return reply_got(r, got);
}

int
resource_api_list(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	struct json *reply = json_new_object(r->arena), *items = json_new_array(r->arena);
	struct resource_query query;
	struct db_rows rows;
	struct form form;
	uint64_t total, i;

	form_init(&form, resource->fields);
	resource_query_read(r, resource, &form, &query);
	query.whole = true;
	if (!form_is_good(&form))
		return reply_json_status(r, 422, form_json(r, &form));
	if (resource_query_run(r, resource, &query, &rows, &total) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	if (resource_load(r, resource, rows.rows, rows.count) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0; i < rows.count; i++)
		json_add(items, resource_json(r, resource->fields, (char *)rows.rows + i * resource->size));
	json_set(reply, "items", items);
	json_set_u64(reply, "page", query.page);
	json_set_u64(reply, "per_page", query.per_page);
	json_set_u64(reply, "pages", (total + query.per_page - 1) / query.per_page);
	json_set_u64(reply, "total", total);
	return reply_json(r, reply);
}

/* The row as it is stored now. */
static int
reply_row(struct req *r, int status, uint64_t id)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	void *row = arena_alloc(r->arena, resource->size);
	enum got got = resource_read(r, resource, id, RESOURCE_ANY, row);

	if (got != GOT_ONE)
		return reply_got(r, got);
	return reply_json_status(r, status, resource_json(r, resource->fields, row));
}

int
resource_api_show(struct req *r)
{
	return reply_row(r, 200, req_id(r));
}

int
resource_api_create(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	void *row = arena_alloc(r->arena, resource->size);
	struct form form;
	uint64_t known;
	enum got got;

	form_init(&form, resource->fields);
	field_preset(r->arena, resource->fields, row);
	form_read(r, &form, row, true);
	got = resource_save(r, resource, &form, NULL, row);
	if (got == GOT_NONE && resource->known != NULL && resource->known(r, row, &known) == GOT_ONE)
		return reply_row(r, 200, known);
	if (got != GOT_ONE)
		return refuse(r, got, &form, 422);
	reply_header(r, "Location", arena_printf(r->arena, "/api/v1/%s/%llu", resource->plural,
		(unsigned long long)*resource_id_of(resource, row)));
	return reply_row(r, 201, *resource_id_of(resource, row));
}

int
resource_api_update(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	void *before = arena_alloc(r->arena, resource->size), *row;
	struct form form;
	enum got got = resource_get(r, resource, req_id(r), before);

	if (got != GOT_ONE)
		return reply_got(r, got);
	if (resource->may_write_row != NULL && !resource->may_write_row(r, before))
		return reply_forbidden(r);
	row = arena_copy(r->arena, before, resource->size);
	form_init(&form, resource->fields);
	form_read(r, &form, row, true);
	got = resource_save(r, resource, &form, before, row);
	return got == GOT_ONE ? reply_row(r, 200, req_id(r)) : refuse(r, got, &form, 422);
}

int
resource_api_delete(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	struct form form;
	enum got got;

	form_init(&form, resource->fields);
	got = resource_delete(r, resource, &form, req_id(r));
	return got == GOT_ONE ? reply_nothing(r) : refuse(r, got, &form, 409);
}

int
resource_api_restore(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	struct form form;
	enum got got;

	form_init(&form, resource->fields);
	got = resource_bring_back(r, resource, &form, req_id(r));
	return got == GOT_ONE ? reply_row(r, 200, req_id(r)) : refuse(r, got, &form, 409);
}
