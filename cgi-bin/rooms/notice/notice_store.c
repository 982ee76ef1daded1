/* SPDX-License-Identifier: BSD-2-Clause */
/* notice_store.c - mails that go out, from the order to the outcome. */
#include "rooms/notice/notice_store.h"

#include "core/log.h"
#include "core/text.h"
#include "edge/json.h"

#define PROBLEM_MAX 500          /* characters of the server's words that are kept */
#define NEWEST_MAX 50

static const struct field notice_fields[] = {
	FIELD_U64(struct notice_row, id, FIELD_KEY),
	FIELD_TEXT(struct notice_row, template, 0),
	FIELD_TEXT(struct notice_row, to_name, 0),
	FIELD_TEXT(struct notice_row, to_address, 0),
	FIELD_TEXT(struct notice_row, locale, 0),
	FIELD_LONG_TEXT(struct notice_row, sealed, 0),
	FIELD_TEXT(struct notice_row, state, 0),
	FIELD_U64(struct notice_row, tries, 0),
	FIELD_TEXT(struct notice_row, problem, 0),
	FIELD_TIME(struct notice_row, created_at, 0),
	FIELD_TIME(struct notice_row, expires_at, 0),
	FIELD_TIME(struct notice_row, done_at, 0),
	FIELD_END
};

const char *
notice_place(struct arena *arena, tenant_id tenant, const char *address)
{
	return arena_printf(arena, "notice.sealed.%llu.%s", (unsigned long long)tenant.id, address);
}

static const char *
values_seal(struct arena *arena, const struct crypt_keys *keys, const struct notice *notice)
{
	struct json *json = json_new_object(arena);
	const struct locale_value *value;

	for (value = notice->values; value != NULL && value->name != NULL; value++)
		json_set_text(json, value->name, value->value);
	return crypt_seal(arena, keys, notice_place(arena, notice->tenant, notice->to.address), json_text(arena, json));
}

enum got
notice_send(struct db *db, struct arena *arena, const struct crypt_keys *keys, const struct notice *notice)
{
	const clock_ms now = clock_now();
	struct job_order order = { .tenant = notice->tenant, .kind = "mail.send" };
	struct db_done done;

	if (!text_is_email(notice->to.address)) {
		log_warning("mail", "tenant %llu: a mail has no address", (unsigned long long)notice->tenant.id);
		return GOT_ONE;
	}
	if (db_run(db, "INSERT INTO notice (tenant_id, template, to_name, to_address, locale, sealed, created_at, expires_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(notice->tenant), db_text(notice->template),
			db_text(mail_line(arena, notice->to.name, MAIL_NAME_MAX)), db_text(notice->to.address),
			db_text(notice->locale != NULL ? notice->locale : ""), db_text(values_seal(arena, keys, notice)), db_time(now),
			notice->expires_at > 0 ? db_time(notice->expires_at) : db_null()), &done) != GOT_ONE)
		return GOT_ERROR;
	order.subject = done.id;
	return job_add(db, &order, now);
}

#define NOTICE_COLUMNS "id, template, to_name, to_address, locale, sealed, state, tries, problem, created_at, expires_at, done_at"

enum got
notice_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct notice_row *row)
{
	return db_one(db, arena, notice_fields, row, "SELECT " NOTICE_COLUMNS " FROM notice WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
notice_newest(struct req *r, const char *template, uint64_t most, struct db_rows *rows)
{
	return db_all(r->db, r->arena, notice_fields, sizeof(struct notice_row), rows, "SELECT " NOTICE_COLUMNS
		" FROM notice WHERE tenant_id = ? AND (? OR template = ?) ORDER BY created_at DESC, id DESC LIMIT ?",
		DB_ARGS(db_tenant(r->tenant), db_bool(template == NULL), db_text(template != NULL ? template : ""),
			db_u64(most < NEWEST_MAX ? most : NEWEST_MAX)));
}

/* The first characters of what a server has said. */
static struct db_value
problem_value(const char *problem)
{
	return (struct db_value){ .type = DB_TYPE_TEXT, .data = problem, .len = text_prefix(problem, PROBLEM_MAX) };
}

enum got
notice_end(struct db *db, tenant_id tenant, uint64_t id, const char *state, const char *problem)
{
	return db_run(db, "UPDATE notice SET state = ?, problem = ?, sealed = '', done_at = ?"
		" WHERE tenant_id = ? AND id = ? AND state = 'waiting'",
		DB_ARGS(db_text(state), problem_value(problem), db_time(clock_now()), db_tenant(tenant), db_u64(id)), NULL);
}

enum got
notice_try(struct db *db, tenant_id tenant, uint64_t id, const char *problem)
{
	return db_run(db, "UPDATE notice SET problem = ?, tries = tries + 1 WHERE tenant_id = ? AND id = ?",
		DB_ARGS(problem_value(problem), db_tenant(tenant), db_u64(id)), NULL);
}

void
notice_sweep_store(struct sweep *sweep, clock_ms before)
{
	sweep_rows(sweep, "DELETE FROM notice WHERE created_at < ? LIMIT " SWEEP_PORTION, DB_ARGS(db_time(before)));
}
