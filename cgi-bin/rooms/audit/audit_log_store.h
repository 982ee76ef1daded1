/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_log_store.h - the rows of the audit log. */
#ifndef HARK_ROOMS_AUDIT_AUDIT_LOG_STORE_H
#define HARK_ROOMS_AUDIT_AUDIT_LOG_STORE_H

#include "core/field.h"
#include "edge/db.h"
#include "web/sweep.h"

struct audit_row {
	uint64_t id;
	clock_ms at;
	const char *actor_kind;      /* agent, api, command, host, system, nobody */
	uint64_t actor_id;
	const char *actor_name;
	const char *address;
	const char *action;          /* "queue.create" */
	const char *noun;
	uint64_t noun_id;
	const char *noun_name;
	const char *difference;      /* JSON: {"name":["before","after"]} */
};

/* What is asked for; 0 and "" are no condition. */
struct audit_filter {
	const char *words;           /* in the names of actor and noun, the action, the address or the values */
	const char *noun;
	uint64_t noun_id;
	const char *actor_kind;
	uint64_t actor_id;
	clock_ms from;
	clock_ms to;
	uint64_t before_id;          /* older than this entry */
	uint64_t most;               /* rows */
};

/* Newest first. */
enum got audit_list(struct db *db, struct arena *arena, tenant_id tenant, const struct audit_filter *filter,
	struct db_rows *rows) MUST_USE;

/* The same one by one: db_stream(). */
enum got audit_each(struct db *db, tenant_id tenant, const struct audit_filter *filter, db_each_row *each, void *arg) MUST_USE;

/* The nouns that a company's entries are about: of the newest thousands. */
enum got audit_nouns(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *rows) MUST_USE;

/* Removes the entries before a moment. */
void audit_remove(struct sweep *sweep, tenant_id tenant, clock_ms before);

/* The tenants that have entries, and 0 for the installation's own. */
struct audit_tenant {
	uint64_t tenant_id;
};
enum got audit_tenants(struct db *db, struct arena *arena, struct db_rows *tenants) MUST_USE;

#endif
