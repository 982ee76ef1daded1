/* SPDX-License-Identifier: BSD-2-Clause */
/* domain_jobs.c - looks at the proofs of host names: when somebody asks, and by themselves from time to time. */
#include "rooms/tenant/domain/domain_store.h"

#define MOST 500                 /* looks that one run orders */

static job_function check_one, sweep;

const struct job_kind domain_jobs[] = {
	{ "domain.check", check_one, 2 * CLOCK_MINUTE, 0, NULL },
	{ "domain.sweep", sweep, CLOCK_MINUTE, CLOCK_MINUTE, NULL },
	{ .kind = NULL }
};

/* Who has removed it meanwhile wants no look any more, and another look may have been faster. */
static enum got
check_one(struct job_run *run)
{
	const struct domain_look look = { .db = run->db, .arena = run->arena, .conf = run->conf, .now = run->now };
	struct domain domain = { .id = 0 };
	enum got got = domain_by_id(run->db, run->arena, run->tenant, run->subject, &domain);

	if (got == GOT_ONE && domain.check_at != 0 && domain.check_at <= run->now)
		got = domain_check(&look, &domain);
	if (got == GOT_ERROR)
		run->problem = "the outcome of a look at a host name could not be stored";
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* Each by a job of its company, so that slow servers take the turns of those who named them. */
static enum got
sweep(struct job_run *run)
{
	struct db_rows rows = { 0 };
	const struct domain *domain;
	enum got got = domain_due(run->db, run->arena, run->now, MOST, &rows);
	size_t i;

	for (i = 0, domain = rows.rows; i < rows.count && got != GOT_ERROR; i++, domain++)
		got = domain_order_check(run->db, run->arena, (tenant_id){ domain->tenant_id }, domain->id, run->now);
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}
