/* SPDX-License-Identifier: BSD-2-Clause */
/* sign_in_pages.c - signing in and out. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/session/sign_in.h"
#include "web/reply.h"
#include "web/throttle.h"

static handler sign_in_show, sign_in_do, sign_out_do;

const struct route sign_in_routes[] = {
	{ GET, "/sign-in", MAY_PUBLIC, sign_in_show, 0, NULL },
	{ POST, "/sign-in", MAY_PUBLIC, sign_in_do, ROUTE_ALWAYS, NULL },
	{ POST, "/sign-out", MAY_PUBLIC, sign_out_do, ROUTE_ALWAYS, NULL },
	{ .path = NULL }
};

static const struct field sign_in_fields[] = {
	FIELD_TEXT(struct sign_in, company, FIELD_FORM | FIELD_REQUIRED, .max = 40, .label = N_("Company")),
	FIELD_TEXT(struct sign_in, account, FIELD_FORM | FIELD_REQUIRED, .max = 254, .label = N_("Account")),
	FIELD_TEXT(struct sign_in, password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET, .max = CRYPT_PASSWORD_MAX,
		.label = N_("Password")),
	FIELD_END
};

/* Is the tenant known by the host name, so that nobody needs to type it? */
static bool
company_is_known(const struct req *r)
{
	return r->tenant.id != 0 && r->actor.kind == ACTOR_NOBODY;
}

static int
sign_in_page(struct req *r, int status, const struct form *form, const struct sign_in *input)
{
	form_show(r, form, input);
	page_set_bool(r->page, "SignIn.AsksCompany", !company_is_known(r));
	if (people_next_is_safe(input->next))
		page_set(r->page, "SignIn.Next", input->next);
	page_set(r->page, "Title", locale_text(N_("Sign in")));
	return reply_page_status(r, status, "people/sign_in");
}

static int
sign_in_show(struct req *r)
{
	struct sign_in input = { .next = req_query(r, "next"), .company = req_query(r, "company"), .account = req_query(r, "account") };
	struct form form;

	if (r->actor.kind == ACTOR_AGENT)
		return reply_redirect(r, "%s", people_next_is_safe(input.next) ? input.next : people_home(r->actor.permissions));
	form_init(&form, sign_in_fields + (company_is_known(r) ? 1 : 0));
	return sign_in_page(r, 200, &form, &input);
}

/* What a refusal looks like. */
static int
sign_in_refuse(struct req *r, struct form *form, const struct sign_in *input, enum sign_in_outcome outcome,
	uint64_t retry_after)
{
	const char *seconds = arena_printf(r->arena, "%llu", (unsigned long long)retry_after);

	if (outcome == SIGN_IN_FAILED)
		return reply_got(r, GOT_ERROR);
	if (outcome == SIGN_IN_TOO_OFTEN) {
		reply_header(r, "Retry-After", seconds);
		form_problem(r, form, "", locale_plural("Too many attempts to sign in. Try again in %s minute.",
			"Too many attempts to sign in. Try again in %s minutes.", throttle_minutes(retry_after)),
			arena_printf(r->arena, "%llu", (unsigned long long)throttle_minutes(retry_after)));
		return sign_in_page(r, 429, form, input);
	}
	if (outcome == SIGN_IN_SUSPENDED)
		form_problem(r, form, "", N_("The service of this company is suspended. Ask who runs it for you."), NULL);
	else if (outcome == SIGN_IN_ADDRESS)
		form_problem(r, form, "", N_("You may not sign in from this address: %s. Ask an administrator of your company."),
			r->address);
	else
		form_problem(r, form, "", company_is_known(r) ? N_("The account or the password is wrong.")
			: N_("The company, the account or the password is wrong."), NULL);
	return sign_in_page(r, 422, form, input);
}

static int
sign_in_do(struct req *r)
{
	struct sign_in input = { .company = "", .next = req_param(r, "next") };
	enum sign_in_outcome outcome;
	uint64_t retry_after;
	struct form form;

	form_init(&form, sign_in_fields + (company_is_known(r) ? 1 : 0));
	if (!form_read(r, &form, &input, false))
		return sign_in_page(r, 422, &form, &input);
	if (strlen(input.password) > CRYPT_PASSWORD_MAX) {
		form_problem(r, &form, "password", N_("must have at most %s bytes"), "1024");
		return sign_in_page(r, 422, &form, &input);
	}
	outcome = sign_in(r, &input, &retry_after);
	if (outcome == SIGN_IN_GOOD || outcome == SIGN_IN_CODE || outcome == SIGN_IN_SET_UP)
		return sign_in_go_on(r, outcome, input.next);
	return sign_in_refuse(r, &form, &input, outcome, retry_after);
}

static int
sign_out_do(struct req *r)
{
	if (sign_out(r) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	reply_notice(r, N_("You are signed out."), NULL);
	return reply_redirect(r, "/sign-in");
}
