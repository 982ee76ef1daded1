/* SPDX-License-Identifier: BSD-2-Clause */
/* hours.h - calendars of working hours: whether a company, a queue and an agent are there now, and until when that holds.
 *
 * A calendar has several periods for each day of the week, exceptions (holidays) and a time zone. The company has one as its default
 * (settings/hours), a queue and an agent may have one (queue.calendar_id, agent.calendar_id), and an agent sets hours of his own under
 * "My availability" (a calendar with agent_id, which nobody else can choose). What holds is the intersection of all that there are;
 * without any, it is always open. docs/hours.md says how days on which the clocks change are counted.
 */
#ifndef HARK_ROOMS_HOURS_HOURS_H
#define HARK_ROOMS_HOURS_HOURS_H

#include "core/field.h"
#include "edge/db.h"
#include "web/job.h"
#include "web/resource.h"
#include "web/route.h"

struct calendar {
	uint64_t id;
	const char *name;
	const char *time_zone;           /* "" as the company, or for an agent's own as the agent */
	const char *hours;               /* the week, one period a line: hours_week_show() */
	const char *monday;              /* LOCAL: the same for people, "09:00-12:30, 13:30-17:00" */
	const char *tuesday;
	const char *wednesday;
	const char *thursday;
	const char *friday;
	const char *saturday;
	const char *sunday;
	const char *now;                 /* LOCAL: hours_say() */
	const char *feed_url;            /* an iCalendar file of holidays that is fetched once a day, or "" */
	uint64_t agent_id;               /* whose own it is; 0 is the company's */
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct resource calendar_resource;

/* Some days of a calendar that are not as its week says. */
struct holiday {
	uint64_t id;
	uint64_t calendar_id;
	const char *name;
	const char *first_day;           /* "2026-12-24", in the zone of the calendar */
	const char *last_day;            /* the same for one day; "" in a form */
	const char *kind;                /* closed, instead, within: enum hours_kind */
	const char *periods;             /* "09:00-12:00"; "" with kind closed */
	bool yearly;
	uint64_t import_id;              /* the file that it came from, or 0 */
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct resource holiday_resource;

/* The company's default. */
struct hours_setting {
	uint64_t calendar_id;
	bool for_chat;                   /* live chats keep to it; the hours of queues and agents hold for them always */
};
extern const struct resource hours_resource;

extern const struct job_kind hours_jobs[];       /* hours.feed, hours.feeds: holidays by subscription */
extern const struct route hours_routes[];        /* a calendar's holidays, imports and feed, GET /api/v1/hours */
extern const struct route availability_routes[]; /* "My availability", and an agent's for who manages people */

/* What holds at a moment. */
struct hours_state {
	bool is_open;
	bool chats_ring;                 /* so far as hours say: also outside of those of the company that chats do not keep to */
	clock_ms changes_at;             /* when that ends; 0: not within a year */
	const char *closed_by;           /* "company", "queue", "agent", "availability" (the agent's own hours); "" when open */
	const char *calendar;            /* the name of the calendar that is closed, or "" */
	const char *holiday;             /* the name of the exception that it has today, or "" */
};

/* Are the company, the queue and the agent (0: not asked) all there? GOT_NONE: there is no such queue or agent. Two indexed
 * statements. */
struct hours_who {
	tenant_id tenant;
	uint64_t queue;
	uint64_t agent;
};
enum got hours_state(struct db *db, struct arena *arena, const struct hours_who *who, clock_ms now, struct hours_state *state)
	MUST_USE;

/* For lists: what holds for each of the queues, with two statements for all of them. `states` has room for `count`. */
enum got hours_of_queues(struct req *r, const uint64_t *queues, size_t count, struct hours_state *states) MUST_USE;

/* Who is on duty: at whom chats may ring by themselves. What counts is the company's default where its setting says so, the queue's
 * hours, the agent's shift and his own hours; without any of these, always. */

/* The ids of the queue's agents who are on duty. Two indexed statements, one when nobody keeps hours. */
enum got hours_on_duty(struct db *db, struct arena *arena, const struct hours_who *who, clock_ms now, struct field_set *agents)
	MUST_USE;

/* When the next of the queue's agents is on duty: *next is `now` when somebody is, 0 when nobody will be within a year. What a queue
 * without agents keeps is its hours alone. */
enum got hours_next_duty(struct db *db, struct arena *arena, const struct hours_who *who, clock_ms now, clock_ms *next) MUST_USE;

/* Of each agent of the company whom any hours bind: those above, where an agent of several queues is on duty when one of them is open.
 * `duties` are struct hours_duty. At most four statements. */
struct hours_duty {
	uint64_t agent;
	bool is_on;
	clock_ms changes_at;             /* when on: until when it certainly stays so; else when it begins. 0: not within a year */
};
enum got hours_duties(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct db_rows *duties) MUST_USE;
/* The agent's among them; NULL for who keeps no hours. */
const struct hours_duty *hours_duty_of(const struct db_rows *duties, uint64_t agent);

/* "Open now, closes at 17:00", "Closed, opens: Monday 09:00 (Christmas Day); chats ring all the same": in the reader's language and in the zone in use. */
const char *hours_say(struct arena *arena, const struct hours_state *state, clock_ms now);

/* List.Note.{Text,Path,Label} where the company has hours to which its chats do not keep, with the way to the switch for who may use it.
 * GOT_ONE or GOT_ERROR. */
enum got hours_note(struct req *r) MUST_USE;

/* The agent's own hours as one line, "Always" without: for the agent's page. GOT_ONE or GOT_ERROR. */
enum got hours_of_agent_say(struct req *r, uint64_t agent, const char **line) MUST_USE;

/* The calendar "Working hours", Monday to Friday from 9 to 5, as the default of a new company; in the caller's transaction. */
enum got hours_start_tenant(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now) MUST_USE;

#endif
