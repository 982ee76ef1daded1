/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_rights.c - nobody changes somebody with more rights, and what is taken away is gone at once. */
#include "rooms/people/agent/agent_rights.h"

#include "rooms/people/people_rules.h"
#include "web/reply.h"

static const struct field_set nobody = { NULL, 0 };

static bool
actor_has_all(const struct req *r)
{
	return people_rights_cover(r->actor.permissions, permission_set_of("*"));
}

bool
agent_is_covered(struct req *r, uint64_t id)
{
	permission_set rights = 0;

	if (id == 0 || id == r->actor.id || actor_has_all(r))
		return true;
	return agent_permissions(r->db, r->arena, r->tenant, id, &rights) == GOT_ONE
		&& people_rights_cover(r->actor.permissions, rights);
}

/* Is the agent in one of the sets, but not in both? */
static bool
is_moved(uint64_t id, const struct field_set *before, const struct field_set *after)
{
	return field_set_has(before, id) != field_set_has(after, id);
}

int
agent_open(struct req *r, struct agent *agent)
{
	enum got got = resource_get(r, &agent_resource, req_id(r), agent);

	if (got != GOT_ONE)
		return reply_got(r, got);
	return agent_resource.may_write_row(r, agent) ? 0 : reply_forbidden(r);
}

void
agent_check_members(struct req *r, struct form *form, const struct field_set *before, const struct field_set *after)
{
	struct db_rows rows = { 0 };
	const struct agent_grant *grant;
	size_t i;

	if (actor_has_all(r))
		return;
	if (agent_grants(r->db, r->arena, r->tenant, &rows) == GOT_ERROR) {
		form_problem(r, form, "agents", N_("could not be checked: try again"), NULL);
		return;
	}
	for (i = 0, grant = rows.rows; i < rows.count; i++, grant++)
		if (grant->id != r->actor.id && is_moved(grant->id, before != NULL ? before : &nobody, after)
			&& !people_rights_cover(r->actor.permissions, permission_set_of(grant->permissions))) {
			form_problem(r, form, "agents", N_("cannot be changed for %s, who has more rights than you"), grant->alias);
			return;
		}
}

void
agent_check_has_role(struct req *r, struct form *form, const struct field_set *before, const struct field_set *after)
{
	struct db_rows rows = { 0 };
	const struct agent_grant *grant;
	size_t i;

	if (agent_grants(r->db, r->arena, r->tenant, &rows) == GOT_ERROR) {
		form_problem(r, form, "agents", N_("could not be checked: try again"), NULL);
		return;
	}
	for (i = 0, grant = rows.rows; i < rows.count; i++, grant++)
		if (grant->roles == 1 && field_set_has(before, grant->id) && !field_set_has(after, grant->id)) {
			form_problem(r, form, "agents", N_("must keep %s, who has no other role"), grant->alias);
			return;
		}
}

bool
agent_administrator_is_left(struct req *r, uint64_t but)
{
	uint64_t others = 0;

	return agent_count_administrators(r->db, r->tenant, but, &others) == GOT_ONE && others > 0;
}

enum got
agent_keep_administrator(struct req *r)
{
	uint64_t left = 0;

	if (role_lock_administrators(r->db, r->tenant) == GOT_ERROR
		|| agent_count_administrators(r->db, r->tenant, 0, &left) == GOT_ERROR)
		return GOT_ERROR;
	return left > 0 ? GOT_ONE : GOT_NONE;
}

enum got
agent_order_gone(struct req *r, uint64_t id)
{
	const struct job_order order = {
		.tenant = r->tenant, .kind = AGENT_GONE_JOB, .subject = id, .due_at = r->now
	};

	return job_add(r->db, &order, r->now);
}

enum got
agent_settle_chat_right(struct req *r, const struct field_set *agents)
{
	struct status_change change = { .status = "offline", .reason = "administrator", .actor = r->actor.id, .actor_name = r->actor.name };
	struct db_rows rows = { 0 };
	const struct agent_grant *grant;
	size_t i;

	if (agents->count == 0)
		return GOT_ONE;
	if (agent_grants(r->db, r->arena, r->tenant, &rows) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0, grant = rows.rows; i < rows.count; i++, grant++) {
		if (!field_set_has(agents, grant->id) || permission_has(permission_set_of(grant->permissions), MAY_CHAT))
			continue;
		change.agent = grant->id;
		if (agent_set_status(r->db, r->arena, r->tenant, &change, r->now) == GOT_ERROR
			|| agent_order_gone(r, grant->id) == GOT_ERROR)
			return GOT_ERROR;
	}
	return GOT_ONE;
}

void
agent_ring_rights(struct req *r, const struct field_set *agents)
{
	size_t i;

	for (i = 0; r->site->bell != NULL && i < agents->count; i++)
		bell_ring(r->site->bell, agent_key(r->arena, r->tenant, agents->ids[i]), "{\"type\":\"rights\"}");
}

void
agent_cut_rights(struct req *r, const struct field_set *agents)
{
	size_t i;

	for (i = 0; r->site->bell != NULL && i < agents->count; i++)
		bell_cut(r->site->bell, agent_key(r->arena, r->tenant, agents->ids[i]));
}

void
agent_tell_members(struct req *r, const struct field_set *before, const struct field_set *after, bool is_less)
{
	uint64_t *gone = ARENA_ARRAY(r->arena, uint64_t, before->count);
	size_t i, count = 0;

	for (i = 0; i < before->count; i++)
		if (is_less || !field_set_has(after, before->ids[i]))
			gone[count++] = before->ids[i];
	agent_cut_rights(r, &(struct field_set){ gone, count });
	agent_ring_rights(r, after);
}
