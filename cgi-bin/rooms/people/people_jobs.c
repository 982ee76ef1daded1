/* SPDX-License-Identifier: BSD-2-Clause */
/* people_jobs.c - what is over is swept away. */
#include "rooms/people/invitation/invitation_store.h"
#include "rooms/people/reset/reset_store.h"
#include "rooms/people/session/session_store.h"
#include "rooms/people/status/status_store.h"
#include "web/captcha.h"

static job_function people_sweep, status_log_clean;

const struct job_kind people_jobs[] = {
	{ "people.sweep", people_sweep, CLOCK_MINUTE, 10 * CLOCK_SECOND, NULL },
	{ "people.status_log", status_log_clean, 5 * CLOCK_MINUTE, CLOCK_HOUR, NULL },
	{ .kind = NULL }
};

static enum got
people_sweep(struct job_run *run)
{
	struct sweep sweep = sweep_begin(run);

	session_sweep(&sweep);
	reset_sweep(&sweep);
	captcha_sweep(&sweep);
	invitation_sweep(&sweep);
	return sweep_end(&sweep, run, "What is over could not be swept.");
}

static void
clean_tenant(struct job_run *run, struct sweep *sweep, tenant_id tenant)
{
	struct presence presence = { 0 };

	if (presence_load(run->db, run->arena, tenant, &presence) == GOT_ERROR)
		sweep->has_failed = true;
	else
		status_log_sweep(sweep, tenant, run->now - (clock_ms)presence.log_days * CLOCK_DAY);
}

/* Each run begins with another company, so that none is always the last. */
static enum got
status_log_clean(struct job_run *run)
{
	struct sweep sweep = sweep_begin(run);
	struct db_rows rows = { 0 };
	const struct presence_agent *tenants;
	const size_t first = (size_t)(run->now / CLOCK_HOUR);
	size_t i;

	if (status_log_tenants(run->db, run->arena, &rows) == GOT_ERROR)
		return GOT_ERROR;
	tenants = rows.rows;
	for (i = 0; i < rows.count && sweep_may_go_on(&sweep); i++)
		clean_tenant(run, &sweep, (tenant_id){ tenants[(first + i) % rows.count].tenant_id });
	return sweep_end(&sweep, run, "The status log could not be swept.");
}
