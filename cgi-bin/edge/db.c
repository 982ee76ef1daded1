/* SPDX-License-Identifier: BSD-2-Clause */
/* db.c - the questions that stores ask MariaDB, and transactions. */
#include "edge/db.h"

#include <string.h>
#include <time.h>

#include "core/log.h"
#include "edge/crypt.h"
#include "edge/db_connection.h"

#define CONFLICT_TRIES 3            /* times that a transaction, or a statement of its own, is run again */

const struct field db_pair_fields[] = {
	FIELD_U64(struct db_pair, mine, 0),
	FIELD_U64(struct db_pair, theirs, 0),
	FIELD_END
};

/* --- statements */

/* What a failure means for the transaction and the connection; it is logged here, once. */
static void
statement_failed(struct db *db, const char *sql)
{
	db->is_spoilt = db->in_transaction;
	if (db_is_duplicate(db))
		return;
	db->is_dead = db->in_transaction;
	if (db_error_is_lost(db->error))
		db_connection_close(db);
	if (db_is_down(db) && !db_error_is_unwritable(db->error))
		log_warning("database", "%s (%u), in: %s", db->problem, db->error, sql);
	else
		log_error("database", "%s (%u), in: %s", db->problem, db->error, sql);
}

/* Has the server taken so long that we hung up? A tenth is for how clocks are read. */
static bool
is_overdue(const struct db *db, clock_ms sent_at)
{
	const clock_ms most = (clock_ms)db->answer_seconds * CLOCK_SECOND;

	return most > 0 && clock_steady() - sent_at >= most - most / 10;
}

/* Nothing has happened yet when the connection was gone before. When it was lost while the server worked, only a
 * question may be asked again: a change may have been made. One that took too long would do so again. */
static bool
may_repeat(const struct db *db, const char *sql, bool was_sent, clock_ms sent_at)
{
	if (db_error_is_stale(db->error))
		return true;
	if (db->in_transaction || !db_error_is_lost(db->error))
		return false;
	return db->error != CR_SERVER_LOST || !was_sent || (strncmp(sql, "SELECT", 6) == 0 && !is_overdue(db, sent_at));
}

static struct db_statement *
try_statement(struct db *db, const struct field *fields, const char *sql, const struct db_value *args)
{
	const clock_ms sent_at = clock_steady();
	struct db_statement *statement;
	bool again;

	db->error = 0;
	statement = db_statement_of(&db->statements, db->mysql, fields, sql, &db->error, db->problem);
	if (statement != NULL && db_statement_run(&db->statements, statement, args))
		return statement;
	if (statement != NULL)
		db_note_error(db, mysql_stmt_errno(statement->handle), mysql_stmt_error(statement->handle));
	again = may_repeat(db, sql, statement != NULL, sent_at);
	if (db_error_is_lost(db->error) && !db->in_transaction)
		db_connection_close(db);
	else if (statement != NULL && db_error_is_stale(db->error))
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
		if (!db_connection_is_ready(db))
			return NULL;
		statement = try_statement(db, fields, sql, args);
		if (statement != NULL || db->error != 0)
			return statement;
	}
	db_note_error(db, CR_SERVER_LOST, "lost twice");
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
		db_note_error(db, error != 0 ? error : ER_DATA_OUT_OF_RANGE,
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
	if (!db_connection_is_ready(db))
		return false;
	db->error = 0;
	if (mysql_real_query(db->mysql, sql, len) == 0) {
		result = mysql_store_result(db->mysql);
		if (result != NULL)
			mysql_free_result(result);
		return true;
	}
	db_note_error(db, mysql_errno(db->mysql), mysql_error(db->mysql));
	db->is_spoilt = db->is_dead = db->in_transaction;
	if (db_error_is_lost(db->error))
		db_connection_close(db);
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
		if (!db_connection_is_ready(db))
			return false;
		db->error = 0;
		if (db_query(db, "START TRANSACTION")) {
			db->in_transaction = true;
			return true;
		}
		if (!db_error_is_lost(db->error))
			break;
		db_connection_close(db);
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
		db_connection_close(db);
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
	if (db_query(db, "COMMIT")) {
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
		if (got != GOT_ERROR || !db_error_is_conflict(db->error) || tries == CONFLICT_TRIES)
			return got;
		pause_after_conflict(tries);
	}
}
