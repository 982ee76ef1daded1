/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_own_pages.c - what operators change for themselves: the password, and the language of the panel. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/host_rules.h"
#include "rooms/host/operator/operator_store.h"
#include "rooms/people/people.h"
#include "web/audit.h"
#include "web/gate.h"
#include "web/reply.h"

#define LANGUAGE_KEPT (365 * CLOCK_DAY)

static handler password_show, password_save, language_set;

/* Public only to the gate: no right is asked, but an operator's session. */
const struct route operator_own_routes[] = {
	{ GET, "/host/password", MAY_PUBLIC, password_show, ROUTE_HOST, NULL },
	{ POST, "/host/password", MAY_PUBLIC, password_save, ROUTE_HOST, NULL },
	{ POST, "/host/language", MAY_PUBLIC, language_set, ROUTE_HOST, NULL },
	{ .path = NULL }
};

static bool
is_operator(const struct req *r)
{
	return r->actor.kind == ACTOR_HOST && r->actor.session != NULL;
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

	if (!is_operator(r))
		return reply_redirect(r, "/host/sign-in?next=/host/password");
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

	if (!is_operator(r))
		return reply_redirect(r, "/host/sign-in?next=/host/password");
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
