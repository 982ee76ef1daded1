/* SPDX-License-Identifier: BSD-2-Clause */
/* visit.h - visitors: a browser at one widget, known by a secret token. */
#ifndef HARK_ROOMS_VISIT_VISIT_H
#define HARK_ROOMS_VISIT_VISIT_H

#include "core/field.h"
#include "edge/db.h"
#include "web/job.h"
#include "web/req.h"

struct visitor {
	uint64_t id;
	uint64_t widget_id;
	uint64_t contact_id;
	const char *name;
	const char *email;
	const char *address;
	const char *user_agent;
	const char *locale;
	const char *page_url;
	const char *page_title;
	const char *referrer;
	clock_ms created_at;
	clock_ms seen_at;
};
extern const struct field visitor_fields[];
extern const struct job_kind visit_jobs[];           /* visit.sweep */

/* The X-Hark-Visitor token of the request, when it has the form of one; else NULL. */
const char *visitor_token(struct req *r);

/* Its hash, as `visitor` rows have it: SHA-256 of "<key of the widget>|<token>", so that a token opens nothing at another widget. */
struct db_value visitor_token_hash(struct arena *arena, const char *widget_key, const char *token);

/* The visitor of the request's X-Hark-Visitor token at the widget of its path; GOT_NONE: no token or unknown. */
enum got visitor_of_request(struct req *r, struct visitor *visitor) MUST_USE;
enum got visitor_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct visitor *visitor) MUST_USE;
/* Makes one with the token that the browser made (so that a repeated start is the same visitor) or a new one; *token is it. GOT_NONE: the
 * token is used already. */
enum got visitor_create(struct req *r, struct visitor *visitor, const char **token) MUST_USE;
/* GOT_NONE: it has just been swept. */
enum got visitor_update(struct db *db, tenant_id tenant, const struct visitor *visitor, clock_ms now) MUST_USE;
/* The visitors of one contact become the other's; GOT_NONE: there are none. */
enum got visitor_move_contact(struct db *db, tenant_id tenant, uint64_t from, uint64_t to) MUST_USE;
/* Is here now, with the page and the address of the visitor. Who it is stays as it is: it was only read. */
enum got visitor_here(struct db *db, tenant_id tenant, const struct visitor *visitor, clock_ms now) MUST_USE;
/* Was here now. */
enum got visitor_seen(struct db *db, tenant_id tenant, uint64_t id, clock_ms now) MUST_USE;
/* "Firefox 130 on Windows", for people. */
const char *visitor_browser(struct arena *arena, const char *user_agent);

#endif
