/* SPDX-License-Identifier: BSD-2-Clause */
/* db_connection.h - one connection, its state and its last error (private to db*.c). */
#ifndef HARK_EDGE_DB_CONNECTION_H
#define HARK_EDGE_DB_CONNECTION_H

#include "edge/db_statement.h"

struct db {
	struct arena *arena;
	const struct conf *conf;
	const char *password;
	MYSQL *mysql;                   /* NULL: not connected */
	struct db_statements statements;
	struct arena *row_arena;        /* of db_stream() */
	bool in_transaction;
	bool is_spoilt;                 /* a statement of the transaction failed: db_commit() refuses */
	bool is_dead;                   /* it failed so that the server may have ended the transaction: nothing more is sent */
	bool is_streaming;
	unsigned answer_seconds;        /* that an answer may take, of a connection that is opened now; 0: as long as it likes */
	bool is_server_only;            /* connected without having chosen the database */
	unsigned error;                 /* of the last statement, 0 when it was good */
	clock_ms refused_at;            /* by clock_steady(); 0: the last connect was good */
	char problem[MYSQL_ERRMSG_SIZE];
};

/* The connection is gone, for this statement or already before it. */
bool db_error_is_lost(unsigned error);
/* A deadlock, a refused certification or a node that is not ready (Galera): what goes when it is run again. */
bool db_error_is_conflict(unsigned error);
/* The server has forgotten what was prepared, or a table has changed since; nothing has been done yet. */
bool db_error_is_stale(unsigned error);
/* It takes no change until somebody makes room or ends a maintenance. */
bool db_error_is_unwritable(unsigned error);

/* Keeps what db_problem() and db_is_...() tell; `problem` is copied, cut when it is long. */
void db_note_error(struct db *db, unsigned error, const char *problem);

/* Sends a statement without values that gives no rows; false: it is noted why. */
bool db_query(struct db *db, const char *text);

/* May a statement be sent? Reopens a lost connection unless a transaction was lost with it. */
bool db_connection_is_ready(struct db *db);

/* Forgets the prepared statements, too; a closed one may be closed again. */
void db_connection_close(struct db *db);

#endif
