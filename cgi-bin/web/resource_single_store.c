/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_single_store.c - what a company has once, in the table `setting`. */
#include <string.h>

#include "core/log.h"
#include "web/resource_store.h"

struct setting_row {
	const char *value;
};

static const struct field row_fields[] = {
	FIELD_LONG_TEXT(struct setting_row, value, 0),
	FIELD_END
};

/* Where a secret belongs: it opens nowhere else. */
static const char *
secret_place(struct arena *arena, tenant_id tenant, const struct resource *resource, const struct field *field)
{
	return arena_printf(arena, "setting.%s.%s.%llu", resource->noun, field->name, (unsigned long long)tenant.id);
}

/* What hooks alone may set is kept too. */
static bool
is_kept(const struct field *field)
{
	return (field->flags & (FIELD_FORM | FIELD_READONLY)) != 0 && (field->flags & FIELD_LOCAL) == 0;
}

static const char **
text_at(const struct field *field, void *row)
{
	return field_at(field, row);
}

enum got
resource_single_load(struct db *db, struct arena *arena, const struct crypt_keys *keys, tenant_id tenant,
	const struct resource *resource, void *row)
{
	struct setting_row stored = { .value = NULL };
	struct field_problem problem;
	const struct field *field;
	const struct json *json;
	const char *value, *what;
	enum got got = db_one(db, arena, row_fields, &stored, "SELECT value FROM setting WHERE tenant_id = ? AND name = ?",
		DB_ARGS(db_tenant(tenant), db_text(resource->noun)));

	if (got == GOT_ERROR)
		return GOT_ERROR;
	field_preset(arena, resource->fields, row);
	json = got == GOT_ONE ? json_parse(arena, stored.value, strlen(stored.value), &what) : NULL;
	for (field = resource->fields; json != NULL && field->name != NULL; field++) {
		value = json_get_text(json, field->name);
		if (value == NULL || !is_kept(field))
			continue;
		if ((field->flags & FIELD_SECRET) != 0)
			*text_at(field, row) = *value == '\0' ? ""
				: crypt_unseal(arena, keys, secret_place(arena, tenant, resource, field), value);
		else if (!field_read(arena, field, value, row, &problem))
			log_warning("setting", "tenant %llu: %s.%s is stored with a bad value", (unsigned long long)tenant.id,
				resource->noun, field->name);
	}
	field_fill_texts(resource->fields, row);
	return GOT_ONE;
}

enum got
resource_single_store(struct db *db, struct arena *arena, const struct crypt_keys *keys, tenant_id tenant,
	const struct resource *resource, const void *row, clock_ms now)
{
	struct json *json = json_new_object(arena);
	const struct field *field;
	const char *value;

	for (field = resource->fields; field->name != NULL; field++) {
		if (!is_kept(field))
			continue;
		value = field_show(arena, field, row);
		if ((field->flags & FIELD_SECRET) != 0) {
			value = *(const char *const *)field_at(field, row);
			value = value == NULL || *value == '\0' ? ""
				: crypt_seal(arena, keys, secret_place(arena, tenant, resource, field), value);
		}
		json_set_text(json, field->name, value);
	}
	if (db_run(db, "INSERT INTO setting (tenant_id, name, value, updated_at) VALUES (?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE value = VALUES(value), updated_at = VALUES(updated_at)",
		DB_ARGS(db_tenant(tenant), db_text(resource->noun), db_text(json_text(arena, json)), db_time(now)), NULL)
		== GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

/* The insert takes the lock, whether there is a row or not. */
enum got
resource_single_hold(struct req *r, const struct resource *resource, const void *row)
{
	void *now = arena_alloc(r->arena, resource->size);
	const struct field *field;

	if (db_run(r->db, "INSERT INTO setting (tenant_id, name, value, updated_at) VALUES (?, ?, '{}', ?) ON DUPLICATE KEY UPDATE name = name",
		DB_ARGS(db_tenant(r->tenant), db_text(resource->noun), db_time(r->now)), NULL) == GOT_ERROR
		|| resource_single_load(r->db, r->arena, r->site->keys, r->tenant, resource, now) == GOT_ERROR)
		return GOT_ERROR;
	for (field = resource->fields; field->name != NULL; field++)
		if (is_kept(field) && !field_equal(field, row, now))
			return GOT_NONE;
	return GOT_ONE;
}
