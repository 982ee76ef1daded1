/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_log_store.h - the rows of the audit log. */
#ifndef HARK_ROOMS_AUDIT_AUDIT_LOG_STORE_H
#define HARK_ROOMS_AUDIT_AUDIT_LOG_STORE_H

#include "rooms/audit/audit.h"
#include "web/sweep.h"

/* Newest first. */
enum got audit_list(struct db *db, struct arena *arena, tenant_id tenant, const struct audit_filter *filter,
	struct db_rows *rows) MUST_USE;

/* The same one by one: db_stream(). */
enum got audit_each(struct db *db, tenant_id tenant, const struct audit_filter *filter, db_each_row *each, void *arg) MUST_USE;

/* What a company's entries are about: each noun with each action (no other members) of the newest thousands, by noun. */
enum got audit_kinds_of(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *rows) MUST_USE;

/* The same of the host's log, which audit_host_list() reads. */
enum got audit_host_each(struct db *db, tenant_id tenant, const struct audit_filter *filter, db_each_row *each, void *arg) MUST_USE;
enum got audit_host_kinds(struct db *db, struct arena *arena, struct db_rows *rows) MUST_USE;

/* Removes the entries before a moment. */
void audit_remove(struct sweep *sweep, tenant_id tenant, clock_ms before);

/* The tenants that have entries, and 0 for the installation's own. */
struct audit_tenant {
	uint64_t tenant_id;
};
enum got audit_tenants(struct db *db, struct arena *arena, struct db_rows *tenants) MUST_USE;

#endif
