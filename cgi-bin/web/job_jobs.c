/* SPDX-License-Identifier: BSD-2-Clause */
/* job_jobs.c - dead letters go when nobody has looked at them for long. */
#include "web/job_store.h"

static job_function dead_sweep;

const struct job_kind job_jobs[] = {
	{ .kind = "job.sweep", .run = dead_sweep, .lease = CLOCK_MINUTE, .every = CLOCK_HOUR },
	{ .kind = NULL }
};

static enum got
dead_sweep(struct job_run *run)
{
	struct sweep sweep = sweep_begin(run);

	job_dead_sweep(&sweep, run->now - JOB_DEAD_KEPT);
	return sweep_end(&sweep, run, "The dead letters could not be swept.");
}
