/* SPDX-License-Identifier: BSD-2-Clause */
/* role_store.c - roles: the rights that agents have by them, and those that a new tenant starts with. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/people_store.h"

/* Room for the permissions of a role in a query of all roles. */
struct granted {
	const char *permissions;
};

static const struct field granted_fields[] = {
	FIELD_LONG_TEXT(struct granted, permissions, 0),
	FIELD_END
};

enum got
agent_permissions(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, permission_set *permissions)
{
	struct granted granted = { 0 };
	enum got got = db_one(db, arena, granted_fields, &granted,
		"SELECT GROUP_CONCAT(r.permissions SEPARATOR ' ') AS permissions FROM agent_role ar"
		" JOIN role r ON r.tenant_id = ar.tenant_id AND r.id = ar.role_id AND r.deleted_at IS NULL"
		" WHERE ar.tenant_id = ? AND ar.agent_id = ?", DB_ARGS(db_tenant(tenant), db_u64(id)));

	*permissions = permission_set_of(granted.permissions);
	return got;
}

enum got
agent_may_chat(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id)
{
	struct agent agent = { 0 };
	permission_set rights = 0;
	enum got got = agent_by_id(db, arena, tenant, id, &agent);

	if (got != GOT_ONE || agent.deleted_at != 0)
		return got == GOT_ERROR ? GOT_ERROR : GOT_NONE;
	if (agent_permissions(db, arena, tenant, id, &rights) == GOT_ERROR)
		return GOT_ERROR;
	return permission_has(rights, MAY_CHAT) ? GOT_ONE : GOT_NONE;
}

static const struct field grant_fields[] = {
	FIELD_U64(struct agent_grant, id, 0),
	FIELD_TEXT(struct agent_grant, alias, 0),
	FIELD_LONG_TEXT(struct agent_grant, permissions, 0),
	FIELD_U64(struct agent_grant, roles, 0),
	FIELD_END
};

enum got
agent_grants(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *grants)
{
	return db_all(db, arena, grant_fields, sizeof(struct agent_grant), grants,
		"SELECT a.id, a.alias, IFNULL(GROUP_CONCAT(r.permissions SEPARATOR ' '), '') AS permissions, COUNT(r.id) AS roles"
		" FROM agent a LEFT JOIN agent_role ar ON ar.tenant_id = a.tenant_id AND ar.agent_id = a.id"
		" LEFT JOIN role r ON r.tenant_id = ar.tenant_id AND r.id = ar.role_id AND r.deleted_at IS NULL"
		" WHERE a.tenant_id = ? AND a.deleted_at IS NULL GROUP BY a.id, a.alias ORDER BY a.id", DB_ARGS(db_tenant(tenant)));
}

enum got
agents_who_chat(struct db *db, struct arena *arena, tenant_id tenant, struct field_set *agents)
{
	struct db_rows rows = { 0 };
	const struct agent_grant *grant;
	uint64_t *ids;
	size_t i, count = 0;

	if (agent_grants(db, arena, tenant, &rows) == GOT_ERROR)
		return GOT_ERROR;
	ids = ARENA_ARRAY(arena, uint64_t, rows.count);
	for (i = 0, grant = rows.rows; i < rows.count; i++, grant++)
		if (permission_has(permission_set_of(grant->permissions), MAY_CHAT))
			ids[count++] = grant->id;
	*agents = (struct field_set){ .ids = ids, .count = count };
	return GOT_ONE;
}

enum got
role_lock_administrators(struct db *db, tenant_id tenant)
{
	uint64_t count = 0;

	return db_number(db, "SELECT COUNT(*) FROM role WHERE tenant_id = ? AND permissions = '*' AND deleted_at IS NULL"
		" FOR UPDATE", DB_ARGS(db_tenant(tenant)), &count);
}

static enum got
role_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *rows)
{
	return db_all(db, arena, role_fields, sizeof(struct role), rows, "SELECT id, permissions FROM role"
		" WHERE tenant_id = ? AND deleted_at IS NULL", DB_ARGS(db_tenant(tenant)));
}

bool
role_has_all(const struct role *role)
{
	return text_equal(role->permissions, "*");
}

enum got
role_of_administrators(struct db *db, struct arena *arena, tenant_id tenant, const struct field_set *roles)
{
	struct db_rows rows = { 0 };
	const struct role *role;
	size_t i;

	if (role_all(db, arena, tenant, &rows) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0, role = rows.rows; i < rows.count; i++, role++)
		if (role_has_all(role) && field_set_has(roles, role->id))
			return GOT_ONE;
	return GOT_NONE;
}

enum got
role_permissions(struct db *db, struct arena *arena, tenant_id tenant, const struct field_set *roles,
	permission_set *permissions)
{
	struct db_rows rows = { 0 };
	const struct role *role;
	size_t i;

	*permissions = 0;
	if (roles->count == 0)
		return GOT_ONE;
	if (role_all(db, arena, tenant, &rows) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0, role = rows.rows; i < rows.count; i++, role++)
		if (field_set_has(roles, role->id))
			*permissions |= permission_set_of(role->permissions);
	return GOT_ONE;
}

enum got
role_count_agents(struct db *db, tenant_id tenant, uint64_t role, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM agent_role ar"
		" JOIN agent a ON a.tenant_id = ar.tenant_id AND a.id = ar.agent_id AND a.deleted_at IS NULL"
		" WHERE ar.tenant_id = ? AND ar.role_id = ?", DB_ARGS(db_tenant(tenant), db_u64(role)), count);
}

enum got
role_count_invitations(struct db *db, tenant_id tenant, uint64_t role, clock_ms now, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM invitation_role l JOIN invitation i ON i.tenant_id = l.tenant_id AND i.id = l.invitation_id"
		" WHERE l.tenant_id = ? AND l.role_id = ? AND i.accepted_at IS NULL AND i.deleted_at IS NULL AND i.expires_at > ?",
		DB_ARGS(db_tenant(tenant), db_u64(role), db_time(now)), count);
}

static enum got
role_create(struct db *db, tenant_id tenant, const char *name, const char *permissions, clock_ms now)
{
	return db_run(db, "INSERT INTO role (tenant_id, name, permissions, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(name), db_text(permissions), db_time(now), db_time(now)), NULL);
}

enum got
people_start_tenant(struct db *db, tenant_id tenant, clock_ms now, uint64_t *queue_id)
{
	struct db_done done;

	if (role_create(db, tenant, locale_text(N_("Administrators")), "*", now) != GOT_ONE
		|| role_create(db, tenant, locale_text(N_("Supervisors")),
			"chat.work chat.pick chat.see_queues chat.supervise chat.see_all contacts.read contacts.edit contacts.see"
			" history.read", now) != GOT_ONE
		|| role_create(db, tenant, locale_text(N_("Agents")),
			"chat.work chat.pick chat.see_queues contacts.read contacts.edit contacts.see history.read", now) != GOT_ONE)
		return GOT_ERROR;
	if (db_run(db, "INSERT INTO queue (tenant_id, name, description, created_at, updated_at) VALUES (?, ?, '', ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(locale_text(N_("Inbox"))), db_time(now), db_time(now)), &done) != GOT_ONE)
		return GOT_ERROR;
	*queue_id = done.id;
	return GOT_ONE;
}
