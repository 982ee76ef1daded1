/* SPDX-License-Identifier: BSD-2-Clause */
/* host_jobs.c - what is over goes: sessions of operators, and links. */
#include "rooms/host/host.h"
#include "rooms/host/operator/operator_store.h"
#include "rooms/people/people.h"

static job_function host_sweep;

const struct job_kind host_jobs[] = {
	{ .kind = "host.sweep", .run = host_sweep, .lease = 5 * CLOCK_MINUTE, .every = CLOCK_HOUR },
	{ .kind = NULL }
};

static enum got
host_sweep(struct job_run *run)
{
	struct sweep sweep = sweep_begin(run);

	operator_sweep(&sweep);
	enter_link_sweep(&sweep);
	return sweep_end(&sweep, run, "What is over could not be swept.");
}
