/* SPDX-License-Identifier: BSD-2-Clause */
/* live_table.c - the hash table, and the one place of the room that calls malloc().
 *
 * Topics, events, listeners and persons come and go one by one over the whole life of the daemon, so no arena fits them.
 */
#include "rooms/live/live_table.h"

#include <stdlib.h>

#include "core/check.h"

#define FIRST_SIZE 64

void *
keep_new(size_t size)
{
	void *memory = calloc(1, size);

	CHECK(memory != NULL);
	return memory;
}

void
keep_free(void *memory)
{
	free(memory);
}

uint32_t
table_hash_text(uint32_t seed, const char *text)
{
	for (; *text != '\0'; text++)
		seed = (seed ^ (unsigned char)*text) * 16777619u;
	return seed;
}

void
table_init(struct table *table, table_hash *hash)
{
	*table = (struct table){ .size = FIRST_SIZE, .hash = hash };
	table->buckets = keep_new(table->size * sizeof *table->buckets);
}

void
table_clear(struct table *table)
{
	keep_free(table->buckets);
	*table = (struct table){ .size = 0 };
}

static struct entry **
bucket_of(const struct table *table, uint32_t hash)
{
	return &table->buckets[(hash ^ (hash >> 16)) & (table->size - 1)];
}

struct entry *
table_bucket(const struct table *table, uint32_t hash)
{
	return *bucket_of(table, hash);
}

static void
table_grow(struct table *table)
{
	struct entry **old = table->buckets;
	size_t old_size = table->size;

	table->size *= 2;
	table->buckets = keep_new(table->size * sizeof *table->buckets);
	for (size_t i = 0; i < old_size; i++) {
		for (struct entry *entry = old[i], *next; entry != NULL; entry = next) {
			struct entry **bucket = bucket_of(table, table->hash(entry));

			next = entry->next;
			entry->next = *bucket;
			*bucket = entry;
		}
	}
	keep_free(old);
}

void
table_add(struct table *table, struct entry *entry)
{
	struct entry **bucket;

	if (table->count == table->size)
		table_grow(table);
	bucket = bucket_of(table, table->hash(entry));
	entry->next = *bucket;
	*bucket = entry;
	table->count++;
}

void
table_remove(struct table *table, struct entry *entry)
{
	struct entry **at = bucket_of(table, table->hash(entry));

	while (*at != entry)
		at = &(*at)->next;
	*at = entry->next;
	table->count--;
}
