/* SPDX-License-Identifier: BSD-2-Clause */
/* tenant_store.c - the rows of tenants and of the host names that are linked to them. */
#include "rooms/tenant/tenant.h"

#include <string.h>

#include "core/text.h"

#define TENANT_COLUMNS "t.id, t.code, t.name, t.external_id, t.state, t.locale, t.time_zone, t.created_at, t.updated_at"

const struct field tenant_fields[] = {
	FIELD_U64(struct tenant, id, FIELD_KEY),
	FIELD_TEXT(struct tenant, code, FIELD_FORM | FIELD_REQUIRED, .min = 2, .max = 40, .label = N_("Company code")),
	FIELD_TEXT(struct tenant, name, FIELD_FORM | FIELD_REQUIRED, .max = 120, .label = N_("Name")),
	FIELD_TEXT(struct tenant, external_id, FIELD_FORM | FIELD_NULLABLE, .max = 80, .label = N_("External number")),
	FIELD_TEXT(struct tenant, state, FIELD_READONLY, .label = N_("State")),
	FIELD_TEXT(struct tenant, locale, FIELD_FORM, .max = 8, .preset = "en", .label = N_("Language")),
	FIELD_TEXT(struct tenant, time_zone, FIELD_FORM, .max = 64, .preset = "UTC", .label = N_("Time zone")),
	FIELD_TIME(struct tenant, created_at, FIELD_READONLY),
	FIELD_TIME(struct tenant, updated_at, FIELD_READONLY),
	FIELD_END
};

enum got
tenant_by_code(struct db *db, struct arena *arena, const char *code, struct tenant *tenant)
{
	return db_one(db, arena, tenant_fields, tenant, "SELECT " TENANT_COLUMNS " FROM tenant t WHERE t.code = ?",
		DB_ARGS(db_text(code)));
}

enum got
tenant_by_id(struct db *db, struct arena *arena, tenant_id id, struct tenant *tenant)
{
	return db_one(db, arena, tenant_fields, tenant, "SELECT " TENANT_COLUMNS " FROM tenant t WHERE t.id = ?",
		DB_ARGS(db_tenant(id)));
}

enum got
tenant_by_host(struct db *db, struct arena *arena, const char *host, struct tenant *tenant)
{
	return db_one(db, arena, tenant_fields, tenant, "SELECT " TENANT_COLUMNS " FROM tenant_domain d"
		" JOIN tenant t ON t.id = d.tenant_id WHERE d.host = ?", DB_ARGS(db_text(host)));
}

enum got
tenant_all(struct db *db, struct arena *arena, struct db_rows *tenants)
{
	return db_all(db, arena, tenant_fields, sizeof(struct tenant), tenants,
		"SELECT " TENANT_COLUMNS " FROM tenant t ORDER BY t.code", DB_NO_ARGS);
}

/* The tenant that the host's billing knows by this number. */
static enum got
tenant_by_external_id(struct db *db, struct arena *arena, const char *external_id, struct tenant *tenant)
{
	if (text_is_blank(external_id))
		return GOT_NONE;
	return db_one(db, arena, tenant_fields, tenant, "SELECT " TENANT_COLUMNS " FROM tenant t WHERE t.external_id = ?",
		DB_ARGS(db_text(external_id)));
}

enum got
tenant_create(struct db *db, struct arena *arena, struct tenant *tenant, clock_ms now)
{
	struct db_done done;
	enum got got = tenant_by_external_id(db, arena, tenant->external_id, tenant);

	if (got != GOT_NONE)
		return got == GOT_ONE ? GOT_NONE : GOT_ERROR;
	tenant->state = "active";
	tenant->created_at = tenant->updated_at = now;
	if (db_run(db, "INSERT INTO tenant (code, name, external_id, locale, time_zone, created_at, updated_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_text(tenant->code), db_text(tenant->name),
			text_is_blank(tenant->external_id) ? db_null() : db_text(tenant->external_id),
			db_text(text_is_blank(tenant->locale) ? "en" : tenant->locale),
			db_text(text_is_blank(tenant->time_zone) ? "UTC" : tenant->time_zone), db_time(now), db_time(now)),
		&done) != GOT_ONE)
		return GOT_ERROR;
	tenant->id = done.id;
	return GOT_ONE;
}

enum got
tenant_add_domain(struct db *db, tenant_id tenant, const char *host, clock_ms now)
{
	uint64_t ours = 0;

	if (db_run(db, "INSERT INTO tenant_domain (host, tenant_id, created_at) VALUES (?, ?, ?)"
		" ON DUPLICATE KEY UPDATE host = host", DB_ARGS(db_text(host), db_tenant(tenant), db_time(now)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	if (db_number(db, "SELECT COUNT(*) FROM tenant_domain WHERE host = ? AND tenant_id = ?",
		DB_ARGS(db_text(host), db_tenant(tenant)), &ours) != GOT_ONE)
		return GOT_ERROR;
	return ours > 0 ? GOT_ONE : GOT_NONE;
}
