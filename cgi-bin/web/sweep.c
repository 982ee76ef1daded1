/* SPDX-License-Identifier: BSD-2-Clause */
/* sweep.c - removing what is over. */
#include "web/sweep.h"

struct sweep
sweep_begin(const struct job_run *run)
{
	return (struct sweep){ .db = run->db, .now = run->now, .until = clock_steady() + SWEEP_TIME };
}

void
sweep_rows(struct sweep *sweep, const char *sql, const struct db_value *args)
{
	enum got got;

	do
		got = db_run(sweep->db, sql, args, NULL);
	while (got == GOT_ONE && sweep_may_go_on(sweep));
	sweep->has_failed |= got == GOT_ERROR;
}

bool
sweep_may_go_on(const struct sweep *sweep)
{
	return clock_steady() < sweep->until;
}

enum got
sweep_end(const struct sweep *sweep, struct job_run *run, const char *problem)
{
	if (!sweep->has_failed)
		return GOT_ONE;
	run->problem = problem;
	return GOT_ERROR;
}
