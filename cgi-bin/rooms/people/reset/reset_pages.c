/* SPDX-License-Identifier: BSD-2-Clause */
/* reset_pages.c - forgotten passwords, and the page behind "Help" on the sign-in page. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/reset/reset.h"
#include "web/captcha.h"
#include "web/reply.h"
#include "web/throttle.h"

static handler forgot_show, forgot_do, code_show, code_do, help_show;

/* No cookie tells who comes here, so no other site can act in somebody's name: the captcha and the code are what counts. */
const struct route reset_routes[] = {
	{ GET, "/forgot", MAY_PUBLIC, forgot_show, 0, NULL },
	{ POST, "/forgot", MAY_PUBLIC, forgot_do, ROUTE_NO_FORM, NULL },
	{ GET, "/forgot/code", MAY_PUBLIC, code_show, 0, NULL },
	{ POST, "/forgot/code", MAY_PUBLIC, code_do, ROUTE_NO_FORM, NULL },
	{ GET, "/help", MAY_PUBLIC, help_show, 0, NULL },
	{ .path = NULL }
};

static const struct throttle_rule ask_address_rule = { "forgot.address", 20, 15 * CLOCK_MINUTE };
static const struct throttle_rule ask_email_rule = { "forgot.email", 5, CLOCK_HOUR };
static const struct throttle_rule code_rule = { "forgot.code", 30, 5 * CLOCK_MINUTE };

struct forgot {
	const char *company;
	const char *email;
	const char *captcha;
};

static const struct field forgot_fields[] = {
	FIELD_TEXT(struct forgot, company, FIELD_FORM | FIELD_REQUIRED, .max = 40, .label = N_("Company")),
	FIELD_EMAIL(struct forgot, email, FIELD_FORM | FIELD_REQUIRED, .max = 254, .label = N_("E-mail")),
	FIELD_TEXT(struct forgot, captcha, FIELD_FORM | FIELD_REQUIRED, .max = CAPTCHA_INPUT_MAX, .label = N_("Captcha")),
	FIELD_END
};

struct new_password {
	const char *code;
	const char *new_password;
	const char *confirm_password;
};

static const struct field new_password_fields[] = {
	FIELD_TEXT(struct new_password, code, FIELD_FORM | FIELD_REQUIRED, .max = 20, .label = N_("E-mail captcha"),
		.help = N_("The code of eight digits in the mail.")),
	FIELD_TEXT(struct new_password, new_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("New password"), .help = N_("At least 8 characters.")),
	FIELD_TEXT(struct new_password, confirm_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("Confirm the new password")),
	FIELD_END
};

/* Is the company known by the host name? */
static bool
company_is_known(const struct req *r)
{
	return r->tenant.id != 0 && r->actor.kind == ACTOR_NOBODY;
}

static const struct field *
forgot_fields_of(const struct req *r)
{
	return forgot_fields + (company_is_known(r) ? 1 : 0);
}

/* Each time with a new captcha; what else was typed stays. */
static int
forgot_page(struct req *r, int status, const struct form *form, struct forgot *input)
{
	input->captcha = "";
	form_show(r, form, input);
	captcha_show(r);
	page_set_bool(r->page, "Forgot.AsksCompany", !company_is_known(r));
	page_set(r->page, "Title", locale_text(N_("Forgot password")));
	return reply_page_status(r, status, "people/forgot");
}

static int
forgot_show(struct req *r)
{
	struct forgot input = { .company = "" };
	struct form form;

	form_init(&form, forgot_fields_of(r));
	return forgot_page(r, 200, &form, &input);
}

/* The company that was typed; one that does not exist has the id 0, and all goes on as if it did. */
static enum got
forgot_tenant(struct req *r, const struct forgot *input, tenant_id *tenant)
{
	struct tenant found = { .id = 0 };
	enum got got = GOT_ONE;

	*tenant = r->tenant;
	if (company_is_known(r))
		return GOT_ONE;
	got = tenant_by_code(r->db, r->arena, input->company, &found);
	*tenant = tenant_of(&found);
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* Counted by what was typed, so that it tells nothing of what there is. */
static enum got
forgot_count_email(struct req *r, tenant_id tenant, const struct forgot *input, uint64_t *retry_after)
{
	const char *who = arena_printf(r->arena, "%llu|%s|%s", (unsigned long long)tenant.id,
		text_fold(r->arena, input->company != NULL ? input->company : ""), text_fold(r->arena, input->email));

	return throttle_count(r, &ask_email_rule, who, retry_after);
}

static int
forgot_do(struct req *r)
{
	struct forgot input = { .company = "" };
	struct form form;
	tenant_id tenant;
	uint64_t retry_after = 0;
	const char *token;
	enum got got;

	form_init(&form, forgot_fields_of(r));
	if (!form_read(r, &form, &input, false))
		return forgot_page(r, 422, &form, &input);
	got = throttle_count_address(r, &ask_address_rule, &retry_after);
	if (got != GOT_ONE)
		return got == GOT_NONE ? reply_too_often(r, retry_after) : reply_got(r, got);
	got = captcha_check(r, &form);
	if (got == GOT_NONE)
		return forgot_page(r, 422, &form, &input);
	if (got == GOT_ERROR || forgot_tenant(r, &input, &tenant) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	got = forgot_count_email(r, tenant, &input, &retry_after);
	if (got == GOT_NONE)
		return reply_too_often(r, retry_after);
	if (got == GOT_ERROR || reset_ask(r, tenant, input.email, &token) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	return reply_redirect(r, "/forgot/code?request=%s", token);
}

/* A link names its account, and needs no code. */
static const struct field *
code_fields_of(const struct req *r)
{
	return new_password_fields + (text_is_blank(req_param(r, "token")) ? 0 : 1);
}

static int
code_page(struct req *r, int status, const struct form *form, const struct new_password *input)
{
	const char *link = req_param(r, "token"), *account = NULL;

	if (!text_is_blank(link)) {
		if (reset_account_of_link(r, link, &account) == GOT_ERROR)
			return reply_got(r, GOT_ERROR);
		page_set(r->page, "Reset.Link", account != NULL ? link : NULL);
		page_set_bool(r->page, "Reset.Gone", account == NULL);
		page_set(r->page, "Reset.Account", account);
		status = account == NULL ? 404 : status;
	}
	form_show(r, form, input);
	page_set(r->page, "Reset.Request", req_param(r, "request"));
	page_set(r->page, "Title", locale_text(N_("New password")));
	reply_header(r, "Referrer-Policy", "same-origin");       /* a secret address; "no-referrer" would make the form's Origin null */
	return reply_page_status(r, status, "people/reset");
}

static int
code_show(struct req *r)
{
	const struct new_password input = { .code = "" };
	struct form form;

	if (text_is_blank(req_query(r, "token")) && text_is_blank(req_query(r, "request")))
		return reply_redirect(r, "/forgot");
	form_init(&form, code_fields_of(r));
	return code_page(r, 200, &form, &input);
}

/* What can be said of a password without knowing whose it is. */
static bool
password_is_fit(struct req *r, struct form *form, const struct new_password *input)
{
	const char *detail;
	const char *problem = people_password_problem(input->new_password, NULL, &detail);

	if (problem != NULL)
		form_problem(r, form, "new_password", problem, detail);
	else if (!text_equal(input->new_password, input->confirm_password))
		form_problem(r, form, "confirm_password", N_("differs from the new password"), NULL);
	return form_is_good(form);
}

static int
code_refuse(struct req *r, struct form *form, const struct new_password *input, enum reset_outcome outcome, const char *problem)
{
	if (outcome == RESET_FAILED)
		return reply_got(r, GOT_ERROR);
	if (outcome == RESET_WEAK)
		form_problem(r, form, "new_password", problem, NULL);
	else if (text_is_blank(req_param(r, "token")))
		form_problem(r, form, "code", N_("is wrong, was used or is too old"), NULL);
	return code_page(r, 422, form, input);
}

/* Where only the password is left to be typed: whoever comes by a first mail has never heard of the company's code. */
static int
to_sign_in(struct req *r, const struct reset_owner *owner)
{
	struct str query;

	str_init(&query, r->arena);
	str_add(&query, "company=");
	text_url_encode(&query, owner->company);
	str_add(&query, "&account=");
	text_url_encode(&query, owner->account);
	return reply_redirect(r, "/sign-in?%s", query.data);
}

static int
code_do(struct req *r)
{
	struct new_password input = { .code = "" };
	struct reset_try attempt = { .request = req_param(r, "request"), .link = req_param(r, "token") };
	struct reset_owner owner = { "", "" };
	enum reset_outcome outcome;
	const char *problem = NULL;
	uint64_t retry_after;
	struct form form;
	enum got got;

	form_init(&form, code_fields_of(r));
	if (!form_read(r, &form, &input, false) || !password_is_fit(r, &form, &input))
		return code_page(r, 422, &form, &input);
	got = throttle_count_address(r, &code_rule, &retry_after);
	if (got != GOT_ONE)
		return got == GOT_NONE ? reply_too_often(r, retry_after) : reply_got(r, got);
	attempt.code = input.code;
	attempt.password = input.new_password;
	outcome = reset_password(r, &attempt, &owner, &problem);
	if (outcome != RESET_DONE)
		return code_refuse(r, &form, &input, outcome, problem);
	reply_notice(r, N_("Your new password is set. Sign in with it."), NULL);
	return to_sign_in(r, &owner);
}

static int
help_show(struct req *r)
{
	page_set(r->page, "Title", locale_text(N_("Help with signing in")));
	return reply_page(r, "people/help");
}
