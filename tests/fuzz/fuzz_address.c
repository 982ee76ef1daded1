/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_address.c - any bytes as a list of addresses: a good list lets in what it names, a bad one says which line. */
#include <stdint.h>
#include <string.h>

#include "core/address.h"
#include "core/arena.h"
#include "core/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *list = arena_text_of(arena, (const char *)data, size);
	const char *line = arena_text_of(arena, list, strcspn(list, "\n,/"));
	struct address_problem problem;
	bool good = address_list_is_good(list, &problem);

	if (!good)
		CHECK(problem.line > 0 && problem.len > 0 && problem.text >= list && problem.text + problem.len <= list + strlen(list));
	if (good && strchr(line, ' ') == NULL && strchr(line, '\t') == NULL && strchr(line, '\r') == NULL && line[0] != '\0')
		CHECK(address_list_allows(list, line));
	(void)address_list_allows(list, "192.0.2.7");
	(void)address_list_allows(list, "2001:db8::7");
	(void)address_list_allows("192.0.2.0/24\n2001:db8::/33", list);
	arena_free(arena);
	return 0;
}
