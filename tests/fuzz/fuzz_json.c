/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_json.c - any bytes as JSON: a value or a complaint; what is printed reads back to the same and may stand in a page. */
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
look(void *arg, const char *name, struct json *value)
{
	uint64_t number;

	CHECK(text_is_utf8(name, strlen(name)));
	json_as_input(arg, value);
	json_value_u64(value, &number);
	json_each(value, look, arg);
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *problem = NULL, *text, *again;
	struct json *value = json_parse(arena, (const char *)data, size, &problem);

	CHECK((value == NULL) == (problem != NULL));
	if (value != NULL) {
		text = json_text(arena, value);
		CHECK(text_is_utf8(text, strlen(text)) && strpbrk(text, "<>&") == NULL);
		json_each(value, look, arena);
		value = json_parse(arena, text, strlen(text), &problem);
		CHECK(value != NULL);
		again = json_text(arena, value);
		CHECK(strcmp(text, again) == 0);
	}
	arena_free(arena);
	return 0;
}
