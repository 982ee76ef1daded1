/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_store.h - the rows of settings nouns in the database: reading, writing, links of sets, names of references. */
#ifndef HARK_WEB_RESOURCE_STORE_H
#define HARK_WEB_RESOURCE_STORE_H

#include "web/resource.h"
#include "web/resource_sql.h"

enum resource_state { RESOURCE_LIVE, RESOURCE_DELETED, RESOURCE_ANY };

/* The id of a row: its first field is the KEY. */
uint64_t *resource_id_of(const struct resource *resource, void *row);

/* A time member such as "deleted_at" by name; 0 when the noun has none. */
clock_ms resource_time(const struct resource *resource, const char *name, const void *row);

/* What people call the row. */
const char *resource_name_of(struct arena *arena, const struct resource *resource, const void *row);

/* " WHERE tenant_id = ? AND deleted_at ... AND (scope)". */
void resource_where(struct sql *sql, struct req *r, const struct resource *resource, enum resource_state state);

/* Puts the masks over the MASKED members of a row. */
void resource_mask_row(struct arena *arena, const struct resource *resource, void *row);

/* One row with its sets; the hook `load` has run. */
enum got resource_read(struct req *r, const struct resource *resource, uint64_t id, enum resource_state state,
	void *row) MUST_USE;

/* The hook `load` or `load_all` for some rows; GOT_ERROR, else GOT_ONE. */
enum got resource_load(struct req *r, const struct resource *resource, void *rows, size_t count) MUST_USE;

enum got resource_insert(struct req *r, const struct resource *resource, void *row) MUST_USE;
/* Writes what differs. GOT_NONE: it is deleted, or `alone` and somebody else has changed it after `before` was read. */
enum got resource_update(struct req *r, const struct resource *resource, const void *before, const void *row, bool alone) MUST_USE;

/* Sets or clears deleted_at; GOT_NONE when there is no such row in the other state. */
enum got resource_mark(struct req *r, const struct resource *resource, uint64_t id, bool deleted) MUST_USE;

/* Does another live row have the member's value? */
enum got resource_is_used(struct req *r, const struct resource *resource, const struct field *field, const void *row) MUST_USE;

/* A single one: nobody changes it until the transaction ends. GOT_NONE: somebody did after `row` was read. */
enum got resource_single_hold(struct req *r, const struct resource *resource, const void *row) MUST_USE;

/* How many of the ids are live rows of the tenant that the actor may see and choose for the field. */
enum got resource_count_live(struct req *r, const struct field *field, const struct field_set *ids, uint64_t *count) MUST_USE;

/* How many live rows of `resource` point at the row `id` by `field`. */
enum got resource_count_uses(struct req *r, const struct resource *resource, const struct field *field, uint64_t id,
	uint64_t *count) MUST_USE;

/* Links of a SET, sorted by owner: those of some rows, or of all when `ids` is NULL. */
struct resource_links {
	uint64_t *mine;
	uint64_t *theirs;
	size_t count;
};
enum got resource_links(struct req *r, const struct field *field, const struct field_set *ids,
	struct resource_links *links) MUST_USE;
/* Adds and removes what differs between the sets of two rows; `before` is NULL for a new row. */
enum got resource_write_links(struct req *r, const struct resource *resource, const void *before, const void *row) MUST_USE;
struct field_set resource_links_of(const struct resource_links *links, uint64_t id);

/* Names of a noun's rows, sorted by id: of some, or of all (also deleted ones) when `ids` is NULL. */
enum got resource_names(struct req *r, const char *of, const struct field_set *ids, struct db_rows *names) MUST_USE;
/* Never NULL: "#12" for an id without a name. */
const char *resource_name(struct arena *arena, const struct db_rows *names, uint64_t id);

#define RESOURCE_CHOICES_MAX 1000

/* Live rows of the noun `of` by name, at most RESOURCE_CHOICES_MAX: also of nouns that have no resource. `only` as in struct field. */
enum got resource_choices_of(struct req *r, const char *of, const char *only, struct db_rows *choices) MUST_USE;

/* The fields of struct resource_choice. */
extern const struct field resource_choice_fields[];

#endif
