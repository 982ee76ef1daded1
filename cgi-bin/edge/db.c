/* SPDX-License-Identifier: BSD-2-Clause */
/* db.c - the connection to MariaDB: opening it, losing it, transactions, and the questions that stores ask. */
#include "edge/db.h"

#include <poll.h>
#include <string.h>
#include <time.h>

#include "core/log.h"
#include "edge/crypt.h"
#include "edge/db_statement.h"

#define CONNECT_SECONDS 2u
#define ANSWER_SECONDS 30u
#define REFUSED_PAUSE 250           /* milliseconds after a failed connect in which no other is tried */
#define CONFLICT_TRIES 3            /* times that a transaction, or a statement of its own, is run again */

const struct field db_pair_fields[] = {
	FIELD_U64(struct db_pair, mine, 0),
	FIELD_U64(struct db_pair, theirs, 0),
	FIELD_END
};

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
	bool is_patient;
	bool is_server_only;            /* connected without having chosen the database */
	unsigned error;                 /* of the last statement, 0 when it was good */
	clock_ms refused_at;            /* by clock_steady(); 0: the last connect was good */
	char problem[MYSQL_ERRMSG_SIZE];
};

/* --- errors */

static bool
error_is_lost(unsigned error)
{
	return error == CR_SERVER_GONE_ERROR || error == CR_SERVER_LOST || error == CR_SERVER_LOST_EXTENDED
		|| error == ER_SERVER_SHUTDOWN || error == ER_CONNECTION_KILLED || error == ER_NET_READ_INTERRUPTED;
}

/* A deadlock, a lock that did not come, a refused certification or a node that is not ready (Galera). */
static bool
error_is_conflict(unsigned error)
{
	return error == ER_LOCK_DEADLOCK || error == ER_LOCK_WAIT_TIMEOUT || error == ER_UNKNOWN_COM_ERROR;
}

/* The server has forgotten what was prepared, or a table has changed since; nothing has been done yet. */
static bool
error_is_stale(unsigned error)
{
	return error == ER_NEED_REPREPARE || error == ER_UNKNOWN_STMT_HANDLER || error == CR_NEW_STMT_METADATA
		|| error == CR_STMT_CLOSED;
}

/* It takes no change until somebody makes room or ends a maintenance. */
static bool
error_is_unwritable(unsigned error)
{
	return error == ER_RECORD_FILE_FULL || error == ER_DISK_FULL || error == ER_OPTION_PREVENTS_STATEMENT
		|| error == ER_READ_ONLY_MODE || error == ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION;
}

bool
db_is_down(const struct db *db)
{
	return error_is_lost(db->error) || error_is_conflict(db->error) || error_is_unwritable(db->error)
		|| db->error == CR_CONNECTION_ERROR || db->error == CR_CONN_HOST_ERROR || db->error == CR_UNKNOWN_HOST
		|| db->error == ER_CON_COUNT_ERROR || db->error == ER_HOST_IS_BLOCKED
		|| db->error == ER_TOO_MANY_USER_CONNECTIONS || db->error == ER_USER_LIMIT_REACHED;
}

bool
db_is_refused(const struct db *db)
{
	return db->error == ER_ACCESS_DENIED_ERROR || db->error == ER_DBACCESS_DENIED_ERROR
		|| db->error == ER_ACCESS_DENIED_NO_PASSWORD_ERROR || db->error == ER_HOST_NOT_PRIVILEGED
		|| db->error == CR_SSL_CONNECTION_ERROR;
}

const char *
db_problem(const struct db *db, struct arena *arena)
{
	return arena_printf(arena, "%s (%u)", db->problem, db->error);
}

bool
db_is_duplicate(const struct db *db)
{
	return db->error == ER_DUP_ENTRY || db->error == ER_DUP_ENTRY_WITH_KEY_NAME;
}

bool
db_is_missing(const struct db *db)
{
	return db->error == ER_BAD_DB_ERROR;
}

static void
note_error(struct db *db, unsigned error, const char *problem)
{
	db->error = error;
	if (problem != db->problem)
		memccpy(db->problem, problem, '\0', sizeof db->problem - 1);
}

/* --- the connection */

static void
connection_close(struct db *db)
{
	if (db->mysql != NULL)
		mysql_close(db->mysql);
	db->mysql = NULL;
	db_statements_clear(&db->statements);
}

static bool
is_by_socket(const struct db *db)
{
	return db->conf->db_socket[0] != '\0';
}

static void
set_options(const struct db *db, MYSQL *mysql)
{
	unsigned connect = CONNECT_SECONDS, answer = db->is_patient ? 0 : ANSWER_SECONDS;
	unsigned protocol = is_by_socket(db) ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
	unsigned local_infile = 0;
	my_bool no = 0, verify = !is_by_socket(db) && db->conf->db_tls_verify;

	mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
	mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &answer);
	mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &answer);
	mysql_options(mysql, MYSQL_OPT_PROTOCOL, &protocol);
	mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &local_infile);
	mysql_options(mysql, MYSQL_OPT_RECONNECT, &no);
	mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	/* Only VERIFY makes the library insist on TLS, and newer ones verify unless told not to. */
	mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
	if (verify)
		mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &verify);
}

static bool
query(struct db *db, const char *text)
{
	if (mysql_real_query(db->mysql, text, strlen(text)) == 0)
		return true;
	note_error(db, mysql_errno(db->mysql), mysql_error(db->mysql));
	return false;
}

/* Every session is the same, whatever the server's own settings are. */
static bool
set_session(struct db *db)
{
	return query(db, "SET NAMES 'utf8mb4' COLLATE 'utf8mb4_unicode_520_ci'")
		&& query(db, "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,"
			"NO_ZERO_IN_DATE,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 10")
		&& (db->is_patient || query(db, "SET SESSION lock_wait_timeout = 20"))
		&& query(db, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
}

static bool
read_password(struct db *db)
{
	const char *problem = NULL;

	if (db->conf->db_password_file[0] == '\0' || db->password != NULL)
		return true;
	db->password = conf_secret(db->arena, db->conf, "db_password_file", &problem);
	if (db->password == NULL)
		note_error(db, ER_ACCESS_DENIED_NO_PASSWORD_ERROR, problem);
	return db->password != NULL;
}

static bool
connect_to(struct db *db, const char *name)
{
	bool socket = is_by_socket(db);

	if (mysql_real_connect(db->mysql, socket ? "localhost" : db->conf->db_host, db->conf->db_user, db->password, name,
		socket ? 0 : (unsigned)db->conf->db_port, socket ? db->conf->db_socket : NULL, CLIENT_FOUND_ROWS) == NULL) {
		note_error(db, mysql_errno(db->mysql), mysql_error(db->mysql));
		return false;
	}
	if (!socket && db->conf->db_tls_verify && mysql_get_ssl_cipher(db->mysql) == NULL) {
		note_error(db, CR_SSL_CONNECTION_ERROR, "the server does not speak TLS");
		return false;
	}
	return set_session(db);
}

/* A server that refuses is not asked again at once, so that an outage costs each request nothing. */
static bool
connection_open(struct db *db, const char *name)
{
	if (db->refused_at != 0 && clock_steady() - db->refused_at < REFUSED_PAUSE) {
		if (db->error == 0)
			db->error = CR_CONNECTION_ERROR;
		return false;
	}
	if (!read_password(db)) {
		log_warning("database", "no connection: %s", db->problem);
		return false;
	}
	db->mysql = mysql_init(NULL);
	CHECK(db->mysql != NULL);
	set_options(db, db->mysql);
	db->is_server_only = name == NULL;
	if (connect_to(db, name)) {
		db->refused_at = 0;
		db->error = 0;
		return true;
	}
	log_warning("database", "no connection: %s (%u)", db->problem, db->error);
	connection_close(db);
	if (!db_is_missing(db))
		db->refused_at = clock_steady();
	return false;
}

/* Between statements the server has nothing to say: bytes or an end of file mean that it has left. */
static bool
connection_is_stale(struct db *db)
{
	struct pollfd wait = { .fd = mysql_get_socket(db->mysql), .events = POLLIN };

	return poll(&wait, 1, 0) != 0 && mysql_ping(db->mysql) != 0;
}

bool
db_connect(struct db *db)
{
	if (db->mysql != NULL && (db->is_server_only || connection_is_stale(db)))
		connection_close(db);
	return db->mysql != NULL || connection_open(db, db->conf->db_name);
}

const char *
db_name(const struct db *db)
{
	return db->conf->db_name;
}

bool
db_connect_server(struct db *db)
{
	CHECK(!db->in_transaction);
	connection_close(db);
	return connection_open(db, NULL);
}

void
db_wait_long(struct db *db)
{
	connection_close(db);
	db->is_patient = true;
}

/* May a statement be sent? Reopens a lost connection unless a transaction was lost with it. */
static bool
connection_is_ready(struct db *db)
{
	CHECK(!db->is_streaming);
	if (db->in_transaction)
		return !db->is_dead;
	if (db->mysql != NULL && connection_is_stale(db))
		connection_close(db);
	if (db->mysql == NULL && !connection_open(db, db->conf->db_name))
		return false;
	return true;
}

static void
db_release(void *arg)
{
	struct db *db = arg;

	connection_close(db);
	db_statements_free(&db->statements);
	arena_free(db->row_arena);
}

struct db *
db_new(struct arena *arena, const struct conf *conf)
{
	struct db *db = ARENA_NEW(arena, struct db);

	db->arena = arena;
	db->conf = conf;
	db_statements_init(&db->statements);
	arena_on_release(arena, db_release, db);
	return db;
}

const char *
db_server_version(struct db *db)
{
	return db_connect(db) ? arena_text(db->arena, mysql_get_server_info(db->mysql)) : "";
}

/* --- statements */

/* What a failure means for the transaction and the connection; it is logged here, once. */
static void
statement_failed(struct db *db, const char *sql)
{
	db->is_spoilt = db->in_transaction;
	if (db_is_duplicate(db))
		return;
	db->is_dead = db->in_transaction;
	if (error_is_lost(db->error))
		connection_close(db);
	if (db_is_down(db) && !error_is_unwritable(db->error))
		log_warning("database", "%s (%u), in: %s", db->problem, db->error, sql);
	else
		log_error("database", "%s (%u), in: %s", db->problem, db->error, sql);
}

/* Nothing has happened yet when the connection was gone before. When it was lost while the server worked, only a
 * question may be asked again: a change may have been made. */
static bool
may_repeat(const struct db *db, const char *sql, bool was_sent)
{
	if (error_is_stale(db->error))
		return true;
	if (db->in_transaction || !error_is_lost(db->error))
		return false;
	return db->error != CR_SERVER_LOST || !was_sent || strncmp(sql, "SELECT", 6) == 0;
}

static struct db_statement *
try_statement(struct db *db, const struct field *fields, const char *sql, const struct db_value *args)
{
	struct db_statement *statement;
	bool again;

	db->error = 0;
	statement = db_statement_of(&db->statements, db->mysql, fields, sql, &db->error, db->problem);
	if (statement != NULL && db_statement_run(&db->statements, statement, args))
		return statement;
	if (statement != NULL)
		note_error(db, mysql_stmt_errno(statement->handle), mysql_stmt_error(statement->handle));
	again = may_repeat(db, sql, statement != NULL);
	if (error_is_lost(db->error) && !db->in_transaction)
		connection_close(db);
	else if (statement != NULL && error_is_stale(db->error))
		db_statement_drop(&db->statements, statement);
	if (!again)
		statement_failed(db, sql);
	else
		db->error = 0;
	return NULL;
}

/* Those who collided must not meet again: longer and random each time. */
static void
pause_after_conflict(int tries)
{
	unsigned char random;
	struct timespec pause = { 0 };

	crypt_random(&random, sizeof random);
	pause.tv_nsec = ((4L << tries) + random % (16L << tries)) * 1000000L;
	nanosleep(&pause, NULL);
}

static struct db_statement *
run_once(struct db *db, const struct field *fields, const char *sql, const struct db_value *args)
{
	struct db_statement *statement;

	for (int tries = 0; tries < 2; tries++) {
		if (!connection_is_ready(db))
			return NULL;
		statement = try_statement(db, fields, sql, args);
		if (statement != NULL || db->error != 0)
			return statement;
	}
	note_error(db, CR_SERVER_LOST, "lost twice");
	statement_failed(db, sql);
	return NULL;
}

/* Prepares (or finds), binds and executes; NULL when it failed. A statement of its own that lost a deadlock has done nothing and runs
 * again, as a transaction would. */
static struct db_statement *
run_statement(struct db *db, const struct field *fields, const char *sql, const struct db_value *args)
{
	struct db_statement *statement;

	for (int tries = 0;; tries++) {
		statement = run_once(db, fields, sql, args);
		if (statement != NULL || db->in_transaction || db->error != ER_LOCK_DEADLOCK || tries == CONFLICT_TRIES)
			return statement;
		pause_after_conflict(tries);
	}
}

/* Ends the reading of rows. A failure while reading is one of the statement: deadlocks show up here, too. */
static enum got
end_rows(struct db *db, struct db_statement *statement, const char *sql, enum got got)
{
	unsigned error = mysql_stmt_errno(statement->handle);

	if (got == GOT_ERROR) {
		note_error(db, error != 0 ? error : ER_DATA_OUT_OF_RANGE,
			error != 0 ? mysql_stmt_error(statement->handle) : "a number does not fit its field");
		mysql_stmt_free_result(statement->handle);
		statement_failed(db, sql);
		return GOT_ERROR;
	}
	mysql_stmt_free_result(statement->handle);
	return got;
}

enum got
db_one(struct db *db, struct arena *arena, const struct field *fields, void *row, const char *sql, const struct db_value *args)
{
	struct db_statement *statement = run_statement(db, fields, sql, args);

	if (statement == NULL)
		return GOT_ERROR;
	return end_rows(db, statement, sql, db_statement_fetch(statement, arena, row));
}

enum got
db_number(struct db *db, const char *sql, const struct db_value *args, uint64_t *number)
{
	struct db_statement *statement = run_statement(db, NULL, sql, args);

	if (statement == NULL)
		return GOT_ERROR;
	CHECK(statement->column_count == 1);
	return end_rows(db, statement, sql, db_statement_fetch(statement, db->arena, number));
}

static enum got
fetch_all(struct db_statement *statement, struct arena *arena, size_t size, struct db_rows *rows)
{
	char *row;
	enum got got = GOT_ONE;

	if (mysql_stmt_store_result(statement->handle) != 0)
		return GOT_ERROR;
	row = rows->rows = arena_array(arena, (size_t)mysql_stmt_num_rows(statement->handle), size);
	while ((got = db_statement_fetch(statement, arena, row)) == GOT_ONE) {
		rows->count++;
		row += size;
		/* The array is exactly as long as the result, so the end is not asked for with a row that is none. */
		if (rows->count == mysql_stmt_num_rows(statement->handle))
			return GOT_ONE;
	}
	return got;
}

enum got
db_all(struct db *db, struct arena *arena, const struct field *fields, size_t size, struct db_rows *rows, const char *sql,
	const struct db_value *args)
{
	struct db_statement *statement;

	rows->rows = NULL;
	rows->count = 0;
	statement = run_statement(db, fields, sql, args);
	if (statement == NULL)
		return GOT_ERROR;
	return end_rows(db, statement, sql, fetch_all(statement, arena, size, rows));
}

enum got
db_run(struct db *db, const char *sql, const struct db_value *args, struct db_done *done)
{
	struct db_statement *statement = run_statement(db, NULL, sql, args);
	uint64_t changed;

	if (done != NULL)
		*done = (struct db_done){ 0 };
	if (statement == NULL)
		return GOT_ERROR;
	CHECK(statement->column_count == 0);
	changed = mysql_stmt_affected_rows(statement->handle);
	if (done != NULL)
		*done = (struct db_done){ .changed = changed, .id = mysql_stmt_insert_id(statement->handle) };
	return changed > 0 ? GOT_ONE : GOT_NONE;
}

static enum got
stream_rows(struct db *db, struct db_statement *statement, size_t size, db_each_row *each, void *arg)
{
	enum got got;
	size_t count = 0;
	void *row;

	if (db->row_arena == NULL)
		db->row_arena = arena_new();
	for (;; count++) {
		arena_reset(db->row_arena);
		row = arena_alloc(db->row_arena, size);
		got = db_statement_fetch(statement, db->row_arena, row);
		if (got != GOT_ONE)
			break;
		if (!each(arg, row))
			return GOT_ONE;
	}
	return got == GOT_NONE && count > 0 ? GOT_ONE : got;
}

enum got
db_stream(struct db *db, const struct field *fields, size_t size, const char *sql, const struct db_value *args,
	db_each_row *each, void *arg)
{
	struct db_statement *statement = run_statement(db, fields, sql, args);
	enum got got;

	if (statement == NULL)
		return GOT_ERROR;
	db->is_streaming = true;
	got = stream_rows(db, statement, size, each, arg);
	db->is_streaming = false;
	return end_rows(db, statement, sql, got);
}

bool
db_execute(struct db *db, const char *sql, size_t len, const char **problem)
{
	MYSQL_RES *result;

	*problem = db->problem;
	if (!connection_is_ready(db))
		return false;
	db->error = 0;
	if (mysql_real_query(db->mysql, sql, len) == 0) {
		result = mysql_store_result(db->mysql);
		if (result != NULL)
			mysql_free_result(result);
		return true;
	}
	note_error(db, mysql_errno(db->mysql), mysql_error(db->mysql));
	db->is_spoilt = db->is_dead = db->in_transaction;
	if (error_is_lost(db->error))
		connection_close(db);
	return false;
}

/* --- transactions */

bool
db_in_transaction(const struct db *db)
{
	return db->in_transaction;
}

bool
db_begin(struct db *db)
{
	if (db->in_transaction) {
		log_error("database", "a transaction was left open; it is rolled back");
		db_rollback(db);
	}
	for (int tries = 0; tries < 2; tries++) {
		if (!connection_is_ready(db))
			return false;
		db->error = 0;
		if (query(db, "START TRANSACTION")) {
			db->in_transaction = true;
			return true;
		}
		if (!error_is_lost(db->error))
			break;
		connection_close(db);
	}
	statement_failed(db, "START TRANSACTION");
	return false;
}

static void
forget_transaction(struct db *db)
{
	db->in_transaction = db->is_spoilt = db->is_dead = false;
}

/* Keeps the error, so that the caller can still ask what it was. */
void
db_rollback(struct db *db)
{
	if (!db->in_transaction)
		return;
	forget_transaction(db);
	if (db->mysql != NULL && mysql_real_query(db->mysql, "ROLLBACK", 8) != 0)
		connection_close(db);
}

bool
db_commit(struct db *db)
{
	CHECK(db->in_transaction);
	if (db->is_spoilt) {
		db_rollback(db);
		return false;
	}
	db->error = 0;
	if (query(db, "COMMIT")) {
		forget_transaction(db);
		return true;
	}
	statement_failed(db, "COMMIT");
	db_rollback(db);
	return false;
}

enum got
db_transaction(struct db *db, db_work *work, void *arg)
{
	enum got got;

	CHECK(!db->in_transaction || db->is_dead);
	for (int tries = 0;; tries++) {
		if (!db_begin(db))
			return GOT_ERROR;
		got = work(db, arg);
		if (got != GOT_ONE)
			db_rollback(db);
		else if (!db_commit(db))
			got = GOT_ERROR;
		if (got != GOT_ERROR || !error_is_conflict(db->error) || tries == CONFLICT_TRIES)
			return got;
		pause_after_conflict(tries);
	}
}
