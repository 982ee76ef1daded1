/* SPDX-License-Identifier: BSD-2-Clause */
/* access.c - whose rules a request goes by, the own password, and whether it was given lately. */
#include "web/access.h"

#include "core/text.h"
#include "edge/locale.h"
#include "web/audit.h"
#include "web/factor.h"
#include "web/reply.h"
#include "web/throttle.h"

static const struct throttle_rule own_password_rule = { "password.own", 10, 15 * CLOCK_MINUTE };

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

enum got
access_password_is_own(struct req *r, const char *password, const char *hash, bool *is_own, uint64_t *retry_after)
{
	const char *who = factor_owner_key(r, r->actor.id);
	enum got got = throttle_count(r, &own_password_rule, who, retry_after);
	enum crypt_answer answer;

	*is_own = false;
	if (got != GOT_ONE)
		return got;
	answer = crypt_password_check(password, hash);
	*is_own = answer == CRYPT_RIGHT;
	return answer == CRYPT_BUSY || (*is_own && throttle_clear(r, &own_password_rule, who) == GOT_ERROR) ? GOT_ERROR : GOT_ONE;
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
