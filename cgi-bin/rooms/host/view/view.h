/* SPDX-License-Identifier: BSD-2-Clause */
/* view.h - an operator looks at a tenant's pages: with its consent, for at most an hour, reading only, each page in its audit log.
 *
 * Consent is one row of `support_access`, given and taken back by the tenant's administrators. Every request of a view asks for it
 * again, so that taking it back ends all views at once.
 */
#ifndef HARK_ROOMS_HOST_VIEW_H
#define HARK_ROOMS_HOST_VIEW_H

#include "rooms/host/host.h"

#define VIEW_COOKIE "hark-view"
#define VIEW_LIFE CLOCK_HOUR

/* Who agreed to it, when, and until when. */
struct support_access {
	uint64_t agent_id;
	const char *agent_name;
	clock_ms granted_at;
	clock_ms until_at;               /* 0: until it is taken back */
};

/* GOT_NONE: there is no consent, or it is over. */
enum got support_access_find(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct support_access *access) MUST_USE;

/* Of the view whose token this is: r->tenant is the tenant, r->actor the operator with an administrator's rights and the id 0, since no
 * agent looks. GOT_NONE: it is over, or there is no consent any more. Adds the page to the tenant's audit log. */
enum got view_identify(struct req *r, const char *token) MUST_USE;

struct view_start {
	tenant_id tenant;
	uint64_t operator_id;
	const char *operator_name;
};
/* Begins a view, in the caller's transaction; *token is for view_keep(), after the commit. */
enum got view_create(struct req *r, const struct view_start *start, const char **token) MUST_USE;
void view_keep(struct req *r, const char *token);

/* An operator who signs out views nothing any more. */
enum got view_end_of_operator(struct db *db, uint64_t operator, clock_ms now) MUST_USE;

#endif
