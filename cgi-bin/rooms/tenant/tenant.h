/* SPDX-License-Identifier: BSD-2-Clause */
/* tenant.h - tenants: a company with everything that is its own. */
#ifndef HARK_ROOMS_TENANT_TENANT_H
#define HARK_ROOMS_TENANT_TENANT_H

#include "core/field.h"
#include "edge/db.h"
#include "web/req.h"

struct tenant {
	uint64_t id;
	const char *code;           /* "Company" on the sign-in page: a slug */
	const char *name;
	const char *external_id;
	const char *state;          /* active, suspended */
	const char *locale;
	const char *time_zone;
	clock_ms created_at;
	clock_ms updated_at;
};
extern const struct field tenant_fields[];

static inline tenant_id
tenant_of(const struct tenant *tenant)
{
	return (tenant_id){ tenant->id };
}

enum got tenant_by_code(struct db *db, struct arena *arena, const char *code, struct tenant *tenant) MUST_USE;
enum got tenant_by_id(struct db *db, struct arena *arena, tenant_id id, struct tenant *tenant) MUST_USE;
enum got tenant_by_host(struct db *db, struct arena *arena, const char *host, struct tenant *tenant) MUST_USE;
enum got tenant_all(struct db *db, struct arena *arena, struct db_rows *tenants) MUST_USE;

/* Inserts it and sets its id; idempotent by external_id (GOT_NONE: exists, *tenant is the old one). The rooms to the right add
 * their defaults in the same transaction: programs/ wires them. */
enum got tenant_create(struct db *db, struct arena *arena, struct tenant *tenant, clock_ms now) MUST_USE;

/* Links a host name to it; GOT_NONE when another tenant has it. */
enum got tenant_add_domain(struct db *db, tenant_id tenant, const char *host, clock_ms now) MUST_USE;

/* Where the tenant's people find it, for links in mails: "https://desk.acme.example" by its first domain, else base_url. Never what a
 * request says of itself. */
enum got tenant_address(struct db *db, struct arena *arena, const struct conf *conf, tenant_id tenant, const char **address) MUST_USE;

/* For site.tenant_of_host: the tenant of a linked domain fills r->tenant and its names. */
enum got tenant_of_host(struct req *r, const char *host);
/* Sets r->tenant, r->tenant_name, r->tenant_locale, r->tenant_zone. */
void tenant_enter(struct req *r, const struct tenant *tenant);

#endif
