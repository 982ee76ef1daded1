/* SPDX-License-Identifier: BSD-2-Clause */
/* erase_store.h - removing every row of a tenant. */
#ifndef HARK_ROOMS_TENANT_ERASE_STORE_H
#define HARK_ROOMS_TENANT_ERASE_STORE_H

#include "rooms/tenant/tenant.h"

/* deleting -> erasing for those whose time has come: from then on nothing brings them back. */
enum got erase_begin(struct db *db, clock_ms now) MUST_USE;

/* The tenants that are being erased. */
enum got erase_all(struct db *db, struct arena *arena, struct db_rows *tenants) MUST_USE;

/* Removes some rows of the first table that has any. GOT_ONE: there may be more; GOT_NONE: all tables are empty. */
enum got erase_some(struct db *db, tenant_id tenant) MUST_USE;

/* The last row, that of the tenant itself. */
enum got erase_tenant(struct db *db, tenant_id tenant) MUST_USE;

#endif
