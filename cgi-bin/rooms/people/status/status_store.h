/* SPDX-License-Identifier: BSD-2-Clause */
/* status_store.h - the log of statuses, as its page asks for it. */
#ifndef HARK_ROOMS_PEOPLE_STATUS_STATUS_STORE_H
#define HARK_ROOMS_PEOPLE_STATUS_STATUS_STORE_H

#include "rooms/people/people.h"

/* What of the log: 0 is everything. */
struct status_filter {
	uint64_t agent;
	clock_ms from;                   /* statuses that lasted beyond this moment … */
	clock_ms to;                     /* … and began before this one */
	clock_ms before_at;              /* older than this entry */
	uint64_t before_id;
	uint64_t most;
};

/* Newest first. */
enum got status_log_page(struct req *r, const struct status_filter *filter, struct db_rows *entries) MUST_USE;

/* The same, oldest first, row by row, without a limit. */
enum got status_log_stream(struct req *r, const struct status_filter *filter, db_each_row *each, void *arg) MUST_USE;

/* Removes what ended before. */
void status_log_sweep(struct sweep *sweep, tenant_id tenant, clock_ms before);

/* Companies that have a log, as struct presence_agent. */
enum got status_log_tenants(struct db *db, struct arena *arena, struct db_rows *tenants) MUST_USE;

/* Everybody who is in an away status, as struct presence_agent; their rows are locked. */
enum got away_status_agents(struct db *db, struct arena *arena, tenant_id tenant, uint64_t away, struct db_rows *agents) MUST_USE;

/* Live agents whose console is open, as struct presence_agent. */
enum got presence_open_consoles(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now,
	struct db_rows *agents) MUST_USE;

/* Live away statuses by name. */
enum got away_status_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *list) MUST_USE;

#endif
