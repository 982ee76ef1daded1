/* SPDX-License-Identifier: BSD-2-Clause */
/* confirm_pages.c - "Confirm that it is you": the password once more, before what a stolen browser must not do. */
#include "edge/locale.h"
#include "web/access.h"
#include "web/factor.h"
#include "web/reply.h"

struct confirm {
	const char *password;
	const char *next;
};

static const struct field confirm_fields[] = {
	FIELD_TEXT(struct confirm, password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET, .max = CRYPT_PASSWORD_MAX,
		.label = N_("Password")),
	FIELD_END
};

static const char *
next_or_panel(const struct req *r, const char *next)
{
	return access_of(r)->next_is_safe(next) ? next : access_of(r)->panel;
}

static int
confirm_page(struct req *r, int status, const struct form *form, const struct confirm *input)
{
	form_show(r, form, input);
	page_set(r->page, "Confirm.Path", access_of(r)->confirm);
	page_set(r->page, "Confirm.Panel", access_of(r)->panel);
	page_set(r->page, "Confirm.Name", r->actor.name);
	page_set(r->page, "Confirm.Next", next_or_panel(r, input->next));
	page_set(r->page, "Title", locale_text(N_("Confirm that it is you")));
	return reply_page_status(r, status, "access/confirm");
}

int
confirm_show(struct req *r)
{
	const struct confirm input = { .next = req_query(r, "next") };
	struct form form;

	if (!access_is_person(r))
		return reply_forbidden(r);
	if (access_is_confirmed(r))
		return reply_redirect(r, "%s", next_or_panel(r, input.next));
	form_init(&form, confirm_fields);
	return confirm_page(r, 200, &form, &input);
}

/* The right password: this session is confirmed and gets a new token. */
static int
confirm_good(struct req *r, const struct confirm *input)
{
	if (access_of(r)->session_confirm(r) != GOT_ONE || access_of(r)->session_renew(r) != GOT_ONE
		|| access_audit(r, r->actor.id, r->actor.name, "confirm") != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	return reply_redirect(r, "%s", next_or_panel(r, input->next));
}

int
confirm_do(struct req *r)
{
	struct confirm input = { .next = req_param(r, "next") };
	struct access_self self = { .account = NULL };
	uint64_t retry_after;
	struct form form;
	enum got got;
	bool is_own;

	if (!access_is_person(r))
		return reply_forbidden(r);
	form_init(&form, confirm_fields);
	if (!form_read(r, &form, &input, false))
		return confirm_page(r, 422, &form, &input);
	got = access_of(r)->self(r, &self);
	if (got != GOT_ONE)
		return reply_got(r, got);
	got = access_password_is_own(r, input.password, self.password_hash, &is_own, &retry_after);
	if (got != GOT_ONE)
		return got == GOT_NONE ? reply_too_often(r, retry_after) : reply_got(r, got);
	if (is_own)
		return confirm_good(r, &input);
	form_problem(r, &form, "password", N_("is wrong"), NULL);
	return confirm_page(r, 422, &form, &input);
}
