/* SPDX-License-Identifier: BSD-2-Clause */
/* tenant_address_store.c - the address of a tenant, for links that leave the house. */
#include "rooms/tenant/tenant.h"

#include <string.h>

/* The domain has the scheme and the port of base_url: one web server answers for all. */
static const char *
address_on(struct arena *arena, const struct conf *conf, const char *host)
{
	const char *base = strstr(conf->base_url, "://") + 3;
	const char *port = base[0] == '[' ? strchr(base, ']') : base;

	port = strchr(port, ':');
	return arena_printf(arena, "%.*s%s%s", (int)(base - conf->base_url), conf->base_url, host, port != NULL ? port : "");
}

enum got
tenant_address(struct db *db, struct arena *arena, const struct conf *conf, tenant_id tenant, const char **address)
{
	struct domain domain = { .host = NULL };
	enum got got = db_one(db, arena, domain_fields, &domain,
		"SELECT host FROM tenant_domain WHERE tenant_id = ? AND state = 'verified' ORDER BY verified_at, id LIMIT 1", DB_ARGS(db_tenant(tenant)));

	*address = got == GOT_ONE ? address_on(arena, conf, domain.host) : conf->base_url;
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}
