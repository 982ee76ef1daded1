/* SPDX-License-Identifier: BSD-2-Clause */
/* people_jobs.c - what is over is swept away. */
#include "rooms/people/invitation/invitation_store.h"
#include "rooms/people/reset/reset_store.h"
#include "rooms/people/session/session_store.h"
#include "rooms/people/status/status_store.h"
#include "web/captcha.h"

static job_function people_sweep, status_log_clean;

const struct job_kind people_jobs[] = {
	{ "people.sweep", people_sweep, CLOCK_MINUTE, 10 * CLOCK_SECOND },
	{ "people.status_log", status_log_clean, 5 * CLOCK_MINUTE, CLOCK_HOUR },
	{ .kind = NULL }
};

static enum got
people_sweep(struct job_run *run)
{
	if (session_sweep(run->db, run->now) != GOT_ERROR && reset_sweep(run->db, run->now) != GOT_ERROR
		&& captcha_sweep(run->db, run->now) != GOT_ERROR && invitation_sweep(run->db, run->now) != GOT_ERROR)
		return GOT_ONE;
	run->problem = "What is over could not be swept.";
	return GOT_ERROR;
}

/* One portion of each tenant: what is left goes in the next hour's. */
static enum got
status_log_clean(struct job_run *run)
{
	struct presence presence = { 0 };
	struct db_rows rows = { 0 };
	const struct presence_agent *tenants;
	size_t i;

	if (status_log_tenants(run->db, run->arena, &rows) == GOT_ERROR)
		return GOT_ERROR;
	tenants = rows.rows;
	for (i = 0; i < rows.count; i++) {
		const tenant_id tenant = { tenants[i].tenant_id };

		if (presence_load(run->db, run->arena, tenant, &presence) == GOT_ERROR
			|| status_log_sweep(run->db, tenant, run->now - (clock_ms)presence.log_days * CLOCK_DAY) == GOT_ERROR) {
			run->problem = "The status log could not be swept.";
			return GOT_ERROR;
		}
	}
	return GOT_ONE;
}
