/* SPDX-License-Identifier: BSD-2-Clause */
/* tenant_store.h - writing the rows of tenants. */
#ifndef HARK_ROOMS_TENANT_TENANT_STORE_H
#define HARK_ROOMS_TENANT_TENANT_STORE_H

#include "rooms/tenant/tenant.h"

#define PLAN_UNLIMITED 1         /* id of the plan that the migration makes */

/* Fills what is empty with the usual, and the id. */
enum got tenant_insert(struct db *db, struct tenant *tenant, clock_ms now) MUST_USE;
/* name, external_id, locale, time_zone, plan_id. */
enum got tenant_update(struct db *db, const struct tenant *tenant, clock_ms now) MUST_USE;
/* As it is now, until the transaction ends. */
enum got tenant_lock(struct db *db, struct arena *arena, uint64_t id, struct tenant *tenant) MUST_USE;
/* state, state_reason, reason_before, suspended_at, delete_at. */
enum got tenant_set_state(struct db *db, const struct tenant *tenant, clock_ms now) MUST_USE;

/* An entry in the tenant's own log, in the name of r->actor; r->tenant stays what it is. */
enum got tenant_audit(struct req *r, const char *action, const struct tenant *tenant, const char *difference) MUST_USE;

#endif
