/* SPDX-License-Identifier: BSD-2-Clause */
/* visit_jobs.c - forgetting the browsers of those who have not come back: docs/tenants.md, "Keeping". */
#include "rooms/tenant/tenant.h"
#include "rooms/visit/visit_store.h"

static job_function forget;

const struct job_kind visit_jobs[] = {
	{ .kind = "visit.sweep", .run = forget, .lease = CLOCK_MINUTE, .every = CLOCK_HOUR },
	{ .kind = NULL }
};

/* Each run begins with another company, so that none is always the last. */
static enum got
forget(struct job_run *run)
{
	struct sweep sweep = sweep_begin(run);
	struct db_rows rows = { 0 };
	const struct tenant_retention *retentions, *retention;
	const size_t first = (size_t)(run->now / CLOCK_HOUR);
	size_t i;

	if (tenant_retentions(run->db, run->arena, run->now, &rows) == GOT_ERROR)
		return GOT_ERROR;
	retentions = rows.rows;
	for (i = 0; i < rows.count && sweep_may_go_on(&sweep); i++) {
		retention = &retentions[(first + i) % rows.count];
		visitor_sweep(&sweep, (tenant_id){ retention->tenant_id }, run->now - (clock_ms)retention_days(retention) * CLOCK_DAY);
	}
	return sweep_end(&sweep, run, "Visitors who have not come back could not be swept.");
}
