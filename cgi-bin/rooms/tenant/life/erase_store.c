/* SPDX-License-Identifier: BSD-2-Clause */
/* erase_store.c - removing every row of a tenant, in statements so small that they hold no locks for long. */
#include "rooms/tenant/life/erase_store.h"

/* Each table with its statement; links and messages before what they belong to, so that a half-erased tenant shows no loose ends. */
#define ERASE(table) { #table, "DELETE FROM " #table " WHERE tenant_id = ? LIMIT 1000" }

static const struct {
	const char *table;
	const char *statement;
} erasures[] = {
	ERASE(session), ERASE(pending_sign_in), ERASE(recovery_code), ERASE(enter_link), ERASE(host_view), ERASE(support_access), ERASE(api_key),
	ERASE(password_reset), ERASE(notice), ERASE(invitation_role), ERASE(invitation_queue), ERASE(invitation),
	ERASE(status_log), ERASE(job), ERASE(posting), ERASE(draft), ERASE(offer), ERASE(delivery), ERASE(inbound), ERASE(message), ERASE(file),
	ERASE(conversation), ERASE(contact_identity), ERASE(account), ERASE(visitor), ERASE(contact), ERASE(canned), ERASE(widget), ERASE(queue_agent), ERASE(queue),
	ERASE(agent_skill), ERASE(skill), ERASE(away_status), ERASE(holiday), ERASE(holiday_import), ERASE(calendar), ERASE(setting), ERASE(text),
	ERASE(agent_role), ERASE(role), ERASE(agent), ERASE(tenant_domain), ERASE(tenant_usage), ERASE(tenant_load), ERASE(retention_count),
	ERASE(audit)
};

enum got
erase_over(struct db *db, struct arena *arena, clock_ms now, struct db_rows *tenants)
{
	return db_all(db, arena, tenant_fields, sizeof(struct tenant), tenants,
		"SELECT id FROM tenant WHERE state = 'deleting' AND delete_at <= ? ORDER BY delete_at", DB_ARGS(db_time(now)));
}

enum got
erase_begin(struct db *db, tenant_id tenant, clock_ms now)
{
	return db_run(db, "UPDATE tenant SET state = 'erasing', updated_at = ? WHERE id = ? AND state = 'deleting' AND delete_at <= ?",
		DB_ARGS(db_time(now), db_tenant(tenant), db_time(now)), NULL);
}

enum got
erase_ready(struct db *db, struct arena *arena, clock_ms before, struct db_rows *tenants)
{
	return db_all(db, arena, tenant_fields, sizeof(struct tenant), tenants,
		"SELECT t.id, t.code, t.name, t.external_id, t.state, t.created_at, t.delete_at FROM tenant t WHERE t.state = 'erasing'"
		" AND (t.updated_at <= ? OR NOT EXISTS (SELECT 1 FROM job j WHERE j.tenant_id = t.id AND j.kind = ? AND j.state <> 'dead'))"
		" ORDER BY t.delete_at", DB_ARGS(db_time(before), db_text(TENANT_LEAVE_JOB)));
}

enum got
erase_some(struct db *db, tenant_id tenant)
{
	enum got got = GOT_NONE;
	size_t i;

	for (i = 0; i < COUNT_OF(erasures) && got == GOT_NONE; i++)
		got = db_run(db, erasures[i].statement, DB_ARGS(db_tenant(tenant)), NULL);
	return got;
}

enum got
erase_tenant(struct db *db, tenant_id tenant)
{
	return db_run(db, "DELETE FROM tenant WHERE id = ? AND state = 'erasing'", DB_ARGS(db_tenant(tenant)), NULL);
}

const char *
tenant_table(size_t index)
{
	return index < COUNT_OF(erasures) ? erasures[index].table : NULL;
}
