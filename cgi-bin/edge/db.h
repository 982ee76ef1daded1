/* SPDX-License-Identifier: BSD-2-Clause */
/* db.h - MariaDB through prepared statements with typed values. SQL is a literal with `?`; nothing is ever
 * pasted into it but the names of field tables (web/resource_sql, checked identifiers).
 *
 * One connection per process. A connection lost between transactions is opened again and the statement
 * repeated once, unless the server just took too long; inside a transaction the transaction fails (GOT_ERROR) and the
 * caller's request ends in 503.
 * A statement outside a transaction that loses a deadlock is repeated, too.
 * Source of the traps: MariaDB Connector/C 3.3 (no automatic reconnect, no LOCAL INFILE, TLS verified).
 */
#ifndef HARK_EDGE_DB_H
#define HARK_EDGE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/check.h"
#include "core/clock.h"
#include "core/conf.h"
#include "core/field.h"

struct db;

/* A tenant is a type of its own, so that no other number can stand in its place. */
typedef struct { uint64_t id; } tenant_id;

enum db_type { DB_TYPE_END, DB_TYPE_NULL, DB_TYPE_U64, DB_TYPE_I64, DB_TYPE_TEXT, DB_TYPE_BYTES };

struct db_value {
	enum db_type type;
	uint64_t number;
	const void *data;
	size_t len;
};

static inline struct db_value
db_u64(uint64_t value)
{
	return (struct db_value){ .type = DB_TYPE_U64, .number = value };
}

static inline struct db_value
db_i64(int64_t value)
{
	return (struct db_value){ .type = DB_TYPE_I64, .number = (uint64_t)value };
}

static inline struct db_value
db_bool(bool value)
{
	return db_u64(value ? 1 : 0);
}

static inline struct db_value
db_time(clock_ms value)
{
	return db_i64(value);
}

static inline struct db_value
db_tenant(tenant_id tenant)
{
	return db_u64(tenant.id);
}

static inline struct db_value
db_null(void)
{
	return (struct db_value){ .type = DB_TYPE_NULL };
}

/* An id, or NULL for 0. */
static inline struct db_value
db_id(uint64_t id)
{
	return id != 0 ? db_u64(id) : db_null();
}

/* Text of any length; NULL is SQL NULL. */
struct db_value db_text(const char *text);
struct db_value db_bytes(const void *bytes, size_t len);

#define DB_ARGS(...) ((const struct db_value[]){ __VA_ARGS__, { .type = DB_TYPE_END } })
#define DB_NO_ARGS ((const struct db_value[]){ { .type = DB_TYPE_END } })

/* What a change did. */
struct db_done {
	uint64_t changed;   /* rows matched by the WHERE (CLIENT_FOUND_ROWS) */
	uint64_t id;        /* of AUTO_INCREMENT or LAST_INSERT_ID(expr), else 0 */
};

struct db_rows {
	void *rows;         /* an array of the struct, in the arena */
	size_t count;
};

/* A row of a link table, selected AS mine and theirs. */
struct db_pair {
	uint64_t mine;
	uint64_t theirs;
};
extern const struct field db_pair_fields[];

/* Opens nothing yet: the first statement connects. The db lives in `arena`; its end closes the connection. */
struct db *db_new(struct arena *arena, const struct conf *conf);

/* Connects now; false when it cannot (logged). */
bool db_connect(struct db *db) MUST_USE;

/* Is the last error of the kind that goes away by itself or by the hand of who looks after the server: server gone,
 * refused, too many connections, lock wait, deadlock, disk full, read-only? A reply then says 503 and Retry-After instead of 500. */
bool db_is_down(const struct db *db);

/* Was the last error that we are not let in: user, password, its file, TLS? Only another configuration mends that. */
bool db_is_refused(const struct db *db);

/* What was said at the last error, with its number: "Access denied for user … (1045)". Lives in `arena`. */
const char *db_problem(const struct db *db, struct arena *arena);

/* Did the last statement fail because a UNIQUE key has the value already? (Not logged then.) */
bool db_is_duplicate(const struct db *db);

/* The row that the statement gives, into `row` by the names of the columns: each selected column must be in
 * `fields` (checked when the statement is first prepared). Members without a column stay as they are; SQL
 * NULL leaves zero. Text lives in `arena`. GOT_NONE when there is no row. */
enum got db_one(struct db *db, struct arena *arena, const struct field *fields, void *row,
	const char *sql, const struct db_value *args) MUST_USE;

/* All rows, as an array of structs of `size` bytes in `arena`. GOT_NONE when there are none (count 0). */
enum got db_all(struct db *db, struct arena *arena, const struct field *fields, size_t size,
	struct db_rows *rows, const char *sql, const struct db_value *args) MUST_USE;

/* A statement that gives no rows. GOT_NONE when it changed (or matched) none. `done` may be NULL. */
enum got db_run(struct db *db, const char *sql, const struct db_value *args, struct db_done *done) MUST_USE;

/* One number: COUNT(*), a flag, an id. GOT_NONE when there is no row (NULL counts as 0). */
enum got db_number(struct db *db, const char *sql, const struct db_value *args, uint64_t *number) MUST_USE;

/* Streams rows one at a time without holding them all: `each` gets the filled `row` and returns false to
 * stop. The row's text lives until the next call. For exports. No other statement may run meanwhile. */
typedef bool db_each_row(void *arg, const void *row);
enum got db_stream(struct db *db, const struct field *fields, size_t size, const char *sql,
	const struct db_value *args, db_each_row *each, void *arg) MUST_USE;

/* A transaction. Between db_begin() and the end, a failed statement makes db_commit() refuse; after a duplicate key
 * one may still read in it, after any other failure statements fail without being sent. A transaction that was
 * left open is rolled back (and logged) when the next one begins. */
bool db_begin(struct db *db) MUST_USE;
bool db_commit(struct db *db) MUST_USE;      /* false: nothing is known to be stored; the caller must not acknowledge */
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

/* Runs `work` in a transaction, again (at most 3 times) when the server reports a deadlock or a failed
 * certification. `work` returns GOT_ONE to commit and anything else to roll back; the outcome is passed on,
 * or GOT_ERROR when the commit failed. */
typedef enum got db_work(struct db *db, void *arg);
enum got db_transaction(struct db *db, db_work *work, void *arg) MUST_USE;

/* Plain text protocol for migrations only: DDL that cannot be prepared. *problem lives until the next statement. */
bool db_execute(struct db *db, const char *sql, size_t len, const char **problem) MUST_USE;

/* From here on statements may take as long as they like. For migrations, which may hold a table for an hour; call it
 * before the first statement. */
void db_wait_long(struct db *db);

/* Connects to the server without choosing the database, so that it can be made; the next db_connect() chooses it. */
bool db_connect_server(struct db *db) MUST_USE;

/* The name of the database, as configured. */
const char *db_name(const struct db *db);

/* Did db_connect() fail because the server does not know the database? */
bool db_is_missing(const struct db *db);

/* "10.11.19-MariaDB"; "" while it does not answer. */
const char *db_server_version(struct db *db);

#endif
