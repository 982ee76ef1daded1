/* SPDX-License-Identifier: BSD-2-Clause */
/* domain_store.h - writing the rows of host names. */
#ifndef HARK_ROOMS_TENANT_DOMAIN_STORE_H
#define HARK_ROOMS_TENANT_DOMAIN_STORE_H

#include "rooms/tenant/tenant.h"

/* A claim; sets the id. GOT_NONE: the tenant has it already. */
enum got domain_insert(struct db *db, tenant_id tenant, struct domain *domain) MUST_USE;
/* state, proof and all that a look changes. GOT_NONE: another tenant has the host verified, or the row is gone. */
enum got domain_update(struct db *db, tenant_id tenant, const struct domain *domain) MUST_USE;
/* The same as the outcome of a look, which takes seconds. GOT_NONE: the row is not as it `was` any more: somebody vouched for it, or wants
 * another look. GOT_ERROR and db_is_duplicate(): another tenant has the host verified. */
enum got domain_set_looked(struct db *db, const struct domain *was, const struct domain *domain) MUST_USE;
enum got domain_erase(struct db *db, tenant_id tenant, uint64_t id) MUST_USE;
enum got domain_count(struct db *db, tenant_id tenant, uint64_t *count) MUST_USE;
/* Whoever has it verified; GOT_NONE: nobody. */
enum got domain_owner(struct db *db, struct arena *arena, const char *host, struct domain *domain) MUST_USE;
/* Orders the job that looks at the proof of a host name; once, while one waits. */
enum got domain_order_check(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, clock_ms now) MUST_USE;
/* Those whose next look is due, of all tenants. */
enum got domain_due(struct db *db, struct arena *arena, clock_ms now, uint64_t most, struct db_rows *domains) MUST_USE;
/* The next look is then. GOT_NONE: there is none, since the operator vouches for it. */
enum got domain_set_due(struct db *db, tenant_id tenant, uint64_t id, clock_ms at) MUST_USE;

#endif
