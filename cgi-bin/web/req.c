/* SPDX-License-Identifier: BSD-2-Clause */
/* req.c - looking things up in a request. */
#include "web/req.h"

#include <string.h>
#include <strings.h>

#include "core/text.h"
#include "web/route.h"

static const char *
param_find(const struct param *params, size_t count, const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(params[i].name, name) == 0)
			return params[i].value;
	return NULL;
}

const char *
req_param(const struct req *r, const char *name)
{
	if (r->json != NULL && json_get(r->json, name) != NULL)
		return json_as_input(r->arena, json_get(r->json, name));
	return param_find(r->params, r->param_count, name);
}

const char *
req_query(const struct req *r, const char *name)
{
	return param_find(r->params, r->query_count, name);
}

const char *
req_body_param(const struct req *r, const char *name)
{
	if (r->json != NULL && json_get(r->json, name) != NULL)
		return json_as_input(r->arena, json_get(r->json, name));
	return param_find(r->params + r->query_count, r->param_count - r->query_count, name);
}

const char *
req_param_list(const struct req *r, const char *name)
{
	struct str list;
	size_t i;
	bool found = false;

	if (r->json != NULL && json_get(r->json, name) != NULL)
		return json_as_input(r->arena, json_get(r->json, name));
	str_init(&list, r->arena);
	for (i = 0; i < r->param_count; i++) {
		if (strcmp(r->params[i].name, name) != 0)
			continue;
		if (list.len > 0)
			str_add_char(&list, ',');
		str_add(&list, r->params[i].value);
		found = true;
	}
	return found ? list.data : NULL;
}

bool
req_has(const struct req *r, const char *name)
{
	return (r->json != NULL && json_get(r->json, name) != NULL)
		|| param_find(r->params, r->param_count, name) != NULL;
}

const struct upload *
req_upload(const struct req *r, const char *field)
{
	size_t i;

	/* A file input that was left empty is sent too, without a name. */
	for (i = 0; i < r->upload_count; i++)
		if (strcmp(r->uploads[i].field, field) == 0 && r->uploads[i].file_name[0] != '\0')
			return &r->uploads[i];
	return NULL;
}

const char *
req_arg(const struct req *r, const char *name)
{
	return param_find(r->args, r->arg_count, name);
}

uint64_t
req_arg_u64(const struct req *r, const char *name)
{
	uint64_t number;

	return text_to_u64(req_arg(r, name), &number) ? number : 0;
}

uint64_t
req_id(const struct req *r)
{
	return req_arg_u64(r, "id");
}

const char *
req_cookie(const struct req *r, const char *name)
{
	if (r->is_https)
		name = arena_printf(r->arena, "__Host-%s", name);
	return param_find(r->cookies, r->cookie_count, name);
}

bool
req_is_whole(const struct req *r, uint64_t received)
{
	const char *declared = req_header(r, "CONTENT_LENGTH");
	uint64_t length;

	return declared == NULL || !text_to_u64(declared, &length) || length == received;
}

const char *
req_header(const struct req *r, const char *name)
{
	return r->fcgi != NULL ? fcgi_variable(r->fcgi, name) : NULL;
}

const char *
req_key(const struct req *r)
{
	const char *key = req_header(r, "HTTP_X_API_KEY"), *header = req_header(r, "HTTP_AUTHORIZATION");

	if (key != NULL || header == NULL || strncasecmp(header, "Bearer ", 7) != 0)
		return key;
	return header + 7 + strspn(header + 7, " ");
}

bool
req_may(const struct req *r, enum permission permission)
{
	if (permission == MAY_PUBLIC || permission == MAY_VISIT)
		return true;
	if (permission == MAY_SIGNED_IN)
		return r->actor.kind != ACTOR_NOBODY && r->actor.kind != ACTOR_HOST;
	if (permission == MAY_HOST_SIGNED_IN)
		return r->actor.kind == ACTOR_HOST && r->actor.session != NULL;
	return r->actor.kind != ACTOR_NOBODY && permission_has(r->actor.permissions, permission);
}

bool
req_reaches(const struct req *r, const char *path)
{
	return r->actor.kind != ACTOR_VIEW || text_starts_with(path, "/admin");
}

bool
menu_shows(const struct req *r, const struct menu_entry *entry)
{
	bool was_shown = entry > r->site->menu && strcmp(entry[-1].path, entry->path) == 0 && req_may(r, entry[-1].permission);

	return req_reaches(r, entry->path) && req_may(r, entry->permission) && !was_shown;
}

bool
req_only_reads(const struct req *r)
{
	return r->actor.kind == ACTOR_VIEW || (r->tenant_state != NULL && strcmp(r->tenant_state, "active") != 0);
}

bool
req_may_change(const struct req *r, enum permission permission)
{
	return req_may(r, permission) && !req_only_reads(r);
}

bool
req_wants_json(const struct req *r)
{
	const char *accept = req_header(r, "HTTP_ACCEPT");

	if (r->route != NULL)
		return (r->route->flags & ROUTE_JSON) != 0;
	return text_starts_with(r->path, "/api/") || text_starts_with(r->path, "/visit/")
		|| text_starts_with(r->path, "/live/")
		|| (accept != NULL && text_starts_with(accept, "application/json"));
}
