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
	struct arena *arena;             /* of this job */
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

/* GOT_ONE: done, the row goes. GOT_NONE: not yet, again later. GOT_ERROR: failed; again with back-off, after JOB_TRIES dead. */
typedef enum got job_function(struct job_run *run);

#define JOB_TRIES 12

struct job_kind {
	const char *kind;                /* "search.index" */
	job_function *run;
	clock_ms lease;                  /* another process may take it after so long */
	clock_ms every;                  /* not 0: a timer of the installation, started by hark-jobs itself */
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
