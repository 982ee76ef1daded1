/* SPDX-License-Identifier: BSD-2-Clause */
/* calendar_store.c - the rows of calendar. */
#include "rooms/hours/hours_store.h"

enum got
calendar_lock(struct db *db, tenant_id tenant, uint64_t calendar)
{
	uint64_t id;

	return db_number(db, "SELECT id FROM calendar WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL FOR UPDATE",
		DB_ARGS(db_tenant(tenant), db_u64(calendar)), &id);
}

enum got
calendar_insert(struct db *db, tenant_id tenant, struct calendar *calendar, clock_ms now)
{
	struct db_done done;
	enum got got = db_run(db, "INSERT INTO calendar (tenant_id, name, time_zone, hours, agent_id, created_at, updated_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
		DB_ARGS(db_tenant(tenant), db_text(calendar->name), db_text(calendar->time_zone), db_text(calendar->hours),
			db_u64(calendar->agent_id), db_time(now), db_time(now)), &done);

	calendar->id = done.id;
	return got;
}

enum got
calendar_of_agent(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, struct calendar *calendar)
{
	if (agent == 0)
		return GOT_NONE;
	return db_one(db, arena, calendar_fields, calendar, "SELECT id, name, time_zone, hours, feed_url, agent_id, created_at, updated_at"
		" FROM calendar WHERE tenant_id = ? AND agent_id = ? AND deleted_at IS NULL", DB_ARGS(db_tenant(tenant), db_u64(agent)));
}

enum got
calendar_set_hours(struct db *db, tenant_id tenant, const struct calendar *calendar, clock_ms now)
{
	return db_run(db, "UPDATE calendar SET hours = ?, updated_at = ? WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL",
		DB_ARGS(db_text(calendar->hours), db_time(now), db_tenant(tenant), db_u64(calendar->id)), NULL);
}
