/* SPDX-License-Identifier: BSD-2-Clause */
/* confirm_pages.c - "Confirm that it is you": the password once more, before what a stolen browser must not do. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"
#include "web/audit.h"
#include "web/reply.h"
#include "web/throttle.h"

static handler confirm_show, confirm_do;

const struct route confirm_routes[] = {
	{ GET, "/confirm", MAY_SIGNED_IN, confirm_show, 0, NULL },
	{ POST, "/confirm", MAY_SIGNED_IN, confirm_do, ROUTE_ALWAYS, NULL },
	{ .path = NULL }
};

static const struct throttle_rule confirm_rule = { "password.confirm", 10, 15 * CLOCK_MINUTE };

struct confirm {
	const char *password;
	const char *next;
};

static const struct field confirm_fields[] = {
	FIELD_TEXT(struct confirm, password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET, .max = CRYPT_PASSWORD_MAX,
		.label = N_("Password")),
	FIELD_END
};

bool
people_is_confirmed(const struct req *r)
{
	return r->actor.kind == ACTOR_AGENT && r->now - r->actor.confirmed_at < CONFIRM_LIFE;
}

int
people_ask_confirm(struct req *r, const char *next)
{
	struct str to;

	if (r->actor.kind != ACTOR_AGENT)
		return reply_error(r, 403, "confirm", N_("Only a person who is signed in may do this, not an API key."));
	if (req_wants_json(r))
		return reply_error(r, 403, "confirm", N_("Confirm that it is you first: give your password again."));
	str_init(&to, r->arena);
	str_add(&to, "/confirm?next=");
	text_url_encode(&to, next != NULL ? next : r->path);
	return reply_redirect(r, "%s", to.data);
}

static const char *
next_or_home(const char *next)
{
	return people_next_is_safe(next) ? next : "/admin";
}

static int
confirm_page(struct req *r, int status, const struct form *form, const struct confirm *input)
{
	form_show(r, form, input);
	page_set(r->page, "Confirm.Next", next_or_home(input->next));
	page_set(r->page, "Title", locale_text(N_("Confirm that it is you")));
	return reply_page_status(r, status, "people/confirm");
}

static int
confirm_show(struct req *r)
{
	const struct confirm input = { .next = req_query(r, "next") };
	struct form form;

	if (r->actor.kind != ACTOR_AGENT)
		return reply_forbidden(r);
	if (people_is_confirmed(r))
		return reply_redirect(r, "%s", next_or_home(input.next));
	form_init(&form, confirm_fields);
	return confirm_page(r, 200, &form, &input);
}

/* The right password: this session is confirmed and gets a new token. */
static int
confirm_good(struct req *r, const struct confirm *input)
{
	const struct audit_entry entry = {
		.action = "agent.confirm", .noun = "agent", .noun_id = r->actor.id, .noun_name = r->actor.name
	};

	if (throttle_clear(r, &confirm_rule, agent_key(r->arena, r->tenant, r->actor.id)) == GOT_ERROR
		|| session_confirm(r->db, r->tenant, r->actor.session, r->now) != GOT_ONE
		|| session_renew(r) != GOT_ONE || audit_write(r, &entry) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	return reply_redirect(r, "%s", next_or_home(input->next));
}

static int
confirm_do(struct req *r)
{
	struct confirm input = { .next = req_param(r, "next") };
	struct agent agent = { 0 };
	uint64_t retry_after;
	struct form form;
	enum got got;

	if (r->actor.kind != ACTOR_AGENT)
		return reply_forbidden(r);
	form_init(&form, confirm_fields);
	if (!form_read(r, &form, &input, false))
		return confirm_page(r, 422, &form, &input);
	got = throttle_count(r, &confirm_rule, agent_key(r->arena, r->tenant, r->actor.id), &retry_after);
	if (got == GOT_NONE)
		return reply_too_often(r, retry_after);
	if (got == GOT_ERROR || (got = agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &agent)) != GOT_ONE)
		return reply_got(r, got);
	switch (crypt_password_check(input.password, agent.password_hash)) {
	case CRYPT_RIGHT:
		return confirm_good(r, &input);
	case CRYPT_BUSY:
		return reply_got(r, GOT_ERROR);
	default:
		form_problem(r, &form, "password", N_("is wrong"), NULL);
		return confirm_page(r, 422, &form, &input);
	}
}
