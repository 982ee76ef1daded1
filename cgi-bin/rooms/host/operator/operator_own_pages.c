/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_own_pages.c - what operators change for themselves: password, second factor, sessions, and the language of the panel. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/host_rules.h"
#include "rooms/host/operator/operator_factor.h"
#include "rooms/host/operator/operator_store.h"
#include "rooms/host/operator/operator_views.h"
#include "rooms/people/people.h"
#include "web/access.h"
#include "web/audit.h"
#include "web/factor.h"
#include "web/gate.h"
#include "web/reply.h"

#define LANGUAGE_KEPT (365 * CLOCK_DAY)

static handler account_show, password_show, password_save, language_set;

const struct route operator_own_routes[] = {
	{ GET, "/host/account", MAY_HOST_SIGNED_IN, account_show, ROUTE_HOST, NULL },
	{ POST, "/host/sessions/:session/end", MAY_HOST_SIGNED_IN, session_end_one, ROUTE_HOST, NULL },
	{ POST, "/host/sessions/end-others", MAY_HOST_SIGNED_IN, session_end_others, ROUTE_HOST, NULL },
	{ GET, "/host/confirm", MAY_HOST_SIGNED_IN, confirm_show, ROUTE_HOST, NULL },
	{ POST, "/host/confirm", MAY_HOST_SIGNED_IN, confirm_do, ROUTE_HOST, NULL },
	{ GET, "/host/two-factor", MAY_HOST_SIGNED_IN, factor_show_own, ROUTE_HOST, NULL },
	{ POST, "/host/two-factor", MAY_HOST_SIGNED_IN, factor_start, ROUTE_HOST, NULL },
	{ GET, "/host/two-factor/set-up", MAY_HOST_SIGNED_IN, factor_set_up_show, ROUTE_HOST, NULL },
	{ POST, "/host/two-factor/set-up", MAY_HOST_SIGNED_IN, factor_set_up_do, ROUTE_HOST, NULL },
	{ GET, "/host/two-factor/codes", MAY_HOST_SIGNED_IN, factor_codes_show, ROUTE_HOST, NULL },
	{ POST, "/host/two-factor/codes", MAY_HOST_SIGNED_IN, factor_codes_new, ROUTE_HOST, NULL },
	{ POST, "/host/two-factor/codes.txt", MAY_HOST_SIGNED_IN, factor_codes_file, ROUTE_HOST, NULL },
	{ GET, "/host/two-factor/off", MAY_HOST_SIGNED_IN, factor_off_ask, ROUTE_HOST, NULL },
	{ POST, "/host/two-factor/off", MAY_HOST_SIGNED_IN, factor_off_do, ROUTE_HOST, NULL },
	{ GET, "/host/password", MAY_HOST_SIGNED_IN, password_show, ROUTE_HOST, NULL },
	{ POST, "/host/password", MAY_HOST_SIGNED_IN, password_save, ROUTE_HOST, NULL },
	{ POST, "/host/language", MAY_PUBLIC, language_set, ROUTE_HOST, NULL },
	{ .path = NULL }
};

static int
account_show(struct req *r)
{
	struct operator operator = { .id = 0 };
	struct factor factor = { .is_asked = false };
	enum got got = operator_by_id(r->db, r->arena, r->actor.id, &operator);

	if (got == GOT_ONE)
		got = operator_factor_load(r, operator.id, &factor);
	if (got != GOT_ONE || session_show_list(r, operator.id, "/host/sessions") == GOT_ERROR)
		return reply_got(r, got == GOT_ONE ? GOT_ERROR : got);
	page_set(r->page, "Account.Name", operator.name);
	page_set(r->page, "Account.Email", operator.email);
	operator_show_rights(page_child(r->page, "Account"), r->actor.permissions);
	page_set_bool(r->page, "Account.TwoFactor", factor_is_set_up(&factor));
	page_set(r->page, "Title", locale_text(N_("My account")));
	return reply_page(r, "host/account");
}

static int
password_page(struct req *r, int status, const struct form *form, const struct password_change *change)
{
	form_show(r, form, change);
	page_set(r->page, "Title", locale_text(N_("Change password")));
	return reply_page_status(r, status, "host/password");
}

static int
password_show(struct req *r)
{
	const struct password_change change = { .old_password = "" };
	struct form form;

	form_init(&form, password_change_fields);
	return password_page(r, 200, &form, &change);
}

/* 0 with problems of the form, or what was replied. */
static int
password_check(struct req *r, struct form *form, const struct password_change *change, const struct operator *operator)
{
	const char *const known[] = { operator->name, operator->email, NULL };
	struct password_before before = { .who = arena_printf(r->arena, "host.%llu", (unsigned long long)operator->id),
		.hash = operator->password_hash };

	before.problem = people_password_problem(change->new_password, known, &before.detail);
	return password_change_check(r, form, change, &before);
}

struct password_work {
	struct req *r;
	const struct operator *operator;
	const char *password;
	const char *token;               /* of the session that goes on */
};

/* All sessions end; this browser gets a new one. */
static enum got
password_store(struct db *db, void *arg)
{
	struct password_work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = {
		.action = "operator.password", .noun = "operator", .noun_id = work->operator->id, .noun_name = work->operator->email
	};

	if (operator_set_password(db, r->arena, work->operator->id, work->password, r->now) != GOT_ONE
		|| operator_session_create(r, work->operator->id, &work->token) != GOT_ONE)
		return GOT_ERROR;
	return audit_write(r, &entry);
}

static int
password_save(struct req *r)
{
	struct password_change change = { .old_password = NULL };
	struct operator operator = { .id = 0 };
	struct password_work work = { .r = r, .operator = &operator };
	struct form form;
	enum got got;
	int refused;

	form_init(&form, password_change_fields);
	if (!form_read(r, &form, &change, false))
		return password_page(r, 422, &form, &change);
	got = operator_by_id(r->db, r->arena, r->actor.id, &operator);
	if (got != GOT_ONE)
		return reply_got(r, got);
	refused = password_check(r, &form, &change, &operator);
	if (refused != 0)
		return refused;
	if (!form_is_good(&form))
		return password_page(r, 422, &form, &change);
	work.password = change.new_password;
	if (db_transaction(r->db, password_store, &work) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	reply_cookie(r, OPERATOR_COOKIE, work.token, 0);
	reply_notice(r, N_("Your password is changed. Your other devices are signed out."), NULL);
	return reply_redirect(r, "/host");
}

/* Kept by the browser, as on the sign-in page. */
static int
language_set(struct req *r)
{
	const char *locale = locale_known(req_param(r, "locale"));
	const char *next = req_param(r, "next");

	if (locale == NULL)
		return reply_error(r, 422, "locale", N_("This language is not one of those that there are."));
	reply_cookie(r, GATE_LANGUAGE_COOKIE, locale, LANGUAGE_KEPT);
	return reply_redirect(r, "%s", host_next_is_safe(next) ? next : "/host");
}
