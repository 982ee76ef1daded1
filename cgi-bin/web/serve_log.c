/* SPDX-License-Identifier: BSD-2-Clause */
/* serve_log.c - the line that each request leaves in the log. */
#include "web/serve.h"

#include <string.h>

#include "core/log.h"
#include "web/reply.h"

#define PATH_SHOWN 100       /* bytes */
#define PART_SHOWN 24        /* bytes of a part of the path; of a longer one the first few are shown */
#define PART_BEGUN 6
#define HOST_SHOWN 80

const char *
serve_log_path(struct arena *arena, const char *uri)
{
	struct str path;
	size_t len;

	str_init(&path, arena);
	while (*uri != '\0' && *uri != '?' && *uri != '#') {
		len = *uri == '/' ? 1 : strcspn(uri, "/?#");
		if (path.len + (len > PART_SHOWN ? PART_BEGUN + 3 : len) > PATH_SHOWN)
			return str_add(&path, "..."), path.data;
		str_add_bytes(&path, uri, len > PART_SHOWN ? PART_BEGUN : len);
		if (len > PART_SHOWN)
			str_add(&path, "...");
		uri += len;
	}
	return path.data;
}

/* The route's own words, in which no secret of an address stands; of what has no route, what came. */
static const char *
path_shown(const struct req *r)
{
	const char *uri = r->fcgi != NULL ? req_header(r, "REQUEST_URI") : NULL;

	if (r->route != NULL)
		return r->route->path;
	return serve_log_path(r->arena, uri != NULL ? uri : r->path);
}

void
serve_log(const struct req *r, clock_ms took)
{
	const size_t host = strlen(r->host);

	log_values(LOG_LEVEL_INFO, "request", (const struct log_value[]){
		{ "method", r->method_name },
		{ "path", path_shown(r) },
		{ "status", arena_printf(r->arena, "%d", r->status) },
		{ "ms", arena_printf(r->arena, "%lld", (long long)took) },
		{ "tenant", arena_printf(r->arena, "%llu", (unsigned long long)r->tenant.id) },
		{ "address", r->address },
		{ "host", arena_text_of(r->arena, r->host, host < HOST_SHOWN ? host : HOST_SHOWN) },
		{ "reason", r->reason },
		{ NULL, NULL }
	});
}
