/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_store.h - calendars, their holidays and imports, and what they are attached to. */
#ifndef HARK_ROOMS_HOURS_HOURS_STORE_H
#define HARK_ROOMS_HOURS_HOURS_STORE_H

#include "rooms/hours/hours.h"

#define HOURS_HOLIDAYS_MAX 2000        /* of one calendar */

extern const struct field calendar_fields[];
extern const struct field holiday_fields[];

/* A calendar in the place where it is attached. */
struct hours_source {
	const char *source;              /* hours_state.closed_by */
	uint64_t owner_id;               /* the queue or the agent */
	uint64_t calendar_id;            /* 0: the queue or agent has none */
	const char *name;
	const char *time_zone;           /* never "" */
	const char *hours;
	bool spares_chats;               /* the company's, and live chats do not keep to them */
};

/* What holds for somebody: a row for the company's default when there is one, for the queue and for the agent (also without a
 * calendar), and for the agent's own hours when there are any. */
enum got hours_sources(struct db *db, struct arena *arena, const struct hours_who *who, struct db_rows *sources) MUST_USE;
/* The company's default, and a row for each queue that has a calendar. */
enum got hours_sources_of_queues(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *sources) MUST_USE;

/* What counts for chats, by owner_id: first the company's default where its setting says so, and the queue's, both with owner_id 0; then
 * for each agent of the queue (queue 0: of the company) a row of his shift, also without a calendar, and one of his own hours when there
 * are any. */
enum got hours_sources_of_duty(struct db *db, struct arena *arena, tenant_id tenant, uint64_t queue, struct db_rows *sources)
	MUST_USE;

/* Who works in which queue for chats, by agent. */
struct hours_place {
	uint64_t agent;
	uint64_t queue;
};
enum got hours_places(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *places) MUST_USE;

/* The holidays of up to four calendars (0: none) that are still to come or yearly, by calendar and day. */
struct hours_ids {
	uint64_t ids[4];
};
enum got holidays_of(struct db *db, struct arena *arena, tenant_id tenant, const struct hours_ids *calendars, clock_ms now,
	struct db_rows *holidays) MUST_USE;
/* The same for all calendars of the company. */
enum got holidays_of_company(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct db_rows *holidays) MUST_USE;
/* Those of all calendars, also of agents, that may have a part in the time between two moments. */
enum got holidays_between(struct db *db, struct arena *arena, tenant_id tenant, clock_ms from, clock_ms to, struct db_rows *holidays)
	MUST_USE;
/* All of one calendar, also past ones. */
enum got holidays_all(struct db *db, struct arena *arena, tenant_id tenant, uint64_t calendar, struct db_rows *holidays) MUST_USE;

/* How many it has. */
enum got holidays_count(struct db *db, tenant_id tenant, uint64_t calendar, uint64_t *count) MUST_USE;
/* Its days: problems beside them, and the last day when it is empty. */
void holiday_check_days(struct req *r, struct form *form, struct holiday *holiday);
/* A problem of the form when so many more are too many. */
void holiday_check_room(struct req *r, struct form *form, uint64_t calendar, size_t more);

/* The condition on holidays whose calendar is the company's and not deleted; its one value is the tenant. */
extern const char holiday_scope[];

/* How many queues and agents a calendar is attached to, and the company's default. */
struct calendar_uses {
	uint64_t company;
	uint64_t queues;
	uint64_t agents;
};
enum got calendar_uses(struct db *db, struct arena *arena, tenant_id tenant, uint64_t calendar, struct calendar_uses *uses) MUST_USE;

/* Holds it until the end of the transaction. GOT_NONE: it is gone. */
enum got calendar_lock(struct db *db, tenant_id tenant, uint64_t calendar) MUST_USE;
/* Sets its id. One of the same owner and name that is there already stays as it is, and its id is set: two requests may make the first
 * hours of an agent at once. */
enum got calendar_insert(struct db *db, tenant_id tenant, struct calendar *calendar, clock_ms now) MUST_USE;

/* The name and zone of an agent; GOT_NONE when there is no such live one. */
struct hours_agent {
	uint64_t id;
	const char *alias;
	const char *time_zone;           /* never "": the company's when the agent has none */
};
enum got hours_agent_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct hours_agent *agent) MUST_USE;
/* The agent's own calendar. */
enum got calendar_of_agent(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, struct calendar *calendar) MUST_USE;
enum got calendar_set_hours(struct db *db, tenant_id tenant, const struct calendar *calendar, clock_ms now) MUST_USE;

enum got holiday_insert(struct db *db, tenant_id tenant, struct holiday *holiday, clock_ms now) MUST_USE;
/* GOT_NONE: the calendar has no such holiday. */
enum got holiday_remove(struct db *db, tenant_id tenant, const struct holiday *holiday, clock_ms now) MUST_USE;

/* A file that was read. */
struct holiday_import {
	uint64_t id;
	uint64_t calendar_id;
	const char *name;
	uint64_t holidays;               /* how many of it are still there */
	clock_ms created_at;
};
enum got import_insert(struct db *db, tenant_id tenant, struct holiday_import *import, clock_ms now) MUST_USE;
enum got imports_of(struct db *db, struct arena *arena, tenant_id tenant, uint64_t calendar, struct db_rows *imports) MUST_USE;
/* Takes out what is left of it; *count is how many holidays. GOT_NONE: the calendar has no such import. */
enum got import_remove(struct db *db, tenant_id tenant, const struct holiday_import *import, clock_ms now, uint64_t *count) MUST_USE;

#endif
