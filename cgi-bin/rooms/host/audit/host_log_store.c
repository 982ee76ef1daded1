/* SPDX-License-Identifier: BSD-2-Clause */
/* host_log_store.c - the audit log as the host reads it. */
#include "rooms/host/host.h"

static const struct field log_fields[] = {
	FIELD_U64(struct host_log, id, 0),
	FIELD_TIME(struct host_log, at, 0),
	FIELD_U64(struct host_log, tenant_id, 0),
	FIELD_TEXT(struct host_log, tenant_name, 0),
	FIELD_TEXT(struct host_log, actor_kind, 0),
	FIELD_TEXT(struct host_log, actor_name, 0),
	FIELD_TEXT(struct host_log, address, 0),
	FIELD_TEXT(struct host_log, action, 0),
	FIELD_TEXT(struct host_log, noun_name, 0),
	FIELD_LONG_TEXT(struct host_log, difference, 0),
	FIELD_END
};

#define LOG_SELECT "SELECT a.id, a.at, a.tenant_id, IFNULL(t.name, '') AS tenant_name, a.actor_kind, a.actor_name, a.address, a.action," \
	" a.noun_name, a.difference"

/* Each part goes down an index of its own and stops early; the whole is then small. */
enum got
host_log_read(struct db *db, struct arena *arena, const struct host_log_query *query, struct db_rows *entries)
{
	const uint64_t before = query->before != 0 ? query->before : INT64_MAX;

	if (query->tenant != 0)
		return db_all(db, arena, log_fields, sizeof(struct host_log), entries, LOG_SELECT
			" FROM audit a LEFT JOIN tenant t ON t.id = a.tenant_id"
			" WHERE a.tenant_id = ? AND a.actor_kind IN ('host', 'command') AND a.id < ? ORDER BY a.id DESC LIMIT ?",
			DB_ARGS(db_u64(query->tenant), db_u64(before), db_u64(query->most)));
	return db_all(db, arena, log_fields, sizeof(struct host_log), entries, LOG_SELECT
		" FROM ((SELECT h.* FROM audit h WHERE h.actor_kind = 'host' AND h.id < ? ORDER BY h.id DESC LIMIT ?)"
		" UNION (SELECT c.* FROM audit c WHERE c.actor_kind = 'command' AND c.id < ? ORDER BY c.id DESC LIMIT ?)"
		" UNION (SELECT i.* FROM audit i WHERE i.tenant_id = 0 AND i.id < ? ORDER BY i.id DESC LIMIT ?)) a"
		" LEFT JOIN tenant t ON t.id = a.tenant_id ORDER BY a.id DESC LIMIT ?",
		DB_ARGS(db_u64(before), db_u64(query->most), db_u64(before), db_u64(query->most), db_u64(before), db_u64(query->most),
			db_u64(query->most)));
}
