/* SPDX-License-Identifier: BSD-2-Clause */
/* floor.h - what the bare programs share: workers forked before the requests come, and prepared statements.
 *
 * A floor does what Hark does at one place and nothing else: no rights, no checks, no logs. It tells what the libraries,
 * the database and the web server cost on this machine in this minute. Whatever fails ends the process.
 */
#ifndef HARK_BENCH_FLOOR_H
#define HARK_BENCH_FLOOR_H

#include <fcgiapp.h>
#include <mysql.h>
#include <stddef.h>
#include <stdint.h>

#define FLOOR_COLUMNS 16
#define FLOOR_TEXT 1024         /* bytes of the longest column */

_Noreturn void floor_fail(const char *what);

/* A decimal number of the command line. */
unsigned floor_number(const char *text);

/* The value of a parameter of a query string, as a number; 0 when it is not there. */
uint64_t floor_parameter(const char *query, const char *name);

/* A parameter's value as text of at most room - 1 bytes; "" when it is not there. */
void floor_parameter_text(const char *query, const char *name, char *text, size_t room);

MYSQL *floor_connect(const char *socket, const char *database);
void floor_query(MYSQL *mysql, const char *sql);

/* A statement whose result's columns all come as text. */
struct floor_statement {
	MYSQL_STMT *handle;
	unsigned columns;
	MYSQL_BIND binds[FLOOR_COLUMNS];
	char values[FLOOR_COLUMNS][FLOOR_TEXT];
	unsigned long lens[FLOOR_COLUMNS];
	my_bool nulls[FLOOR_COLUMNS];
};

void floor_prepare(MYSQL *mysql, struct floor_statement *statement, const char *sql);

/* Parameters of a statement. */
void floor_bind_u64(MYSQL_BIND *bind, const uint64_t *value);
void floor_bind_bytes(MYSQL_BIND *bind, const void *bytes, size_t len);

void floor_execute(struct floor_statement *statement, MYSQL_BIND *binds);

/* The next row is in `values`; 0 when there is none. */
int floor_fetch(struct floor_statement *statement);

/* One worker: takes requests for ever. */
typedef void floor_work(FCGX_Request *request, void *arg);

/* Listens on a unix socket with `count` processes, each of which gets its own state from `open` and then calls `work` for
 * each request. Returns only when told to stop by SIGTERM. */
void floor_serve(const char *socket, unsigned count, void *(*open)(void *arg), floor_work *work, void *arg);

#endif
