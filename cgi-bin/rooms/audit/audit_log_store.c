/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_log_store.c - reading and clearing the audit log. */
#include "rooms/audit/audit_log_store.h"

#define KINDS_LOOK 5000          /* entries that are looked at for what the filter lets choose */

static const struct field row_fields[] = {
	FIELD_U64(struct audit_row, id, FIELD_KEY),
	FIELD_U64(struct audit_row, tenant_id, 0),
	FIELD_TEXT(struct audit_row, tenant_name, 0),
	FIELD_TIME(struct audit_row, at, 0),
	FIELD_TEXT(struct audit_row, actor_kind, 0),
	FIELD_U64(struct audit_row, actor_id, 0),
	FIELD_TEXT(struct audit_row, actor_name, 0),
	FIELD_TEXT(struct audit_row, address, 0),
	FIELD_TEXT(struct audit_row, action, 0),
	FIELD_TEXT(struct audit_row, noun, 0),
	FIELD_U64(struct audit_row, noun_id, 0),
	FIELD_TEXT(struct audit_row, noun_name, 0),
	FIELD_LONG_TEXT(struct audit_row, difference, 0),
	FIELD_END
};

static const struct field tenant_fields_of_log[] = {
	FIELD_U64(struct audit_tenant, tenant_id, 0),
	FIELD_END
};

/* The server drops the comparisons of constants before it chooses an index. */
#define FILTER " AND (? = 0 OR at >= ?) AND (? = 0 OR at < ?) AND (? = '' OR noun = ?)" \
	" AND (? = 0 OR noun_id = ?) AND (? = '' OR actor_kind = ?) AND (? = 0 OR actor_id = ?)" \
	" AND (? = '' OR action = ? OR SUBSTRING_INDEX(action, '.', -1) = ?)" \
	" AND (? = '' OR LOCATE(?, CONCAT_WS(' ', actor_name, noun_name, action, address, difference)) > 0)"
#define FILTER_VALUES(f) db_time((f)->from), db_time((f)->from), db_time((f)->to), db_time((f)->to), db_text((f)->noun), db_text((f)->noun), \
	db_u64((f)->noun_id), db_u64((f)->noun_id), db_text((f)->actor_kind), db_text((f)->actor_kind), db_u64((f)->actor_id), \
	db_u64((f)->actor_id), db_text((f)->action), db_text((f)->action), db_text((f)->action), db_text((f)->words), \
	db_text((f)->words), db_u64((f)->most)

#define ROW "tenant_id, id, at, actor_kind, actor_id, actor_name, address, action, noun, noun_id, noun_name, difference"

/* Down the key of a company's moments, which old days begin in the middle of. */
#define LIST "SELECT " ROW " FROM audit WHERE tenant_id = ? AND (? = 0 OR at < ? OR (at = ? AND id < ?))" FILTER " ORDER BY at DESC, id DESC LIMIT ?"
#define LIST_VALUES(tenant, before, f) db_tenant(tenant), db_u64(before), db_u64(before), db_u64(before), db_u64((f)->before_id), \
	FILTER_VALUES(f)

#define CONDITIONS " AND id < ?" FILTER
#define CONDITION_VALUES(f) db_u64((f)->before_id != 0 ? (f)->before_id : INT64_MAX), FILTER_VALUES(f)
#define NEWEST " ORDER BY id DESC LIMIT ?"

/* Each part goes down an index of its own and stops early; the whole is then small. */
#define HOST_LIST "SELECT a.*, IFNULL(t.name, '') AS tenant_name FROM (" \
	"(SELECT " ROW " FROM audit WHERE actor_kind = 'host' AND (? = 0 OR tenant_id = ?)" CONDITIONS NEWEST ")" \
	" UNION ALL (SELECT " ROW " FROM audit WHERE actor_kind = 'command' AND (? = 0 OR tenant_id = ?)" CONDITIONS NEWEST ")" \
	" UNION ALL (SELECT " ROW " FROM audit WHERE tenant_id = 0 AND ? = 0 AND actor_kind NOT IN ('host', 'command')" CONDITIONS NEWEST ")" \
	") a LEFT JOIN tenant t ON t.id = a.tenant_id ORDER BY a.id DESC LIMIT ?"

#define HOST_VALUES(tenant, f) db_tenant(tenant), db_tenant(tenant), CONDITION_VALUES(f), db_tenant(tenant), db_tenant(tenant), \
	CONDITION_VALUES(f), db_tenant(tenant), CONDITION_VALUES(f), db_u64((f)->most)

/* When the last entry of the page before was written; 0 for the first page. */
static enum got
before_moment(struct db *db, tenant_id tenant, uint64_t id, uint64_t *moment)
{
	*moment = 0;
	if (id == 0)
		return GOT_ONE;
	return db_number(db, "SELECT at FROM audit WHERE tenant_id = ? AND id <= ? ORDER BY id DESC LIMIT 1",
		DB_ARGS(db_tenant(tenant), db_u64(id)), moment);
}

enum got
audit_list(struct db *db, struct arena *arena, tenant_id tenant, const struct audit_filter *filter, struct db_rows *rows)
{
	uint64_t before;
	enum got got = before_moment(db, tenant, filter->before_id, &before);

	if (got != GOT_ONE)
		return got;
	return db_all(db, arena, row_fields, sizeof(struct audit_row), rows, LIST, DB_ARGS(LIST_VALUES(tenant, before, filter)));
}

enum got
audit_each(struct db *db, tenant_id tenant, const struct audit_filter *filter, db_each_row *each, void *arg)
{
	uint64_t before;
	enum got got = before_moment(db, tenant, filter->before_id, &before);

	if (got != GOT_ONE)
		return got;
	return db_stream(db, row_fields, sizeof(struct audit_row), LIST, DB_ARGS(LIST_VALUES(tenant, before, filter)), each, arg);
}

enum got
audit_host_list(struct db *db, struct arena *arena, tenant_id tenant, const struct audit_filter *filter, struct db_rows *rows)
{
	return db_all(db, arena, row_fields, sizeof(struct audit_row), rows, HOST_LIST, DB_ARGS(HOST_VALUES(tenant, filter)));
}

enum got
audit_host_each(struct db *db, tenant_id tenant, const struct audit_filter *filter, db_each_row *each, void *arg)
{
	return db_stream(db, row_fields, sizeof(struct audit_row), HOST_LIST, DB_ARGS(HOST_VALUES(tenant, filter)), each, arg);
}

enum got
audit_kinds_of(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *rows)
{
	return db_all(db, arena, row_fields, sizeof(struct audit_row), rows, "SELECT DISTINCT noun, action FROM"
		" (SELECT noun, action FROM audit WHERE tenant_id = ? ORDER BY id DESC LIMIT ?) AS newest ORDER BY noun, action",
		DB_ARGS(db_tenant(tenant), db_u64(KINDS_LOOK)));
}

enum got
audit_host_kinds(struct db *db, struct arena *arena, struct db_rows *rows)
{
	return db_all(db, arena, row_fields, sizeof(struct audit_row), rows, "SELECT DISTINCT noun, action FROM ("
		"(SELECT noun, action FROM audit WHERE actor_kind = 'host' ORDER BY id DESC LIMIT ?)"
		" UNION ALL (SELECT noun, action FROM audit WHERE actor_kind = 'command' ORDER BY id DESC LIMIT ?)"
		" UNION ALL (SELECT noun, action FROM audit WHERE tenant_id = 0 ORDER BY id DESC LIMIT ?)) AS newest ORDER BY noun, action",
		DB_ARGS(db_u64(KINDS_LOOK), db_u64(KINDS_LOOK), db_u64(KINDS_LOOK)));
}

void
audit_remove(struct sweep *sweep, tenant_id tenant, clock_ms before)
{
	sweep_rows(sweep, "DELETE FROM audit WHERE tenant_id = ? AND at < ? LIMIT " SWEEP_PORTION, DB_ARGS(db_tenant(tenant), db_time(before)));
}

enum got
audit_tenants(struct db *db, struct arena *arena, struct db_rows *tenants)
{
	return db_all(db, arena, tenant_fields_of_log, sizeof(struct audit_tenant), tenants,
		"SELECT DISTINCT tenant_id FROM audit ORDER BY tenant_id", DB_NO_ARGS);
}
