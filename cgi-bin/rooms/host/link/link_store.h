/* SPDX-License-Identifier: BSD-2-Clause */
/* link_store.h - links that open a tenant once: stored as hashes, used by whoever is first. */
#ifndef HARK_ROOMS_HOST_LINK_STORE_H
#define HARK_ROOMS_HOST_LINK_STORE_H

#include "rooms/host/host.h"

#define HOST_LINK_LIFE CLOCK_MINUTE

struct host_link {
	uint64_t tenant_id;
	const char *tenant_name;
	uint64_t agent_id;               /* whom it signs in; 0: it begins a view */
	uint64_t operator_id;
	const char *operator_name;
};

/* GOT_NONE: unknown, used, or over. */
enum got host_link_find(struct db *db, struct arena *arena, const unsigned char *hash, clock_ms now, struct host_link *link) MUST_USE;
/* Of all who ask at once, one gets GOT_ONE. */
enum got host_link_take(struct db *db, const struct host_link *link, const unsigned char *hash, clock_ms now) MUST_USE;
enum got host_link_insert(struct req *r, const struct host_link *link, const unsigned char *hash) MUST_USE;

/* Deletes the links of yesterday and before. */
enum got host_link_sweep(struct db *db, clock_ms now) MUST_USE;

#endif
