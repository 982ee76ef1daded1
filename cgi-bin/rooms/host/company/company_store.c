/* SPDX-License-Identifier: BSD-2-Clause */
/* company_store.c - statements over all tenants: the host's list, and what they used. */
#include "rooms/host/company/company_store.h"

#include <string.h>

#include "core/text.h"
#include "web/resource_sql.h"

#define TENANT_FIELD(kind, member) \
	{ .name = #member, .type = (kind), .offset = offsetof(struct company, tenant) + offsetof(struct tenant, member) }

static const struct field company_fields[] = {
	TENANT_FIELD(FIELD_TYPE_U64, id),
	TENANT_FIELD(FIELD_TYPE_TEXT, code),
	TENANT_FIELD(FIELD_TYPE_TEXT, name),
	TENANT_FIELD(FIELD_TYPE_TEXT, external_id),
	TENANT_FIELD(FIELD_TYPE_TEXT, state),
	TENANT_FIELD(FIELD_TYPE_TEXT, state_reason),
	TENANT_FIELD(FIELD_TYPE_TEXT, locale),
	TENANT_FIELD(FIELD_TYPE_TEXT, time_zone),
	TENANT_FIELD(FIELD_TYPE_TEXT, plan_code),
	TENANT_FIELD(FIELD_TYPE_TIME, suspended_at),
	TENANT_FIELD(FIELD_TYPE_TIME, delete_at),
	TENANT_FIELD(FIELD_TYPE_TIME, created_at),
	FIELD_TEXT(struct company, plan_name, 0),
	FIELD_U64(struct company, agents, 0),
	FIELD_U64(struct company, chats, 0),
	FIELD_U64(struct company, storage_bytes, 0),
	FIELD_END
};

#define COMPANY_WHERE " WHERE (? = '' OR t.code LIKE ? ESCAPE '!' OR t.name LIKE ? ESCAPE '!'" \
	" OR t.external_id COLLATE utf8mb4_unicode_520_ci LIKE ? ESCAPE '!')" \
	" AND (? = '' OR t.state = ?) AND (? = '' OR p.code = ?)"

/* The sums are made for the rows of the page only: they stand behind the LIMIT. */
#define COMPANY_SELECT(order) "SELECT t.id, t.code, t.name, t.external_id, t.state, t.state_reason, t.locale, t.time_zone," \
	" p.code AS plan_code, p.name AS plan_name, t.suspended_at, t.delete_at, t.created_at," \
	" (SELECT COUNT(*) FROM agent a WHERE a.tenant_id = t.id AND a.deleted_at IS NULL) AS agents," \
	" (SELECT SUM(b.chats) FROM agent b WHERE b.tenant_id = t.id) AS chats," \
	" (SELECT l.storage_bytes FROM tenant_load l WHERE l.tenant_id = t.id) AS storage_bytes" \
	" FROM tenant t JOIN plan p ON p.id = t.plan_id" COMPANY_WHERE " ORDER BY " order ", t.id LIMIT ? OFFSET ?"

static const struct {
	const char *sort;
	const char *sql;
} orders[] = {
	{ "code", COMPANY_SELECT("t.code") }, { "-code", COMPANY_SELECT("t.code DESC") },
	{ "name", COMPANY_SELECT("t.name") }, { "-name", COMPANY_SELECT("t.name DESC") },
	{ "state", COMPANY_SELECT("t.state") }, { "-state", COMPANY_SELECT("t.state DESC") },
	{ "created_at", COMPANY_SELECT("t.created_at") }, { "-created_at", COMPANY_SELECT("t.created_at DESC") }
};

static const char *
order_of(const char *sort)
{
	size_t i;

	for (i = 0; i < COUNT_OF(orders); i++)
		if (strcmp(orders[i].sort, sort) == 0)
			return orders[i].sql;
	return NULL;
}

bool
company_sort_is_known(const char *sort)
{
	return order_of(sort) != NULL;
}

#define WHERE_VALUES(query, like) db_text((query)->search), db_text(like), db_text(like), db_text(like), \
	db_text((query)->state), db_text((query)->state), db_text((query)->plan), db_text((query)->plan)

enum got
company_list(struct db *db, struct arena *arena, const struct company_query *query, struct db_rows *companies, uint64_t *total)
{
	const char *like = sql_like(arena, query->search);

	if (db_number(db, "SELECT COUNT(*) FROM tenant t JOIN plan p ON p.id = t.plan_id" COMPANY_WHERE,
		DB_ARGS(WHERE_VALUES(query, like)), total) != GOT_ONE)
		return GOT_ERROR;
	if (db_all(db, arena, company_fields, sizeof(struct company), companies, order_of(query->sort),
		DB_ARGS(WHERE_VALUES(query, like), db_u64(query->per_page), db_u64((query->page - 1) * query->per_page))) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

enum got
company_stream(struct db *db, struct arena *arena, const struct company_query *query, db_each_row *each, void *arg)
{
	const char *like = sql_like(arena, query->search);

	return db_stream(db, company_fields, sizeof(struct company), order_of(query->sort),
		DB_ARGS(WHERE_VALUES(query, like), db_u64(INT64_MAX), db_u64(0)), each, arg);
}

static const struct field usage_fields[] = {
	FIELD_U64(struct company_usage, id, 0),
	FIELD_TEXT(struct company_usage, code, 0),
	FIELD_TEXT(struct company_usage, name, 0),
	FIELD_U64(struct company_usage, messages, 0),
	FIELD_U64(struct company_usage, chats, 0),
	FIELD_U64(struct company_usage, agents, 0),
	FIELD_U64(struct company_usage, peak_chats, 0),
	FIELD_U64(struct company_usage, storage_bytes, 0),
	FIELD_U64(struct company_usage, ai_tokens, 0),
	FIELD_END
};

/* The sums stand apart: joined with the companies, the server would read all days that were ever kept. */
enum got
company_usage(struct db *db, struct arena *arena, const struct usage_span *span, struct db_rows *rows)
{
	return db_all(db, arena, usage_fields, sizeof(struct company_usage), rows, "SELECT t.id, t.code, t.name,"
		" u.messages, u.chats, u.agents, u.peak_chats, u.storage_bytes, u.ai_tokens FROM (SELECT tenant_id,"
		" SUM(messages) AS messages, SUM(chats) AS chats, MAX(agents) AS agents, MAX(peak_chats) AS peak_chats,"
		" MAX(storage_bytes) AS storage_bytes, SUM(ai_tokens) AS ai_tokens"
		" FROM tenant_usage WHERE day >= ? AND day < ? GROUP BY tenant_id) u"
		" JOIN tenant t ON t.id = u.tenant_id ORDER BY u.messages DESC, t.code LIMIT ?",
		DB_ARGS(db_time(span->from), db_time(span->to), db_u64(COMPANY_USAGE_MOST)));
}
