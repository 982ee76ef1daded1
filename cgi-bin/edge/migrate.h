/* SPDX-License-Identifier: BSD-2-Clause */
/* migrate.h - brings the database's schema to the version of this program: numbered files, forward only.
 *
 * schema_dir holds NNNN_words.sql. Each statement in them can be run twice (CREATE TABLE IF NOT EXISTS, ADD COLUMN IF NOT
 * EXISTS, ...), because DDL is not transactional: the number of finished statements is recorded after each, and after a kill
 * the next run goes on there. The table schema_version remembers each file with its SHA-256.
 */
#ifndef HARK_EDGE_MIGRATE_H
#define HARK_EDGE_MIGRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/check.h"
#include "core/clock.h"
#include "edge/db.h"

enum migrate_state {
	MIGRATE_DONE,
	MIGRATE_WAITING,        /* not begun */
	MIGRATE_HALF,           /* begun, not finished */
	MIGRATE_CHANGED,        /* applied, and the file is another one since */
	MIGRATE_UNKNOWN         /* applied by a newer program: there is no such file */
};

struct migrate_step {
	uint64_t version;
	const char *name;               /* "0001_foundation.sql" */
	enum migrate_state state;
	uint64_t statement_count;       /* of the file */
	uint64_t statements_done;
	clock_ms started_at;            /* 0: not begun */
	clock_ms finished_at;           /* 0: not finished */
};

struct migrate_report {
	struct migrate_step *steps;     /* by version */
	size_t count;
	bool is_current;                /* every step is MIGRATE_DONE */
	bool is_refused;                /* one is CHANGED or UNKNOWN: nothing is run */
	bool is_busy;                   /* another migration runs: try again later */
	const char *problem;            /* when something failed or is refused: one sentence; else NULL */
};

/* Compares files and database. GOT_ERROR: no database (db_is_down()) or unreadable files, see `problem`. A database that does not
 * exist yet is one in which everything waits. */
enum got migrate_status(struct db *db, struct arena *arena, const char *schema_dir, struct migrate_report *report) MUST_USE;

/* Runs what waits, under a lock of the server so that two never run at once; makes the database when it is missing and the account
 * may. `report` is the state afterwards. GOT_ONE: something was run; GOT_NONE: there was nothing to do; GOT_ERROR: see
 * `problem`. Call it with a db that has done nothing else yet: its statements may take hours. */
enum got migrate_run(struct db *db, struct arena *arena, const char *schema_dir, struct migrate_report *report) MUST_USE;

/* For the start of every program. GOT_ONE: the schema is the one of this program. GOT_NONE: it is not, *problem says what to do.
 * GOT_ERROR: the database does not answer, *problem says why. */
enum got migrate_check(struct db *db, struct arena *arena, const char *schema_dir, const char **problem) MUST_USE;

/* The statements of a file: comments are left out, `;` ends a statement outside of quotes. Pure. False when a quote or comment
 * is never closed, when there is a NUL, or for the mysql client's own DELIMITER; *problem then says the line. */
struct migrate_statement {
	const char *sql;
	size_t len;
	size_t line;            /* where it begins, from 1 */
};

struct migrate_statements {
	struct migrate_statement *list;
	size_t count;
};

bool migrate_split(struct arena *arena, const char *text, size_t len, struct migrate_statements *statements,
	const char **problem) MUST_USE;

#endif
