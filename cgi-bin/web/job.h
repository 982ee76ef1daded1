/* SPDX-License-Identifier: BSD-2-Clause */
/* job.h - work that happens after the commit that asked for it: rows of the table `job`, taken by hark-jobs.
 *
 * A job is inserted in the transaction of what it is about (an outbox), so that it happens exactly when that exists. It may run
 * again after a crash: its function must be repeatable.
 */
#ifndef HARK_WEB_JOB_H
#define HARK_WEB_JOB_H

#include "core/check.h"
#include "core/clock.h"
#include "edge/bell.h"
#include "edge/crypt.h"
#include "edge/db.h"
#include "edge/store.h"

/* What a running job may use. */
struct job_run {
	struct arena *arena;             /* of this job: empty again before the next one */
	struct db *db;
	struct bell *bell;
	struct store *store;
	const struct conf *conf;
	const struct crypt_keys *keys;   /* for what is sealed */
	clock_ms now;
	tenant_id tenant;
	uint64_t subject;
	const char *payload;
	const char *problem;             /* set on GOT_ERROR: what people should read */
};

/* GOT_ONE: done, the row goes. GOT_NONE: not yet, again later. GOT_ERROR: failed; again with back-off, after JOB_TRIES dead: a dead letter,
 * which `hark doctor` tells of and `hark job` shows, until JOB_DEAD_KEPT is over. */
typedef enum got job_function(struct job_run *run);

#define JOB_TRIES 12
#define JOB_DEAD_KEPT (90 * CLOCK_DAY)
#define JOB_DEAD_MAX 1000                /* that are looked at together */

struct job_kind {
	const char *kind;                /* "search.index" */
	job_function *run;
	clock_ms lease;                  /* another process may take it after so long */
	clock_ms every;                  /* not 0: a timer of the installation, started by hark-jobs itself */
	job_function *given_up;          /* NULL: it becomes a dead letter. Else it is over: this tells whom it concerns, `problem` says why */
};

struct job_order {
	tenant_id tenant;
	const char *kind;
	uint64_t subject;
	const char *payload;             /* NULL is "" */
	const char *once;                /* NULL, or a key: while one waits, another is not added */
	clock_ms due_at;
};

/* Adds a job: in a transaction it is ordered with its cause or not at all, outside one at once, for what may be lost. */
enum got job_add(struct db *db, const struct job_order *order, clock_ms now) MUST_USE;

/* A dead letter, and what may be done with it. */
struct job_dead {
	uint64_t id;
	uint64_t tenant_id;
	const char *tenant_code;         /* "": of the installation */
	const char *kind;
	uint64_t subject;
	const char *problem;
	clock_ms died_at;
};
/* Of all tenants, newest first, at most JOB_DEAD_MAX. */
enum got job_dead_all(struct db *db, struct arena *arena, struct db_rows *rows) MUST_USE;
enum got job_dead_by_id(struct db *db, struct arena *arena, uint64_t id, struct job_dead *dead) MUST_USE;
/* Makes it due now, as if it had never been tried; or takes it away. GOT_NONE: it is none any more. */
enum got job_dead_retry(struct db *db, const struct job_dead *dead, clock_ms now) MUST_USE;
enum got job_dead_delete(struct db *db, const struct job_dead *dead) MUST_USE;

/* Sweeps dead letters. */
extern const struct job_kind job_jobs[];

/* Takes and runs due jobs, fair between tenants, until `until` (steady clock) or told to stop. `kinds` ends with a NULL kind. */
struct job_site {
	const struct conf *conf;
	const struct crypt_keys *keys;
	struct db *db;
	struct bell *bell;
	struct store *store;
	const struct job_kind *const *kinds;
};
void job_loop(const struct job_site *site, clock_ms until, const volatile int *stop);

#endif
