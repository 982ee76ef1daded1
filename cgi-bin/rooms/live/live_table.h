/* SPDX-License-Identifier: BSD-2-Clause */
/* live_table.h - a hash table whose links live inside the things that it finds, and the room's long-lived memory. */
#ifndef HARK_ROOMS_LIVE_LIVE_TABLE_H
#define HARK_ROOMS_LIVE_LIVE_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* The first member of a thing in a table. */
struct entry {
	struct entry *next;
};

typedef uint32_t table_hash(const struct entry *entry);

struct table {
	struct entry **buckets;
	size_t size;            /* a power of two */
	size_t count;
	table_hash *hash;
};

/* FNV-1a; `seed` is TABLE_SEED or the hash of what stands before. */
#define TABLE_SEED 2166136261u
uint32_t table_hash_text(uint32_t seed, const char *text);

void table_init(struct table *table, table_hash *hash);
void table_clear(struct table *table);

/* The first thing that may have this hash; go on along `next`. */
struct entry *table_bucket(const struct table *table, uint32_t hash);

void table_add(struct table *table, struct entry *entry);
void table_remove(struct table *table, struct entry *entry);

/* The only malloc() and free() of the room: zeroed memory of what lives longer than one event. */
void *keep_new(size_t size);
void keep_free(void *memory);

#endif
