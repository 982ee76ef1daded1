/* SPDX-License-Identifier: BSD-2-Clause */
/* limit_store.h - what limits are and what counts against them. */
#ifndef HARK_ROOMS_TENANT_LIMIT_STORE_H
#define HARK_ROOMS_TENANT_LIMIT_STORE_H

#include "rooms/tenant/tenant.h"

/* The plan of a tenant, limits in the plan's units. */
enum got plan_of_tenant(struct db *db, struct arena *arena, tenant_id tenant, struct plan *plan) MUST_USE;

/* One limit, in units of what is counted: bytes of storage. */
enum got limit_most(struct db *db, tenant_id tenant, enum limit limit, uint64_t *most) MUST_USE;

/* Until the transaction ends, nobody else makes what the tenant's plan counts. */
enum got limit_take_turn(struct db *db, tenant_id tenant) MUST_USE;

/* More bytes are kept, or less. */
enum got limit_add_storage(struct db *db, tenant_id tenant, int64_t bytes) MUST_USE;

#endif
