/* SPDX-License-Identifier: BSD-2-Clause */
/* reset_pages.c - an administrator takes the second factor from an agent whose phone is lost. */
#include "edge/locale.h"
#include "rooms/people/agent/agent_rights.h"
#include "rooms/people/session/session.h"
#include "web/audit.h"
#include "web/reply.h"

static handler reset_ask, reset_do, reset_api;

const struct route factor_reset_routes[] = {
	{ GET, "/admin/agents/:id/reset-2fa", MAY_MANAGE_PEOPLE, reset_ask, 0, NULL },
	{ POST, "/admin/agents/:id/reset-2fa", MAY_MANAGE_PEOPLE, reset_do, 0, NULL },
	{ POST, "/api/v1/agents/:id/reset-2fa", MAY_MANAGE_PEOPLE, reset_api, ROUTE_JSON, NULL },
	{ .path = NULL }
};

/* An agent whom the actor may change as a new password would; an answer has been sent, or 0. One's own goes by the page above. */
static int
reset_refuse(struct req *r, struct agent *agent)
{
	const int refused = agent_open(r, agent);

	if (refused != 0 || agent->id != r->actor.id)
		return refused;
	return reply_error(r, 403, "own", N_("Your own second factor is on the page “Two-factor authentication”."));
}

static int
reset_ask(struct req *r)
{
	struct agent agent = { 0 };
	const int refused = reset_refuse(r, &agent);

	if (refused != 0)
		return refused;
	page_set(r->page, "Ask.Title", locale_fill(r->arena, N_("Reset the second factor of %s?"), agent.alias));
	page_set(r->page, "Ask.Text", locale_text(N_("The app and the recovery codes of the agent stop working, and all devices are"
		" signed out. Who needs a second factor sets it up anew after the password.")));
	page_set(r->page, "Ask.Button", locale_text(N_("Reset")));
	page_setf(r->page, "Ask.Action", "/admin/agents/%llu/reset-2fa", (unsigned long long)agent.id);
	page_setf(r->page, "Ask.Back", "/admin/agents/%llu/sessions", (unsigned long long)agent.id);
	page_set(r->page, "Title", locale_text(N_("Reset the second factor")));
	return reply_page(r, "access/ask");
}

struct reset_work {
	struct req *r;
	const struct agent *agent;
};

static enum got
reset_store(struct db *db, void *arg)
{
	struct reset_work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = {
		.action = "agent.reset_2fa", .noun = "agent", .noun_id = work->agent->id, .noun_name = work->agent->alias
	};
	enum got got = agent_reset_factor(r, work->agent->id);

	(void)db;
	return got == GOT_ONE ? audit_write(r, &entry) : got;
}

static enum got
reset_run(struct req *r, const struct agent *agent)
{
	struct reset_work work = { r, agent };
	enum got got = db_transaction(r->db, reset_store, &work);

	return got == GOT_ONE ? session_gone(r, agent->id) : got;
}

static int
reset_do(struct req *r)
{
	struct agent agent = { 0 };
	const int refused = reset_refuse(r, &agent);
	enum got got;

	if (refused != 0)
		return refused;
	got = reset_run(r, &agent);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("The second factor is reset."), NULL);
	return reply_redirect(r, "/admin/agents/%llu/sessions", (unsigned long long)agent.id);
}

static int
reset_api(struct req *r)
{
	struct agent agent = { 0 };
	const int refused = reset_refuse(r, &agent);
	enum got got;

	if (refused != 0)
		return refused;
	got = reset_run(r, &agent);
	return got == GOT_ONE ? reply_nothing(r) : reply_got(r, got);
}
