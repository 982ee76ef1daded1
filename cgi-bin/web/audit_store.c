/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_store.c - the audit log. */
#include "web/audit.h"

#include <string.h>

#include "core/text.h"

static const char *
actor_kind(const struct req *r)
{
	if (r->actor.kind == ACTOR_API)
		return "api";
	if (r->actor.kind == ACTOR_HOST || r->actor.kind == ACTOR_VIEW)
		return "host";
	if (r->actor.kind == ACTOR_SYSTEM)
		return "system";
	return r->actor.kind == ACTOR_AGENT ? "agent" : r->fcgi != NULL ? "nobody" : "command";
}

#define ACTOR_NAME_MAX 120       /* characters that the columns hold; names and addresses may have more */
#define NOUN_NAME_MAX 160

static const char *
cut(struct arena *arena, const char *name, size_t most)
{
	return name != NULL ? arena_text_of(arena, name, text_prefix(name, most)) : "";
}

enum got
audit_write(struct req *r, const struct audit_entry *entry)
{
	return db_run(r->db, "INSERT INTO audit (tenant_id, at, actor_kind, actor_id, actor_name, address, action, noun, noun_id,"
		" noun_name, difference) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(r->tenant), db_time(r->now), db_text(actor_kind(r)), db_u64(r->actor.id),
			db_text(cut(r->arena, r->actor.name, ACTOR_NAME_MAX)), db_text(r->address != NULL ? r->address : ""),
			db_text(entry->action), db_text(entry->noun), db_u64(entry->noun_id),
			db_text(cut(r->arena, entry->noun_name, NOUN_NAME_MAX)),
			db_text(entry->difference != NULL ? entry->difference : "{}")), NULL);
}

static const char *
shown(struct arena *arena, const struct field *field, const void *row)
{
	const char *text;

	if (row == NULL)
		return "";
	if ((field->flags & FIELD_SECRET) != 0)
		return "***";
	text = field_show(arena, field, row);
	return (field->flags & FIELD_PERSONAL) != 0 && text[0] != '\0' ? "***" : text;
}

const char *
audit_difference(struct arena *arena, const struct field *fields, const void *before, const void *after)
{
	struct json *object = json_new_object(arena);
	struct json *pair;
	const struct field *field;

	for (field = fields; field->name != NULL; field++) {
		if ((field->flags & FIELD_FORM) == 0)
			continue;
		if (before != NULL && after != NULL && field_equal(field, before, after))
			continue;
		pair = json_new_array(arena);
		json_add_text(pair, shown(arena, field, before));
		json_add_text(pair, shown(arena, field, after));
		json_set(object, field->name, pair);
	}
	return json_text(arena, object);
}
