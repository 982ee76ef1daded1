/* SPDX-License-Identifier: BSD-2-Clause */
/* host_audit.c - entries in the log of a tenant that is not the one of the request. */
#include "rooms/host/host_audit.h"

enum got
host_audit(struct req *r, tenant_id tenant, const struct host_actor *actor, const struct audit_entry *entry)
{
	const tenant_id tenant_before = r->tenant;
	const struct actor actor_before = r->actor;
	enum got got;

	r->tenant = tenant;
	if (actor != NULL)
		r->actor = (struct actor){ .kind = ACTOR_HOST, .id = actor->id, .name = actor->name };
	got = audit_write(r, entry);
	r->actor = actor_before;
	r->tenant = tenant_before;
	return got;
}
