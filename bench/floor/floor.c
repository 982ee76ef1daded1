/* SPDX-License-Identifier: BSD-2-Clause */
/* floor.c - prefork over libfcgi and the shortest way to a prepared statement. */
#include "floor.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define BACKLOG 1024

_Noreturn void
floor_fail(const char *what)
{
	perror(what);
	exit(1);
}

unsigned
floor_number(const char *text)
{
	return (unsigned)strtoul(text, NULL, 10);
}

/* Where the value begins, or NULL. */
static const char *
parameter_at(const char *query, const char *name)
{
	size_t len = strlen(name);

	while (query != NULL && *query != '\0') {
		if (strncmp(query, name, len) == 0 && query[len] == '=')
			return query + len + 1;
		query = strchr(query, '&');
		if (query != NULL)
			query++;
	}
	return NULL;
}

uint64_t
floor_parameter(const char *query, const char *name)
{
	const char *value = parameter_at(query, name);

	return value != NULL ? strtoull(value, NULL, 10) : 0;
}

void
floor_parameter_text(const char *query, const char *name, char *text, size_t room)
{
	const char *value = parameter_at(query, name);
	size_t len = value != NULL ? strcspn(value, "&") : 0;

	if (len >= room)
		len = room - 1;
	if (value != NULL)
		memcpy(text, value, len);
	text[len] = '\0';
}

/* --- the database */

static _Noreturn void
sql_fail(const char *problem)
{
	fprintf(stderr, "the database: %s\n", problem);
	exit(1);
}

MYSQL *
floor_connect(const char *socket, const char *database)
{
	MYSQL *mysql = mysql_init(NULL);

	mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (mysql_real_connect(mysql, NULL, "root", NULL, database, 0, socket, CLIENT_FOUND_ROWS) == NULL)
		sql_fail(mysql_error(mysql));
	floor_query(mysql, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
	return mysql;
}

void
floor_query(MYSQL *mysql, const char *sql)
{
	if (mysql_real_query(mysql, sql, strlen(sql)) != 0)
		sql_fail(mysql_error(mysql));
}

void
floor_prepare(MYSQL *mysql, struct floor_statement *statement, const char *sql)
{
	unsigned i;

	*statement = (struct floor_statement){ .handle = mysql_stmt_init(mysql) };
	if (mysql_stmt_prepare(statement->handle, sql, strlen(sql)) != 0)
		sql_fail(mysql_stmt_error(statement->handle));
	statement->columns = mysql_stmt_field_count(statement->handle);
	if (statement->columns > FLOOR_COLUMNS)
		sql_fail("too many columns");
	for (i = 0; i < statement->columns; i++) {
		statement->binds[i].buffer_type = MYSQL_TYPE_STRING;
		statement->binds[i].buffer = statement->values[i];
		statement->binds[i].buffer_length = FLOOR_TEXT - 1;
		statement->binds[i].length = &statement->lens[i];
		statement->binds[i].is_null = &statement->nulls[i];
	}
}

void
floor_bind_u64(MYSQL_BIND *bind, const uint64_t *value)
{
	*bind = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = (void *)(uintptr_t)value, .is_unsigned = 1 };
}

void
floor_bind_bytes(MYSQL_BIND *bind, const void *bytes, size_t len)
{
	*bind = (MYSQL_BIND){ .buffer_type = bytes != NULL ? MYSQL_TYPE_STRING : MYSQL_TYPE_NULL,
		.buffer = (void *)(uintptr_t)bytes, .buffer_length = len };
}

void
floor_execute(struct floor_statement *statement, MYSQL_BIND *binds)
{
	MYSQL_STMT *handle = statement->handle;

	if ((binds != NULL && mysql_stmt_bind_param(handle, binds) != 0) || mysql_stmt_execute(handle) != 0)
		sql_fail(mysql_stmt_error(handle));
	if (statement->columns == 0)
		return;
	if (mysql_stmt_bind_result(handle, statement->binds) != 0 || mysql_stmt_store_result(handle) != 0)
		sql_fail(mysql_stmt_error(handle));
}

int
floor_fetch(struct floor_statement *statement)
{
	int outcome = mysql_stmt_fetch(statement->handle);
	unsigned i;

	if (outcome == MYSQL_NO_DATA) {
		mysql_stmt_free_result(statement->handle);
		return 0;
	}
	if (outcome != 0 && outcome != MYSQL_DATA_TRUNCATED)
		sql_fail(mysql_stmt_error(statement->handle));
	for (i = 0; i < statement->columns; i++)
		statement->values[i][statement->nulls[i] ? 0 : statement->lens[i] < FLOOR_TEXT ? statement->lens[i] : FLOOR_TEXT - 1] = '\0';
	return 1;
}

/* --- the workers */

static _Noreturn void
worker(int listening, void *(*open)(void *arg), floor_work *work, void *arg)
{
	FCGX_Request request;
	void *state;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	state = open(arg);
	if (FCGX_InitRequest(&request, listening, 0) != 0)
		floor_fail("FCGX_InitRequest");
	while (FCGX_Accept_r(&request) == 0) {
		work(&request, state);
		FCGX_Finish_r(&request);
	}
	_exit(0);
}

void
floor_serve(const char *socket, unsigned count, void *(*open)(void *arg), floor_work *work, void *arg)
{
	int listening;
	unsigned i;

	umask(0);
	FCGX_Init();
	signal(SIGTERM, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	listening = FCGX_OpenSocket(socket, BACKLOG);
	if (listening < 0)
		floor_fail(socket);
	for (i = 0; i < count; i++)
		if (fork() == 0)
			worker(listening, open, work, arg);
	while (wait(NULL) > 0)
		continue;
}
