/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_locale.c - any text as Accept-Language and as a text to be filled. */
#include <stdbool.h>
#include <string.h>

#include "core/check.h"
#include "edge/locale.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_text_of(arena, (const char *)data, size);
	const char *picked = locale_pick(text);
	const char *chosen = locale_choose(arena, text, text, NULL);
	bool known = false;

	for (size_t i = 0; locale_names[i] != NULL; i++)
		known = known || strcmp(picked, locale_names[i]) == 0;
	CHECK(known);
	CHECK(chosen == NULL || chosen[0] != '\0');
	locale_use(picked);
	CHECK(strcmp(locale_name(), picked) == 0);
	CHECK(strstr(locale_fill(arena, text, ""), "%s") == NULL || strstr(text, "%%") != NULL);
	arena_free(arena);
	return 0;
}
