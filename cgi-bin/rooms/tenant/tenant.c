/* SPDX-License-Identifier: BSD-2-Clause */
/* tenant.c - how a request comes to belong to a tenant. */
#include "rooms/tenant/tenant.h"

void
tenant_enter(struct req *r, const struct tenant *tenant)
{
	r->tenant = tenant_of(tenant);
	r->tenant_name = tenant->name;
	r->tenant_locale = tenant->locale;
	r->tenant_zone = tenant->time_zone;
	r->tenant_languages = tenant->text_languages;
	r->tenant_state = tenant->state;
	r->tenant_reason = tenant->state_reason;
	r->tenant_delete_at = tenant->delete_at;
}

enum got
tenant_of_host(struct req *r, const char *host)
{
	struct tenant tenant = { 0 };
	enum got got = tenant_by_host(r->db, r->arena, host, &tenant);

	if (got == GOT_ONE)
		tenant_enter(r, &tenant);
	return got;
}
