/* SPDX-License-Identifier: BSD-2-Clause */
/* store.h - files on disk: written to a spool, hashed, made durable, then given a random name for good.
 *
 * Layout below data_dir: spool/ (being received), files/<tenant>/<2 hex>/<32 hex> (kept). Names from outside are
 * never part of a path.
 */
#ifndef HARK_EDGE_STORE_H
#define HARK_EDGE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/check.h"
#include "core/clock.h"
#include "edge/crypt.h"
#include "edge/db.h"

struct store;
struct store *store_new(struct arena *arena, const char *data_dir);

/* A file being received; unfinished ones vanish with the arena. NULL (logged) when the disk refuses. */
struct store_spool;
struct store_spool *store_spool_new(struct store *store, struct arena *arena);
bool store_spool_write(struct store_spool *spool, const void *bytes, size_t len);
uint64_t store_spool_size(const struct store_spool *spool);
/* The first bytes, at most 64, for looking at its kind. */
size_t store_spool_head(const struct store_spool *spool, unsigned char head[64]);

/* What was written so far, open for reading; -1 (logged) when it cannot be. Closed with `arena`. */
int store_spool_open(const struct store_spool *spool, struct arena *arena);

/* What was written so far, at most `most` bytes of it, with a NUL behind it; NULL (logged) when it cannot be read. */
char *store_spool_text(const struct store_spool *spool, struct arena *arena, size_t most, size_t *len);

/* fsync, then a link in the tenant's folder in place of the spool's; *name is the random name ("ab/0123…"), `hash` its SHA-256. */
bool store_keep(struct store_spool *spool, struct arena *arena, tenant_id tenant, const char **name,
	unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;

/* Absolute path of a kept file; NULL when the name is not one that store_keep() makes. */
char *store_path(const struct store *store, struct arena *arena, tenant_id tenant, const char *name);

/* A part of a kept file's name that cannot be guessed and differs for each file: for addresses that change with the file. */
char *store_version(struct arena *arena, const char *name);

/* A kept file, open for reading; -1 when it is not there. Closed with `arena`. */
int store_open_kept(const struct store *store, struct arena *arena, tenant_id tenant, const char *name);

/* Removes a kept file; a missing one is no error. */
bool store_remove(struct store *store, tenant_id tenant, const char *name);

/* A row was to name the kept file *name instead of `before`; either may be "" or NULL. Removes the one that is of no use now: `before`
 * when the row was stored, else *name, which becomes `before` again. */
void store_settle(struct store *store, tenant_id tenant, const char *before, const char **name, bool is_stored);

/* Removes at most `most` files of a tenant, whatever they are called, and the folders when they are empty. *removed says how many;
 * 0: there are no more. False (logged) when the disk refuses. */
bool store_erase(struct store *store, tenant_id tenant, size_t most, size_t *removed) MUST_USE;

/* Removes what was being received when a process died: spool files that nobody has written to since `before`. How many. */
size_t store_clean(struct store *store, clock_ms before);

#endif
