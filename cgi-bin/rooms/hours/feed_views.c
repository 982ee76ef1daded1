/* SPDX-License-Identifier: BSD-2-Clause */
/* feed_views.c - what came of a calendar's subscription, in words for its page. */
#include "core/text.h"
#include "edge/locale.h"
#include "edge/locale_date.h"
#include "rooms/hours/feed.h"

static const char *
number(struct req *r, uint64_t value)
{
	return arena_printf(r->arena, "%llu", (unsigned long long)value);
}

/* "Line 7: an event has no DTSTART". */
static const char *
problem_say(struct req *r, const struct feed *feed)
{
	const char *said = locale_fill(r->arena, feed->problem, feed->problem_detail);

	if (feed->problem_line == 0)
		return said;
	return arena_printf(r->arena, "%s%s %s", locale_fill(r->arena, N_("Line %s"), number(r, feed->problem_line)), locale_text(N_(":")), said);
}

static void
failure_show(struct req *r, struct page_node *node, const struct feed *feed)
{
	page_set(node, "Problem", problem_say(r, feed));
	page_set(node, "Failed", locale_fill(r->arena, N_("The subscribed holidays could not be fetched on %s."),
		locale_moment(r->arena, feed->tried_at)));
	page_set(node, "Kept", feed->fetched_at != 0 ? locale_text(N_("Those that were fetched before stay as they are."))
		: locale_text(N_("None were fetched yet.")));
	page_set(node, "Next", locale_fill(r->arena, N_("Next try: %s"), locale_moment(r->arena, feed->due_at)));
}

void
feed_show(struct req *r, const struct feed *feed)
{
	struct page_node *node = page_child(page_child(r->page, "Hours"), "Feed");

	page_set_bool(node, "Is", true);
	page_set_bool(node, "Pending", feed->due_at <= r->now);
	if (feed->fetched_at != 0) {
		page_set(node, "Count", locale_fill(r->arena, locale_plural("%s holiday by subscription", "%s holidays by subscription",
			feed->holidays), number(r, feed->holidays)));
		page_set(node, "Fetched", locale_fill(r->arena, N_("fetched on %s"), locale_moment(r->arena, feed->fetched_at)));
	}
	if (feed->failures > 0)
		failure_show(r, node, feed);
	else if (feed->left_out > 0) {
		page_set(node, "Left", locale_fill(r->arena, locale_plural("%s thing in the file could not be read and was left out.",
			"%s things in the file could not be read and were left out.", feed->left_out), number(r, feed->left_out)));
		if (!text_is_blank(feed->problem))
			page_set(node, "Problem", problem_say(r, feed));
	}
}
