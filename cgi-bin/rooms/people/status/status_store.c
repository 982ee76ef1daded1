/* SPDX-License-Identifier: BSD-2-Clause */
/* status_store.c - statuses of agents, and the log of them: written together or not at all. */
#include "rooms/people/status/status_store.h"

#include <string.h>

#include "core/text.h"
#include "rooms/people/status/status_rules.h"


static const struct field presence_agent_fields[] = {
	FIELD_U64(struct presence_agent, tenant_id, 0),
	FIELD_U64(struct presence_agent, id, 0),
	FIELD_END
};

static const struct field entry_fields[] = {
	FIELD_U64(struct status_entry, id, FIELD_KEY),
	FIELD_U64(struct status_entry, agent_id, 0),
	FIELD_TEXT(struct status_entry, alias, FIELD_NULLABLE),
	FIELD_TEXT(struct status_entry, status, 0),
	FIELD_U64(struct status_entry, away_id, FIELD_NULLABLE),
	FIELD_TEXT(struct status_entry, away_name, 0),
	FIELD_TEXT(struct status_entry, reason, 0),
	FIELD_U64(struct status_entry, detail, 0),
	FIELD_U64(struct status_entry, actor_id, 0),
	FIELD_TEXT(struct status_entry, actor_name, 0),
	FIELD_TIME(struct status_entry, at, 0),
	FIELD_TIME(struct status_entry, ended_at, FIELD_NULLABLE),
	FIELD_END
};

#define ENTRY_COLUMNS "l.id, l.agent_id, a.alias, l.status, l.away_id, l.away_name, l.reason, l.detail, l.actor_id," \
	" l.actor_name, l.at, l.ended_at FROM status_log l LEFT JOIN agent a ON a.tenant_id = l.tenant_id AND a.id = l.agent_id"
#define PRESENCE_COLUMNS "a.id, a.status, a.away_id, a.seen_at, a.active_at, a.missed"

/* A change on its way; it may be tried more than once. */
struct status_work {
	struct arena *arena;
	tenant_id tenant;
	const struct status_change *change;
	clock_ms now;
	const char *away_name;
};

/* An away status that is chosen cannot be deleted meanwhile: it is locked before the agent is, as deleting does. */
static enum got
away_lock(struct db *db, struct status_work *work)
{
	struct away_status away = { .name = "" };
	enum got got = GOT_ONE;

	if (work->change->away_id != 0)
		got = db_one(db, work->arena, away_status_fields, &away, "SELECT name FROM away_status WHERE tenant_id = ? AND id = ?"
			" AND deleted_at IS NULL LOCK IN SHARE MODE",
			DB_ARGS(db_tenant(work->tenant), db_u64(work->change->away_id)));
	work->away_name = away.name;
	return got;
}

static enum got
agent_lock(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct agent *agent)
{
	return db_one(db, arena, agent_fields, agent, "SELECT " PRESENCE_COLUMNS " FROM agent a WHERE a.tenant_id = ? AND a.id = ?"
		" FOR UPDATE", DB_ARGS(db_tenant(tenant), db_u64(id)));
}

/* Changes of one agent come many at a time. Each goes by the primary key: some by that and others by KEY (id), as the server may choose,
 * would lock the two in opposite orders. */
static enum got
agent_write_status(struct db *db, const struct status_work *work)
{
	const struct status_change *change = work->change;

	/* Whoever goes online begins anew, so that no old time puts him away again at once. */
	return db_run(db, "UPDATE agent FORCE INDEX (PRIMARY) SET status = ?, away_id = ?, status_at = ?, missed = 0, active_at = IF(?, ?, active_at)"
		" WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_text(change->status), db_id(change->away_id), db_time(work->now),
			db_bool(strcmp(change->status, "online") == 0), db_time(work->now), db_tenant(work->tenant),
			db_u64(change->agent)), NULL);
}

static enum got
log_write(struct db *db, const struct status_work *work)
{
	const struct status_change *change = work->change;

	if (db_run(db, "UPDATE status_log SET ended_at = ? WHERE tenant_id = ? AND agent_id = ? AND ended_at IS NULL",
		DB_ARGS(db_time(work->now), db_tenant(work->tenant), db_u64(change->agent)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	return db_run(db, "INSERT INTO status_log (tenant_id, agent_id, status, away_id, away_name, reason, detail, actor_id,"
		" actor_name, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(work->tenant), db_u64(change->agent), db_text(change->status), db_id(change->away_id),
			db_text(work->away_name), db_text(change->reason), db_u64(change->detail), db_u64(change->actor),
			db_text(change->actor_name != NULL ? change->actor_name : ""), db_time(work->now)), NULL);
}

static enum got
status_work(struct db *db, void *arg)
{
	struct status_work *work = arg;
	const struct status_change *change = work->change;
	struct agent agent = { 0 };
	enum got got = away_lock(db, work);

	if (got == GOT_ONE)
		got = agent_lock(db, work->arena, work->tenant, change->agent, &agent);
	if (got != GOT_ONE || (strcmp(agent.status, change->status) == 0 && agent.away_id == change->away_id))
		return got;
	got = agent_write_status(db, work);
	return got == GOT_ONE ? log_write(db, work) : got;
}

enum got
agent_set_status(struct db *db, struct arena *arena, tenant_id tenant, const struct status_change *change, clock_ms now)
{
	struct status_work work = { .arena = arena, .tenant = tenant, .change = change, .now = now };

	return db_in_transaction(db) ? status_work(db, &work) : db_transaction(db, status_work, &work);
}

enum got
agent_status_entry(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct status_entry *entry)
{
	return db_one(db, arena, entry_fields, entry, "SELECT " ENTRY_COLUMNS " WHERE l.tenant_id = ? AND l.agent_id = ?"
		" AND l.ended_at IS NULL ORDER BY l.at DESC, l.id DESC LIMIT 1", DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
agent_seen(struct db *db, tenant_id tenant, uint64_t id, clock_ms active_at, clock_ms now)
{
	return db_run(db, "UPDATE agent FORCE INDEX (PRIMARY) SET active_at = GREATEST(active_at, IF(seen_at <= ?, ?, ?)), seen_at = ?"
		" WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL",
		DB_ARGS(db_time(now - AGENT_GONE_AFTER), db_time(now), db_time(active_at), db_time(now), db_tenant(tenant),
			db_u64(id)), NULL);
}

enum got
agent_gone(struct db *db, tenant_id tenant, uint64_t id, clock_ms now)
{
	const struct job_order left = {
		.tenant = tenant, .kind = AGENT_LEFT_JOB, .subject = id, .due_at = now + AGENT_LEAVING
	};

	if (db_run(db, "UPDATE agent FORCE INDEX (PRIMARY) SET seen_at = LEAST(seen_at, ?) WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL",
		DB_ARGS(db_time(now - AGENT_GONE_AFTER + AGENT_LEAVING), db_tenant(tenant), db_u64(id)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	return job_add(db, &left, now);
}

enum got
agent_answered(struct db *db, tenant_id tenant, uint64_t id, clock_ms now)
{
	return db_run(db, "UPDATE agent FORCE INDEX (PRIMARY) SET missed = 0, answered_at = ?, active_at = GREATEST(active_at, ?) WHERE tenant_id = ?"
		" AND id = ?", DB_ARGS(db_time(now), db_time(now), db_tenant(tenant), db_u64(id)), NULL);
}

enum got
agent_missed(struct db *db, struct arena *arena, tenant_id tenant, const struct presence *presence,
	const struct missed_offer *offer, clock_ms now)
{
	enum got got = db_run(db, "UPDATE agent FORCE INDEX (PRIMARY) SET missed = missed + 1 WHERE tenant_id = ? AND id = ? AND status = 'online'"
		" AND answered_at < ?", DB_ARGS(db_tenant(tenant), db_u64(offer->agent), db_time(offer->offered_at)), NULL);

	return got == GOT_ONE ? presence_apply(db, arena, tenant, presence, offer->agent, now) : got;
}

enum got
presence_tenants(struct db *db, struct arena *arena, struct db_rows *tenants)
{
	return db_all(db, arena, presence_agent_fields, sizeof(struct presence_agent), tenants,
		"SELECT DISTINCT tenant_id FROM agent WHERE status IN ('online', 'away') ORDER BY tenant_id", DB_NO_ARGS);
}

enum got
presence_due(struct db *db, struct arena *arena, tenant_id tenant, const struct presence *presence, clock_ms now,
	struct db_rows *agents)
{
	struct db_rows rows = { 0 };
	const struct agent *present;
	struct presence_agent *due;
	enum got got = db_all(db, arena, agent_fields, sizeof(struct agent), &rows, "SELECT " PRESENCE_COLUMNS " FROM agent a"
		" WHERE a.tenant_id = ? AND a.status IN ('online', 'away') AND a.deleted_at IS NULL ORDER BY a.id",
		DB_ARGS(db_tenant(tenant)));
	size_t i;

	present = rows.rows;
	due = ARENA_ARRAY(arena, struct presence_agent, rows.count);
	*agents = (struct db_rows){ .rows = due };
	for (i = 0; i < rows.count; i++)
		if (presence_step_for(presence, &present[i], now) != PRESENCE_KEEP)
			due[agents->count++] = (struct presence_agent){ .tenant_id = tenant.id, .id = present[i].id };
	return got;
}

/* A rule being carried out. */
struct rule_work {
	struct arena *arena;
	tenant_id tenant;
	const struct presence *presence;
	uint64_t agent;
	clock_ms now;
};

static enum got
rule_work(struct db *db, void *arg)
{
	const struct rule_work *work = arg;
	struct status_change change = { .agent = work->agent };
	struct agent agent = { 0 };
	enum presence_step step;
	enum got got = agent_lock(db, work->arena, work->tenant, work->agent, &agent);

	if (got != GOT_ONE)
		return got;
	step = presence_step_for(work->presence, &agent, work->now);
	if (step == PRESENCE_KEEP)
		return GOT_NONE;
	presence_change(work->presence, step, &change);
	return agent_set_status(db, work->arena, work->tenant, &change, work->now);
}

enum got
presence_apply(struct db *db, struct arena *arena, tenant_id tenant, const struct presence *presence, uint64_t agent,
	clock_ms now)
{
	struct rule_work work = { .arena = arena, .tenant = tenant, .presence = presence, .agent = agent, .now = now };

	return db_in_transaction(db) ? rule_work(db, &work) : db_transaction(db, rule_work, &work);
}

/* The conditions of a filter; what is 0 does not narrow. */
#define FILTER_WHERE " WHERE l.tenant_id = ? AND (? = 0 OR l.agent_id = ?) AND (l.ended_at IS NULL OR l.ended_at > ?)" \
	" AND (? = 0 OR l.at < ?)"
#define FILTER_ARGS(r, filter) db_tenant((r)->tenant), db_u64((filter)->agent), db_u64((filter)->agent), \
	db_time((filter)->from), db_time((filter)->to), db_time((filter)->to)

enum got
status_log_page(struct req *r, const struct status_filter *filter, struct db_rows *entries)
{
	return db_all(r->db, r->arena, entry_fields, sizeof(struct status_entry), entries, "SELECT " ENTRY_COLUMNS FILTER_WHERE
		" AND (? = 0 OR l.at < ? OR (l.at = ? AND l.id < ?)) ORDER BY l.at DESC, l.id DESC LIMIT ?",
		DB_ARGS(FILTER_ARGS(r, filter), db_time(filter->before_at), db_time(filter->before_at), db_time(filter->before_at),
			db_u64(filter->before_id), db_u64(filter->most)));
}

enum got
status_log_stream(struct req *r, const struct status_filter *filter, db_each_row *each, void *arg)
{
	return db_stream(r->db, entry_fields, sizeof(struct status_entry), "SELECT " ENTRY_COLUMNS FILTER_WHERE
		" ORDER BY l.at, l.id", DB_ARGS(FILTER_ARGS(r, filter)), each, arg);
}

void
status_log_sweep(struct sweep *sweep, tenant_id tenant, clock_ms before)
{
	sweep_rows(sweep, "DELETE FROM status_log WHERE tenant_id = ? AND ended_at < ? LIMIT " SWEEP_PORTION,
		DB_ARGS(db_tenant(tenant), db_time(before)));
}

enum got
status_log_tenants(struct db *db, struct arena *arena, struct db_rows *tenants)
{
	return db_all(db, arena, presence_agent_fields, sizeof(struct presence_agent), tenants,
		"SELECT DISTINCT tenant_id FROM status_log ORDER BY tenant_id", DB_NO_ARGS);
}

enum got
away_status_agents(struct db *db, struct arena *arena, tenant_id tenant, uint64_t away, struct db_rows *agents)
{
	return db_all(db, arena, presence_agent_fields, sizeof(struct presence_agent), agents, "SELECT id FROM agent"
		" WHERE tenant_id = ? AND away_id = ? ORDER BY id FOR UPDATE", DB_ARGS(db_tenant(tenant), db_u64(away)));
}

enum got
presence_open_consoles(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct db_rows *agents)
{
	return db_all(db, arena, presence_agent_fields, sizeof(struct presence_agent), agents, "SELECT id FROM agent"
		" WHERE tenant_id = ? AND deleted_at IS NULL AND seen_at > ? ORDER BY id",
		DB_ARGS(db_tenant(tenant), db_time(now - AGENT_GONE_AFTER)));
}

enum got
away_status_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *list)
{
	return db_all(db, arena, away_status_fields, sizeof(struct away_status), list, "SELECT id, name FROM away_status"
		" WHERE tenant_id = ? AND deleted_at IS NULL ORDER BY name, id LIMIT 200", DB_ARGS(db_tenant(tenant)));
}
