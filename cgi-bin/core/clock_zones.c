/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_zones.c - the zones of the machine that one may choose from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"

#define ZONES_FILE "/usr/share/zoneinfo/zone1970.tab"
#define ZONES_MAX 1000          /* three times as many as there are */

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The third of the columns, which TABs part. */
static const char *
zone_of_line(struct arena *arena, const char *line)
{
	const char *at = strchr(line, '\t');

	if (line[0] == '#' || at == NULL || (at = strchr(at + 1, '\t')) == NULL)
		return NULL;
	return arena_text_of(arena, at + 1, strcspn(at + 1, "\t\n"));
}

const char *const *
clock_zones(struct arena *arena, size_t *count)
{
	const char **zones = ARENA_ARRAY(arena, const char *, ZONES_MAX);
	FILE *file = fopen(ZONES_FILE, "re");
	char line[512];

	*count = 0;
	zones[(*count)++] = "UTC";
	while (file != NULL && *count < ZONES_MAX && fgets(line, sizeof(line), file) != NULL) {
		zones[*count] = zone_of_line(arena, line);
		*count += zones[*count] != NULL;
	}
	if (file != NULL)
		(void)fclose(file);
	qsort(zones, *count, sizeof(*zones), by_name);
	return zones;
}
