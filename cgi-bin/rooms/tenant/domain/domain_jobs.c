/* SPDX-License-Identifier: BSD-2-Clause */
/* domain_jobs.c - looks at the proofs of host names: when somebody asks, and by themselves from time to time. */
#include "rooms/tenant/domain/domain_store.h"

#define MOST 20                  /* looks of one run; a look may wait for slow servers */

static job_function check_one, sweep;

const struct job_kind domain_jobs[] = {
	{ "domain.check", check_one, 2 * CLOCK_MINUTE, 0 },
	{ "domain.sweep", sweep, 10 * CLOCK_MINUTE, CLOCK_MINUTE },
	{ NULL, NULL, 0, 0 }
};

static enum got
check(struct job_run *run, struct domain *domain)
{
	const struct domain_look look = { .db = run->db, .arena = run->arena, .conf = run->conf, .now = run->now };
	enum got got = domain_check(&look, domain);

	if (got == GOT_ERROR)
		run->problem = "the outcome of a look at a host name could not be stored";
	return got;
}

/* Who has removed it meanwhile wants no look any more. */
static enum got
check_one(struct job_run *run)
{
	struct domain domain = { .id = 0 };
	enum got got = domain_by_id(run->db, run->arena, run->tenant, run->subject, &domain);

	if (got == GOT_ONE)
		got = check(run, &domain);
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

static enum got
sweep(struct job_run *run)
{
	struct db_rows rows = { 0 };
	struct domain *domain;
	enum got got = domain_due(run->db, run->arena, run->now, MOST, &rows);
	size_t i;

	for (i = 0, domain = rows.rows; i < rows.count && got != GOT_ERROR; i++, domain++)
		got = check(run, domain);
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}
