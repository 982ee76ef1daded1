/* SPDX-License-Identifier: BSD-2-Clause */
/* session.c - sessions begin, are renewed and end, with all that hangs on them. */
#include "rooms/people/session/session.h"

#include <string.h>

#include "core/address.h"
#include "core/log.h"
#include "edge/locale.h"
#include "rooms/people/people_store.h"
#include "rooms/people/session/session_store.h"
#include "web/audit.h"
#include "web/reply.h"

void
session_cookie(struct req *r, const char *token)
{
	reply_cookie(r, SESSION_COOKIE, token, SESSION_COOKIE_LIFE);
}

enum got
session_begin(struct req *r, const struct security *limits, const char **token)
{
	const struct session_start start = { .agent = r->actor.id, .limits = limits };
	enum got got = session_create(r, &start, token);

	return got == GOT_ONE && agent_signed_in(r) == GOT_ERROR ? GOT_ERROR : got;
}

enum got
session_renew(struct req *r)
{
	const char *token = crypt_token(r->arena);
	unsigned char hash[CRYPT_HASH_LEN];
	enum got got;

	crypt_sha256(token, strlen(token), hash);
	got = session_replace(r->db, r->tenant, r->actor.session, hash);
	if (got != GOT_ONE)
		return got;
	r->actor.session = arena_copy(r->arena, hash, sizeof(hash));
	session_cookie(r, token);
	return GOT_ONE;
}

enum got
session_gone(struct req *r, uint64_t agent)
{
	const struct status_change change = { .agent = agent, .status = "offline", .reason = "sign_out", .actor = r->actor.id,
		.actor_name = r->actor.name };
	uint64_t left = 0;

	if (session_count(r->db, r->tenant, agent, r->now, &left) == GOT_ERROR)
		return GOT_ERROR;
	if (left == 0 && agent_set_status(r->db, r->arena, r->tenant, &change, r->now) == GOT_ERROR)
		return GOT_ERROR;
	if (r->site->bell != NULL)
		bell_cut(r->site->bell, agent_key(r->arena, r->tenant, agent));
	if (left == 0 && r->site->agent_left != NULL)
		r->site->agent_left(r, agent);
	return GOT_ONE;
}

static enum got
session_refuse(struct req *r, const struct session *session)
{
	const struct audit_entry entry = {
		.action = "session.address", .noun = "agent", .noun_id = session->owner, .noun_name = session->address
	};

	if (session_end_by_id(r->db, r->tenant, session->owner, session->id) != GOT_ONE || audit_write(r, &entry) != GOT_ONE)
		return GOT_ERROR;
	return session_gone(r, session->owner);
}

/* Each request is checked as well (session_identify.c); this ends at once what is parked. */
void
session_review(struct req *r, uint64_t agent)
{
	struct security security = { 0 };
	struct db_rows rows = { 0 };
	const struct session *session;
	size_t i;

	if (security_load(r, &security) != GOT_ONE || session_list(r, agent, NULL, &rows) == GOT_ERROR)
		return;
	for (i = 0, session = rows.rows; i < rows.count; i++, session++) {
		if (address_list_allows(security.allowed_addresses, session->address)
			&& address_list_allows(session->allowed_addresses, session->address))
			continue;
		if (session_refuse(r, session) == GOT_ERROR)
			log_warning("session_review", "agent %llu is still signed in from %s", (unsigned long long)session->owner,
				session->address);
	}
}
