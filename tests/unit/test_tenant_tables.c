/* SPDX-License-Identifier: BSD-2-Clause */
/* test_tenant_tables.c - every table of schema/ that has tenant_id is emptied when a tenant is erased, and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/arena.h"
#include "core/check.h"
#include "rooms/tenant/tenant.h"

#define TABLES_MAX 300

struct tables {
	struct arena *arena;
	const char *names[TABLES_MAX];
	size_t count;
};

static bool
tables_have(const struct tables *tables, const char *name)
{
	size_t i;

	for (i = 0; i < tables->count; i++)
		if (strcmp(tables->names[i], name) == 0)
			return true;
	return false;
}

/* The name behind `words`, or NULL. */
static const char *
name_after(struct arena *arena, const char *line, const char *words)
{
	const char *at = strstr(line, words);

	if (at == NULL)
		return NULL;
	at += strlen(words);
	return arena_text_of(arena, at, strspn(at, "abcdefghijklmnopqrstuvwxyz_0123456789"));
}

static void
read_line(struct tables *tables, const char *line, const char **table)
{
	const char *name = name_after(tables->arena, line, "CREATE TABLE IF NOT EXISTS ");

	if (name == NULL)
		name = name_after(tables->arena, line, "ALTER TABLE ");
	if (name != NULL)
		*table = name;
	line += strspn(line, " ");
	if (strncmp(line, "ADD COLUMN IF NOT EXISTS ", 25) == 0)
		line += 25;
	if (*table == NULL || strncmp(line, "tenant_id ", 10) != 0 || tables_have(tables, *table))
		return;
	assert_true(tables->count < TABLES_MAX);
	tables->names[tables->count++] = *table;
}

/* RENAME TABLE IF EXISTS old TO new: what is known of the old one holds for the new one. */
static void
read_renaming(struct tables *tables, const char *line)
{
	const char *old = name_after(tables->arena, line, "RENAME TABLE IF EXISTS ");
	size_t i;

	for (i = 0; old != NULL && i < tables->count; i++)
		if (strcmp(tables->names[i], old) == 0)
			tables->names[i] = name_after(tables->arena, line, " TO ");
}

static void
read_file(struct tables *tables, const char *path)
{
	FILE *file = fopen(path, "r");
	const char *table = NULL;
	char line[2000];

	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		read_renaming(tables, line);
		read_line(tables, line, &table);
	}
	fclose(file);
}

static void
no_table_is_forgotten(void **state)
{
	const char *source = getenv("HARK_SOURCE") != NULL ? getenv("HARK_SOURCE") : ".";
	struct tables *tables = calloc(1, sizeof(*tables));
	struct dirent **entries;
	char folder[4000];
	const char *name;
	int count, at;
	size_t i;

	(void)state;
	assert_non_null(tables);
	tables->arena = arena_new();
	snprintf(folder, sizeof(folder), "%s/schema", source);
	count = scandir(folder, &entries, NULL, alphasort);
	assert_true(count > 0);
	for (at = 0; at < count; at++) {
		if (strstr(entries[at]->d_name, ".sql") != NULL)
			read_file(tables, arena_printf(tables->arena, "%s/%s", folder, entries[at]->d_name));
		free(entries[at]);
	}
	free(entries);
	assert_true(tables->count > 20);
	for (i = 0; (name = tenant_table(i)) != NULL; i++)
		if (!tables_have(tables, name))
			fail_msg("life/erase_store.c empties %s, which no migration makes with tenant_id", name);
	if (i != tables->count)
		for (i = 0; i < tables->count; i++) {
			size_t k;

			for (k = 0; (name = tenant_table(k)) != NULL && strcmp(name, tables->names[i]) != 0; k++)
				continue;
			if (name == NULL)
				fail_msg("the table %s has tenant_id, but life/erase_store.c does not empty it", tables->names[i]);
		}
	arena_free(tables->arena);
	free(tables);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_table_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
