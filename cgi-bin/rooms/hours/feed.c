/* SPDX-License-Identifier: BSD-2-Clause */
/* feed.c - a feed of holidays fetched, and its holidays made the calendar's: in one transaction with their audit entry. */
#include "rooms/hours/feed.h"

#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "rooms/hours/import.h"
#include "web/audit.h"

#define TIMEOUT (10 * CLOCK_SECOND)        /* for all addresses together */

/* A feed that is being fetched, and what came. */
struct fetching {
	struct job_run *run;
	struct feed *feed;
	const struct feed *was;          /* before it was fetched */
	struct net_answer answer;
	bool is_good;                    /* there is something to take over */
	bool is_same;                    /* as the file that was read before */
	bool is_outdated;                /* meanwhile the calendar is gone or has changed, or somebody wants it anew */
	struct ical_found found;
	const struct holiday **gone;     /* that it does not have any more */
	size_t gone_count;
	struct holiday *added;
	size_t added_count;
};

/* ---- orders ---- */

const struct throttle_rule feed_rule = { "hours.feed", 60, 10 * CLOCK_MINUTE };

static enum got
order_fetch(struct req *r, uint64_t calendar)
{
	const struct job_order order = { .tenant = r->tenant, .kind = "hours.feed", .subject = calendar, .due_at = r->now,
		.once = arena_printf(r->arena, "hours.feed.%llu", (unsigned long long)calendar) };

	return job_add(r->db, &order, r->now);
}

enum got
feed_saved(struct req *r, const struct calendar *before, const struct calendar *calendar)
{
	const char *old = before != NULL && before->feed_url != NULL ? before->feed_url : "";
	uint64_t retry_after = 0;
	enum got got;

	if (*calendar->feed_url == '\0')
		return *old != '\0' ? feed_end(r->db, r->tenant, calendar->id) : GOT_ONE;
	if (strcmp(old, calendar->feed_url) != 0)
		got = feed_begin(r->db, r->tenant, calendar->id, r->now);
	else
		got = feed_set_due(r->db, r->tenant, calendar->id, r->now);
	if (got != GOT_ERROR)
		got = throttle_count(r, &feed_rule, arena_printf(r->arena, "%llu", (unsigned long long)r->tenant.id), &retry_after);
	if (got == GOT_NONE)
		return GOT_ONE;
	return got == GOT_ONE ? order_fetch(r, calendar->id) : got;
}

enum got
feed_own_changed(struct req *r, uint64_t calendar)
{
	return feed_set_due(r->db, r->tenant, calendar, r->now) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

struct soon {
	struct req *r;
	uint64_t calendar;
};

static enum got
soon_work(struct db *db, void *arg)
{
	const struct soon *soon = arg;
	enum got got = feed_set_due(db, soon->r->tenant, soon->calendar, soon->r->now);

	return got == GOT_ONE ? order_fetch(soon->r, soon->calendar) : got;
}

enum got
feed_fetch_soon(struct req *r, uint64_t calendar)
{
	struct soon soon = { r, calendar };

	return db_transaction(r->db, soon_work, &soon);
}

/* ---- fetching ---- */

static enum got
ask(struct fetching *fetching, const char *url, clock_ms deadline)
{
	const struct job_run *run = fetching->run;
	const struct feed *feed = fetching->feed;
	const char *authority = net_authority(run->arena, url);
	const clock_ms left = deadline - clock_steady();
	struct net_request request = { .url = url, .proxy = run->conf->outgoing_proxy, .most = ICAL_BYTES_MAX, .timeout = left,
		.headers = { "Accept: text/calendar, text/plain;q=0.5, */*;q=0.1", "User-Agent: Hark" } };
	const bool is_fresh = feed_is_fresh(feed, run->now);
	size_t headers = 2;

	fetching->answer = (struct net_answer){ .failure = left > 0 ? NET_UNREACHABLE : NET_TOO_SLOW, .problem = "not asked" };
	if (authority == NULL || left <= 0)
		return GOT_NONE;
	request.may_be_private = conf_names(run->arena, run->conf->feeds_private, authority);
	if (*feed->etag != '\0' && is_fresh)
		request.headers[headers++] = arena_printf(run->arena, "If-None-Match: %s", feed->etag);
	if (*feed->modified != '\0' && is_fresh)
		request.headers[headers] = arena_printf(run->arena, "If-Modified-Since: %s", feed->modified);
	return net_send(run->arena, &request, &fetching->answer);
}

/* From one address to the next, each looked at as the first. False: nothing came, and the feed says why. */
static bool
get_file(struct fetching *fetching)
{
	const clock_ms deadline = clock_steady() + TIMEOUT;
	struct feed *feed = fetching->feed;
	const struct net_answer *answer = &fetching->answer;
	const char *url = feed->url;
	size_t hops;

	for (hops = 0; hops < FEED_HOPS; hops++) {
		if (ask(fetching, url, deadline) != GOT_ONE) {
			log_info("hours", "the feed of calendar %llu: %s", (unsigned long long)feed->calendar_id, answer->problem);
			feed_failed(feed, answer->failure);
			return false;
		}
		if (!feed_is_redirect(answer->status) || answer->redirect == NULL || !feed_may_follow(url, answer->redirect))
			break;
		url = answer->redirect;
	}
	fetching->is_same = answer->status == 304 && feed_is_fresh(feed, fetching->run->now);
	if (answer->status == 200 || fetching->is_same)
		return true;
	feed_refused(fetching->run->arena, feed, answer->status);
	return false;
}

static bool
read_file(struct fetching *fetching)
{
	struct feed *feed = fetching->feed;
	const struct net_answer *answer = &fetching->answer;
	const struct ical_input input = { .text = answer->body != NULL ? answer->body : "", .len = answer->len, .zone = feed->zone,
		.now = fetching->run->now };

	if (fetching->is_same) {
		feed_unchanged(feed);
		return true;
	}
	ical_read(fetching->run->arena, &input, &fetching->found);
	feed_found(feed, &fetching->found);
	if (fetching->found.is_broken)
		return false;
	feed->read_zone = feed->zone;
	feed->etag = answer->etag != NULL ? answer->etag : "";
	feed->modified = answer->modified != NULL ? answer->modified : "";
	return true;
}

/* ---- comparing ---- */

/* Equal ones: stay when the file has them and they are not the calendar's own already. */
static void
compare_equal(struct fetching *fetching, const struct holiday *equal, size_t count)
{
	const struct holiday *wanted = NULL, *kept = NULL;
	bool is_own = false;
	size_t i;

	for (i = 0; i < count; i++) {
		is_own = is_own || (equal[i].id != 0 && equal[i].import_id != fetching->feed->id);
		if (equal[i].id == 0)
			wanted = &equal[i];
	}
	for (i = 0; i < count; i++) {
		if (equal[i].id == 0 || equal[i].import_id != fetching->feed->id)
			continue;
		if (wanted != NULL && !is_own && kept == NULL)
			kept = &equal[i];
		else
			fetching->gone[fetching->gone_count++] = &equal[i];
	}
	if (wanted != NULL && !is_own && kept == NULL)
		fetching->added[fetching->added_count++] = *wanted;
}

/* False: they are more than a calendar may have, and the feed says so. */
static bool
compare(struct fetching *fetching, const struct db_rows *old)
{
	struct arena *arena = fetching->run->arena;
	const struct ical_found *found = &fetching->found;
	struct holiday *all = ARENA_ARRAY(arena, struct holiday, old->count + found->count);
	size_t i, first, count = old->count;

	fetching->gone = ARENA_ARRAY(arena, const struct holiday *, old->count);
	fetching->added = ARENA_ARRAY(arena, struct holiday, found->count);
	fetching->gone_count = fetching->added_count = 0;
	if (count > 0)
		memcpy(all, old->rows, count * sizeof(*all));
	for (i = 0; i < found->count; i++)
		all[count++] = holiday_from(arena, fetching->feed->calendar_id, &found->list[i]);
	qsort(all, count, sizeof(*all), holiday_order);
	for (first = 0; first < count; first = i) {
		for (i = first; i < count && holiday_order(&all[i], &all[first]) == 0; i++)
			continue;
		compare_equal(fetching, &all[first], i - first);
	}
	return old->count + fetching->added_count - fetching->gone_count <= HOURS_HOLIDAYS_MAX;
}

/* ---- storing ---- */

static enum got
audit_change(struct db *db, const struct fetching *fetching)
{
	const struct feed *feed = fetching->feed;
	struct arena *arena = fetching->run->arena;
	struct req r = { .arena = arena, .db = db, .now = fetching->run->now, .tenant = { feed->tenant_id },
		.actor = { .kind = ACTOR_SYSTEM, .name = "hark-jobs" } };
	struct json *object = json_new_object(arena), *pair = json_new_array(arena);
	struct audit_entry entry = { .action = "calendar.feed", .noun = "calendar", .noun_id = feed->calendar_id, .noun_name = feed->calendar };

	json_add_text(pair, arena_printf(arena, "%llu", (unsigned long long)feed->holidays));
	json_add_text(pair, arena_printf(arena, "%llu",
		(unsigned long long)(feed->holidays + fetching->added_count - fetching->gone_count)));
	json_set(object, "holidays", pair);
	entry.difference = json_text(arena, object);
	return audit_write(&r, &entry);
}

static enum got
store_change(struct db *db, struct fetching *fetching)
{
	const tenant_id tenant = { fetching->feed->tenant_id };
	size_t i;

	for (i = 0; i < fetching->gone_count; i++)
		if (feed_holiday_remove(db, fetching->feed, fetching->gone[i]->id) == GOT_ERROR)
			return GOT_ERROR;
	for (i = 0; i < fetching->added_count; i++) {
		fetching->added[i].import_id = fetching->feed->id;
		if (holiday_insert(db, tenant, &fetching->added[i], fetching->run->now) != GOT_ONE)
			return GOT_ERROR;
	}
	return GOT_ONE;
}

/* GOT_NONE: too many, nothing was changed. */
static enum got
take_over(struct db *db, struct fetching *fetching)
{
	const struct job_run *run = fetching->run;
	struct db_rows old = { 0 };

	if (holidays_all(db, run->arena, run->tenant, fetching->feed->calendar_id, &old) == GOT_ERROR)
		return GOT_ERROR;
	if (!compare(fetching, &old))
		return GOT_NONE;
	if (store_change(db, fetching) != GOT_ONE)
		return GOT_ERROR;
	return fetching->added_count + fetching->gone_count == 0 ? GOT_ONE : audit_change(db, fetching);
}

static bool
is_as_it_was(const struct feed *was, const struct feed *now)
{
	return strcmp(was->url, now->url) == 0 && strcmp(was->zone, now->zone) == 0 && was->due_at == now->due_at;
}

static enum got
take_work(struct db *db, void *arg)
{
	struct fetching *fetching = arg;
	struct feed now = { .id = 0 };
	enum got got = feed_lock(db, fetching->run->arena, fetching->feed, &now);

	fetching->is_outdated = got == GOT_NONE || (got == GOT_ONE && !is_as_it_was(fetching->was, &now));
	if (got != GOT_ONE || fetching->is_outdated)
		return got == GOT_ERROR ? GOT_ERROR : GOT_NONE;
	if (fetching->is_good && !fetching->is_same)
		got = take_over(db, fetching);
	return got == GOT_ONE ? feed_note(db, fetching->feed) : got;
}

enum got
feed_fetch(struct job_run *run, struct feed *feed)
{
	const struct feed was = *feed;
	struct fetching fetching = { .run = run, .feed = feed, .was = &was };
	enum got got;

	fetching.is_good = get_file(&fetching) && read_file(&fetching);
	feed_tried(feed, fetching.is_good, run->now);
	got = db_transaction(run->db, take_work, &fetching);
	if (got != GOT_NONE || fetching.is_outdated)
		return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;      /* it is still due, so another job comes */
	*feed = was;
	fetching.is_good = false;
	feed_overflows(run->arena, feed);
	feed_tried(feed, false, run->now);
	return db_transaction(run->db, take_work, &fetching);
}
