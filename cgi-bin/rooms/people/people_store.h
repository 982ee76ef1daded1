/* SPDX-License-Identifier: BSD-2-Clause */
/* people_store.h - what this room alone asks of the tables agent, role and queue. */
#ifndef HARK_ROOMS_PEOPLE_PEOPLE_STORE_H
#define HARK_ROOMS_PEOPLE_PEOPLE_STORE_H

#include "rooms/people/people.h"

/* The roles' permissions of an agent, deleted roles left out. */
enum got agent_permissions(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id,
	permission_set *permissions) MUST_USE;

/* The permissions that these roles give together. */
enum got role_permissions(struct db *db, struct arena *arena, tenant_id tenant, const struct field_set *roles,
	permission_set *permissions) MUST_USE;

/* The actor has signed in: the status becomes what the company wants. */
enum got agent_signed_in(struct req *r) MUST_USE;
/* Another hash of the same password, unless it has been changed meanwhile (GOT_NONE). */
enum got agent_replace_hash(struct db *db, tenant_id tenant, const struct agent *agent, const char *hash) MUST_USE;

/* Locks the agent until the transaction ends; GOT_NONE when it is deleted or its password is not that of agent->password_hash any more. */
enum got agent_lock_password(struct db *db, tenant_id tenant, const struct agent *agent) MUST_USE;

/* Another picture than before->avatar, unless that has been changed meanwhile (GOT_NONE). */
enum got agent_set_avatar(struct db *db, tenant_id tenant, const struct agent *before, const char *avatar, clock_ms now) MUST_USE;

/* What each live agent may do, by id: of all roles together; none has "". */
struct agent_grant {
	uint64_t id;
	const char *alias;
	const char *permissions;
	uint64_t roles;                  /* how many */
};
enum got agent_grants(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *grants) MUST_USE;

/* Is it a role of administrators? It has every right, also those that a later version brings; all rights one by one are less. */
bool role_has_all(const struct role *role);

/* GOT_ONE when there is one among these, GOT_NONE when not. */
enum got role_of_administrators(struct db *db, struct arena *arena, tenant_id tenant, const struct field_set *roles) MUST_USE;

/* Locks the roles of all rights until the transaction ends. */
enum got role_lock_administrators(struct db *db, tenant_id tenant) MUST_USE;

/* Live agents with a role of all rights, but for one. */
enum got agent_count_administrators(struct db *db, tenant_id tenant, uint64_t but, uint64_t *count) MUST_USE;

/* Live agents, but for one, whose account or e-mail address it is. */
enum got agent_count_named(struct db *db, tenant_id tenant, const char *name, uint64_t but, uint64_t *count) MUST_USE;

enum got agent_count(struct db *db, tenant_id tenant, uint64_t *count) MUST_USE;

/* Live agents who have the role. */
enum got role_count_agents(struct db *db, tenant_id tenant, uint64_t role, uint64_t *count) MUST_USE;

/* Invitations that may still be accepted and give the role. */
enum got role_count_invitations(struct db *db, tenant_id tenant, uint64_t role, clock_ms now, uint64_t *count) MUST_USE;

/* Live queues for chat, but for one. */
enum got queue_count_for_chat(struct db *db, tenant_id tenant, uint64_t but, uint64_t *count) MUST_USE;

/* Live queues for chat, which are locked until the transaction ends. */
enum got queue_lock_for_chat(struct db *db, tenant_id tenant, uint64_t *count) MUST_USE;

#endif
