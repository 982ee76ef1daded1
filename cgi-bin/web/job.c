/* SPDX-License-Identifier: BSD-2-Clause */
/* job.c - taking due jobs in turn from each tenant, so that a busy one delays no other. */
#include "web/job.h"

#include <string.h>
#include <time.h>

#include "core/log.h"
#include "web/job_store.h"

#define JOB_TURN 10                      /* jobs of one tenant before the next one's turn */
#define JOB_SLOW CLOCK_SECOND            /* a turn that takes as long ends, and the timers come before the next */
#define JOB_IDLE (200)                   /* milliseconds between looks at an empty table */
#define JOB_UNKNOWN CLOCK_MINUTE         /* until a kind of job that this program does not know is looked at again */

static const struct job_kind *
kind_named(const struct job_site *site, const char *name)
{
	const struct job_kind *const *table;
	const struct job_kind *kind;

	for (table = site->kinds; *table != NULL; table++)
		for (kind = *table; kind->kind != NULL; kind++)
			if (strcmp(kind->kind, name) == 0)
				return kind;
	return NULL;
}

/* 5 s, 10 s, 20 s … at most an hour. */
static clock_ms
back_off(uint64_t tries)
{
	clock_ms wait = 5 * CLOCK_SECOND;

	while (tries-- > 1 && wait < CLOCK_HOUR)
		wait *= 2;
	return wait < CLOCK_HOUR ? wait : CLOCK_HOUR;
}

/* The kind says what follows, or it becomes a dead letter. When what should follow fails, the job stays taken, and this comes again when its
 * lease is over. */
static enum got
job_bury(const struct job_site *site, const struct job_kind *kind, const struct job *job, struct job_run *run)
{
	log_error("job", "%s of tenant %llu is given up: %s", job->kind, (unsigned long long)job->tenant_id, run->problem);
	if (kind->given_up != NULL)
		return kind->given_up(run) == GOT_ERROR ? GOT_ERROR : job_done(site->db, job);
	return job_again(site->db, job, clock_now(), run->problem, true);
}

static enum got
job_finish(const struct job_site *site, const struct job_kind *kind, struct job *job, struct job_run *run, enum got outcome)
{
	if (kind->every > 0) {
		job->tries = 0;
		return job_again(site->db, job, clock_now() + kind->every, run->problem, false);
	}
	if (outcome == GOT_ONE)
		return job_done(site->db, job);
	job->tries = outcome == GOT_NONE ? 0 : job->tries + 1;
	if (job->tries >= JOB_TRIES)
		return job_bury(site, kind, job, run);
	if (outcome == GOT_ERROR)
		log_warning("job", "%s of tenant %llu failed: %s", job->kind, (unsigned long long)job->tenant_id, run->problem);
	return job_again(site->db, job, clock_now() + back_off(job->tries), run->problem, false);
}

static enum got
job_work(const struct job_site *site, struct arena *arena, struct job *job)
{
	const struct job_kind *kind = kind_named(site, job->kind);
	struct job_run run = {
		.arena = arena, .db = site->db, .bell = site->bell, .store = site->store, .conf = site->conf,
		.keys = site->keys, .now = clock_now(), .tenant = { job->tenant_id }, .subject = job->subject, .payload = job->payload, .problem = ""
	};
	enum got outcome;

	/* While an installation is updated, programs of both releases are at work: a newer one will know it. */
	if (kind == NULL)
		return job_again(site->db, job, run.now + JOB_UNKNOWN, "this release of hark-jobs does not know this kind of job", false);
	/* Taken so often and never finished: whoever runs it dies. */
	if (kind->every == 0 && job->tries >= JOB_TRIES) {
		run.problem = "each process that ran it has died";
		return job_bury(site, kind, job, &run);
	}
	if (job_lease(site->db, job, run.now + kind->lease) == GOT_ERROR)
		return GOT_ERROR;
	outcome = kind->run(&run);
	if (db_in_transaction(site->db))
		db_rollback(site->db);
	return job_finish(site, kind, job, &run, outcome);
}

/* Up to JOB_TURN jobs of a tenant, each with the arena for itself; how many were done. */
static size_t
job_turn(const struct job_site *site, struct arena *arena, uint64_t tenant)
{
	const clock_ms end = clock_steady() + JOB_SLOW;
	struct job job;
	bool goes_on = true;
	size_t done = 0;

	while (goes_on && done < JOB_TURN && clock_steady() < end) {
		memset(&job, 0, sizeof(job));
		goes_on = job_take(site->db, arena, tenant, clock_now(), &job) == GOT_ONE && job_work(site, arena, &job) != GOT_ERROR;
		arena_reset(arena);
		done += goes_on;
	}
	return done;
}

/* The arenas of the round and of a job. */
static size_t
job_round(const struct job_site *site, struct arena *arena, struct arena *work)
{
	struct db_rows rows = { 0 };
	const struct job_tenant *tenants;
	clock_ms timers_at = clock_steady();
	size_t i, done = 0;

	if (job_due_tenants(site->db, arena, clock_now(), &rows) != GOT_ONE)
		return 0;
	tenants = rows.rows;
	for (i = 0; i < rows.count; i++) {
		done += job_turn(site, work, tenants[i].tenant_id);
		/* Where foreign hosts are slow, or companies are many, chats go on ringing: that is a timer. */
		if (tenants[i].tenant_id != 0 && clock_steady() - timers_at < JOB_SLOW)
			continue;
		if (tenants[i].tenant_id != 0)
			done += job_turn(site, work, 0);
		timers_at = clock_steady();
	}
	return done;
}

static void
start_timers(const struct job_site *site)
{
	const struct job_kind *const *table;
	const struct job_kind *kind;

	for (table = site->kinds; *table != NULL; table++)
		for (kind = *table; kind->kind != NULL; kind++)
			if (kind->every > 0 && job_start_timer(site->db, kind, clock_now()) == GOT_ERROR)
				return;
}

static void
rest(void)
{
	const struct timespec pause = { .tv_nsec = JOB_IDLE * 1000000L };

	nanosleep(&pause, NULL);
}

void
job_loop(const struct job_site *site, clock_ms until, const volatile int *stop)
{
	struct arena *arena = arena_new(), *work = arena_new();

	start_timers(site);
	while (!*stop && clock_steady() < until) {
		if (job_round(site, arena, work) == 0)
			rest();
		arena_reset(arena);
	}
	arena_free(work);
	arena_free(arena);
}
