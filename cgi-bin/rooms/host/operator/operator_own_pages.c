/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_own_pages.c - where operators begin, and what they change for themselves: password, second factor, sessions, and the language of the panel. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/host_rules.h"
#include "rooms/host/operator/operator_factor.h"
#include "rooms/host/operator/operator_store.h"
#include "rooms/host/operator/operator_views.h"
#include "web/access.h"
#include "web/factor.h"
#include "web/gate.h"
#include "web/reply.h"

#define LANGUAGE_KEPT (365 * CLOCK_DAY)

static handler start_show, account_show, language_set;

const struct route operator_own_routes[] = {
	{ GET, "/host", MAY_HOST_SIGNED_IN, start_show, ROUTE_HOST, NULL },
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
	{ GET, "/host/password", MAY_HOST_SIGNED_IN, password_show_own, ROUTE_HOST, NULL },
	{ POST, "/host/password", MAY_HOST_SIGNED_IN, password_change_own, ROUTE_HOST, NULL },
	{ POST, "/host/language", MAY_PUBLIC, language_set, ROUTE_HOST, NULL },
	{ .path = NULL }
};

/* The first page of the menu that this operator may open; one who may open none has his account. */
static int
start_show(struct req *r)
{
	const struct menu_entry *entry;

	for (entry = r->site->menu; entry->path != NULL; entry++)
		if (menu_shows(r, entry))
			return reply_redirect(r, "%s", entry->path);
	return reply_redirect(r, "/host/account");
}

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
