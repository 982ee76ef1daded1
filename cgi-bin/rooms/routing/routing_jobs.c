/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_jobs.c - whatever was left behind is found: queues with waiting chats each second, and agents who have gone. */
#include "rooms/routing/routing_store.h"

static job_function sweep, presence_sweep;

const struct job_kind routing_jobs[] = {
	{ "routing.sweep", sweep, CLOCK_MINUTE, CLOCK_SECOND },
	{ "routing.presence", presence_sweep, CLOCK_MINUTE, 10 * CLOCK_SECOND },
	{ NULL, NULL, 0, 0 }
};

static enum got
sweep(struct job_run *run)
{
	struct db_rows rows = { 0 };
	const struct waiting_queue *queues;
	struct routing routing;
	size_t i;

	if (routing_waiting_queues(run->db, run->arena, &rows) == GOT_ERROR)
		return GOT_ERROR;
	queues = rows.rows;
	for (i = 0; i < rows.count; i++) {
		routing = (struct routing){ .db = run->db, .arena = run->arena, .tenant = { queues[i].tenant_id }, .now = run->now };
		if (routing_settle(&routing, queues[i].queue_id) == GOT_ERROR)
			return GOT_ERROR;
		routing_tell(&routing, run->bell);
	}
	return GOT_ONE;
}

/* Each on its own: what was changed is told, also when the next one fails. */
static enum got
presence_change_of(struct routing *routing, const struct presence *presence, uint64_t agent)
{
	enum got got = presence_apply(routing->db, routing->arena, routing->tenant, presence, agent, routing->now);

	return got == GOT_ONE ? routing_agent_changed(routing, agent) : got;
}

/* The agents of a company whose status the rules of presence change. */
static enum got
presence_sweep_tenant(struct job_run *run, tenant_id tenant)
{
	struct routing routing = { .db = run->db, .arena = run->arena, .tenant = tenant, .now = run->now };
	struct presence presence = { 0 };
	struct db_rows rows = { 0 };
	const struct presence_agent *agents;
	size_t i;

	if (presence_load(run->db, run->arena, tenant, &presence) == GOT_ERROR
		|| presence_due(run->db, run->arena, tenant, &presence, run->now, &rows) == GOT_ERROR)
		return GOT_ERROR;
	agents = rows.rows;
	for (i = 0; i < rows.count; i++) {
		if (presence_change_of(&routing, &presence, agents[i].id) == GOT_ERROR)
			return GOT_ERROR;
		routing_tell(&routing, run->bell);
	}
	return GOT_ONE;
}

static enum got
presence_sweep(struct job_run *run)
{
	struct db_rows rows = { 0 };
	const struct presence_agent *tenants;
	size_t i;

	if (presence_tenants(run->db, run->arena, &rows) == GOT_ERROR)
		return GOT_ERROR;
	tenants = rows.rows;
	for (i = 0; i < rows.count; i++)
		if (presence_sweep_tenant(run, (tenant_id){ tenants[i].tenant_id }) == GOT_ERROR)
			return GOT_ERROR;
	return GOT_ONE;
}
