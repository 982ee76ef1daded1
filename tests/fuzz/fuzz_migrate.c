/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_migrate.c - any bytes as a file of SQL: statements without empty ones, which split again into themselves. */
#include <stdbool.h>
#include <string.h>

#include "core/check.h"
#include "edge/migrate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct migrate_statements statements, again;
	const char *problem = NULL;
	bool good = migrate_split(arena, (const char *)data, size, &statements, &problem);

	CHECK(good == (problem == NULL));
	for (size_t i = 0; good && i < statements.count; i++) {
		const struct migrate_statement *one = &statements.list[i];

		CHECK(one->len > 0 && strlen(one->sql) == one->len && one->line >= 1);
		CHECK(i == 0 || one->line >= statements.list[i - 1].line);
		if (migrate_split(arena, one->sql, one->len, &again, &problem) && strpbrk(one->sql, "#-/") == NULL)
			CHECK(again.count == 1 && again.list[0].len == one->len && memcmp(again.list[0].sql, one->sql, one->len) == 0);
	}
	arena_free(arena);
	return 0;
}
