/* SPDX-License-Identifier: BSD-2-Clause */
/* host.h - who runs the installation: operators, their panel and API, links into a tenant, and views with its consent.
 *
 * An operator is nobody in a tenant and an agent is nobody here: they have cookies, keys, rights and routes of their own. The panel is
 * at /host, the API at /api/v1/host, both only on the host name of `host_url` (or `base_url` when there is none).
 */
#ifndef HARK_ROOMS_HOST_HOST_H
#define HARK_ROOMS_HOST_HOST_H

#include "core/field.h"
#include "edge/db.h"
#include "rooms/tenant/tenant.h"
#include "web/job.h"
#include "web/req.h"
#include "web/route.h"

struct operator {
	uint64_t id;
	const char *name;
	const char *email;
	const char *password_hash;
	const char *permissions;         /* names of permission_host_table, separated by spaces; "*" is all */
	clock_ms signed_in_at;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
	bool two_factor;                 /* has a second factor */
};
extern const struct field operator_fields[];     /* name, email and permissions are what the command takes */

/* A key for programs, which acts in the name of an operator. */
struct operator_key {
	uint64_t id;
	uint64_t operator_id;
	const char *operator_name;
	const char *name;
	const char *permissions;
	clock_ms created_at;
	clock_ms used_at;
};
extern const struct field operator_key_fields[]; /* name and permissions are what the command takes */

extern const struct route operator_routes[];     /* sign-in, operators, their keys */
extern const struct route operator_own_routes[]; /* their own account: password, second factor, sessions, the language of the panel */
extern const struct route operator_api_routes[];
extern const struct route company_routes[];      /* tenants: the list, a new one, one with its facts */
extern const struct route company_act_routes[];  /* plan, suspend, resume, delete, sign-in link, view */
extern const struct route company_domain_routes[];
extern const struct route company_api_routes[];
extern const struct route plan_routes[];
extern const struct route host_usage_routes[];
extern const struct route host_api_routes[];     /* usage, plans, host names */
extern const struct route link_routes[];         /* /enter/:token, for tenants' owners */
extern const struct route view_routes[];         /* /admin/support-access, for tenants' administrators */
extern const struct job_kind host_jobs[];        /* host.sweep: sessions and links that are over; views stay, since the company reads who looked */

/* For site.operators. */
extern const struct access operator_access;

/* For site.identify: an operator on the routes of the host, an operator who views on a tenant's pages, else people_identify(). */
enum got host_identify(struct req *r);

/* Live operators, by name. */
enum got operator_all(struct db *db, struct arena *arena, struct db_rows *operators) MUST_USE;
enum got operator_by_email(struct db *db, struct arena *arena, const char *email, struct operator *operator) MUST_USE;
/* Hashes the password and sets the id; a taken address is db_is_duplicate(). */
enum got operator_create(struct db *db, struct arena *arena, struct operator *operator, const char *password, clock_ms now) MUST_USE;
/* Ends all sessions and views of the operator, too. In the caller's transaction. */
enum got operator_set_password(struct db *db, struct arena *arena, uint64_t id, const char *password, clock_ms now) MUST_USE;
/* Takes the second factor and its recovery codes away and ends all sessions and views. In the caller's transaction. */
enum got operator_reset_factor(struct req *r, uint64_t operator) MUST_USE;
/* The operator's sessions, views and keys end with it. In the caller's transaction. */
enum got operator_delete(struct db *db, uint64_t id, clock_ms now) MUST_USE;

/* The key is shown once, its hash is stored. */
enum got operator_key_create(struct db *db, struct arena *arena, struct operator_key *key, clock_ms now, const char **secret) MUST_USE;
/* Live ones of live operators, by name. */
enum got operator_key_all(struct db *db, struct arena *arena, struct db_rows *keys) MUST_USE;
enum got operator_key_by_id(struct db *db, struct arena *arena, uint64_t id, struct operator_key *key) MUST_USE;
enum got operator_key_delete(struct db *db, uint64_t id, clock_ms now) MUST_USE;
/* The same with its audit entry; GOT_NONE: there is no such key. */
enum got operator_key_take_back(struct req *r, uint64_t id, struct operator_key *key) MUST_USE;

/* As API and command show them. */
struct json *operator_json(struct arena *arena, const struct operator *operator);
struct json *operator_key_json(struct arena *arena, const struct operator_key *key);

/* A link that signs in once, within a minute, as a tenant's owner (its first live administrator), or as the agent with that account.
 * Audited in the tenant's log when it is made and when it is used. GOT_NONE: there is no such agent. */
struct host_sign_in_link {
	const char *url;                 /* below base_url, whatever the request's host was */
	const char *account;
	const char *agent_name;
	clock_ms expires_at;
};
enum got host_sign_in_link(struct req *r, const struct tenant *tenant, const char *account, struct host_sign_in_link *link) MUST_USE;
/* The same for a view by the operator of the request. Whether the tenant agrees is asked when it is used. */
enum got host_view_link(struct req *r, const struct tenant *tenant, const char **url) MUST_USE;

#endif
