/* SPDX-License-Identifier: BSD-2-Clause */
/* route.c - finding the door of a request, and proving at the start that all doors are sound. */
#include "web/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "core/text.h"

static const char *const method_names[] = { "", "GET", "POST", "PATCH", "DELETE" };

/* One part of a route's path at `*at`; moves `*at` behind it. */
static size_t
pattern_part(const char **at)
{
	size_t len;

	*at += **at == '/' ? 1 : 0;
	len = strcspn(*at, "/");
	return len;
}

/* Does the path of the request fit the pattern? Fills the arguments as it goes; ":key.js" fits a part that ends so. */
static bool
pattern_fits(struct req *r, const char *pattern)
{
	size_t i, len, tail;
	const char *dot;

	r->arg_count = 0;
	for (i = 0; i < r->segment_count; i++) {
		const char *part = r->segments[i];

		if (*pattern == '\0')
			return false;
		len = pattern_part(&pattern);
		if (*pattern != ':') {
			if (strlen(part) != len || memcmp(part, pattern, len) != 0)
				return false;
			pattern += len;
			continue;
		}
		dot = memchr(pattern, '.', len);
		tail = dot != NULL ? len - (size_t)(dot - pattern) : 0;
		if (strlen(part) <= tail || (tail > 0 && strncmp(part + strlen(part) - tail, dot, tail) != 0))
			return false;
		r->args[r->arg_count].name = arena_text_of(r->arena, pattern + 1, len - 1 - tail);
		r->args[r->arg_count++].value = arena_text_of(r->arena, part, strlen(part) - tail);
		pattern += len;
	}
	return *pattern == '\0' || (r->segment_count == 0 && strcmp(pattern, "/") == 0);
}

static void
allow(struct req *r, const char **allowed, enum method method)
{
	*allowed = *allowed == NULL ? method_names[method]
		: arena_printf(r->arena, "%s, %s", *allowed, method_names[method]);
}

const struct route *
route_find(struct req *r, const char **allowed)
{
	const struct route *const *table;
	const struct route *route;

	*allowed = NULL;
	for (table = r->site->routes; *table != NULL; table++) {
		for (route = *table; route->path != NULL; route++) {
			if (!pattern_fits(r, route->path))
				continue;
			if (route->method == r->method)
				return route;
			allow(r, allowed, route->method);
		}
	}
	r->arg_count = 0;
	return NULL;
}

const char *
route_page(const struct req *r)
{
	char *path = arena_text(r->arena, r->path);
	struct req at = *r;
	const struct route *route;
	const char *allowed;

	at.method = GET;
	for (; at.segment_count > 0; at.segment_count--) {
		route = route_find(&at, &allowed);
		if (route != NULL && (route->flags & (ROUTE_JSON | ROUTE_STREAM)) == 0
			&& (r->actor.kind == ACTOR_NOBODY || req_may(r, route->permission)))
			return path;
		*strrchr(path, '/') = '\0';
	}
	return "/";
}

static bool
path_is_sound(const char *path)
{
	size_t args = 0;
	const char *at;

	for (at = path; *at != '\0'; at++)
		args += *at == ':';
	return path[0] == '/' && strstr(path, "//") == NULL && args <= REQ_ARGS_MAX
		&& (path[1] == '\0' || !text_ends_with(path, "/"));
}

static bool
route_is_sound(const struct route *route)
{
	bool good = path_is_sound(route->path) && route->permission > MAY_NOBODY
		&& route->permission < PERMISSION_COUNT && route->handle != NULL
		&& route->method >= GET && route->method <= DELETE
		&& (!permission_is_host(route->permission) || (route->flags & ROUTE_HOST) != 0);

	if (!good)
		log_error("route", "%s is not a sound route (path, permission, handler, method or flags)", route->path);
	return good;
}

/* Does another route with the method and path stand before `until`? */
static bool
route_is_double(const struct route *const *tables, const struct route *until)
{
	const struct route *route;

	for (; *tables != NULL; tables++)
		for (route = *tables; route->path != NULL; route++) {
			if (route == until)
				return false;
			if (route->method == until->method && strcmp(route->path, until->path) == 0) {
				log_error("route", "%s stands twice", until->path);
				return true;
			}
		}
	return false;
}

bool
route_check(const struct route *const *tables)
{
	const struct route *const *table;
	const struct route *route;
	bool good = true;

	for (table = tables; *table != NULL; table++)
		for (route = *table; route->path != NULL; route++)
			good = route_is_sound(route) && !route_is_double(tables, route) && good;
	return good;
}

static int
line_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
route_print(struct arena *arena, const struct route *const *tables)
{
	const struct route *const *table;
	const struct route *route;
	const char **lines;
	size_t count = 0, i = 0;

	for (table = tables; *table != NULL; table++)
		for (route = *table; route->path != NULL; route++)
			count++;
	lines = ARENA_ARRAY(arena, const char *, count);
	for (table = tables; *table != NULL; table++)
		for (route = *table; route->path != NULL; route++)
			lines[i++] = arena_printf(arena, "%-52s %-7s %s%s%s%s%s%s%s%s", route->path, method_names[route->method],
				permission_name(route->permission),
				route->flags & ROUTE_STREAM ? " stream" : "", route->flags & ROUTE_NO_FORM ? " no-form" : "",
				route->flags & ROUTE_UPLOAD ? " upload" : "", route->flags & ROUTE_ALWAYS ? " always" : "",
				route->flags & ROUTE_HOST ? " host" : "", route->flags & ROUTE_VIEW ? " view" : "",
				route->flags & ROUTE_ASKS ? " asks" : "");
	qsort(lines, count, sizeof(lines[0]), line_order);
	for (i = 0; i < count; i++)
		puts(lines[i]);
}
