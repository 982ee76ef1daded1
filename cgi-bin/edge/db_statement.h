/* SPDX-License-Identifier: BSD-2-Clause */
/* db_statement.h - prepared statements of one connection, kept for use again (private to db*.c). */
#ifndef HARK_EDGE_DB_STATEMENT_H
#define HARK_EDGE_DB_STATEMENT_H

/* The library's header takes names of ours. */
#define list_add mariadb_list_add
#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>
#undef list_add
#undef FIELD_TYPE_TIME
#undef FIELD_TYPE_SET

#include "core/list.h"
#include "edge/db.h"

#define DB_STATEMENTS_MAX 200    /* kept; the one unused for longest makes room */
#define DB_BUCKETS 256

/* Where a column of the result goes. */
struct db_column {
	const struct field *field;      /* NULL: the lone number of db_number() */
	uint64_t number;
	unsigned long len;
	my_bool is_null;
	my_bool is_cut;                 /* did not fit: normal for text, whose room is made when its length is known */
};

struct db_statement {
	struct link used;               /* the one used last stands last */
	struct db_statement *next;      /* in its bucket */
	uint64_t hash;
	const struct field *fields;
	char *sql;
	MYSQL_STMT *handle;
	size_t column_count;
	struct db_column *columns;
};

struct db_statements {
	struct link used;
	size_t count;
	struct db_statement *buckets[DB_BUCKETS];
	MYSQL_BIND *values;             /* of the statement that is being executed */
	size_t value_room;
};

void db_statements_init(struct db_statements *statements);

/* Closes all: after mysql_close(), when the server knows them no more, or at the end. */
void db_statements_clear(struct db_statements *statements);
void db_statements_free(struct db_statements *statements);

/* The prepared statement, new or kept; NULL when the server refuses (*number and *problem say why; *problem has room
 * for MYSQL_ERRMSG_SIZE). `fields` is NULL for statements that give no rows or one number. */
struct db_statement *db_statement_of(struct db_statements *statements, MYSQL *mysql, const struct field *fields,
	const char *sql, unsigned *number, char *problem);

/* Closes it and takes it out. */
void db_statement_drop(struct db_statements *statements, struct db_statement *statement);

/* Binds the values and executes. False: mysql_stmt_errno(). */
bool db_statement_run(struct db_statements *statements, struct db_statement *statement, const struct db_value *args);

/* The next row into `row`, its text into `arena`. GOT_NONE at the end; GOT_ERROR also when a number does not fit,
 * mysql_stmt_errno() is 0 then. */
enum got db_statement_fetch(struct db_statement *statement, struct arena *arena, void *row);

#endif
