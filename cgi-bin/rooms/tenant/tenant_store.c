/* SPDX-License-Identifier: BSD-2-Clause */
/* tenant_store.c - the rows of tenants. */
#include "rooms/tenant/tenant_store.h"

#include "core/text.h"
#include "web/resource_sql.h"

#define TENANT_SELECT "SELECT t.id, t.code, t.name, t.external_id, t.state, t.state_reason, t.reason_before, t.locale, t.time_zone, t.text_languages, t.plan_id," \
	" p.code AS plan_code, t.suspended_at, t.delete_at, t.created_at, t.updated_at FROM tenant t LEFT JOIN plan p ON p.id = t.plan_id "

const struct field tenant_fields[] = {
	FIELD_U64(struct tenant, id, FIELD_KEY),
	FIELD_TEXT(struct tenant, code, FIELD_FORM | FIELD_REQUIRED, .min = 2, .max = 40, .label = N_("Company code"),
		.help = N_("What people type as “Company” when they sign in: lower-case letters, digits and hyphens.")),
	FIELD_TEXT(struct tenant, name, FIELD_FORM | FIELD_REQUIRED, .max = 120, .label = N_("Name")),
	FIELD_TEXT(struct tenant, external_id, FIELD_FORM | FIELD_NULLABLE, .max = 80, .label = N_("External number"),
		.help = N_("Its number in your billing.")),
	FIELD_TEXT(struct tenant, state, FIELD_READONLY, .label = N_("State")),
	FIELD_TEXT(struct tenant, state_reason, FIELD_READONLY, .label = N_("Reason")),
	FIELD_TEXT(struct tenant, reason_before, FIELD_READONLY),
	FIELD_TEXT(struct tenant, locale, FIELD_FORM, .max = 8, .preset = "en", .label = N_("Language")),
	FIELD_TEXT(struct tenant, time_zone, FIELD_FORM, .max = 64, .preset = "UTC", .label = N_("Time zone")),
	FIELD_TEXT(struct tenant, text_languages, FIELD_READONLY),
	FIELD_U64(struct tenant, plan_id, FIELD_READONLY),
	FIELD_TEXT(struct tenant, plan_code, FIELD_READONLY | FIELD_LOCAL, .label = N_("Plan")),
	FIELD_TIME(struct tenant, suspended_at, FIELD_READONLY | FIELD_NULLABLE, .label = N_("Suspended")),
	FIELD_TIME(struct tenant, delete_at, FIELD_READONLY | FIELD_NULLABLE, .label = N_("Is erased")),
	FIELD_TIME(struct tenant, created_at, FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct tenant, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_END
};

enum got
tenant_by_code(struct db *db, struct arena *arena, const char *code, struct tenant *tenant)
{
	return db_one(db, arena, tenant_fields, tenant, TENANT_SELECT "WHERE t.code = ?", DB_ARGS(db_text(code)));
}

enum got
tenant_by_id(struct db *db, struct arena *arena, tenant_id id, struct tenant *tenant)
{
	return db_one(db, arena, tenant_fields, tenant, TENANT_SELECT "WHERE t.id = ?", DB_ARGS(db_tenant(id)));
}

enum got
tenant_by_external_id(struct db *db, struct arena *arena, const char *external_id, struct tenant *tenant)
{
	if (text_is_blank(external_id))
		return GOT_NONE;
	return db_one(db, arena, tenant_fields, tenant, TENANT_SELECT "WHERE t.external_id = ?", DB_ARGS(db_text(external_id)));
}

enum got
tenant_by_host(struct db *db, struct arena *arena, const char *host, struct tenant *tenant)
{
	return db_one(db, arena, tenant_fields, tenant, "SELECT t.id, t.code, t.name, t.external_id, t.state, t.state_reason, t.locale,"
		" t.time_zone, t.text_languages, t.plan_id, t.suspended_at, t.delete_at, t.created_at, t.updated_at"
		" FROM tenant_domain d JOIN tenant t ON t.id = d.tenant_id WHERE d.verified_host = ?", DB_ARGS(db_text(host)));
}

enum got
tenant_all(struct db *db, struct arena *arena, struct db_rows *tenants)
{
	return db_all(db, arena, tenant_fields, sizeof(struct tenant), tenants, TENANT_SELECT "ORDER BY t.code", DB_NO_ARGS);
}

enum got
tenant_search(struct db *db, struct arena *arena, const struct tenant_filter *filter, struct db_rows *tenants)
{
	const char *like = text_is_blank(filter->search) ? "%" : sql_like(arena, filter->search);

	return db_all(db, arena, tenant_fields, sizeof(struct tenant), tenants, TENANT_SELECT
		"WHERE t.code > ? AND (t.code LIKE ? ESCAPE '!' OR t.name LIKE ? ESCAPE '!'"
		" OR t.external_id COLLATE utf8mb4_unicode_520_ci LIKE ? ESCAPE '!')"
		" AND (? = '' OR t.state = ?) ORDER BY t.code LIMIT ?",
		DB_ARGS(db_text(filter->after), db_text(like), db_text(like), db_text(like), db_text(filter->state),
			db_text(filter->state), db_u64(filter->most)));
}

static const char *
text_or(const char *text, const char *otherwise)
{
	return text_is_blank(text) ? otherwise : text;
}

enum got
tenant_insert(struct db *db, struct tenant *tenant, clock_ms now)
{
	struct db_done done;

	if (tenant->plan_id == 0)
		tenant->plan_id = PLAN_UNLIMITED;
	tenant->state = "active";
	tenant->state_reason = "";
	tenant->locale = text_or(tenant->locale, "en");
	tenant->time_zone = text_or(tenant->time_zone, "UTC");
	tenant->created_at = tenant->updated_at = now;
	if (db_run(db, "INSERT INTO tenant (code, name, external_id, locale, time_zone, plan_id, created_at, updated_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_text(tenant->code), db_text(tenant->name), db_text(text_or(tenant->external_id, NULL)), db_text(tenant->locale),
			db_text(tenant->time_zone), db_u64(tenant->plan_id), db_time(now), db_time(now)), &done) != GOT_ONE)
		return GOT_ERROR;
	tenant->id = done.id;
	return GOT_ONE;
}

enum got
tenant_create(struct db *db, struct arena *arena, struct tenant *tenant, clock_ms now)
{
	enum got got = tenant_by_external_id(db, arena, tenant->external_id, tenant);

	if (got != GOT_NONE)
		return got == GOT_ONE ? GOT_NONE : GOT_ERROR;
	return tenant_insert(db, tenant, now);
}

enum got
tenant_update(struct db *db, const struct tenant *tenant, clock_ms now)
{
	return db_run(db, "UPDATE tenant SET name = ?, external_id = ?, locale = ?, time_zone = ?, plan_id = ?, updated_at = ? WHERE id = ?",
		DB_ARGS(db_text(tenant->name), db_text(text_or(tenant->external_id, NULL)), db_text(tenant->locale),
			db_text(tenant->time_zone), db_u64(tenant->plan_id), db_time(now), db_u64(tenant->id)), NULL);
}

enum got
tenant_lock(struct db *db, struct arena *arena, uint64_t id, struct tenant *tenant)
{
	return db_one(db, arena, tenant_fields, tenant, TENANT_SELECT "WHERE t.id = ? FOR UPDATE", DB_ARGS(db_u64(id)));
}

enum got
tenant_set_state(struct db *db, const struct tenant *tenant, clock_ms now)
{
	return db_run(db, "UPDATE tenant SET state = ?, state_reason = ?, reason_before = ?, suspended_at = ?, delete_at = ?, updated_at = ? WHERE id = ?",
		DB_ARGS(db_text(tenant->state), db_text(tenant->state_reason), db_text(tenant->reason_before),
			tenant->suspended_at != 0 ? db_time(tenant->suspended_at) : db_null(),
			tenant->delete_at != 0 ? db_time(tenant->delete_at) : db_null(), db_time(now), db_u64(tenant->id)), NULL);
}
