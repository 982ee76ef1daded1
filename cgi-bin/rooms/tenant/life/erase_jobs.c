/* SPDX-License-Identifier: BSD-2-Clause */
/* erase_jobs.c - tenants whose grace is over: they take leave, then go rows, files, and the tenant; one line in the installation's log remains. */
#include "rooms/tenant/life/erase_store.h"

#include "core/log.h"
#include "web/audit.h"

#define TIME_OF_A_RUN (20 * CLOCK_SECOND)   /* then others have their turn; the next run goes on */
#define FILES_AT_ONCE 500

static job_function erase_due;

const struct job_kind erase_jobs[] = {
	{ "tenant.erase", erase_due, 2 * CLOCK_MINUTE, 30 * CLOCK_SECOND, NULL },
	{ .kind = NULL }
};

struct erasing {
	struct job_run *run;
	const struct tenant *tenant;
};

static enum got
begin_work(struct db *db, void *arg)
{
	const struct erasing *erasing = arg;
	const clock_ms now = erasing->run->now;
	const struct job_order leave = { .tenant = tenant_of(erasing->tenant), .kind = TENANT_LEAVE_JOB, .due_at = now };
	enum got got = erase_begin(db, leave.tenant, now);

	return got == GOT_ONE ? job_add(db, &leave, now) : got;
}

/* What fails with one tenant keeps no other from being erased. */
static void
complain(const struct tenant *tenant)
{
	log_warning("erase", "tenant %llu could not be erased yet", (unsigned long long)tenant->id);
}

static enum got
begin_all(struct job_run *run)
{
	struct erasing erasing = { .run = run };
	struct db_rows rows = { 0 };
	enum got got = erase_over(run->db, run->arena, run->now, &rows);
	size_t i;

	for (i = 0, erasing.tenant = rows.rows; i < rows.count; i++, erasing.tenant++) {
		if (db_transaction(run->db, begin_work, &erasing) != GOT_ERROR)
			continue;
		complain(erasing.tenant);
		got = GOT_ERROR;
	}
	return got;
}

/* The tenant's row and the line that tells of it: one without the other never. */
static enum got
finish_work(struct db *db, void *arg)
{
	const struct erasing *erasing = arg;
	const struct tenant *tenant = erasing->tenant;
	struct req r = { .arena = erasing->run->arena, .db = db, .now = erasing->run->now,
		.actor = { .kind = ACTOR_SYSTEM, .name = "hark-jobs" } };
	const struct audit_entry entry = { .action = "tenant.erase", .noun = "tenant", .noun_id = tenant->id, .noun_name = tenant->code };
	enum got got = erase_tenant(db, tenant_of(tenant));

	return got == GOT_ONE ? audit_write(&r, &entry) : got;
}

/* GOT_NONE: the time of this run is over. Whatever was done before a kill stays done. */
static enum got
erase_one(struct job_run *run, const struct tenant *tenant, clock_ms until)
{
	struct erasing erasing = { run, tenant };
	size_t removed = 1;
	enum got got = GOT_ONE;

	while (got == GOT_ONE && clock_steady() < until)
		got = erase_some(run->db, tenant_of(tenant));
	while (got == GOT_NONE && removed > 0 && clock_steady() < until)
		if (!store_erase(run->store, tenant_of(tenant), FILES_AT_ONCE, &removed))
			return GOT_ERROR;
	if (got == GOT_ERROR || clock_steady() >= until)
		return got == GOT_ERROR ? GOT_ERROR : GOT_NONE;
	got = db_transaction(run->db, finish_work, &erasing);
	if (got == GOT_ONE)
		log_info("tenant_erased", "tenant %llu is erased", (unsigned long long)tenant->id);
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

static enum got
erase_due(struct job_run *run)
{
	const clock_ms until = clock_steady() + TIME_OF_A_RUN;
	bool is_good = begin_all(run) != GOT_ERROR;
	struct db_rows rows = { 0 };
	const struct tenant *tenant;
	enum got got = erase_ready(run->db, run->arena, run->now - TENANT_LEAVE_MOST, &rows);
	size_t i;

	is_good = is_good && got != GOT_ERROR;
	for (i = 0, tenant = rows.rows; i < rows.count && got != GOT_NONE; i++, tenant++) {
		got = erase_one(run, tenant, until);
		if (got != GOT_ERROR)
			continue;
		complain(tenant);
		is_good = false;
	}
	if (!is_good)
		run->problem = "a deleted company could not be erased yet";
	return is_good ? GOT_ONE : GOT_ERROR;
}
