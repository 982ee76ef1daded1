/* SPDX-License-Identifier: BSD-2-Clause */
/* account_store.h - the rows of account. */
#ifndef HARK_ROOMS_CHANNEL_ACCOUNT_STORE_H
#define HARK_ROOMS_CHANNEL_ACCOUNT_STORE_H

#include "rooms/channel/channel.h"

/* Where a secret belongs: it opens nowhere else. */
const char *account_place(struct arena *arena, tenant_id tenant, const struct account *account, const char *what);

/* Another account of the tenant that has the same bot: its name. */
enum got account_of_bot(struct db *db, struct arena *arena, tenant_id tenant, const struct account *account, const char **name) MUST_USE;

/* Those of the tenant that their provider may know of, as struct account with id and channel. */
enum got account_connected(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *accounts) MUST_USE;
enum got account_delete(struct db *db, tenant_id tenant, uint64_t id, clock_ms now) MUST_USE;
/* Looks at providers that have been ordered for accounts of the tenant and are not done. */
enum got account_checks(struct db *db, tenant_id tenant, uint64_t *count) MUST_USE;

/* It is being looked at. */
enum got account_wait(struct db *db, tenant_id tenant, uint64_t id) MUST_USE;

#endif
