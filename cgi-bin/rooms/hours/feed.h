/* SPDX-License-Identifier: BSD-2-Clause */
/* feed.h - a calendar's holidays by subscription: an iCalendar file at an address, fetched once a day.
 *
 * What is fetched replaces what the same calendar's feed gave before; holidays of its own stay, and of two equal ones the own one.
 * A file that does not come, is no iCalendar or ends in its middle changes nothing: it is tried again. Single events that cannot be
 * understood are left out and told of, because nobody sits before the form.
 */
#ifndef HARK_ROOMS_HOURS_FEED_H
#define HARK_ROOMS_HOURS_FEED_H

#include "edge/net.h"
#include "rooms/hours/hours_store.h"
#include "rooms/hours/ical.h"
#include "web/job.h"
#include "web/throttle.h"

#define FEED_URL_MAX 1000
#define FEED_CALENDARS_MAX 50          /* of a company */
#define FEED_HOPS 4                    /* addresses that are asked, with those that others point to */

/* The feed of a calendar: what the calendar says, and what came of it so far. */
struct feed {
	uint64_t tenant_id;
	uint64_t id;                     /* holiday.import_id of its holidays */
	uint64_t calendar_id;
	const char *calendar;            /* the name */
	const char *url;
	const char *zone;                /* never "" */
	const char *read_zone;           /* in which the file was read; "": never */
	const char *etag;
	const char *modified;
	clock_ms due_at;
	clock_ms tried_at;               /* 0: never */
	clock_ms fetched_at;             /* 0: never */
	uint64_t failures;               /* since then */
	uint64_t left_out;
	const char *problem;             /* a message id with at most one %s for the detail; "" for none. Of the last failure, or of the first
	                                  * thing that was left out */
	const char *problem_detail;
	uint64_t problem_line;           /* of the file; 0: not of a line */
	uint64_t holidays;               /* how many it gives */
};

/* ---- rules ---- */

/* The address as it is kept: without spaces around it, and https for webcal, by which calendars are offered to programs on a desk. */
const char *feed_address(struct arena *arena, const char *typed);
/* May one that answers from `from` point to `to`? Only to http and https, and not out of https. */
bool feed_may_follow(const char *from, const char *to);
bool feed_is_redirect(int status);

/* What went wrong, as `problem` says it. */
void feed_refused(struct arena *arena, struct feed *feed, int status);
void feed_failed(struct feed *feed, enum net_failure failure);
void feed_found(struct feed *feed, const struct ical_found *found);

void feed_overflows(struct arena *arena, struct feed *feed);
void feed_unchanged(struct feed *feed);

/* May the server say that the file is as it was? Only of one that was read in the same year, because rules give days of a few years, and
 * in the same zone. */
bool feed_is_fresh(const struct feed *feed, clock_ms now);

/* Notes that it went well or not, and when to try again: in a day, or after 15 minutes, 30 minutes … at most a day. */
void feed_tried(struct feed *feed, bool is_good, clock_ms now);

/* ---- the rows ---- */

/* GOT_NONE: the calendar is gone or has no feed. */
enum got feed_of(struct db *db, struct arena *arena, tenant_id tenant, uint64_t calendar, struct feed *feed) MUST_USE;
/* The address has changed or is new: what is known of the old file holds no more, but its holidays stay until the new one comes. */
enum got feed_begin(struct db *db, tenant_id tenant, uint64_t calendar, clock_ms now) MUST_USE;
/* Takes out the feed with its holidays. GOT_ONE or GOT_ERROR. */
enum got feed_end(struct db *db, tenant_id tenant, uint64_t calendar) MUST_USE;
/* To be fetched and read again whatever the server says of it. */
enum got feed_set_due(struct db *db, tenant_id tenant, uint64_t calendar, clock_ms at) MUST_USE;
/* The url, the zone and due_at that a feed has now, held with its calendar until the end of the transaction. GOT_NONE: as feed_of(). */
enum got feed_lock(struct db *db, struct arena *arena, const struct feed *feed, struct feed *now) MUST_USE;
enum got feed_note(struct db *db, const struct feed *feed) MUST_USE;
enum got feed_holiday_remove(struct db *db, const struct feed *feed, uint64_t holiday) MUST_USE;
/* Is that the number of a feed, and not of a file that somebody brought? */
enum got feed_is(struct db *db, tenant_id tenant, uint64_t import, bool *is_feed) MUST_USE;
/* How many other calendars have one. */
enum got feeds_count(struct db *db, tenant_id tenant, uint64_t but, uint64_t *count) MUST_USE;
/* Those of companies at work, first the one that waits longest: tenant_id and calendar_id. */
enum got feeds_due(struct db *db, struct arena *arena, clock_ms now, struct db_rows *feeds) MUST_USE;

/* ---- doing it ---- */

/* How often a company may have feeds fetched besides the daily time. */
extern const struct throttle_rule feed_rule;

/* After a calendar was saved, in its transaction: it is fetched at once, or after too many of that by the timer. */
enum got feed_saved(struct req *r, const struct calendar *before, const struct calendar *calendar) MUST_USE;
/* After holidays of the calendar's own were changed or taken out, in their transaction: equal ones of the file, which were left out, may
 * count now. The timer fetches it. */
enum got feed_own_changed(struct req *r, uint64_t calendar) MUST_USE;
/* Makes it due now, with a job. GOT_NONE: there is none. */
enum got feed_fetch_soon(struct req *r, uint64_t calendar) MUST_USE;
/* Fetches it and takes over what it says. GOT_ONE also when that failed: the row says so. */
enum got feed_fetch(struct job_run *run, struct feed *feed) MUST_USE;

/* Hours.Feed.{Is,Pending,Count,Fetched,Failed,Problem,Kept,Next,Left}: in the zone in use. */
void feed_show(struct req *r, const struct feed *feed);

#endif
