/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_log_store.c - reading and clearing the audit log. */
#include "rooms/audit/audit_log_store.h"

#define NOUNS_LOOK 5000          /* entries that are looked at for the filter's nouns */

static const struct field row_fields[] = {
	FIELD_U64(struct audit_row, id, FIELD_KEY),
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
#define LIST "SELECT id, at, actor_kind, actor_id, actor_name, address, action, noun, noun_id, noun_name, difference FROM audit" \
	" WHERE tenant_id = ? AND (? = 0 OR at < ? OR (at = ? AND id < ?)) AND (? = 0 OR at >= ?) AND (? = 0 OR at < ?) AND (? = '' OR noun = ?)" \
	" AND (? = 0 OR noun_id = ?) AND (? = '' OR actor_kind = ?) AND (? = 0 OR actor_id = ?)" \
	" AND (? = '' OR LOCATE(?, CONCAT_WS(' ', actor_name, noun_name, action, address, difference)) > 0)" \
	" ORDER BY at DESC, id DESC LIMIT ?"

#define LIST_VALUES(tenant, before, f) db_tenant(tenant), db_u64(before), db_u64(before), db_u64(before), db_u64((f)->before_id), \
	db_time((f)->from), db_time((f)->from), db_time((f)->to), db_time((f)->to), db_text((f)->noun), db_text((f)->noun), \
	db_u64((f)->noun_id), db_u64((f)->noun_id), db_text((f)->actor_kind), db_text((f)->actor_kind), db_u64((f)->actor_id), \
	db_u64((f)->actor_id), db_text((f)->words), db_text((f)->words), db_u64((f)->most)

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
audit_nouns(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *rows)
{
	return db_all(db, arena, row_fields, sizeof(struct audit_row), rows,
		"SELECT DISTINCT noun FROM (SELECT noun FROM audit WHERE tenant_id = ? ORDER BY id DESC LIMIT ?) AS newest ORDER BY noun",
		DB_ARGS(db_tenant(tenant), db_u64(NOUNS_LOOK)));
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
