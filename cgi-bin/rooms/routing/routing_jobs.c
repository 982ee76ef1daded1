/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_jobs.c - whatever was left behind is found: queues with waiting chats each second, agents who have gone, and their chats. What
 * fails for one company is logged and stops nobody else's. */
#include "rooms/routing/routing_store.h"

#include "core/log.h"

static job_function sweep, presence_sweep, chats_return, console_left;

const struct job_kind routing_jobs[] = {
	{ "routing.sweep", sweep, CLOCK_MINUTE, CLOCK_SECOND, NULL },
	{ "routing.presence", presence_sweep, CLOCK_MINUTE, 10 * CLOCK_SECOND, NULL },
	{ AGENT_GONE_JOB, chats_return, CLOCK_MINUTE, 0, NULL },
	{ AGENT_LEFT_JOB, console_left, CLOCK_MINUTE, 0, NULL },
	{ .kind = NULL }
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
		if ((queues[i].takes_chats ? routing_settle(&routing, queues[i].queue_id) : routing_move(&routing, queues[i].queue_id)) == GOT_ERROR)
			log_warning("routing", "queue %llu was not settled", (unsigned long long)queues[i].queue_id);
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
			log_warning("presence", "the agents of tenant %llu were not looked after", (unsigned long long)tenants[i].tenant_id);
	return GOT_ONE;
}

static struct routing
routing_of(const struct job_run *run)
{
	return (struct routing){ .db = run->db, .arena = run->arena, .tenant = run->tenant, .now = run->now };
}

/* One chat at a time, each told at once: the news of many would not fit. The newest goes first, so that the oldest ends in front. */
static enum got
return_all(struct job_run *run, const struct agent *agent)
{
	struct routing routing = routing_of(run);
	struct db_rows rows = { 0 };
	const struct conversation *chats;
	size_t i;

	if (routing_active_of(&routing, agent->id, &rows) == GOT_ERROR)
		return GOT_ERROR;
	chats = rows.rows;
	for (i = 0; i < rows.count; i++) {
		routing = routing_of(run);
		if (routing_return(&routing, chats[i].id, agent) == ROUTING_FAILED)
			return GOT_ERROR;
		routing_tell(&routing, run->bell);
	}
	return GOT_ONE;
}

static enum got
console_left(struct job_run *run)
{
	struct routing routing = routing_of(run);
	struct agent agent = { 0 };
	const enum got got = agent_by_id(run->db, run->arena, run->tenant, run->subject, &agent);

	if (got != GOT_ONE || agent_is_online(&agent, run->now))
		return got == GOT_ERROR ? got : GOT_ONE;
	if (routing_agent_changed(&routing, agent.id) == GOT_ERROR)
		return GOT_ERROR;
	routing_tell(&routing, run->bell);
	return GOT_ONE;
}

/* Who was restored, or may chat again, keeps what he has. */
static enum got
chats_return(struct job_run *run)
{
	struct routing routing = routing_of(run);
	struct agent agent = { 0 };
	enum got got = agent_may_chat(run->db, run->arena, run->tenant, run->subject);

	if (got == GOT_NONE)
		got = agent_by_id(run->db, run->arena, run->tenant, run->subject, &agent);
	else if (got == GOT_ONE)
		return GOT_ONE;
	if (got == GOT_NONE)
		return GOT_ONE;
	if (got == GOT_ONE && return_all(run, &agent) == GOT_ONE
		&& routing_agent_changed(&routing, agent.id) != GOT_ERROR) {
		routing_tell(&routing, run->bell);
		return GOT_ONE;
	}
	run->problem = "The chats of an agent who is gone could not be given back.";
	return GOT_ERROR;
}
