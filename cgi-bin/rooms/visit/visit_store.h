/* SPDX-License-Identifier: BSD-2-Clause */
/* visit_store.h - what this room alone asks of the table visitor. */
#ifndef HARK_ROOMS_VISIT_VISIT_STORE_H
#define HARK_ROOMS_VISIT_VISIT_STORE_H

#include "rooms/visit/visit.h"
#include "web/sweep.h"

/* Removes who was not seen since that moment and has no conversation any more. */
void visitor_sweep(struct sweep *sweep, tenant_id tenant, clock_ms before);

#endif
