/* SPDX-License-Identifier: BSD-2-Clause */
/* holiday_store.c - the rows of holiday and holiday_import. */
#include "rooms/hours/hours_store.h"

#define COLUMNS "id, calendar_id, name, first_day, last_day, kind, periods, yearly, import_id"

const char holiday_scope[] = "calendar_id IN (SELECT id FROM calendar WHERE tenant_id = ? AND agent_id = 0 AND deleted_at IS NULL)";

/* Yesterday at the latest is over in every zone of the world two days later. */
static const char *
day_over(struct arena *arena, clock_ms now)
{
	return clock_day_show(arena, now / CLOCK_DAY - 2);
}

enum got
holidays_of(struct db *db, struct arena *arena, tenant_id tenant, const struct hours_ids *calendars, clock_ms now,
	struct db_rows *holidays)
{
	const uint64_t *ids = calendars->ids;

	return db_all(db, arena, holiday_fields, sizeof(struct holiday), holidays, "SELECT " COLUMNS " FROM holiday"
		" WHERE tenant_id = ? AND calendar_id IN (?, ?, ?, ?) AND deleted_at IS NULL AND (yearly = 1 OR last_day >= ?)"
		" ORDER BY calendar_id, first_day, id", DB_ARGS(db_tenant(tenant), db_u64(ids[0]), db_u64(ids[1]), db_u64(ids[2]),
			db_u64(ids[3]), db_text(day_over(arena, now))));
}

enum got
holidays_of_company(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct db_rows *holidays)
{
	return db_all(db, arena, holiday_fields, sizeof(struct holiday), holidays, "SELECT " COLUMNS " FROM holiday"
		" WHERE tenant_id = ? AND calendar_id IN (SELECT id FROM calendar WHERE tenant_id = ? AND agent_id = 0 AND deleted_at IS NULL)"
		" AND deleted_at IS NULL AND (yearly = 1 OR last_day >= ?) ORDER BY calendar_id, first_day, id",
		DB_ARGS(db_tenant(tenant), db_tenant(tenant), db_text(day_over(arena, now))));
}

enum got
holidays_between(struct db *db, struct arena *arena, tenant_id tenant, clock_ms from, clock_ms to, struct db_rows *holidays)
{
	return db_all(db, arena, holiday_fields, sizeof(struct holiday), holidays, "SELECT " COLUMNS " FROM holiday"
		" WHERE tenant_id = ? AND deleted_at IS NULL AND (yearly = 1 OR (last_day >= ? AND first_day <= ?))"
		" ORDER BY calendar_id, first_day, id",
		DB_ARGS(db_tenant(tenant), db_text(day_over(arena, from)), db_text(clock_day_show(arena, to / CLOCK_DAY + 2))));
}

enum got
holidays_all(struct db *db, struct arena *arena, tenant_id tenant, uint64_t calendar, struct db_rows *holidays)
{
	return db_all(db, arena, holiday_fields, sizeof(struct holiday), holidays, "SELECT " COLUMNS " FROM holiday"
		" WHERE tenant_id = ? AND calendar_id = ? AND deleted_at IS NULL ORDER BY first_day, id",
		DB_ARGS(db_tenant(tenant), db_u64(calendar)));
}

enum got
holidays_count(struct db *db, tenant_id tenant, uint64_t calendar, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM holiday WHERE tenant_id = ? AND calendar_id = ? AND deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant), db_u64(calendar)), count);
}

enum got
holiday_insert(struct db *db, tenant_id tenant, struct holiday *holiday, clock_ms now)
{
	struct db_done done;
	enum got got = db_run(db, "INSERT INTO holiday (tenant_id, calendar_id, name, first_day, last_day, kind, periods, yearly, import_id,"
		" created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_u64(holiday->calendar_id), db_text(holiday->name), db_text(holiday->first_day),
			db_text(holiday->last_day), db_text(holiday->kind), db_text(holiday->periods), db_bool(holiday->yearly),
			db_u64(holiday->import_id), db_time(now), db_time(now)), &done);

	holiday->id = done.id;
	return got;
}

enum got
holiday_remove(struct db *db, tenant_id tenant, const struct holiday *holiday, clock_ms now)
{
	return db_run(db, "UPDATE holiday SET deleted_at = ? WHERE tenant_id = ? AND id = ? AND calendar_id = ? AND deleted_at IS NULL",
		DB_ARGS(db_time(now), db_tenant(tenant), db_u64(holiday->id), db_u64(holiday->calendar_id)), NULL);
}

static const struct field import_fields[] = {
	FIELD_U64(struct holiday_import, id, 0),
	FIELD_U64(struct holiday_import, calendar_id, 0),
	FIELD_TEXT(struct holiday_import, name, 0),
	FIELD_U64(struct holiday_import, holidays, 0),
	FIELD_TIME(struct holiday_import, created_at, 0),
	FIELD_END
};

enum got
import_insert(struct db *db, tenant_id tenant, struct holiday_import *import, clock_ms now)
{
	struct db_done done;
	enum got got = db_run(db, "INSERT INTO holiday_import (tenant_id, calendar_id, name, created_at) VALUES (?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_u64(import->calendar_id), db_text(import->name), db_time(now)), &done);

	import->id = done.id;
	return got;
}

enum got
imports_of(struct db *db, struct arena *arena, tenant_id tenant, uint64_t calendar, struct db_rows *imports)
{
	return db_all(db, arena, import_fields, sizeof(struct holiday_import), imports,
		"SELECT i.id, i.calendar_id, i.name, i.created_at, COUNT(h.id) AS holidays FROM holiday_import i"
		" LEFT JOIN holiday h ON h.tenant_id = i.tenant_id AND h.import_id = i.id AND h.deleted_at IS NULL"
		" WHERE i.tenant_id = ? AND i.calendar_id = ? AND i.is_feed = 0 GROUP BY i.id, i.calendar_id, i.name, i.created_at ORDER BY i.id",
		DB_ARGS(db_tenant(tenant), db_u64(calendar)));
}

enum got
import_remove(struct db *db, tenant_id tenant, const struct holiday_import *import, clock_ms now, uint64_t *count)
{
	struct db_done done = { 0 };
	enum got got = db_run(db, "DELETE FROM holiday_import WHERE tenant_id = ? AND id = ? AND calendar_id = ? AND is_feed = 0",
		DB_ARGS(db_tenant(tenant), db_u64(import->id), db_u64(import->calendar_id)), NULL);

	if (got != GOT_ONE)
		return got;
	got = db_run(db, "UPDATE holiday SET deleted_at = ? WHERE tenant_id = ? AND import_id = ? AND deleted_at IS NULL",
		DB_ARGS(db_time(now), db_tenant(tenant), db_u64(import->id)), &done);
	*count = done.changed;
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}
