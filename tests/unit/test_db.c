/* SPDX-License-Identifier: BSD-2-Clause */
/* test_db.c - against a real server: HARK_TEST_DB_SOCKET and HARK_TEST_DB_NAME (a database that may be filled), else it is skipped. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "edge/db_connection.h"
#include "edge/migrate.h"

struct thing {
	uint64_t id;
	const char *name;
	const char *body;
	int64_t balance;
	uint64_t big;
	bool flag;
	clock_ms made_at;
	uint64_t owner_id;
	struct field_bytes hash;
	uint64_t untouched;
};

static const struct field thing_fields[] = {
	FIELD_U64(struct thing, id, FIELD_KEY),
	FIELD_TEXT(struct thing, name, 0),
	FIELD_LONG_TEXT(struct thing, body, 0),
	FIELD_I64(struct thing, balance, 0),
	FIELD_U64(struct thing, big, 0),
	FIELD_BOOL(struct thing, flag, 0),
	FIELD_TIME(struct thing, made_at, 0),
	FIELD_REFERENCE(struct thing, owner_id, 0, .of = "thing"),
	FIELD_BYTES(struct thing, hash, 0),
	FIELD_U64(struct thing, untouched, FIELD_LOCAL),
	FIELD_END
};

#define COLUMNS "id, name, body, balance, big, flag, made_at, owner_id, hash"

struct world {
	struct arena *arena;
	struct conf conf;
	struct db *db;
	struct db *other;       /* a second connection */
};

static void
must_run(struct db *db, const char *sql)
{
	const char *problem = "";

	if (!db_execute(db, sql, strlen(sql), &problem))
		fail_msg("%s: %s", sql, problem);
}

static int
set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	const char *user = getenv("HARK_TEST_DB_USER");

	world->arena = arena_new();
	world->conf = (struct conf){ .db_socket = getenv("HARK_TEST_DB_SOCKET"), .db_name = getenv("HARK_TEST_DB_NAME"),
		.db_user = user != NULL ? user : "root", .db_host = "", .db_password_file = "" };
	world->db = db_new(world->arena, &world->conf);
	world->other = db_new(world->arena, &world->conf);
	must_run(world->db, "DROP TABLE IF EXISTS thing");
	must_run(world->db, "CREATE TABLE thing (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(80) NULL,"
		" body MEDIUMTEXT NULL, balance BIGINT NULL, big BIGINT UNSIGNED NULL, flag TINYINT NULL, made_at BIGINT NULL,"
		" owner_id BIGINT UNSIGNED NULL, hash VARBINARY(64) NULL, UNIQUE KEY (name))"
		" ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci");
	*state = world;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *world = *state;

	arena_free(world->arena);
	free(world);
	return 0;
}

static uint64_t
add(struct db *db, const char *name)
{
	struct db_done done;

	assert_int_equal(db_run(db, "INSERT INTO thing (name) VALUES (?)", DB_ARGS(db_text(name)), &done), GOT_ONE);
	assert_int_equal(done.changed, 1);
	return done.id;
}

static uint64_t
count(struct db *db)
{
	uint64_t number = 99;

	assert_int_equal(db_number(db, "SELECT COUNT(*) FROM thing", DB_NO_ARGS, &number), GOT_ONE);
	return number;
}

static void
connects_with_our_settings(void **state)
{
	struct world *world = *state;
	struct thing thing = { 0 };

	assert_true(db_connect(world->db));
	assert_true(strlen(db_server_version(world->db)) > 3);
	assert_string_equal(db_name(world->db), world->conf.db_name);
	assert_int_equal(db_one(world->db, world->arena, thing_fields, &thing,
		"SELECT CONCAT_WS('|', @@collation_connection, @@time_zone, @@local_infile, @@tx_isolation,"
		" @@sql_mode LIKE '%STRICT_TRANS_TABLES%') AS name", DB_NO_ARGS), GOT_ONE);
	assert_memory_equal(thing.name, "utf8mb4_unicode_520_ci|+00:00|", 30);
	assert_non_null(strstr(thing.name, "|READ-COMMITTED|1"));
}

static void
keeps_every_type(void **state)
{
	struct world *world = *state;
	struct thing thing = { .untouched = 7, .balance = 3 };
	struct db_done done;
	static const char face[] = "ol\xc3\xa1 \xf0\x9f\x98\x80 'quoted' \\ \"x\"";

	assert_int_equal(db_run(world->db, "INSERT INTO thing (name, body, balance, big, flag, made_at, owner_id, hash)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)", DB_ARGS(db_text(face), db_text(""), db_i64(INT64_MIN), db_u64(UINT64_MAX),
			db_bool(true), db_time(1763646699123), db_id(0), db_bytes("\0\1\xff\0", 4)), &done), GOT_ONE);
	assert_int_equal(db_one(world->db, world->arena, thing_fields, &thing, "SELECT " COLUMNS " FROM thing WHERE id = ?",
		DB_ARGS(db_u64(done.id))), GOT_ONE);
	assert_int_equal(thing.id, done.id);
	assert_string_equal(thing.name, face);
	assert_string_equal(thing.body, "");
	assert_true(thing.balance == INT64_MIN);
	assert_true(thing.big == UINT64_MAX);
	assert_true(thing.flag);
	assert_true(thing.made_at == 1763646699123);
	assert_int_equal(thing.owner_id, 0);
	assert_int_equal(thing.hash.len, 4);
	assert_memory_equal(thing.hash.data, "\0\1\xff\0", 4);
	assert_int_equal(thing.untouched, 7);
}

static void
nulls_are_zero(void **state)
{
	struct world *world = *state;
	uint64_t id = add(world->db, NULL), number = 5;
	struct thing thing = { .name = "x", .body = "x", .balance = 5, .big = 5, .flag = true, .made_at = 5, .owner_id = 5,
		.hash = { "x", 1 } };

	assert_int_equal(db_one(world->db, world->arena, thing_fields, &thing, "SELECT " COLUMNS " FROM thing WHERE id = ?",
		DB_ARGS(db_u64(id))), GOT_ONE);
	assert_null(thing.name);
	assert_null(thing.body);
	assert_null(thing.hash.data);
	assert_true(thing.balance == 0 && thing.big == 0 && !thing.flag && thing.made_at == 0 && thing.owner_id == 0);
	assert_int_equal(db_number(world->db, "SELECT MAX(big) FROM thing", DB_NO_ARGS, &number), GOT_ONE);
	assert_int_equal(number, 0);
	assert_int_equal(db_number(world->db, "SELECT id FROM thing WHERE id = 0", DB_NO_ARGS, &number), GOT_NONE);
	assert_int_equal(db_number(world->db, "SELECT SUM(id) FROM thing", DB_NO_ARGS, &number), GOT_ONE);
	assert_int_equal(number, id);
	assert_int_equal(db_one(world->db, world->arena, thing_fields, &thing, "SELECT id FROM thing WHERE id = 0", DB_NO_ARGS), GOT_NONE);
}

static void
long_texts_of_growing_length(void **state)
{
	struct world *world = *state;

	for (size_t len = 1; len < 6000000; len = len * 7 + 1) {
		char *text = arena_alloc(world->arena, len + 1);
		struct thing thing = { 0 };

		memset(text, 'a' + (int)(len % 26), len);
		must_run(world->db, "DELETE FROM thing");
		assert_int_equal(db_run(world->db, "INSERT INTO thing (body, name) VALUES (?, 'n')", DB_ARGS(db_text(text)), NULL), GOT_ONE);
		assert_int_equal(db_one(world->db, world->arena, thing_fields, &thing, "SELECT " COLUMNS " FROM thing", DB_NO_ARGS), GOT_ONE);
		assert_int_equal(strlen(thing.body), len);
		assert_string_equal(thing.body, text);
		assert_string_equal(thing.name, "n");
	}
}

static void
changes_count_what_matched(void **state)
{
	struct world *world = *state;
	struct db_done done;

	add(world->db, "a");
	add(world->db, "b");
	assert_int_equal(db_run(world->db, "UPDATE thing SET flag = ?", DB_ARGS(db_bool(true)), &done), GOT_ONE);
	assert_int_equal(done.changed, 2);
	assert_int_equal(db_run(world->db, "UPDATE thing SET flag = ?", DB_ARGS(db_bool(true)), &done), GOT_ONE);
	assert_int_equal(done.changed, 2);
	assert_int_equal(db_run(world->db, "UPDATE thing SET flag = 0 WHERE name = ?", DB_ARGS(db_text("none")), &done), GOT_NONE);
	assert_int_equal(db_run(world->db, "UPDATE thing SET big = LAST_INSERT_ID(IFNULL(big, 0) + 41) WHERE name = 'a'", DB_NO_ARGS, &done), GOT_ONE);
	assert_int_equal(done.id, 41);
	assert_int_equal(db_run(world->db, "DELETE FROM thing", DB_NO_ARGS, &done), GOT_ONE);
	assert_int_equal(done.changed, 2);
}

static void
all_rows(void **state)
{
	struct world *world = *state;
	struct db_rows rows;
	const struct thing *things;
	char name[20];

	assert_int_equal(db_all(world->db, world->arena, thing_fields, sizeof(struct thing), &rows, "SELECT " COLUMNS " FROM thing",
		DB_NO_ARGS), GOT_NONE);
	assert_int_equal(rows.count, 0);
	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof name, "n%d", i);
		add(world->db, i % 10 == 3 ? NULL : name);
	}
	assert_int_equal(db_all(world->db, world->arena, thing_fields, sizeof(struct thing), &rows,
		"SELECT " COLUMNS " FROM thing ORDER BY id", DB_NO_ARGS), GOT_ONE);
	assert_int_equal(rows.count, 300);
	things = rows.rows;
	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof name, "n%d", i);
		if (i % 10 == 3)
			assert_null(things[i].name);
		else
			assert_string_equal(things[i].name, name);
	}
}

static void
duplicates_are_known(void **state)
{
	struct world *world = *state;

	add(world->db, "Jos\xc3\xa9");
	assert_false(db_is_duplicate(world->db));
	assert_int_equal(db_run(world->db, "INSERT INTO thing (name) VALUES (?)", DB_ARGS(db_text("JOSE")), NULL), GOT_ERROR);
	assert_true(db_is_duplicate(world->db));
	assert_false(db_is_down(world->db));
	assert_int_equal(count(world->db), 1);
	assert_false(db_is_duplicate(world->db));
}

/* Somebody makes room or ends the maintenance: until then nothing is lost by trying again. */
static void
a_server_that_cannot_write_is_down(void **state)
{
	static const unsigned errors[] = { 1114, 1021, 1290, 1836 };
	struct world *world = *state;
	const char *problem, *sql;
	size_t i;

	for (i = 0; i < COUNT_OF(errors); i++) {
		sql = arena_printf(world->arena, "CREATE OR REPLACE TRIGGER unwritable BEFORE INSERT ON thing FOR EACH ROW"
			" SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = %u, MESSAGE_TEXT = 'no room'", errors[i]);
		assert_true(db_execute(world->db, sql, strlen(sql), &problem));
		assert_int_equal(db_run(world->db, "INSERT INTO thing (name) VALUES ('x')", DB_NO_ARGS, NULL), GOT_ERROR);
		assert_true(db_is_down(world->db));
		assert_false(db_is_refused(world->db));
		assert_string_equal(db_problem(world->db, world->arena), arena_printf(world->arena, "no room (%u)", errors[i]));
	}
	assert_true(db_execute(world->db, "DROP TRIGGER unwritable", 23, &problem));
}

static void
errors_are_errors(void **state)
{
	struct world *world = *state;
	struct thing thing;
	uint64_t number;

	assert_int_equal(db_run(world->db, "UPDATE no_such_table SET a = 1", DB_NO_ARGS, NULL), GOT_ERROR);
	assert_false(db_is_down(world->db));
	assert_int_equal(db_number(world->db, "SELECT nonsense FROM", DB_NO_ARGS, &number), GOT_ERROR);
	assert_int_equal(db_run(world->db, "INSERT INTO thing (flag) VALUES (?)", DB_ARGS(db_u64(1000)), NULL), GOT_ERROR);
	assert_int_equal(db_run(world->db, "INSERT INTO thing (name) VALUES (REPEAT('x', 81))", DB_NO_ARGS, NULL), GOT_ERROR);
	assert_int_equal(db_one(world->db, world->arena, thing_fields, &thing, "SELECT -1 AS big", DB_NO_ARGS), GOT_ERROR);
	assert_int_equal(count(world->db), 0);
}

/* A programmer's mistake ends the process. */
static void
assert_dies(struct world *world, void (*work)(struct world *world))
{
	pid_t pid = fork();
	int how;

	if (pid == 0) {
		world->db = db_new(arena_new(), &world->conf);
		work(world);
		_exit(0);
	}
	waitpid(pid, &how, 0);
	assert_false(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

static void
ask_unknown_column(struct world *world)
{
	struct thing thing;

	(void)!db_one(world->db, world->arena, thing_fields, &thing, "SELECT 1 AS stranger", DB_NO_ARGS);
}

static void
give_too_few_values(struct world *world)
{
	(void)!db_run(world->db, "DELETE FROM thing WHERE id = ? AND id = ?", DB_ARGS(db_u64(1)), NULL);
}

static bool
ask_within(void *arg, const void *row)
{
	struct world *world = arg;
	uint64_t number;

	(void)row;
	(void)!db_number(world->db, "SELECT 1", DB_NO_ARGS, &number);
	return true;
}

static void
ask_while_streaming(struct world *world)
{
	(void)!db_stream(world->db, thing_fields, sizeof(struct thing), "SELECT 1 AS id", DB_NO_ARGS, ask_within, world);
}

static void
mistakes_end_the_process(void **state)
{
	assert_dies(*state, ask_unknown_column);
	assert_dies(*state, give_too_few_values);
	assert_dies(*state, ask_while_streaming);
}

struct sum {
	uint64_t count, sum, stop;
	bool good;
};

static bool
add_row(void *arg, const void *row)
{
	struct sum *sum = arg;
	const struct thing *thing = row;

	sum->count++;
	sum->sum += thing->id;
	sum->good = sum->good && strlen(thing->body) == 1000 && thing->name == NULL;
	return sum->count != sum->stop;
}

static void
streams(void **state)
{
	struct world *world = *state;
	struct sum sum = { .good = true }, part = { .good = true, .stop = 10 }, none = { .good = true };
	static const char sql[] = "SELECT seq AS id, REPEAT('x', 1000) AS body, NULL AS name FROM seq_1_to_20000 WHERE seq > ?";

	assert_int_equal(db_stream(world->db, thing_fields, sizeof(struct thing), sql, DB_ARGS(db_u64(0)), add_row, &sum), GOT_ONE);
	assert_int_equal(sum.count, 20000);
	assert_int_equal(sum.sum, 200010000);
	assert_true(sum.good);
	assert_int_equal(db_stream(world->db, thing_fields, sizeof(struct thing), sql, DB_ARGS(db_u64(0)), add_row, &part), GOT_ONE);
	assert_int_equal(part.count, 10);
	assert_int_equal(count(world->db), 0);
	assert_int_equal(db_stream(world->db, thing_fields, sizeof(struct thing), sql, DB_ARGS(db_u64(20000)), add_row, &none), GOT_NONE);
}

/* More different statements than are kept, through one buffer: the pointer is the same, the text is not. */
static void
statements_come_and_go(void **state)
{
	struct world *world = *state;
	char sql[80];
	uint64_t number;

	for (int round = 0; round < 3; round++)
		for (uint64_t i = 0; i < 450; i++) {
			snprintf(sql, sizeof sql, "SELECT %d + ?", (int)(i % 311));
			assert_int_equal(db_number(world->db, sql, DB_ARGS(db_u64(1000)), &number), GOT_ONE);
			assert_int_equal(number, 1000 + i % 311);
		}
}

static uint64_t
prepared(struct db *db)
{
	uint64_t count = 0;

	assert_int_equal(db_number(db, "SELECT CAST(VARIABLE_VALUE AS UNSIGNED) FROM information_schema.SESSION_STATUS"
		" WHERE VARIABLE_NAME = 'COM_STMT_PREPARE'", DB_NO_ARGS, &count), GOT_ONE);
	return count;
}

static void
copies_of_a_table_share_its_statements(void **state)
{
	const char *sql = "SELECT id, name FROM thing";
	struct world *world = *state;
	struct arena *arena = arena_new();
	struct field *copy = field_table_copy(arena, thing_fields);
	struct db_rows rows = { 0 };
	uint64_t before;

	assert_int_equal(db_all(world->db, arena, copy, sizeof(struct thing), &rows, sql, DB_NO_ARGS), GOT_NONE);
	before = prepared(world->db);
	copy = field_table_copy(arena, copy);
	copy[1].flags |= FIELD_READONLY;
	assert_int_equal(db_all(world->db, arena, copy, sizeof(struct thing), &rows, sql, DB_NO_ARGS), GOT_NONE);
	assert_int_equal(db_all(world->db, arena, thing_fields, sizeof(struct thing), &rows, sql, DB_NO_ARGS), GOT_NONE);
	assert_int_equal(prepared(world->db), before);
	arena_free(arena);
}

static void
a_changed_table_is_prepared_again(void **state)
{
	struct world *world = *state;
	struct thing thing = { 0 };

	add(world->db, "a");
	assert_int_equal(db_one(world->db, world->arena, thing_fields, &thing, "SELECT * FROM thing", DB_NO_ARGS), GOT_ONE);
	must_run(world->other, "ALTER TABLE thing ADD COLUMN untouched INT UNSIGNED NOT NULL DEFAULT 9 FIRST");
	assert_int_equal(db_one(world->db, world->arena, thing_fields, &thing, "SELECT * FROM thing", DB_NO_ARGS), GOT_ONE);
	assert_string_equal(thing.name, "a");
	assert_int_equal(thing.untouched, 9);
}

static uint64_t
connection_of(struct db *db)
{
	uint64_t id = 0;

	assert_int_equal(db_number(db, "SELECT CONNECTION_ID()", DB_NO_ARGS, &id), GOT_ONE);
	return id;
}

static void
kill_connection(struct world *world, uint64_t id)
{
	char sql[60];
	uint64_t left = 1;

	snprintf(sql, sizeof sql, "KILL CONNECTION %llu", (unsigned long long)id);
	must_run(world->other, sql);
	for (int tries = 0; left != 0 && tries < 1000; tries++)
		assert_int_equal(db_number(world->other, "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE id = ?",
			DB_ARGS(db_u64(id)), &left), GOT_ONE);
	assert_int_equal(left, 0);
}

static void
a_lost_connection_is_opened_again(void **state)
{
	struct world *world = *state;
	struct thing thing = { 0 };
	uint64_t before = connection_of(world->db);

	add(world->db, "a");
	kill_connection(world, before);
	add(world->db, "b");
	assert_true(connection_of(world->db) != before);
	assert_int_equal(count(world->db), 2);
	kill_connection(world, connection_of(world->db));
	assert_int_equal(db_one(world->db, world->arena, thing_fields, &thing, "SELECT " COLUMNS " FROM thing WHERE name = 'b'", DB_NO_ARGS),
		GOT_ONE);
	assert_string_equal(thing.name, "b");
	kill_connection(world, connection_of(world->db));
	assert_true(db_begin(world->db));
	add(world->db, "c");
	assert_true(db_commit(world->db));
	assert_int_equal(count(world->other), 3);
}

static void
a_transaction_lost_is_lost(void **state)
{
	struct world *world = *state;

	assert_true(db_begin(world->db));
	add(world->db, "a");
	kill_connection(world, connection_of(world->db));
	assert_int_equal(db_run(world->db, "INSERT INTO thing (name) VALUES ('b')", DB_NO_ARGS, NULL), GOT_ERROR);
	assert_true(db_is_down(world->db));
	assert_int_equal(db_run(world->db, "INSERT INTO thing (name) VALUES ('c')", DB_NO_ARGS, NULL), GOT_ERROR);
	assert_true(db_in_transaction(world->db));
	assert_false(db_commit(world->db));
	assert_false(db_in_transaction(world->db));
	assert_int_equal(count(world->db), 0);
	/* Lost just before COMMIT: it must not claim that anything is stored. */
	assert_true(db_begin(world->db));
	add(world->db, "d");
	kill_connection(world, connection_of(world->db));
	assert_false(db_commit(world->db));
	assert_true(db_is_down(world->db));
	assert_int_equal(count(world->db), 0);
}

static void
killed_while_the_server_works(void **state)
{
	struct world *world = *state;
	uint64_t id = connection_of(world->db), number = 0;
	pid_t pid = fork();

	if (pid == 0) {
		struct db *killer = db_new(arena_new(), &world->conf);
		char sql[60];

		usleep(300000);
		snprintf(sql, sizeof sql, "KILL CONNECTION %llu", (unsigned long long)id);
		must_run(killer, sql);
		_exit(0);
	}
	/* A question is asked again; it sleeps on. */
	assert_int_equal(db_number(world->db, "SELECT SLEEP(0.6) + 5", DB_NO_ARGS, &number), GOT_ONE);
	assert_int_equal(number, 5);
	assert_true(connection_of(world->db) != id);
	waitpid(pid, NULL, 0);
}

/* Whoever asks has waited long enough, and the server still works at the first one. */
static void
a_question_that_takes_too_long_is_asked_once(void **state)
{
	static const char running[] = "SELECT COUNT(*) FROM information_schema.processlist WHERE info = 'SELECT SLEEP(60)'";
	struct world *world = *state;
	uint64_t number = 0, id = 0;

	world->db->answer_seconds = 1;
	db_connection_close(world->db);
	assert_int_equal(db_number(world->db, "SELECT SLEEP(60)", DB_NO_ARGS, &number), GOT_ERROR);
	assert_true(db_is_down(world->db));
	assert_int_equal(db_number(world->other, running, DB_NO_ARGS, &number), GOT_ONE);
	assert_int_equal(number, 1);
	assert_int_equal(db_number(world->other, "SELECT id FROM information_schema.processlist WHERE info = 'SELECT SLEEP(60)'", DB_NO_ARGS, &id),
		GOT_ONE);
	kill_connection(world, id);
}

static void
transactions(void **state)
{
	struct world *world = *state;

	assert_true(db_begin(world->db));
	assert_true(db_in_transaction(world->db));
	add(world->db, "a");
	assert_int_equal(count(world->other), 0);
	assert_true(db_commit(world->db));
	assert_int_equal(count(world->other), 1);
	assert_true(db_begin(world->db));
	add(world->db, "b");
	db_rollback(world->db);
	db_rollback(world->db);
	assert_int_equal(count(world->db), 1);
	/* After a duplicate one may read, not commit. */
	assert_true(db_begin(world->db));
	add(world->db, "c");
	assert_int_equal(db_run(world->db, "INSERT INTO thing (name) VALUES ('a')", DB_NO_ARGS, NULL), GOT_ERROR);
	assert_true(db_is_duplicate(world->db));
	assert_int_equal(count(world->db), 2);
	assert_false(db_commit(world->db));
	assert_int_equal(count(world->db), 1);
	/* After another failure nothing is sent. */
	assert_true(db_begin(world->db));
	add(world->db, "d");
	assert_int_equal(db_run(world->db, "INSERT INTO thing (nonsense) VALUES (1)", DB_NO_ARGS, NULL), GOT_ERROR);
	assert_int_equal(db_run(world->db, "INSERT INTO thing (name) VALUES ('e')", DB_NO_ARGS, NULL), GOT_ERROR);
	assert_false(db_commit(world->db));
	assert_int_equal(count(world->db), 1);
	/* One that was left open does not leak into the next. */
	assert_true(db_begin(world->db));
	add(world->db, "f");
	assert_true(db_begin(world->db));
	add(world->db, "g");
	assert_true(db_commit(world->db));
	assert_int_equal(count(world->other), 2);
}

struct collision {
	struct world *world;
	int runs;
	int collide;        /* how many runs meet a lock */
};

/* The other connection holds row 1; ours waits for it while it waits for ours: the server ends one of the two. */
static enum got
collide(struct db *db, void *arg)
{
	struct collision *collision = arg;
	pid_t pid;
	enum got got;

	if (++collision->runs > collision->collide)
		return db_run(db, "UPDATE thing SET big = IFNULL(big, 0) + 1", DB_NO_ARGS, NULL);
	pid = fork();
	if (pid == 0) {
		struct db *rival = db_new(arena_new(), &collision->world->conf);

		if (!db_begin(rival))
			_exit(1);
		/* More rows changed make it the one that the server spares. */
		(void)!db_run(rival, "UPDATE thing SET balance = 1 WHERE name <> 'a'", DB_NO_ARGS, NULL);
		usleep(300000);
		(void)!db_run(rival, "UPDATE thing SET balance = 1 WHERE name = 'a'", DB_NO_ARGS, NULL);
		db_rollback(rival);
		_exit(0);
	}
	got = db_run(db, "UPDATE thing SET big = IFNULL(big, 0) + 100 WHERE name = 'a'", DB_NO_ARGS, NULL);
	usleep(150000);
	if (got == GOT_ONE)
		got = db_run(db, "UPDATE thing SET big = IFNULL(big, 0) + 100 WHERE name = 'b'", DB_NO_ARGS, NULL);
	waitpid(pid, NULL, 0);
	return got;
}

static enum got
refuse(struct db *db, void *arg)
{
	(void)arg;
	add(db, "never");
	return GOT_NONE;
}

static void
deadlocks_are_tried_again(void **state)
{
	struct world *world = *state;
	struct collision once = { .world = world, .collide = 1 }, always = { .world = world, .collide = 99 };
	struct thing thing = { 0 };
	char name[20];

	add(world->db, "a");
	add(world->db, "b");
	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof name, "n%d", i);
		add(world->db, name);
	}
	assert_int_equal(db_transaction(world->db, collide, &once), GOT_ONE);
	assert_int_equal(once.runs, 2);
	assert_int_equal(db_one(world->db, world->arena, thing_fields, &thing, "SELECT big FROM thing WHERE name = 'a'", DB_NO_ARGS), GOT_ONE);
	assert_int_equal(thing.big, 1);
	assert_int_equal(db_transaction(world->db, collide, &always), GOT_ERROR);
	assert_int_equal(always.runs, 4);
	assert_true(db_is_down(world->db));
	assert_int_equal(db_transaction(world->db, refuse, NULL), GOT_NONE);
	assert_false(db_in_transaction(world->db));
	assert_int_equal(count(world->db), 22);
}

static enum got
want_lock(struct db *db, void *arg)
{
	++*(int *)arg;
	return db_run(db, "UPDATE thing SET big = 2", DB_NO_ARGS, NULL);
}

/* Its time is over already when it does not come; whoever waits is told so, and not four times. */
static void
a_lock_that_does_not_come_is_not_waited_for_again(void **state)
{
	struct world *world = *state;
	int runs = 0;

	add(world->db, "a");
	assert_true(db_begin(world->other));
	assert_int_equal(db_run(world->other, "UPDATE thing SET big = 1", DB_NO_ARGS, NULL), GOT_ONE);
	must_run(world->db, "SET SESSION innodb_lock_wait_timeout = 0");
	assert_int_equal(db_transaction(world->db, want_lock, &runs), GOT_ERROR);
	assert_int_equal(runs, 1);
	assert_true(db_is_down(world->db));
	db_rollback(world->other);
}

static void
a_server_that_is_away_is_said_at_once(void **state)
{
	struct world *world = *state;
	struct conf conf = world->conf;
	struct db *db;
	clock_ms started = clock_steady();
	uint64_t number;

	conf.db_socket = "/tmp/no-such-socket";
	db = db_new(world->arena, &conf);
	assert_false(db_connect(db));
	assert_true(db_is_down(db));
	for (int i = 0; i < 1000; i++)
		assert_int_equal(db_number(db, "SELECT 1", DB_NO_ARGS, &number), GOT_ERROR);
	assert_true(db_is_down(db));
	assert_false(db_begin(db));
	assert_true(clock_steady() - started < 500);
	assert_string_equal(db_server_version(db), "");
	conf.db_socket = world->conf.db_socket;
	usleep(260000);
	assert_int_equal(db_number(db, "SELECT 1", DB_NO_ARGS, &number), GOT_ONE);
	conf.db_name = "hark_no_such_database";
	db = db_new(world->arena, &conf);
	assert_false(db_connect(db));
	assert_true(db_is_missing(db));
	assert_false(db_is_down(db));
}

/* One that takes the connection and says nothing costs two seconds once, not each request. */
static void
a_server_that_hangs_is_not_asked_again(void **state)
{
	struct world *world = *state;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct conf conf = world->conf;
	struct db *db;
	uint64_t number;
	clock_ms started;
	int silent = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "/tmp/test_db.%d", (int)getpid());
	assert_int_equal(bind(silent, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(silent, 10), 0);
	conf.db_socket = address.sun_path;
	db = db_new(world->arena, &conf);
	started = clock_steady();
	assert_false(db_connect(db));
	assert_true(clock_steady() - started < 3500);
	assert_true(db_is_down(db));
	started = clock_steady();
	for (int i = 0; i < 100; i++)
		assert_int_equal(db_number(db, "SELECT 1", DB_NO_ARGS, &number), GOT_ERROR);
	assert_true(clock_steady() - started < 200);
	close(silent);
	unlink(address.sun_path);
}

static void
write_file(const char *dir, const char *name, const char *text)
{
	char path[200];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

#define ONE "CREATE TABLE IF NOT EXISTS one (id INT); -- first\nCREATE TABLE IF NOT EXISTS two (id INT, t VARCHAR(9) DEFAULT ';');\n"

static void
migrates(void **state)
{
	struct world *world = *state;
	struct conf conf = world->conf;
	struct migrate_report report;
	const char *problem = NULL;
	char dir[] = "/tmp/test_migrate.XXXXXX", clean[80];
	struct db *db, *rival;
	uint64_t number;

	must_run(world->db, "DROP DATABASE IF EXISTS `hark_test_migrate`");
	conf.db_name = "hark_test_migrate";
	assert_non_null(mkdtemp(dir));
	db = db_new(world->arena, &conf);
	assert_int_equal(migrate_check(db, world->arena, dir, &problem), GOT_NONE);
	write_file(dir, "README", "no schema");
	write_file(dir, "0001_first.sql", ONE);
	/* Everything waits in a database that is not there. */
	assert_int_equal(migrate_status(db, world->arena, dir, &report), GOT_ONE);
	assert_int_equal(report.count, 1);
	assert_int_equal(report.steps[0].state, MIGRATE_WAITING);
	assert_int_equal(report.steps[0].statement_count, 2);
	assert_int_equal(migrate_check(db, world->arena, dir, &problem), GOT_NONE);
	assert_non_null(strstr(problem, "hark migrate"));
	/* It is made, and the second time there is nothing to do. */
	assert_int_equal(migrate_run(db, world->arena, dir, &report), GOT_ONE);
	assert_true(report.is_current);
	assert_int_equal(migrate_run(db, world->arena, dir, &report), GOT_NONE);
	assert_int_equal(migrate_check(db, world->arena, dir, &problem), GOT_ONE);
	assert_int_equal(db_number(db, "SELECT DEFAULT_COLLATION_NAME = 'utf8mb4_unicode_520_ci' FROM information_schema.SCHEMATA"
		" WHERE SCHEMA_NAME = DATABASE()", DB_NO_ARGS, &number), GOT_ONE);
	assert_int_equal(number, 1);
	/* A file whose second statement fails stays half done, with its place; mended, it goes on. */
	write_file(dir, "0002_second.sql", "CREATE TABLE IF NOT EXISTS three (id INT);\n\nALTER TABLE nonsense ADD x INT;\n");
	assert_int_equal(migrate_run(db, world->arena, dir, &report), GOT_ERROR);
	assert_non_null(strstr(report.problem, "0002_second.sql, line 3 (statement 2)"));
	assert_int_equal(report.steps[1].state, MIGRATE_HALF);
	assert_int_equal(report.steps[1].statements_done, 1);
	assert_int_equal(migrate_check(db, world->arena, dir, &problem), GOT_NONE);
	write_file(dir, "0002_second.sql", "CREATE TABLE IF NOT EXISTS four (id INT);\nALTER TABLE three ADD COLUMN IF NOT EXISTS x INT;\n");
	assert_int_equal(migrate_run(db, world->arena, dir, &report), GOT_ONE);
	assert_true(report.is_current);
	must_run(db, "INSERT INTO four (id) VALUES (1)");
	/* Without the lock it stops. */
	write_file(dir, "0003_third.sql", "DO RELEASE_ALL_LOCKS();\nCREATE TABLE IF NOT EXISTS five (id INT);\n");
	assert_int_equal(migrate_run(db, world->arena, dir, &report), GOT_ERROR);
	assert_non_null(strstr(report.problem, "run it again"));
	assert_int_equal(report.steps[2].statements_done, 1);
	snprintf(clean, sizeof clean, "%s/0003_third.sql", dir);
	unlink(clean);
	must_run(db, "DELETE FROM schema_version WHERE version = 3");
	/* Killed after the first statement: the row says so, and the second is run. */
	must_run(db, "ALTER TABLE three DROP COLUMN x");
	must_run(db, "UPDATE schema_version SET finished_at = NULL, statement = 1 WHERE version = 2");
	assert_int_equal(migrate_run(db, world->arena, dir, &report), GOT_ONE);
	must_run(db, "INSERT INTO three (id, x) VALUES (1, 2)");
	/* Somebody else is at it. */
	rival = db_new(world->arena, &conf);
	assert_int_equal(db_number(rival, "SELECT GET_LOCK(CONCAT('hark.', MD5(DATABASE())), 0)", DB_NO_ARGS, &number), GOT_ONE);
	assert_int_equal(number, 1);
	assert_int_equal(migrate_run(db, world->arena, dir, &report), GOT_ERROR);
	assert_non_null(strstr(report.problem, "another migration"));
	assert_int_equal(db_number(rival, "SELECT RELEASE_LOCK(CONCAT('hark.', MD5(DATABASE())))", DB_NO_ARGS, &number), GOT_ONE);
	/* A changed file is refused, and so is a newer database. */
	write_file(dir, "0001_first.sql", ONE "-- changed\n");
	assert_int_equal(migrate_run(db, world->arena, dir, &report), GOT_ERROR);
	assert_true(report.is_refused);
	assert_int_equal(report.steps[0].state, MIGRATE_CHANGED);
	write_file(dir, "0001_first.sql", ONE);
	must_run(db, "INSERT INTO schema_version VALUES (3, '0003_future.sql', '', 1, 1, 1)");
	assert_int_equal(migrate_run(db, world->arena, dir, &report), GOT_ERROR);
	assert_int_equal(report.steps[2].state, MIGRATE_UNKNOWN);
	assert_int_equal(migrate_check(db, world->arena, dir, &problem), GOT_NONE);
	assert_non_null(strstr(problem, "newer"));
	must_run(world->db, "DROP DATABASE `hark_test_migrate`");
	snprintf(clean, sizeof clean, "%s/0001_first.sql", dir);
	unlink(clean);
	snprintf(clean, sizeof clean, "%s/0002_second.sql", dir);
	unlink(clean);
	snprintf(clean, sizeof clean, "%s/README", dir);
	unlink(clean);
	assert_int_equal(rmdir(dir), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(connects_with_our_settings, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeps_every_type, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nulls_are_zero, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_texts_of_growing_length, set_up, tear_down),
		cmocka_unit_test_setup_teardown(changes_count_what_matched, set_up, tear_down),
		cmocka_unit_test_setup_teardown(all_rows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(duplicates_are_known, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_server_that_cannot_write_is_down, set_up, tear_down),
		cmocka_unit_test_setup_teardown(errors_are_errors, set_up, tear_down),
		cmocka_unit_test_setup_teardown(mistakes_end_the_process, set_up, tear_down),
		cmocka_unit_test_setup_teardown(streams, set_up, tear_down),
		cmocka_unit_test_setup_teardown(statements_come_and_go, set_up, tear_down),
		cmocka_unit_test_setup_teardown(copies_of_a_table_share_its_statements, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_changed_table_is_prepared_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_lost_connection_is_opened_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_transaction_lost_is_lost, set_up, tear_down),
		cmocka_unit_test_setup_teardown(killed_while_the_server_works, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_question_that_takes_too_long_is_asked_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(transactions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deadlocks_are_tried_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_lock_that_does_not_come_is_not_waited_for_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_server_that_is_away_is_said_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_server_that_hangs_is_not_asked_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(migrates, set_up, tear_down),
	};

	if (getenv("HARK_TEST_DB_SOCKET") == NULL || getenv("HARK_TEST_DB_NAME") == NULL) {
		puts("1..0 # SKIP HARK_TEST_DB_SOCKET and HARK_TEST_DB_NAME are not set");
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
