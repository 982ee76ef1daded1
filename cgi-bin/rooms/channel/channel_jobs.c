/* SPDX-License-Identifier: BSD-2-Clause */
/* channel_jobs.c - forgetting what providers have handed over long ago. */
#include "rooms/channel/inbound_store.h"

#define INBOUND_KEPT (30 * CLOCK_DAY)    /* Telegram repeats for a day at most */

static job_function forget;

const struct job_kind channel_jobs[] = {
	{ .kind = "inbound.sweep", .run = forget, .lease = CLOCK_MINUTE, .every = CLOCK_HOUR },
	{ .kind = NULL }
};

static enum got
forget(struct job_run *run)
{
	struct sweep sweep = sweep_begin(run);

	inbound_sweep(&sweep, run->now - INBOUND_KEPT);
	return sweep_end(&sweep, run, "What providers handed over last month could not be swept.");
}
