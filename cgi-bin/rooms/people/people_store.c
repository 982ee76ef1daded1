/* SPDX-License-Identifier: BSD-2-Clause */
/* people_store.c - agents, their roles, presence and load. */
#include "rooms/people/people_store.h"

#include <string.h>

#include "core/text.h"
#include "edge/crypt.h"
#include "edge/store.h"
#include "rooms/people/reset/reset_store.h"

#define AGENT_COLUMNS "a.id, a.account, a.email, a.first_name, a.last_name, a.alias, a.title, a.bio, a.phone, a.locale," \
	" a.time_zone, a.password_hash, a.max_chats, a.chats, a.status, a.away_id, a.status_at, a.seen_at, a.active_at, a.settings, a.created_at," \
	" a.updated_at, a.deleted_at, a.avatar, a.show_photo, a.show_title, a.show_bio"

const char *
agent_name(struct arena *arena, const struct agent *agent)
{
	const char *name;

	if (text_is_blank(agent->last_name))
		return agent->first_name != NULL ? agent->first_name : "";
	name = arena_printf(arena, "%s %s", agent->first_name, agent->last_name);
	return arena_text_of(arena, name, text_prefix(name, AGENT_NAME_MAX));
}

const char *
agent_key(struct arena *arena, tenant_id tenant, uint64_t agent)
{
	return bell_topic(arena, tenant, 'a', agent);
}

enum got
agent_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct agent *agent)
{
	return db_one(db, arena, agent_fields, agent, "SELECT " AGENT_COLUMNS " FROM agent a"
		" WHERE a.tenant_id = ? AND a.id = ?", DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
agent_by_account(struct db *db, struct arena *arena, tenant_id tenant, const char *account, struct agent *agent)
{
	/* An account that looks like the address of somebody else must not shadow either: the account goes first. */
	return db_one(db, arena, agent_fields, agent, "SELECT " AGENT_COLUMNS " FROM agent a"
		" WHERE a.tenant_id = ? AND (a.account = ? OR a.email = ?) AND a.deleted_at IS NULL"
		" ORDER BY a.account = ? DESC LIMIT 1",
		DB_ARGS(db_tenant(tenant), db_text(account), db_text(account), db_text(account)));
}

enum got
agent_by_external_id(struct db *db, struct arena *arena, tenant_id tenant, const char *external_id, struct agent *agent)
{
	return db_one(db, arena, agent_fields, agent, "SELECT " AGENT_COLUMNS " FROM agent a"
		" WHERE a.tenant_id = ? AND a.external_id = ?", DB_ARGS(db_tenant(tenant), db_text(external_id)));
}

enum got
agent_first_administrator(struct db *db, struct arena *arena, tenant_id tenant, struct agent *agent)
{
	return db_one(db, arena, agent_fields, agent, "SELECT " AGENT_COLUMNS " FROM agent a"
		" JOIN agent_role ar ON ar.tenant_id = a.tenant_id AND ar.agent_id = a.id"
		" JOIN role r ON r.tenant_id = ar.tenant_id AND r.id = ar.role_id AND r.deleted_at IS NULL AND r.permissions = '*'"
		" WHERE a.tenant_id = ? AND a.deleted_at IS NULL ORDER BY a.id LIMIT 1", DB_ARGS(db_tenant(tenant)));
}

/* Gives each agent (ascending by id) its queues out of all pairs (ascending too). */
static void
agents_fill_queues(struct arena *arena, const struct db_rows *agents, const struct db_rows *pairs)
{
	struct agent *agent = agents->rows;
	const struct db_pair *pair = pairs->rows;
	size_t i, at = 0, first;
	uint64_t *ids = ARENA_ARRAY(arena, uint64_t, pairs->count);

	for (i = 0; i < agents->count; i++, agent++) {
		while (at < pairs->count && pair[at].mine < agent->id)
			at++;
		for (first = at; at < pairs->count && pair[at].mine == agent->id; at++)
			ids[at] = pair[at].theirs;
		agent->queues = (struct field_set){ .ids = ids + first, .count = at - first };
	}
}

enum got
agent_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *agents)
{
	struct db_rows pairs = { 0 };
	enum got got = db_all(db, arena, agent_fields, sizeof(struct agent), agents, "SELECT " AGENT_COLUMNS " FROM agent a"
		" WHERE a.tenant_id = ? AND a.deleted_at IS NULL ORDER BY a.id", DB_ARGS(db_tenant(tenant)));

	if (got != GOT_ONE)
		return got;
	if (db_all(db, arena, db_pair_fields, sizeof(struct db_pair), &pairs, "SELECT qa.agent_id AS mine, qa.queue_id AS theirs"
		" FROM queue_agent qa JOIN queue q ON q.tenant_id = qa.tenant_id AND q.id = qa.queue_id AND q.deleted_at IS NULL"
		" WHERE qa.tenant_id = ? ORDER BY qa.agent_id, qa.queue_id", DB_ARGS(db_tenant(tenant))) == GOT_ERROR)
		return GOT_ERROR;
	agents_fill_queues(arena, agents, &pairs);
	return GOT_ONE;
}

static enum got
agent_insert(struct db *db, tenant_id tenant, struct agent *agent, clock_ms now)
{
	struct db_done done;
	enum got got = db_run(db, "INSERT INTO agent (tenant_id, account, email, first_name, last_name, alias, title, bio, phone,"
		" locale, time_zone, password_hash, max_chats, created_at, updated_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(agent->account), db_text(agent->email), db_text(agent->first_name),
			db_text(text_or_empty(agent->last_name)),
			db_text(text_is_blank(agent->alias) ? agent->first_name : agent->alias),
			db_text(text_or_empty(agent->title)), db_text(text_or_empty(agent->bio)),
			db_text(text_or_empty(agent->phone)), db_text(text_or_empty(agent->locale)),
			db_text(text_or_empty(agent->time_zone)), db_text(text_or_empty(agent->password_hash)),
			db_id(agent->max_chats), db_time(now), db_time(now)), &done);

	if (got != GOT_ONE)
		return GOT_ERROR;
	agent->id = done.id;
	return GOT_ONE;
}

static enum got
agent_insert_links(struct db *db, tenant_id tenant, const struct agent *agent)
{
	size_t i;

	for (i = 0; i < agent->roles.count; i++)
		if (db_run(db, "INSERT INTO agent_role (tenant_id, agent_id, role_id) VALUES (?, ?, ?)",
			DB_ARGS(db_tenant(tenant), db_u64(agent->id), db_u64(agent->roles.ids[i])), NULL) != GOT_ONE)
			return GOT_ERROR;
	for (i = 0; i < agent->queues.count; i++)
		if (db_run(db, "INSERT INTO queue_agent (tenant_id, queue_id, agent_id) VALUES (?, ?, ?)",
			DB_ARGS(db_tenant(tenant), db_u64(agent->queues.ids[i]), db_u64(agent->id)), NULL) != GOT_ONE)
			return GOT_ERROR;
	return GOT_ONE;
}

enum got
agent_create(struct db *db, struct arena *arena, tenant_id tenant, struct agent *agent, clock_ms now)
{
	if (agent->password != NULL && agent->password[0] != '\0') {
		agent->password_hash = crypt_password_hash(arena, agent->password);
		if (agent->password_hash == NULL)
			return GOT_ERROR;
	}
	if (agent_insert(db, tenant, agent, now) != GOT_ONE)
		return GOT_ERROR;
	return agent_insert_links(db, tenant, agent);
}

enum got
agent_set_password(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, const char *password, clock_ms now)
{
	const char *hash = crypt_password_hash(arena, password);

	/* A code that was mailed before must not undo this. */
	if (hash == NULL || reset_end_all(db, tenant, id) == GOT_ERROR)
		return GOT_ERROR;
	return db_run(db, "UPDATE agent SET password_hash = ?, updated_at = ? WHERE tenant_id = ? AND id = ?"
		" AND deleted_at IS NULL", DB_ARGS(db_text(hash), db_time(now), db_tenant(tenant), db_u64(id)), NULL);
}

enum got
agent_replace_hash(struct db *db, tenant_id tenant, const struct agent *agent, const char *hash)
{
	return db_run(db, "UPDATE agent SET password_hash = ? WHERE tenant_id = ? AND id = ? AND password_hash = ?",
		DB_ARGS(db_text(hash), db_tenant(tenant), db_u64(agent->id), db_text(agent->password_hash)), NULL);
}

enum got
agent_lock_password(struct db *db, tenant_id tenant, const struct agent *agent)
{
	uint64_t found = 0;

	return db_number(db, "SELECT id FROM agent WHERE tenant_id = ? AND id = ? AND password_hash = ? AND deleted_at IS NULL FOR UPDATE",
		DB_ARGS(db_tenant(tenant), db_u64(agent->id), db_text(agent->password_hash)), &found);
}

const char *
agent_avatar_path(struct arena *arena, const struct agent *agent)
{
	if (text_is_blank(agent->avatar))
		return "";
	return arena_printf(arena, "/avatar/%llu?v=%s", (unsigned long long)agent->id, store_version(arena, agent->avatar));
}

enum got
agent_set_avatar(struct db *db, tenant_id tenant, const struct agent *before, const char *avatar, clock_ms now)
{
	return db_run(db, "UPDATE agent SET avatar = ?, updated_at = ? WHERE tenant_id = ? AND id = ? AND avatar = ? AND deleted_at IS NULL",
		DB_ARGS(db_text(avatar), db_time(now), db_tenant(tenant), db_u64(before->id), db_text(before->avatar)), NULL);
}

enum got
agent_set_locale(struct db *db, tenant_id tenant, uint64_t id, const char *locale, clock_ms now)
{
	return db_run(db, "UPDATE agent SET locale = ?, updated_at = ? WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL",
		DB_ARGS(db_text(locale), db_time(now), db_tenant(tenant), db_u64(id)), NULL);
}

enum got
agent_set_settings(struct db *db, tenant_id tenant, uint64_t id, const char *settings)
{
	return db_run(db, "UPDATE agent SET settings = ? WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL",
		DB_ARGS(db_text(settings), db_tenant(tenant), db_u64(id)), NULL);
}

enum got
agent_take_chat(struct db *db, tenant_id tenant, uint64_t id, bool force)
{
	return db_run(db, "UPDATE agent SET chats = chats + 1 WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL"
		" AND (? OR max_chats IS NULL OR chats < max_chats)",
		DB_ARGS(db_tenant(tenant), db_u64(id), db_bool(force)), NULL);
}

enum got
agent_leave_chat(struct db *db, tenant_id tenant, uint64_t id)
{
	return db_run(db, "UPDATE agent SET chats = chats - 1 WHERE tenant_id = ? AND id = ? AND chats > 0",
		DB_ARGS(db_tenant(tenant), db_u64(id)), NULL);
}

enum got
agent_count_named(struct db *db, tenant_id tenant, const char *name, uint64_t but, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM agent WHERE tenant_id = ? AND (account = ? OR email = ?) AND id <> ? AND deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant), db_text(name), db_text(name), db_u64(but)), count);
}

enum got
agent_count(struct db *db, tenant_id tenant, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM agent WHERE tenant_id = ? AND deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant)), count);
}

enum got
agent_count_administrators(struct db *db, tenant_id tenant, uint64_t but, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(DISTINCT a.id) FROM agent a"
		" JOIN agent_role ar ON ar.tenant_id = a.tenant_id AND ar.agent_id = a.id"
		" JOIN role r ON r.tenant_id = ar.tenant_id AND r.id = ar.role_id AND r.deleted_at IS NULL"
		" WHERE a.tenant_id = ? AND a.id <> ? AND a.deleted_at IS NULL AND r.permissions = '*'",
		DB_ARGS(db_tenant(tenant), db_u64(but)), count);
}
