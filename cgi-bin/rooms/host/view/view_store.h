/* SPDX-License-Identifier: BSD-2-Clause */
/* view_store.h - the rows of consents and views. */
#ifndef HARK_ROOMS_HOST_VIEW_STORE_H
#define HARK_ROOMS_HOST_VIEW_STORE_H

#include "rooms/host/view/view.h"

#define VIEWS_SHOWN 50           /* of the past, on the tenant's page */

struct view {
	uint64_t id;
	uint64_t tenant_id;
	uint64_t operator_id;
	const char *operator_name;
	const char *permissions;     /* of the operator, now */
	uint64_t pages;
	clock_ms created_at;
	clock_ms seen_at;
	clock_ms expires_at;
	clock_ms ended_at;
};

/* GOT_ONE or GOT_ERROR. `until` 0: until it is taken back. */
enum got support_access_grant(struct req *r, clock_ms until) MUST_USE;
/* Ends the consent and the views that go on; GOT_NONE: there was none. */
enum got support_access_end(struct db *db, tenant_id tenant, clock_ms now) MUST_USE;

/* Of a token's hash: not over, with consent, of a live operator. */
enum got view_find(struct db *db, struct arena *arena, const unsigned char *hash, clock_ms now, struct view *view) MUST_USE;
/* One more page. */
enum got view_count(struct db *db, const struct view *view, clock_ms now) MUST_USE;
enum got view_end(struct db *db, tenant_id tenant, const unsigned char *hash, clock_ms now) MUST_USE;
/* The newest of a tenant. */
enum got view_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *views) MUST_USE;

#endif
