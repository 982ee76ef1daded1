/* SPDX-License-Identifier: BSD-2-Clause */
/* owner_store.c - the account of a new company's first administrator. */
#include <string.h>

#include "core/text.h"
#include "rooms/people/people.h"

#define ACCOUNT_MAX 64
#define NAME_MAX 80

/* The role that allows everything, and the first queue. */
static enum got
owner_links(struct db *db, tenant_id tenant, uint64_t *role, uint64_t *queue)
{
	if (db_number(db, "SELECT MIN(id) FROM role WHERE tenant_id = ? AND permissions = '*' AND deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant)), role) != GOT_ONE)
		return GOT_ERROR;
	return db_number(db, "SELECT MIN(id) FROM queue WHERE tenant_id = ? AND deleted_at IS NULL", DB_ARGS(db_tenant(tenant)), queue);
}

/* "Anna Weber", or what stands before the @. */
static void
owner_name(struct arena *arena, const struct tenant_owner *owner, struct agent *agent)
{
	const char *name = text_is_blank(owner->name) ? agent->account : text_trim(arena, owner->name);
	size_t first = strcspn(name, " ");

	agent->first_name = arena_text_of(arena, name, first);
	agent->first_name = arena_text_of(arena, agent->first_name, text_prefix(agent->first_name, NAME_MAX));
	agent->last_name = text_trim(arena, name + first);
	agent->last_name = arena_text_of(arena, agent->last_name, text_prefix(agent->last_name, NAME_MAX));
	agent->alias = agent->first_name;
}

enum got
people_start_owner(struct db *db, struct arena *arena, tenant_id tenant, const struct tenant_owner *owner, clock_ms now, uint64_t *id)
{
	const char *local = arena_text_of(arena, owner->email, strcspn(owner->email, "@"));
	struct agent agent = { .email = owner->email, .account = arena_text_of(arena, local, text_prefix(local, ACCOUNT_MAX)),
		.max_chats = 5 };
	uint64_t role = 0, queue = 0;

	if (owner_links(db, tenant, &role, &queue) != GOT_ONE)
		return GOT_ERROR;
	owner_name(arena, owner, &agent);
	agent.roles = (struct field_set){ &role, 1 };
	agent.queues = (struct field_set){ &queue, 1 };
	if (agent_create(db, arena, tenant, &agent, now) != GOT_ONE)
		return GOT_ERROR;
	*id = agent.id;
	return GOT_ONE;
}
