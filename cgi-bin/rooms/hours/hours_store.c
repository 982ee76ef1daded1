/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_store.c - which calendars hold for whom, and what a calendar is attached to. */
#include "rooms/hours/hours_store.h"

static const struct field source_fields[] = {
	FIELD_TEXT(struct hours_source, source, 0),
	FIELD_U64(struct hours_source, owner_id, 0),
	FIELD_U64(struct hours_source, calendar_id, 0),
	FIELD_TEXT(struct hours_source, name, 0),
	FIELD_TEXT(struct hours_source, time_zone, 0),
	FIELD_LONG_TEXT(struct hours_source, hours, 0),
	FIELD_BOOL(struct hours_source, spares_chats, 0),
	FIELD_END
};

/* The company's default: the setting is a JSON object, see resource_single_store(). */
#define OF_COMPANY "SELECT 'company' AS source, 0 AS owner_id, c.id AS calendar_id, c.name," \
	" COALESCE(NULLIF(c.time_zone, ''), t.time_zone) AS time_zone, c.hours," \
	" IFNULL(JSON_VALUE(s.value, '$.for_chat'), '0') <> '1' AS spares_chats FROM setting s" \
	" JOIN tenant t ON t.id = s.tenant_id" \
	" JOIN calendar c ON c.tenant_id = s.tenant_id AND c.id = CAST(JSON_VALUE(s.value, '$.calendar_id') AS UNSIGNED)" \
	" AND c.agent_id = 0 AND c.deleted_at IS NULL WHERE s.tenant_id = ? AND s.name = 'hours'"

enum got
hours_sources(struct db *db, struct arena *arena, const struct hours_who *who, struct db_rows *sources)
{
	const struct db_value tenant = db_tenant(who->tenant);

	return db_all(db, arena, source_fields, sizeof(struct hours_source), sources, OF_COMPANY
		" UNION ALL SELECT 'queue', q.id, c.id, c.name, COALESCE(NULLIF(c.time_zone, ''), t.time_zone), c.hours, 0 FROM queue q"
		" JOIN tenant t ON t.id = q.tenant_id"
		" LEFT JOIN calendar c ON c.tenant_id = q.tenant_id AND c.id = q.calendar_id AND c.deleted_at IS NULL"
		" WHERE q.tenant_id = ? AND q.id = ? AND q.deleted_at IS NULL"
		" UNION ALL SELECT 'agent', a.id, c.id, c.name, COALESCE(NULLIF(c.time_zone, ''), t.time_zone), c.hours, 0 FROM agent a"
		" JOIN tenant t ON t.id = a.tenant_id"
		" LEFT JOIN calendar c ON c.tenant_id = a.tenant_id AND c.id = a.calendar_id AND c.deleted_at IS NULL"
		" WHERE a.tenant_id = ? AND a.id = ? AND a.deleted_at IS NULL"
		" UNION ALL SELECT 'availability', a.id, c.id, c.name, COALESCE(NULLIF(c.time_zone, ''), NULLIF(a.time_zone, ''), t.time_zone),"
		" c.hours, 0 FROM agent a JOIN tenant t ON t.id = a.tenant_id"
		" JOIN calendar c ON c.tenant_id = a.tenant_id AND c.agent_id = a.id AND c.deleted_at IS NULL"
		" WHERE a.tenant_id = ? AND a.id = ?",
		DB_ARGS(tenant, tenant, db_u64(who->queue), tenant, db_u64(who->agent), tenant, db_u64(who->agent)));
}

enum got
hours_sources_of_queues(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *sources)
{
	return db_all(db, arena, source_fields, sizeof(struct hours_source), sources, OF_COMPANY
		" UNION ALL SELECT 'queue', q.id, c.id, c.name, COALESCE(NULLIF(c.time_zone, ''), t.time_zone), c.hours, 0 FROM queue q"
		" JOIN tenant t ON t.id = q.tenant_id"
		" JOIN calendar c ON c.tenant_id = q.tenant_id AND c.id = q.calendar_id AND c.deleted_at IS NULL"
		" WHERE q.tenant_id = ? AND q.deleted_at IS NULL", DB_ARGS(db_tenant(tenant), db_tenant(tenant)));
}

enum got
hours_sources_of_duty(struct db *db, struct arena *arena, tenant_id tenant, uint64_t queue, struct db_rows *sources)
{
	const struct db_value whose = db_tenant(tenant), of = db_u64(queue);

	return db_all(db, arena, source_fields, sizeof(struct hours_source), sources,
		OF_COMPANY " AND JSON_VALUE(s.value, '$.for_chat') = '1'"
		" UNION ALL SELECT 'queue', 0, c.id, c.name, COALESCE(NULLIF(c.time_zone, ''), t.time_zone), c.hours, 0 FROM queue q"
		" JOIN tenant t ON t.id = q.tenant_id"
		" JOIN calendar c ON c.tenant_id = q.tenant_id AND c.id = q.calendar_id AND c.deleted_at IS NULL"
		" WHERE q.tenant_id = ? AND q.id = ? AND q.deleted_at IS NULL"
		" UNION ALL SELECT 'agent', a.id, c.id, c.name, COALESCE(NULLIF(c.time_zone, ''), t.time_zone), c.hours, 0 FROM agent a"
		" JOIN tenant t ON t.id = a.tenant_id"
		" LEFT JOIN calendar c ON c.tenant_id = a.tenant_id AND c.id = a.calendar_id AND c.deleted_at IS NULL"
		" WHERE a.tenant_id = ? AND a.deleted_at IS NULL"
		" AND (? = 0 OR a.id IN (SELECT agent_id FROM queue_agent WHERE tenant_id = ? AND queue_id = ?))"
		" UNION ALL SELECT 'availability', a.id, c.id, c.name, COALESCE(NULLIF(c.time_zone, ''), NULLIF(a.time_zone, ''), t.time_zone),"
		" c.hours, 0 FROM agent a JOIN tenant t ON t.id = a.tenant_id"
		" JOIN calendar c ON c.tenant_id = a.tenant_id AND c.agent_id = a.id AND c.deleted_at IS NULL"
		" WHERE a.tenant_id = ? AND a.deleted_at IS NULL"
		" AND (? = 0 OR a.id IN (SELECT agent_id FROM queue_agent WHERE tenant_id = ? AND queue_id = ?))"
		" ORDER BY owner_id",
		DB_ARGS(whose, whose, of, whose, of, whose, of, whose, of, whose, of));
}

static const struct field place_fields[] = {
	FIELD_U64(struct hours_place, agent, 0),
	FIELD_U64(struct hours_place, queue, 0),
	FIELD_END
};

enum got
hours_places(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *places)
{
	return db_all(db, arena, place_fields, sizeof(struct hours_place), places, "SELECT w.agent_id AS agent, w.queue_id AS queue"
		" FROM queue_agent w JOIN queue q ON q.tenant_id = w.tenant_id AND q.id = w.queue_id AND q.for_chat = 1 AND q.deleted_at IS NULL"
		" WHERE w.tenant_id = ? ORDER BY w.agent_id, w.queue_id", DB_ARGS(db_tenant(tenant)));
}

static const struct field uses_fields[] = {
	FIELD_U64(struct calendar_uses, company, 0),
	FIELD_U64(struct calendar_uses, queues, 0),
	FIELD_U64(struct calendar_uses, agents, 0),
	FIELD_END
};

enum got
calendar_uses(struct db *db, struct arena *arena, tenant_id tenant, uint64_t calendar, struct calendar_uses *uses)
{
	const struct db_value whose = db_tenant(tenant), id = db_u64(calendar);

	return db_one(db, arena, uses_fields, uses, "SELECT"
		" (SELECT COUNT(*) FROM setting WHERE tenant_id = ? AND name = 'hours' AND CAST(JSON_VALUE(value, '$.calendar_id') AS UNSIGNED) = ?)"
		" AS company,"
		" (SELECT COUNT(*) FROM queue WHERE tenant_id = ? AND calendar_id = ? AND deleted_at IS NULL) AS queues,"
		" (SELECT COUNT(*) FROM agent WHERE tenant_id = ? AND calendar_id = ? AND deleted_at IS NULL) AS agents",
		DB_ARGS(whose, id, whose, id, whose, id));
}

static const struct field agent_fields[] = {
	FIELD_U64(struct hours_agent, id, 0),
	FIELD_TEXT(struct hours_agent, alias, 0),
	FIELD_TEXT(struct hours_agent, time_zone, 0),
	FIELD_END
};

enum got
hours_agent_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct hours_agent *agent)
{
	return db_one(db, arena, agent_fields, agent, "SELECT a.id, a.alias, COALESCE(NULLIF(a.time_zone, ''), t.time_zone) AS time_zone"
		" FROM agent a JOIN tenant t ON t.id = a.tenant_id WHERE a.tenant_id = ? AND a.id = ? AND a.deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant), db_u64(id)));
}
