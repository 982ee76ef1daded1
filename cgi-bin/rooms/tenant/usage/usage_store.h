/* SPDX-License-Identifier: BSD-2-Clause */
/* usage_store.h - counting what tenants use. */
#ifndef HARK_ROOMS_TENANT_USAGE_STORE_H
#define HARK_ROOMS_TENANT_USAGE_STORE_H

#include "rooms/tenant/tenant.h"

/* The first millisecond of the day, of the month (UTC). */
clock_ms usage_day_of(clock_ms moment);
/* Reads "2026-11-20" as a day of UTC. */
bool usage_day(const char *text, clock_ms *day);
clock_ms usage_month(clock_ms moment);

/* So many chats at once: the day's most is at least that. */
enum got usage_peak(struct db *db, tenant_id tenant, clock_ms now, uint64_t chats) MUST_USE;

/* Sets the figures of a day from the rows that there are; what is known as of now (agents, storage) only for today. */
enum got usage_set_day(struct db *db, tenant_id tenant, clock_ms day, bool is_today) MUST_USE;

/* Until when the figures of a tenant are complete. */
enum got usage_rolled_at(struct db *db, tenant_id tenant, clock_ms *at) MUST_USE;
enum got usage_set_rolled(struct db *db, tenant_id tenant, clock_ms at) MUST_USE;

/* Counts the bytes of all files anew, when that was not done since `before`. */
enum got usage_count_storage(struct db *db, tenant_id tenant, clock_ms before, clock_ms now) MUST_USE;

/* Ids of the tenants that are not being erased. */
struct usage_tenant {
	uint64_t id;
};
enum got usage_tenants(struct db *db, struct arena *arena, struct db_rows *tenants) MUST_USE;

#endif
