/* SPDX-License-Identifier: BSD-2-Clause */
/* session_open.c - a session that a link of the host opens, instead of a password. */
#include "rooms/people/session/session_store.h"
#include "web/reply.h"

enum got
people_open_session(struct req *r, tenant_id tenant, uint64_t agent, const char **token)
{
	if (r->actor.kind == ACTOR_AGENT && r->actor.session != NULL && session_end(r->db, r->tenant, r->actor.session) == GOT_ERROR)
		return GOT_ERROR;
	return session_create(r, tenant, agent, token);
}

void
people_keep_session(struct req *r, const char *token)
{
	reply_cookie(r, SESSION_COOKIE, token, SESSION_COOKIE_LIFE);
}
