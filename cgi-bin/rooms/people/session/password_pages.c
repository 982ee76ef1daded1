/* SPDX-License-Identifier: BSD-2-Clause */
/* password_pages.c - changing one's own password. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/agent/agent_choice.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"
#include "rooms/people/session/sign_in.h"
#include "web/audit.h"
#include "web/reply.h"

static handler password_show, password_save;

const struct route password_routes[] = {
	{ GET, "/admin/password", MAY_SIGNED_IN, password_show, 0, NULL },
	{ POST, "/admin/password", MAY_SIGNED_IN, password_save, ROUTE_ALWAYS, NULL },
	{ .path = NULL }
};

static int
password_page(struct req *r, int status, const struct form *form, const struct password_change *change)
{
	form_show(r, form, change);
	page_set(r->page, "Title", locale_text(N_("Change password")));
	return reply_page_status(r, status, "people/password");
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
password_check(struct req *r, struct form *form, const struct password_change *change, const struct agent *agent)
{
	struct password_before before = { .who = agent_key(r->arena, r->tenant, agent->id), .hash = agent->password_hash };

	before.problem = password_choice_problem(r, &(struct password_choice){ r->tenant, change->new_password, agent->account, agent->email },
		&before.detail);
	return password_change_check(r, form, change, &before);
}

struct password_work {
	struct req *r;
	const char *password;
};

/* The new hash, the end of every other session, and the audit entry: all or nothing. */
static enum got
password_store(struct db *db, void *arg)
{
	struct password_work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = {
		.action = "agent.password", .noun = "agent", .noun_id = r->actor.id, .noun_name = r->actor.name
	};

	if (agent_set_password(db, r->arena, r->tenant, r->actor.id, work->password, r->now) != GOT_ONE
		|| session_end_all(db, r->tenant, r->actor.id, r->actor.session) == GOT_ERROR)
		return GOT_ERROR;
	return audit_write(r, &entry);
}

static int
password_save(struct req *r)
{
	struct password_change change = { .old_password = NULL };
	struct password_work work = { .r = r };
	struct agent agent = { 0 };
	struct form form;
	enum got got;
	int refused;

	form_init(&form, password_change_fields);
	if (!form_read(r, &form, &change, false))
		return password_page(r, 422, &form, &change);
	got = agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &agent);
	if (got != GOT_ONE)
		return reply_got(r, got);
	refused = password_check(r, &form, &change, &agent);
	if (refused != 0)
		return refused;
	if (!form_is_good(&form))
		return password_page(r, 422, &form, &change);
	work.password = change.new_password;
	got = db_transaction(r->db, password_store, &work);
	if (got == GOT_ONE && r->actor.session != NULL)
		got = session_renew(r);
	if (got == GOT_ONE)
		got = agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &agent);
	if (got != GOT_ONE)
		return reply_got(r, got);
	sign_in_remember(r, r->tenant, &agent);
	sign_out_polls(r);
	reply_notice(r, N_("Your password is changed. Your other devices are signed out."), NULL);
	return reply_redirect(r, "/admin");
}
