/* SPDX-License-Identifier: BSD-2-Clause */
/* widget_store.h - the rows of widget. */
#ifndef HARK_ROOMS_WIDGET_WIDGET_STORE_H
#define HARK_ROOMS_WIDGET_WIDGET_STORE_H

#include "rooms/tenant/tenant.h"
#include "rooms/widget/widget.h"

/* The widget, also a deleted one, and its tenant by the public key, whatever tenant it is. */
enum got widget_by_key(struct db *db, struct arena *arena, const char *key, struct widget *widget, struct tenant *tenant) MUST_USE;
enum got widget_count(struct db *db, tenant_id tenant, uint64_t *count) MUST_USE;
/* A page of that host has loaded it. */
enum got widget_set_seen(struct db *db, tenant_id tenant, uint64_t id, const char *host, clock_ms now) MUST_USE;
/* Sets the id. */
enum got widget_insert(struct db *db, tenant_id tenant, struct widget *widget, clock_ms now) MUST_USE;

#endif
