/* SPDX-License-Identifier: BSD-2-Clause */
/* sweep.h - removing what is over: a portion at a time, so that no statement holds locks for long, until nothing is left.
 *
 * A sweep ends after SWEEP_TIME, and the next run goes on. What fails (the log says why) keeps nothing else from being swept.
 */
#ifndef HARK_WEB_SWEEP_H
#define HARK_WEB_SWEEP_H

#include "web/job.h"

#define SWEEP_TIME (20 * CLOCK_SECOND)   /* well within a lease of a minute */
#define SWEEP_PORTION "1000"             /* rows of one statement: DELETE … LIMIT SWEEP_PORTION */

struct sweep {
	struct db *db;
	clock_ms now;
	clock_ms until;                  /* steady clock */
	bool has_failed;
};

struct sweep sweep_begin(const struct job_run *run);

/* Repeats a statement that changes a portion, until it changes none. */
void sweep_rows(struct sweep *sweep, const char *sql, const struct db_value *args);

/* Is there time for another company? */
bool sweep_may_go_on(const struct sweep *sweep);

/* The outcome of the job; `problem` is told when something failed. */
enum got sweep_end(const struct sweep *sweep, struct job_run *run, const char *problem) MUST_USE;

#endif
