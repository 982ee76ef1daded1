/* SPDX-License-Identifier: BSD-2-Clause */
/* job_store.h - the rows of the table `job`. */
#ifndef HARK_WEB_JOB_STORE_H
#define HARK_WEB_JOB_STORE_H

#include "web/sweep.h"

struct job {
	uint64_t id;
	uint64_t tenant_id;
	const char *kind;
	uint64_t subject;
	const char *payload;
	uint64_t tries;
};

/* Tenants with something due now, at most 500. */
enum got job_due_tenants(struct db *db, struct arena *arena, clock_ms now, struct db_rows *tenants) MUST_USE;

struct job_tenant {
	uint64_t tenant_id;
};

/* Takes the oldest due job of the tenant for `lease`, in a transaction of its own. GOT_NONE: others have them. */
enum got job_take(struct db *db, struct arena *arena, uint64_t tenant, clock_ms now, struct job *job) MUST_USE;

enum got job_done(struct db *db, const struct job *job) MUST_USE;
/* Again at `due_at`; `tries` and `problem` as given; state dead when `is_dead`. */
enum got job_again(struct db *db, const struct job *job, clock_ms due_at, const char *problem, bool is_dead) MUST_USE;
/* The lease of a job that was taken, by its kind. */
enum got job_lease(struct db *db, const struct job *job, clock_ms until) MUST_USE;
/* Makes the row of a timer, once for all processes. */
enum got job_start_timer(struct db *db, const struct job_kind *kind, clock_ms now) MUST_USE;
/* Deletes the dead letters of all tenants that were given up before. */
void job_dead_sweep(struct sweep *sweep, clock_ms before);

#endif
