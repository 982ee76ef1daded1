/* SPDX-License-Identifier: BSD-2-Clause */
/* feed_rules.c - where a feed may be fetched from, what its failures are called, and when it is tried again. */
#include <string.h>

#include "core/text.h"
#include "rooms/hours/feed.h"

#define EVERY CLOCK_DAY
#define FIRST_WAIT (15 * CLOCK_MINUTE)

const char *
feed_address(struct arena *arena, const char *typed)
{
	const char *address = text_trim(arena, typed);

	if (text_starts_with(address, "webcal://"))
		return arena_printf(arena, "https://%s", address + strlen("webcal://"));
	return address;
}

bool
feed_may_follow(const char *from, const char *to)
{
	return text_is_web_address(to) && strlen(to) <= 2 * FEED_URL_MAX
		&& (text_starts_with(to, "https://") || !text_starts_with(from, "https://"));
}

bool
feed_is_redirect(int status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static void
complain(struct feed *feed, const char *problem, const char *detail)
{
	feed->problem = problem;
	feed->problem_detail = detail;
	feed->problem_line = 0;
}

void
feed_refused(struct arena *arena, struct feed *feed, int status)
{
	const char *problem = N_("The server answered with HTTP %s.");

	if (feed_is_redirect(status))
		problem = N_("The address leads on to one that cannot be followed (HTTP %s).");
	else if (status == 401 || status == 403)
		problem = N_("The server does not give the file to everybody (HTTP %s).");
	else if (status == 404 || status == 410)
		problem = N_("The server has no file at this address (HTTP %s).");
	else if (status == 429 || status >= 500)
		problem = N_("The server has trouble of its own (HTTP %s).");
	complain(feed, problem, arena_printf(arena, "%d", status));
}

void
feed_failed(struct feed *feed, enum net_failure failure)
{
	switch (failure) {
	case NET_TOO_SLOW:
		complain(feed, N_("The server took longer than %s seconds."), "10");
		return;
	case NET_TOO_LARGE:
		complain(feed, N_("The file is larger than %s."), "1 MB");
		return;
	case NET_NOT_TRUSTED:
		complain(feed, N_("The certificate of the server is not valid for it."), "");
		return;
	case NET_UNREACHABLE:
		break;
	}
	complain(feed, N_("The server could not be reached. Is the address right, and open to everybody?"), "");
}

/* Of a file that is refused, what stopped the reading counts, and that came last. */
void
feed_found(struct feed *feed, const struct ical_found *found)
{
	size_t told = found->problem_count < ICAL_PROBLEMS_MAX ? found->problem_count : ICAL_PROBLEMS_MAX;
	const struct ical_problem *problem = &found->problems[found->is_broken && told > 0 ? told - 1 : 0];

	complain(feed, "", "");
	feed->left_out = found->problem_count;
	if (found->problem_count == 0)
		return;
	complain(feed, problem->text, problem->detail);
	feed->problem_line = problem->line;
}

void
feed_overflows(struct arena *arena, struct feed *feed)
{
	complain(feed, N_("A calendar can have at most %s holidays: take out those that are over."),
		arena_printf(arena, "%d", HOURS_HOLIDAYS_MAX));
}

/* What was left out of it still is, but which line that was is known only until the next failure. */
void
feed_unchanged(struct feed *feed)
{
	if (feed->failures > 0)
		complain(feed, "", "");
}

bool
feed_is_fresh(const struct feed *feed, clock_ms now)
{
	return (*feed->etag != '\0' || *feed->modified != '\0') && strcmp(feed->read_zone, feed->zone) == 0
		&& clock_date_of(feed->fetched_at / CLOCK_DAY).year == clock_date_of(now / CLOCK_DAY).year;
}

void
feed_tried(struct feed *feed, bool is_good, clock_ms now)
{
	clock_ms wait = FIRST_WAIT;
	uint64_t tries;

	feed->tried_at = now;
	feed->failures = is_good ? 0 : feed->failures + 1;
	for (tries = 1; tries < feed->failures && wait < EVERY; tries++)
		wait *= 2;
	feed->due_at = now + (is_good || wait > EVERY ? EVERY : wait);
	if (is_good)
		feed->fetched_at = now;
}
