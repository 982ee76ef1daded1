/* SPDX-License-Identifier: BSD-2-Clause */
/* plan_store.h - writing the rows of plans. */
#ifndef HARK_ROOMS_TENANT_PLAN_STORE_H
#define HARK_ROOMS_TENANT_PLAN_STORE_H

#include "rooms/tenant/tenant.h"

/* As it is now: until the transaction ends it is neither changed nor deleted. */
enum got plan_hold(struct db *db, struct arena *arena, const char *code, struct plan *plan) MUST_USE;
/* The same for whoever changes or deletes it. */
enum got plan_lock(struct db *db, struct arena *arena, uint64_t id, struct plan *plan) MUST_USE;
/* Sets the id. GOT_NONE: the code is taken. */
enum got plan_insert(struct db *db, struct plan *plan, clock_ms now) MUST_USE;
/* Everything but the code. */
enum got plan_update(struct db *db, const struct plan *plan, clock_ms now) MUST_USE;
/* GOT_NONE: a tenant has it. Of one that is locked, so that it is given to none meanwhile. */
enum got plan_erase(struct db *db, uint64_t id) MUST_USE;

/* How many other plans have its name. */
enum got plan_names(struct db *db, const struct plan *plan, uint64_t *count) MUST_USE;

#endif
