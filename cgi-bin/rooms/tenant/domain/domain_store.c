/* SPDX-License-Identifier: BSD-2-Clause */
/* domain_store.c - the rows of host names that tenants claim or have. */
#include "rooms/tenant/domain/domain_store.h"

#define COLUMNS "id, tenant_id, host, state, proof, token, verified_at, checked_at, check_at, lost_at, problem, created_at"

const struct field domain_fields[] = {
	FIELD_U64(struct domain, id, FIELD_KEY),
	FIELD_U64(struct domain, tenant_id, 0),
	FIELD_TEXT(struct domain, host, FIELD_FORM | FIELD_REQUIRED, .max = 253, .label = N_("Host name"),
		.placeholder = N_("help.example.com")),
	FIELD_TEXT(struct domain, state, FIELD_READONLY),
	FIELD_TEXT(struct domain, proof, FIELD_READONLY),
	FIELD_TEXT(struct domain, token, FIELD_READONLY),
	FIELD_TIME(struct domain, verified_at, FIELD_READONLY | FIELD_NULLABLE),
	FIELD_TIME(struct domain, checked_at, FIELD_READONLY | FIELD_NULLABLE),
	FIELD_TIME(struct domain, check_at, FIELD_READONLY | FIELD_NULLABLE),
	FIELD_TIME(struct domain, lost_at, FIELD_READONLY | FIELD_NULLABLE),
	FIELD_TEXT(struct domain, problem, FIELD_READONLY),
	FIELD_TIME(struct domain, created_at, FIELD_READONLY),
	FIELD_END
};

static struct db_value
moment(clock_ms at)
{
	return at != 0 ? db_time(at) : db_null();
}

enum got
domain_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *domains)
{
	return db_all(db, arena, domain_fields, sizeof(struct domain), domains,
		"SELECT " COLUMNS " FROM tenant_domain WHERE tenant_id = ? ORDER BY host", DB_ARGS(db_tenant(tenant)));
}

enum got
domain_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct domain *domain)
{
	return db_one(db, arena, domain_fields, domain, "SELECT " COLUMNS " FROM tenant_domain WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
domain_by_host(struct db *db, struct arena *arena, tenant_id tenant, const char *host, struct domain *domain)
{
	return db_one(db, arena, domain_fields, domain, "SELECT " COLUMNS " FROM tenant_domain WHERE tenant_id = ? AND host = ?",
		DB_ARGS(db_tenant(tenant), db_text(host)));
}

enum got
domain_owner(struct db *db, struct arena *arena, const char *host, struct domain *domain)
{
	return db_one(db, arena, domain_fields, domain, "SELECT " COLUMNS " FROM tenant_domain WHERE verified_host = ?",
		DB_ARGS(db_text(host)));
}

enum got
domain_insert(struct db *db, tenant_id tenant, struct domain *domain)
{
	struct db_done done;
	enum got got = db_run(db, "INSERT INTO tenant_domain (host, tenant_id, state, proof, token, verified_at, check_at, created_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_text(domain->host), db_tenant(tenant), db_text(domain->state), db_text(domain->proof), db_text(domain->token),
			moment(domain->verified_at), moment(domain->check_at), db_time(domain->created_at)), &done);

	if (got != GOT_ONE)
		return db_is_duplicate(db) ? GOT_NONE : GOT_ERROR;
	domain->id = done.id;
	return GOT_ONE;
}

enum got
domain_update(struct db *db, tenant_id tenant, const struct domain *domain)
{
	enum got got = db_run(db, "UPDATE tenant_domain SET state = ?, proof = ?, verified_at = ?, checked_at = ?, check_at = ?, lost_at = ?,"
		" problem = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_text(domain->state), db_text(domain->proof), moment(domain->verified_at), moment(domain->checked_at),
			moment(domain->check_at), moment(domain->lost_at), db_text(domain->problem), db_tenant(tenant), db_u64(domain->id)), NULL);

	return got == GOT_ERROR && db_is_duplicate(db) ? GOT_NONE : got;
}

enum got
domain_set_looked(struct db *db, const struct domain *was, const struct domain *domain)
{
	return db_run(db, "UPDATE tenant_domain SET state = ?, proof = ?, verified_at = ?, checked_at = ?, check_at = ?, lost_at = ?, problem = ?"
		" WHERE tenant_id = ? AND id = ? AND state = ? AND proof = ? AND check_at <=> ?",
		DB_ARGS(db_text(domain->state), db_text(domain->proof), moment(domain->verified_at), moment(domain->checked_at),
			moment(domain->check_at), moment(domain->lost_at), db_text(domain->problem), db_u64(was->tenant_id), db_u64(was->id),
			db_text(was->state), db_text(was->proof), moment(was->check_at)), NULL);
}

enum got
domain_erase(struct db *db, tenant_id tenant, uint64_t id)
{
	return db_run(db, "DELETE FROM tenant_domain WHERE tenant_id = ? AND id = ?", DB_ARGS(db_tenant(tenant), db_u64(id)), NULL);
}

enum got
domain_count(struct db *db, tenant_id tenant, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM tenant_domain WHERE tenant_id = ?", DB_ARGS(db_tenant(tenant)), count);
}

enum got
domain_due(struct db *db, struct arena *arena, clock_ms now, uint64_t most, struct db_rows *domains)
{
	return db_all(db, arena, domain_fields, sizeof(struct domain), domains,
		"SELECT " COLUMNS " FROM tenant_domain WHERE check_at <= ? ORDER BY check_at LIMIT ?", DB_ARGS(db_time(now), db_u64(most)));
}

enum got
domain_set_due(struct db *db, tenant_id tenant, uint64_t id, clock_ms at)
{
	return db_run(db, "UPDATE tenant_domain SET check_at = ? WHERE tenant_id = ? AND id = ? AND proof <> 'host'",
		DB_ARGS(db_time(at), db_tenant(tenant), db_u64(id)), NULL);
}

enum got
tenant_add_domain(struct db *db, tenant_id tenant, const char *host, clock_ms now)
{
	uint64_t ours = 0;

	if (db_run(db, "INSERT INTO tenant_domain (host, tenant_id, state, proof, verified_at, created_at)"
		" VALUES (?, ?, 'verified', 'host', ?, ?) ON DUPLICATE KEY UPDATE host = VALUES(host)",
		DB_ARGS(db_text(host), db_tenant(tenant), db_time(now), db_time(now)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	if (db_number(db, "SELECT COUNT(*) FROM tenant_domain WHERE tenant_id = ? AND verified_host = ?",
		DB_ARGS(db_tenant(tenant), db_text(host)), &ours) != GOT_ONE)
		return GOT_ERROR;
	return ours > 0 ? GOT_ONE : GOT_NONE;
}
