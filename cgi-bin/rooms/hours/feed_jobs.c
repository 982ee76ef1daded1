/* SPDX-License-Identifier: BSD-2-Clause */
/* feed_jobs.c - feeds of holidays are fetched: when their calendar is saved, when somebody asks, and by themselves once a day. */
#include "rooms/hours/feed.h"

static job_function fetch_one, sweep;

const struct job_kind hours_jobs[] = {
	{ "hours.feed", fetch_one, 2 * CLOCK_MINUTE, 0, NULL },
	{ "hours.feeds", sweep, CLOCK_MINUTE, 5 * CLOCK_MINUTE, NULL },
	{ .kind = NULL }
};

/* Of two jobs for the same feed the second finds that it is not due any more. */
static enum got
fetch_one(struct job_run *run)
{
	struct feed feed = { .id = 0 };
	enum got got = feed_of(run->db, run->arena, run->tenant, run->subject, &feed);

	if (got == GOT_ONE && feed.due_at <= run->now)
		got = feed_fetch(run, &feed);
	if (got == GOT_ERROR)
		run->problem = "what a feed of holidays gave could not be stored";
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* Each by a job of its company, so that slow servers take the turns of those who named them. */
static enum got
sweep(struct job_run *run)
{
	struct db_rows rows = { 0 };
	const struct feed *feed;
	enum got got = feeds_due(run->db, run->arena, run->now, &rows);
	size_t i;

	for (i = 0, feed = rows.rows; i < rows.count && got != GOT_ERROR; i++, feed++) {
		const struct job_order order = { .tenant = { feed->tenant_id }, .kind = "hours.feed", .subject = feed->calendar_id,
			.once = arena_printf(run->arena, "hours.feed.%llu", (unsigned long long)feed->calendar_id) };

		got = job_add(run->db, &order, run->now);
	}
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}
