/* SPDX-License-Identifier: BSD-2-Clause */
/* host_audit.h - what operators did, in the logs of the tenants and in that of the installation (tenant 0). */
#ifndef HARK_ROOMS_HOST_HOST_AUDIT_H
#define HARK_ROOMS_HOST_HOST_AUDIT_H

#include "rooms/host/host.h"
#include "web/audit.h"

/* An operator in whose name something is written: whoever made a link, when somebody uses it. */
struct host_actor {
	uint64_t id;
	const char *name;
};

/* Into the log of the tenant, in the caller's transaction; `actor` NULL is the actor of the request. */
enum got host_audit(struct req *r, tenant_id tenant, const struct host_actor *actor, const struct audit_entry *entry) MUST_USE;

#endif
