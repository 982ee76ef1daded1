/* SPDX-License-Identifier: BSD-2-Clause */
/* session_open.c - a session that a link of the host opens, instead of a password. */
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"

enum got
people_open_session(struct req *r, tenant_id tenant, uint64_t agent, const char **token)
{
	const tenant_id before = r->tenant;
	struct security limits = { 0 };
	const struct session_start start = { .agent = agent, .limits = &limits, .is_of_host = true };
	enum got got;

	if (r->actor.kind == ACTOR_AGENT && r->actor.session != NULL && session_end(r->db, r->tenant, r->actor.session) == GOT_ERROR)
		return GOT_ERROR;
	r->tenant = tenant;
	got = security_load(r, &limits);
	if (got == GOT_ONE)
		got = session_create(r, &start, token);
	r->tenant = before;
	return got;
}

void
people_keep_session(struct req *r, const char *token)
{
	session_cookie(r, token);
}
