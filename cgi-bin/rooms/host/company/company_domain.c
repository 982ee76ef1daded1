/* SPDX-License-Identifier: BSD-2-Clause */
/* company_domain.c - the company and the host name that a path of the host's panel or API is about. */
#include "rooms/host/company/company_domain.h"

enum got
company_enter(struct req *r)
{
	struct tenant tenant = { 0 };
	enum got got = tenant_by_id(r->db, r->arena, (tenant_id){ req_id(r) }, &tenant);

	if (got == GOT_ONE)
		r->tenant = tenant_of(&tenant);
	return got;
}

enum got
company_domain_find(struct req *r, struct domain *domain)
{
	enum got got = company_enter(r);

	return got == GOT_ONE ? domain_by_id(r->db, r->arena, r->tenant, req_arg_u64(r, "domain"), domain) : got;
}
