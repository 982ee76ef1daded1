/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_jobs.c - each second all queues with waiting chats are settled: whatever was left behind is found. */
#include "rooms/routing/routing_store.h"

static job_function sweep;

const struct job_kind routing_jobs[] = {
	{ "routing.sweep", sweep, CLOCK_MINUTE, CLOCK_SECOND },
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
