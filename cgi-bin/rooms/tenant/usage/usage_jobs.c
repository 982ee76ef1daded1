/* SPDX-License-Identifier: BSD-2-Clause */
/* usage_jobs.c - every few minutes the figures of all tenants follow what happened; once a day their files are counted anew. */
#include "rooms/tenant/usage/usage_store.h"

#include "core/log.h"

static job_function roll_all;

const struct job_kind usage_jobs[] = {
	{ "tenant.usage", roll_all, 5 * CLOCK_MINUTE, 5 * CLOCK_MINUTE, NULL },
	{ .kind = NULL }
};

/* The daily count of one tenant's files. */
struct count {
	tenant_id tenant;
	clock_ms now;
};

static enum got
count_work(struct db *db, void *arg)
{
	const struct count *count = arg;
	enum got got = usage_count_storage(db, count->tenant, count->now - CLOCK_DAY, count->now);

	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* A tenant whose figures cannot be counted keeps no other from it. */
static enum got
roll_all(struct job_run *run)
{
	struct db_rows rows = { 0 };
	const struct usage_tenant *tenant;
	enum got got = usage_tenants(run->db, run->arena, &rows);
	size_t i;

	for (i = 0, tenant = rows.rows; i < rows.count; i++, tenant++) {
		struct count count = { .tenant = { tenant->id }, .now = run->now };

		if (usage_roll(run->db, count.tenant, run->now) != GOT_ERROR && db_transaction(run->db, count_work, &count) != GOT_ERROR)
			continue;
		log_warning("usage", "the figures of tenant %llu were not counted", (unsigned long long)tenant->id);
		got = GOT_ERROR;
	}
	if (got == GOT_ERROR)
		run->problem = "the figures of a tenant could not be counted";
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}
