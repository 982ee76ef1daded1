/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_live_http.c - any bytes as a request: what is refused by its first half is refused. */
#include <stdint.h>
#include <string.h>

#include "core/check.h"
#include "rooms/live/live_http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
request_check(struct arena *arena, const struct http_request *request, size_t size)
{
	static const char *const names[] = { "ticket", "at" };
	const char *value;

	CHECK(request->path[0] == '/' && strpbrk(request->path, " ?#\r\n") == NULL);
	CHECK(strpbrk(request->query, " #\r\n") == NULL);
	CHECK(request->body_len <= HTTP_BODY_MAX && request->body_len < size);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		value = http_parameter(arena, request->query, names[i]);
		CHECK(value == NULL || (strchr(value, '&') == NULL && strstr(request->query, value) != NULL));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *bytes = arena_text_of(arena, (const char *)data, size);
	struct http_request request;
	int status = http_read(arena, bytes, size, &request);
	int half = http_read(arena, bytes, size / 2, &request);

	CHECK(half <= 200 || status > 200);
	CHECK(half != 200 || size < 2 || status == 400);
	CHECK(status != 0 || size <= HTTP_HEAD_MAX + HTTP_BODY_MAX);
	if (http_read(arena, bytes, size, &request) == 200)
		request_check(arena, &request, size);
	arena_free(arena);
	return 0;
}
