/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_request.c - method, address, cookies and body of a request, one a line. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rooms/conversation/conversation.h"
#include "web/route.h"
#include "web/serve.h"

static const struct route *const tables[] = { NULL };
static const struct site site = { .routes = tables };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Takes the next line off; "" at the end. */
static char *
line(char **rest)
{
	char *start = *rest, *end = strchr(start, '\n');

	if (end == NULL) {
		*rest = start + strlen(start);
		return start;
	}
	*end = '\0';
	*rest = end + 1;
	return start;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	char *rest = arena_text_of(arena, (const char *)data, size);
	struct req r = { .arena = arena, .site = &site };
	struct serve_input input = { 0 };
	const char *problem, *allowed;

	input.method = line(&rest);
	input.uri = line(&rest);
	input.cookie = line(&rest);
	input.content_type = line(&rest);
	input.body = rest;
	input.body_len = strlen(rest);
	if (serve_parse(&r, &input, &problem)) {
		route_find(&r, &allowed);
		serve_body(&r, &input, &problem);
		file_clean_name(arena, r.path);
	}
	arena_free(arena);
	return 0;
}
