/* SPDX-License-Identifier: BSD-2-Clause */
/* inbound_store.h - private to rooms/channel: what only its sweep and pages ask. */
#ifndef HARK_ROOMS_CHANNEL_INBOUND_STORE_H
#define HARK_ROOMS_CHANNEL_INBOUND_STORE_H

#include "rooms/channel/channel.h"
#include "web/sweep.h"

/* Forgets what came before then and has found its end: no provider repeats it any more. Of all tenants. */
void inbound_sweep(struct sweep *sweep, clock_ms before);

/* How many of an account could not be taken in, of those that are still known. */
enum got inbound_failed(struct db *db, tenant_id tenant, uint64_t account, uint64_t *count) MUST_USE;

#endif
