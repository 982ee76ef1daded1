/* SPDX-License-Identifier: BSD-2-Clause */
/* db_connection.c - the connection to MariaDB: opening it, losing it, and what its errors mean. */
#include "edge/db_connection.h"

#include <poll.h>
#include <string.h>

#include "core/log.h"

#define CONNECT_SECONDS 2u
#define ANSWER_SECONDS 30u
#define REFUSED_PAUSE 250           /* milliseconds after a failed connect in which no other is tried */

/* --- errors */

bool
db_error_is_lost(unsigned error)
{
	return error == CR_SERVER_GONE_ERROR || error == CR_SERVER_LOST || error == CR_SERVER_LOST_EXTENDED
		|| error == ER_SERVER_SHUTDOWN || error == ER_CONNECTION_KILLED || error == ER_NET_READ_INTERRUPTED;
}

bool
db_error_is_conflict(unsigned error)
{
	return error == ER_LOCK_DEADLOCK || error == ER_UNKNOWN_COM_ERROR;
}

bool
db_error_is_stale(unsigned error)
{
	return error == ER_NEED_REPREPARE || error == ER_UNKNOWN_STMT_HANDLER || error == CR_NEW_STMT_METADATA
		|| error == CR_STMT_CLOSED;
}

bool
db_error_is_unwritable(unsigned error)
{
	return error == ER_RECORD_FILE_FULL || error == ER_DISK_FULL || error == ER_OPTION_PREVENTS_STATEMENT
		|| error == ER_READ_ONLY_MODE || error == ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION;
}

bool
db_is_down(const struct db *db)
{
	return db_error_is_lost(db->error) || db_error_is_conflict(db->error) || db_error_is_unwritable(db->error)
		|| db->error == ER_LOCK_WAIT_TIMEOUT || db->error == CR_CONNECTION_ERROR || db->error == CR_CONN_HOST_ERROR || db->error == CR_UNKNOWN_HOST
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

void
db_note_error(struct db *db, unsigned error, const char *problem)
{
	db->error = error;
	if (problem != db->problem)
		memccpy(db->problem, problem, '\0', sizeof db->problem - 1);
}

/* --- the connection */

void
db_connection_close(struct db *db)
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
	unsigned connect = CONNECT_SECONDS, answer = db->answer_seconds;
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

bool
db_query(struct db *db, const char *text)
{
	if (mysql_real_query(db->mysql, text, strlen(text)) == 0)
		return true;
	db_note_error(db, mysql_errno(db->mysql), mysql_error(db->mysql));
	return false;
}

/* Every session is the same, whatever the server's own settings are. */
static bool
set_session(struct db *db)
{
	return db_query(db, "SET NAMES 'utf8mb4' COLLATE 'utf8mb4_unicode_520_ci'")
		&& db_query(db, "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,"
			"NO_ZERO_IN_DATE,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 10")
		&& (db->answer_seconds == 0 || db_query(db, "SET SESSION lock_wait_timeout = 20"))
		&& db_query(db, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
}

static bool
read_password(struct db *db)
{
	const char *problem = NULL;

	if (db->conf->db_password_file[0] == '\0' || db->password != NULL)
		return true;
	db->password = conf_secret(db->arena, db->conf, "db_password_file", &problem);
	if (db->password == NULL)
		db_note_error(db, ER_ACCESS_DENIED_NO_PASSWORD_ERROR, problem);
	return db->password != NULL;
}

static bool
connect_to(struct db *db, const char *name)
{
	bool socket = is_by_socket(db);

	if (mysql_real_connect(db->mysql, socket ? "localhost" : db->conf->db_host, db->conf->db_user, db->password, name,
		socket ? 0 : (unsigned)db->conf->db_port, socket ? db->conf->db_socket : NULL, CLIENT_FOUND_ROWS) == NULL) {
		db_note_error(db, mysql_errno(db->mysql), mysql_error(db->mysql));
		return false;
	}
	if (!socket && db->conf->db_tls_verify && mysql_get_ssl_cipher(db->mysql) == NULL) {
		db_note_error(db, CR_SSL_CONNECTION_ERROR, "the server does not speak TLS");
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
	db_connection_close(db);
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
		db_connection_close(db);
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
	db_connection_close(db);
	return connection_open(db, NULL);
}

void
db_wait_long(struct db *db)
{
	db_connection_close(db);
	db->answer_seconds = 0;
}

bool
db_connection_is_ready(struct db *db)
{
	CHECK(!db->is_streaming);
	if (db->in_transaction)
		return !db->is_dead;
	if (db->mysql != NULL && connection_is_stale(db))
		db_connection_close(db);
	if (db->mysql == NULL && !connection_open(db, db->conf->db_name))
		return false;
	return true;
}

static void
db_release(void *arg)
{
	struct db *db = arg;

	db_connection_close(db);
	db_statements_free(&db->statements);
	arena_free(db->row_arena);
}

struct db *
db_new(struct arena *arena, const struct conf *conf)
{
	struct db *db = ARENA_NEW(arena, struct db);

	db->arena = arena;
	db->conf = conf;
	db->answer_seconds = ANSWER_SECONDS;
	db_statements_init(&db->statements);
	arena_on_release(arena, db_release, db);
	return db;
}

const char *
db_server_version(struct db *db)
{
	return db_connect(db) ? arena_text(db->arena, mysql_get_server_info(db->mysql)) : "";
}
