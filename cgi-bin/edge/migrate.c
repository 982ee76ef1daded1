/* SPDX-License-Identifier: BSD-2-Clause */
/* migrate.c - the numbered files, the table that remembers them, and running what waits, one program at a time. */
#include "edge/migrate.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/crypt.h"

#define FILES_MAX 1000
#define FILE_MAX ((off_t)4 * 1024 * 1024)
#define LOCK_NAME "CONCAT('hark.', MD5(DATABASE()))"    /* a lock's name may have 64 characters, a database's too */
#define LOCK_SECONDS 10

struct migrate_file {
	uint64_t version;
	const char *name;
	const char *text;
	size_t len;
	const char *checksum;       /* SHA-256 in hex */
	struct migrate_statements statements;
};

struct migrate_files {
	struct migrate_file *list;
	size_t count;
};

/* A row of schema_version. */
struct migrate_row {
	uint64_t version;
	const char *name;
	const char *checksum;
	clock_ms started_at;
	clock_ms finished_at;
	uint64_t statement;         /* how many are finished */
};

static const struct field row_fields[] = {
	FIELD_U64(struct migrate_row, version, FIELD_KEY),
	FIELD_TEXT(struct migrate_row, name, 0),
	FIELD_TEXT(struct migrate_row, checksum, 0),
	FIELD_TIME(struct migrate_row, started_at, 0),
	FIELD_TIME(struct migrate_row, finished_at, FIELD_NULLABLE),
	FIELD_U64(struct migrate_row, statement, 0),
	FIELD_END
};

static const char table_sql[] =
	"CREATE TABLE IF NOT EXISTS schema_version ("
	" version INT UNSIGNED NOT NULL PRIMARY KEY,"
	" name VARCHAR(120) NOT NULL,"
	" checksum CHAR(64) CHARACTER SET ascii NOT NULL,"
	" started_at BIGINT NOT NULL,"
	" finished_at BIGINT NULL,"
	" statement INT UNSIGNED NOT NULL DEFAULT 0"
	") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci";

/* --- the files */

/* "0001_foundation.sql"; its number, or 0. */
static uint64_t
version_of(const char *name)
{
	size_t len = strlen(name);
	char digits[5];
	uint64_t version;

	if (len < 10 || len > 120 || name[4] != '_' || !text_ends_with(name, ".sql")
		|| strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != len - 4)
		return 0;
	memcpy(digits, name, 4);
	digits[4] = '\0';
	return text_to_u64(digits, &version) ? version : 0;
}

static bool
file_read(struct arena *arena, int folder, struct migrate_file *file)
{
	int descriptor = openat(folder, file->name, O_RDONLY | O_CLOEXEC);
	struct stat status;
	char *text;
	ssize_t got = 0;

	if (descriptor < 0)
		return false;
	if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= FILE_MAX) {
		text = arena_alloc(arena, (size_t)status.st_size + 1);
		while (file->len < (size_t)status.st_size
			&& (got = read(descriptor, text + file->len, (size_t)status.st_size - file->len)) > 0)
			file->len += (size_t)got;
		file->text = text;
	}
	close(descriptor);
	return file->text != NULL && file->len == (size_t)status.st_size;
}

static bool
file_open(struct arena *arena, int folder, struct migrate_file *file, const char **problem)
{
	unsigned char hash[CRYPT_HASH_LEN];
	const char *why;

	if (!file_read(arena, folder, file)) {
		*problem = arena_printf(arena, "%s cannot be read", file->name);
		return false;
	}
	if (!migrate_split(arena, file->text, file->len, &file->statements, &why)) {
		*problem = arena_printf(arena, "%s: %s", file->name, why);
		return false;
	}
	crypt_sha256(file->text, file->len, hash);
	file->checksum = text_to_hex(arena, hash, sizeof hash);
	return true;
}

static int
compare_files(const void *a, const void *b)
{
	const struct migrate_file *left = a, *right = b;

	return (left->version > right->version) - (left->version < right->version);
}

/* Other files (a README, an editor's copy) are not looked at. */
static void
list_names(struct arena *arena, DIR *folder, struct migrate_files *files)
{
	const struct dirent *entry;

	files->list = ARENA_ARRAY(arena, struct migrate_file, FILES_MAX);
	while (files->count < FILES_MAX && (entry = readdir(folder)) != NULL) {
		struct migrate_file *file = &files->list[files->count];

		file->version = version_of(entry->d_name);
		file->name = arena_text(arena, entry->d_name);
		if (file->version != 0)
			files->count++;
	}
	qsort(files->list, files->count, sizeof *files->list, compare_files);
}

static bool
files_read(struct arena *arena, const char *schema_dir, struct migrate_files *files, const char **problem)
{
	DIR *folder = opendir(schema_dir);
	bool good = true;

	*files = (struct migrate_files){ 0 };
	if (folder == NULL) {
		*problem = arena_printf(arena, "the folder %s (schema_dir) cannot be read: %s", schema_dir, strerror(errno));
		return false;
	}
	list_names(arena, folder, files);
	for (size_t i = 0; i < files->count && good; i++) {
		good = file_open(arena, dirfd(folder), &files->list[i], problem);
		if (good && i > 0 && files->list[i].version == files->list[i - 1].version) {
			*problem = arena_printf(arena, "%s and %s have the same number", files->list[i - 1].name, files->list[i].name);
			good = false;
		}
	}
	closedir(folder);
	if (good && files->count == 0) {
		*problem = arena_printf(arena, "the folder %s (schema_dir) holds no NNNN_words.sql", schema_dir);
		good = false;
	}
	return good;
}

/* --- comparing them with the database */

static const char *
asked_in_vain(const struct db *db, struct arena *arena)
{
	return arena_printf(arena, "the database cannot be asked: %s", db_problem(db, arena));
}

static const struct migrate_file *
file_of(const struct migrate_files *files, uint64_t version)
{
	for (size_t i = 0; i < files->count; i++)
		if (files->list[i].version == version)
			return &files->list[i];
	return NULL;
}

static const struct migrate_row *
row_of(const struct db_rows *rows, uint64_t version)
{
	const struct migrate_row *list = rows->rows;

	for (size_t i = 0; i < rows->count; i++)
		if (list[i].version == version)
			return &list[i];
	return NULL;
}

/* What is unfinished may have been mended since: it then starts anew, since each statement can be run twice. */
static struct migrate_step
step_of(const struct migrate_file *file, const struct migrate_row *row)
{
	struct migrate_step step = {
		.version = file->version, .name = file->name, .state = MIGRATE_WAITING, .statement_count = file->statements.count
	};
	bool same = row != NULL && strcmp(row->checksum, file->checksum) == 0;

	if (row == NULL)
		return step;
	step.started_at = row->started_at;
	step.finished_at = row->finished_at;
	step.statements_done = row->statement;
	if (row->finished_at != 0) {
		step.state = same ? MIGRATE_DONE : MIGRATE_CHANGED;
	} else {
		step.state = MIGRATE_HALF;
		if (!same)
			step.statements_done = 0;
	}
	return step;
}

static int
compare_steps(const void *a, const void *b)
{
	const struct migrate_step *left = a, *right = b;

	return (left->version > right->version) - (left->version < right->version);
}

static void
refuse(struct arena *arena, struct migrate_report *report, const struct migrate_step *step)
{
	if (report->is_refused)
		return;
	report->is_refused = true;
	report->problem = arena_printf(arena, step->state == MIGRATE_CHANGED
		? "%s was applied and has been changed since: bring the file back as it was and put the change into a new one"
		: "%s was applied by a newer Hark: this program cannot work on its schema", step->name);
}

static void
compare(struct arena *arena, const struct migrate_files *files, const struct db_rows *rows, struct migrate_report *report)
{
	const struct migrate_row *list = rows->rows;
	size_t i;

	report->steps = ARENA_ARRAY(arena, struct migrate_step, files->count + rows->count);
	report->count = 0;
	for (i = 0; i < files->count; i++)
		report->steps[report->count++] = step_of(&files->list[i], row_of(rows, files->list[i].version));
	for (i = 0; i < rows->count; i++)
		if (file_of(files, list[i].version) == NULL)
			report->steps[report->count++] = (struct migrate_step){
				.version = list[i].version, .name = list[i].name, .state = MIGRATE_UNKNOWN,
				.statement_count = list[i].statement, .statements_done = list[i].statement,
				.started_at = list[i].started_at, .finished_at = list[i].finished_at
			};
	qsort(report->steps, report->count, sizeof *report->steps, compare_steps);
	report->is_current = true;
	for (i = 0; i < report->count; i++) {
		report->is_current = report->is_current && report->steps[i].state == MIGRATE_DONE;
		if (report->steps[i].state == MIGRATE_CHANGED || report->steps[i].state == MIGRATE_UNKNOWN)
			refuse(arena, report, &report->steps[i]);
	}
}

/* GOT_NONE: there is no such table yet. */
static enum got
rows_read(struct db *db, struct arena *arena, struct db_rows *rows)
{
	uint64_t count = 0;

	*rows = (struct db_rows){ 0 };
	if (db_number(db, "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
		" AND TABLE_NAME = 'schema_version'", DB_NO_ARGS, &count) != GOT_ONE)
		return GOT_ERROR;
	if (count == 0)
		return GOT_NONE;
	return db_all(db, arena, row_fields, sizeof(struct migrate_row), rows,
		"SELECT version, name, checksum, started_at, finished_at, statement FROM schema_version ORDER BY version", DB_NO_ARGS);
}

static enum got
status_with(struct db *db, struct arena *arena, const struct migrate_files *files, struct migrate_report *report)
{
	struct db_rows rows = { 0 };

	*report = (struct migrate_report){ 0 };
	if (!db_connect(db)) {
		if (!db_is_missing(db)) {
			report->problem = asked_in_vain(db, arena);
			return GOT_ERROR;
		}
	} else if (rows_read(db, arena, &rows) == GOT_ERROR) {
		report->problem = asked_in_vain(db, arena);
		return GOT_ERROR;
	}
	compare(arena, files, &rows, report);
	return GOT_ONE;
}

enum got
migrate_status(struct db *db, struct arena *arena, const char *schema_dir, struct migrate_report *report)
{
	struct migrate_files files;

	*report = (struct migrate_report){ 0 };
	if (!files_read(arena, schema_dir, &files, &report->problem))
		return GOT_ERROR;
	return status_with(db, arena, &files, report);
}

/* A folder that cannot be read is a matter of configuration, as a wrong schema is; only a silent database may mend itself. */
enum got
migrate_check(struct db *db, struct arena *arena, const char *schema_dir, const char **problem)
{
	struct migrate_report report;
	struct migrate_files files;

	if (!files_read(arena, schema_dir, &files, problem))
		return GOT_NONE;
	if (status_with(db, arena, &files, &report) == GOT_ERROR) {
		*problem = report.problem;
		return GOT_ERROR;
	}
	if (report.is_current)
		return GOT_ONE;
	*problem = report.is_refused ? report.problem : "the schema of the database is older than this program: run \"hark migrate\"";
	return GOT_NONE;
}

/* --- running */

struct migration {
	struct db *db;
	struct arena *arena;
	struct migrate_files files;
	struct migrate_report *report;
};

static bool
fail(struct migration *migration, const char *problem)
{
	migration->report->problem = problem;
	return false;
}

static bool
fail_db(struct migration *migration)
{
	return fail(migration, asked_in_vain(migration->db, migration->arena));
}

static bool
database_make(struct migration *migration, const char *name)
{
	struct str sql;
	const char *problem;

	if (!db_connect_server(migration->db))
		return fail_db(migration);
	str_init(&sql, migration->arena);
	str_add(&sql, "CREATE DATABASE IF NOT EXISTS `");
	for (; *name != '\0'; name++)
		str_add(&sql, *name == '`' ? "``" : (char[]){ *name, '\0' });
	str_add(&sql, "` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci");
	if (!db_execute(migration->db, sql.data, sql.len, &problem))
		return fail(migration, arena_printf(migration->arena, "the database does not exist and cannot be made: %s", problem));
	return db_connect(migration->db) || fail_db(migration);
}

static bool
connect_patiently(struct migration *migration, const char *name)
{
	db_wait_long(migration->db);
	if (db_connect(migration->db))
		return true;
	return db_is_missing(migration->db) ? database_make(migration, name) : fail_db(migration);
}

static bool
lock_take(struct migration *migration)
{
	uint64_t taken = 0;

	if (db_number(migration->db, "SELECT GET_LOCK(" LOCK_NAME ", ?)", DB_ARGS(db_u64(LOCK_SECONDS)), &taken) != GOT_ONE)
		return fail_db(migration);
	migration->report->is_busy = taken != 1;
	return taken == 1 || fail(migration, "another migration is running; wait until it is done");
}

/* A connection that was lost and opened again has lost the lock, too. */
static bool
lock_is_ours(struct migration *migration)
{
	uint64_t ours = 0;

	if (db_number(migration->db, "SELECT IS_USED_LOCK(" LOCK_NAME ") = CONNECTION_ID()", DB_NO_ARGS, &ours) != GOT_ONE)
		return fail_db(migration);
	return ours == 1 || fail(migration, "the connection to the database was lost; run it again to go on");
}

static void
lock_release(struct migration *migration)
{
	uint64_t released;

	if (db_number(migration->db, "SELECT RELEASE_LOCK(" LOCK_NAME ")", DB_NO_ARGS, &released) != GOT_ONE)
		log_warning("migrate", "the lock is given back by the end of the connection only");
}

static bool
execute(struct migration *migration, const char *where, const char *sql, size_t len)
{
	const char *problem;

	if (db_execute(migration->db, sql, len, &problem))
		return true;
	return fail(migration, arena_printf(migration->arena, "%s: %s", where, problem));
}

static bool
progress_note(struct migration *migration, const struct migrate_file *file, size_t done)
{
	clock_ms now = clock_now();
	struct db_value finished = done == file->statements.count ? db_time(now) : db_null();

	if (db_run(migration->db, "INSERT INTO schema_version (version, name, checksum, started_at, finished_at, statement)"
		" VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name), checksum = VALUES(checksum),"
		" finished_at = VALUES(finished_at), statement = VALUES(statement)",
		DB_ARGS(db_u64(file->version), db_text(file->name), db_text(file->checksum), db_time(now), finished, db_u64(done)),
		NULL) == GOT_ERROR)
		return fail_db(migration);
	return true;
}

/* From the first statement that is not known to be finished. */
static bool
file_run(struct migration *migration, const struct migrate_file *file, size_t done)
{
	const struct migrate_statement *statement;
	const char *where;

	log_info("migrate", "%s: from statement %zu of %zu", file->name, done + 1, file->statements.count);
	if (!lock_is_ours(migration) || !progress_note(migration, file, done))
		return false;
	for (; done < file->statements.count; done++) {
		statement = &file->statements.list[done];
		where = arena_printf(migration->arena, "%s, line %zu (statement %zu)", file->name, statement->line, done + 1);
		if (!lock_is_ours(migration) || !execute(migration, where, statement->sql, statement->len)
			|| !progress_note(migration, file, done + 1))
			return false;
	}
	return true;
}

static enum got
run_waiting(struct migration *migration)
{
	const struct migrate_report before = *migration->report;
	enum got got = GOT_NONE;

	for (size_t i = 0; i < before.count; i++) {
		const struct migrate_step *step = &before.steps[i];

		if (step->state == MIGRATE_DONE)
			continue;
		if (!file_run(migration, file_of(&migration->files, step->version), (size_t)step->statements_done))
			return GOT_ERROR;
		got = GOT_ONE;
	}
	return got;
}

/* Under the lock. The report is made anew afterwards; what went wrong stays in it. */
static enum got
run_locked(struct migration *migration)
{
	const char *problem;
	enum got got;

	if (!execute(migration, "schema_version", table_sql, strlen(table_sql)))
		return GOT_ERROR;
	if (status_with(migration->db, migration->arena, &migration->files, migration->report) == GOT_ERROR
		|| migration->report->is_refused)
		return GOT_ERROR;
	got = run_waiting(migration);
	problem = migration->report->problem;
	if (status_with(migration->db, migration->arena, &migration->files, migration->report) == GOT_ERROR)
		return GOT_ERROR;
	if (problem != NULL)
		migration->report->problem = problem;
	return got;
}

enum got
migrate_run(struct db *db, struct arena *arena, const char *schema_dir, struct migrate_report *report)
{
	struct migration migration = { .db = db, .arena = arena, .report = report };
	enum got got;

	*report = (struct migrate_report){ 0 };
	if (!files_read(arena, schema_dir, &migration.files, &report->problem))
		return GOT_ERROR;
	if (!connect_patiently(&migration, db_name(db)) || !lock_take(&migration))
		return GOT_ERROR;
	got = run_locked(&migration);
	lock_release(&migration);
	return got;
}
