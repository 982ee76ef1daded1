/* SPDX-License-Identifier: BSD-2-Clause */
/* channel_jobs.c - forgetting what providers have handed over long ago, and taking leave of them when a company is erased. */
#include "rooms/channel/account_store.h"
#include "rooms/channel/inbound_store.h"

#define INBOUND_KEPT (30 * CLOCK_DAY)    /* Telegram repeats for a day at most */

static job_function forget, leave;

const struct job_kind channel_jobs[] = {
	{ .kind = "inbound.sweep", .run = forget, .lease = CLOCK_MINUTE, .every = CLOCK_HOUR },
	{ .kind = TENANT_LEAVE_JOB, .run = leave, .lease = CLOCK_MINUTE },
	{ .kind = NULL }
};

static enum got
forget(struct job_run *run)
{
	struct sweep sweep = sweep_begin(run);

	inbound_sweep(&sweep, run->now - INBOUND_KEPT);
	return sweep_end(&sweep, run, "What providers handed over last month could not be swept.");
}

struct leaving {
	const struct job_run *run;
	const struct account *account;
};

static enum got
leave_work(struct db *db, void *arg)
{
	const struct leaving *leaving = arg;
	const struct job_run *run = leaving->run;
	enum got got = account_delete(db, run->tenant, leaving->account->id, run->now);

	return got == GOT_ONE ? account_order_check(db, run->arena, run->tenant, leaving->account, run->now) : got;
}

/* The accounts go as if somebody had deleted them, so that each one's channel hears of it; then it waits until all have been heard. */
static enum got
leave(struct job_run *run)
{
	struct leaving leaving = { .run = run };
	struct db_rows rows = { 0 };
	uint64_t waiting = 0;
	enum got got = account_connected(run->db, run->arena, run->tenant, &rows);
	size_t i;

	for (i = 0, leaving.account = rows.rows; i < rows.count && got != GOT_ERROR; i++, leaving.account++)
		got = db_transaction(run->db, leave_work, &leaving);
	if (got != GOT_ERROR)
		got = account_checks(run->db, run->tenant, &waiting);
	if (got == GOT_ERROR)
		run->problem = "The providers of its channels could not be told that the company is erased.";
	return got == GOT_ONE && waiting > 0 ? GOT_NONE : got;
}
