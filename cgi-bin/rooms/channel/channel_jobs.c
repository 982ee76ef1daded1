/* SPDX-License-Identifier: BSD-2-Clause */
/* channel_jobs.c - forgetting what providers have handed over long ago. */
#include "rooms/channel/inbound_store.h"

#define INBOUND_KEPT (30 * CLOCK_DAY)    /* Telegram repeats for a day at most */

static job_function sweep;

const struct job_kind channel_jobs[] = {
	{ .kind = "inbound.sweep", .run = sweep, .lease = CLOCK_MINUTE, .every = CLOCK_HOUR },
	{ .kind = NULL }
};

static enum got
sweep(struct job_run *run)
{
	if (inbound_sweep(run->db, run->now - INBOUND_KEPT) != GOT_ERROR)
		return GOT_ONE;
	run->problem = "What providers handed over last month could not be swept.";
	return GOT_ERROR;
}
