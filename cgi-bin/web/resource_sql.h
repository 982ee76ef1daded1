/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_sql.h - statements made from field tables: names only from tables in this program, every value bound. */
#ifndef HARK_WEB_RESOURCE_SQL_H
#define HARK_WEB_RESOURCE_SQL_H

#include "core/field.h"
#include "core/str.h"
#include "edge/db.h"

struct sql {
	struct str text;
	struct db_value *args;       /* always ends with DB_TYPE_END */
	size_t count;
	size_t room;
	struct arena *arena;
};

void sql_init(struct sql *sql, struct arena *arena);

/* Constant text of this program. */
void sql_add(struct sql *sql, const char *text);

/* A table or column, quoted. What is no identifier (a-z 0-9 _) ends the process: it is a mistake in a table of ours. */
void sql_name(struct sql *sql, const char *name);

/* A `?` and its value. */
void sql_value(struct sql *sql, struct db_value value);

/* "IN (?, ?, ...)"; the count is filled up to a power of two by repeating the last id, so that few different statements are
 * prepared. Nothing is in an empty list. */
void sql_in(struct sql *sql, const uint64_t *ids, size_t count);

/* "`id`, `name`, ...": every column of the table of fields. */
void sql_columns(struct sql *sql, const struct field *fields);

/* The value of a member for its column: NULL for what is empty and NULLABLE. */
struct db_value sql_value_of(const struct field *field, const void *row);

/* Is the member zero, false or empty? */
bool sql_is_empty(const struct field *field, const void *row);

/* Text for LIKE ... ESCAPE '!' that finds `word` anywhere. */
char *sql_like(struct arena *arena, const char *word);

#endif
