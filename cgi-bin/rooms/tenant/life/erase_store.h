/* SPDX-License-Identifier: BSD-2-Clause */
/* erase_store.h - removing every row of a tenant. */
#ifndef HARK_ROOMS_TENANT_ERASE_STORE_H
#define HARK_ROOMS_TENANT_ERASE_STORE_H

#include "rooms/tenant/tenant.h"

/* The tenants whose grace is over, as struct tenant with id. */
enum got erase_over(struct db *db, struct arena *arena, clock_ms now, struct db_rows *tenants) MUST_USE;

/* deleting -> erasing: from then on nothing brings it back. GOT_NONE: its time has not come, or it has begun. */
enum got erase_begin(struct db *db, tenant_id tenant, clock_ms now) MUST_USE;

/* The tenants that are being erased and have taken leave, or began to before that moment. */
enum got erase_ready(struct db *db, struct arena *arena, clock_ms before, struct db_rows *tenants) MUST_USE;

/* Removes some rows of the first table that has any. GOT_ONE: there may be more; GOT_NONE: all tables are empty. */
enum got erase_some(struct db *db, tenant_id tenant) MUST_USE;

/* The last row, that of the tenant itself. */
enum got erase_tenant(struct db *db, tenant_id tenant) MUST_USE;

#endif
