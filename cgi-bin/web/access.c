/* SPDX-License-Identifier: BSD-2-Clause */
/* access.c - whose rules a request goes by, and whether the password was given lately. */
#include "web/access.h"

#include "core/text.h"
#include "edge/locale.h"
#include "web/audit.h"
#include "web/reply.h"

const struct access *
access_of(const struct req *r)
{
	return (r->route->flags & ROUTE_HOST) != 0 ? r->site->operators : r->site->agents;
}

enum got
access_audit(struct req *r, uint64_t owner, const char *name, const char *action)
{
	const char *noun = access_of(r)->noun;
	const struct audit_entry entry = {
		.action = arena_printf(r->arena, "%s.%s", noun, action), .noun = noun, .noun_id = owner, .noun_name = name
	};

	return audit_write(r, &entry);
}

bool
access_is_person(const struct req *r)
{
	return (r->actor.kind == ACTOR_AGENT || r->actor.kind == ACTOR_HOST) && r->actor.session != NULL;
}

bool
access_is_confirmed(const struct req *r)
{
	return access_is_person(r) && r->now - r->actor.confirmed_at < CONFIRM_LIFE;
}

int
access_ask_confirm(struct req *r, const char *next)
{
	struct str to;

	if (!access_is_person(r))
		return reply_error(r, 403, "confirm", N_("Only a person who is signed in may do this, not an API key."));
	if (req_wants_json(r))
		return reply_error(r, 403, "confirm", N_("Confirm that it is you first: give your password again."));
	str_init(&to, r->arena);
	str_addf(&to, "%s?next=", access_of(r)->confirm);
	text_url_encode(&to, next != NULL ? next : r->path);
	return reply_redirect(r, "%s", to.data);
}
