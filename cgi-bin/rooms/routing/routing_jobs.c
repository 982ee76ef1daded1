/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_jobs.c - each second all queues with waiting chats are settled, so that whatever was left behind is found; and
 * the chats of agents who are gone go back. */
#include "rooms/routing/routing_store.h"

static job_function sweep, agent_gone;

const struct job_kind routing_jobs[] = {
	{ "routing.sweep", sweep, CLOCK_MINUTE, CLOCK_SECOND },
	{ AGENT_GONE_JOB, agent_gone, CLOCK_MINUTE, 0 },
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

/* Who was restored, or may chat again, keeps what he has. */
static enum got
agent_gone(struct job_run *run)
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
