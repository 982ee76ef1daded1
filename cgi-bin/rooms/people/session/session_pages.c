/* SPDX-License-Identifier: BSD-2-Clause */
/* session_pages.c - where one is signed in, and for administrators where an agent is, to be ended one by one or all at once. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/agent/agent_rights.h"
#include "rooms/people/factor/factor.h"
#include "rooms/people/key/key_store.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"
#include "web/audit.h"
#include "web/moment.h"
#include "web/reply.h"

static handler own_show, own_end, own_end_others, agent_show, agent_end, agent_end_all;

const struct route session_routes[] = {
	{ GET, "/admin/sessions", MAY_SIGNED_IN, own_show, 0, NULL },
	{ POST, "/admin/sessions/:session/end", MAY_SIGNED_IN, own_end, ROUTE_ALWAYS, NULL },
	{ POST, "/admin/sessions/end-others", MAY_SIGNED_IN, own_end_others, ROUTE_ALWAYS, NULL },
	{ GET, "/admin/agents/:id/sessions", MAY_MANAGE_PEOPLE, agent_show, 0, NULL },
	{ POST, "/admin/agents/:id/sessions/:session/end", MAY_MANAGE_PEOPLE, agent_end, 0, NULL },
	{ POST, "/admin/agents/:id/sessions/end-all", MAY_MANAGE_PEOPLE, agent_end_all, 0, NULL },
	{ .path = NULL }
};

static enum got
sessions_list(struct req *r, uint64_t agent, const char *base)
{
	const char *browser, *system;
	const struct session *session;
	struct db_rows rows = { 0 };
	struct page_node *node;
	size_t i;

	if (session_list(r, agent, r->actor.session, &rows) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0, session = rows.rows; i < rows.count; i++, session++) {
		node = page_add(r->page, "Sessions");
		people_device(session->user_agent, &browser, &system);
		page_set(node, "Browser", browser);
		page_set(node, "System", system);
		page_set(node, "Agent", session->user_agent);
		page_set(node, "Address", session->address);
		moment_show(r, node, "Since", session->created_at);
		moment_show(r, node, "Seen", session->seen_at);
		page_set_bool(node, "This", session->is_this);
		page_setf(node, "End", "%s/%llu/end", base, (unsigned long long)session->id);
	}
	page_set_u64(r->page, "SessionCount", rows.count);
	return GOT_ONE;
}

static int
own_show(struct req *r)
{
	if (r->actor.kind != ACTOR_AGENT)
		return reply_forbidden(r);
	if (sessions_list(r, r->actor.id, "/admin/sessions") == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	page_set(r->page, "Title", locale_text(N_("Where you are signed in")));
	return reply_page(r, "people/sessions");
}

struct end_work {
	struct req *r;
	uint64_t agent;
	const char *agent_name;
	uint64_t session;                /* 0: all but the one that asks */
};

static enum got
end_store(struct db *db, void *arg)
{
	struct end_work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = {
		.action = work->session != 0 ? "session.end" : "session.end_all", .noun = "agent", .noun_id = work->agent,
		.noun_name = work->agent_name
	};
	enum got got = work->session != 0 ? session_end_by_id(db, r->tenant, work->agent, work->session)
		: session_end_all(db, r->tenant, work->agent, r->actor.session);

	if (got == GOT_ERROR || (got == GOT_NONE && work->session != 0))
		return got;
	return audit_write(r, &entry);
}

/* Ended, and back to the list. One that was gone already is no mistake of who wants it gone. */
static int
end_run(struct req *r, struct end_work *work, const char *back)
{
	enum got got = db_transaction(r->db, end_store, work);

	if (got == GOT_ERROR || session_gone(r, work->agent) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	reply_notice(r, work->session != 0 ? N_("The device is signed out.") : N_("All other devices are signed out."), NULL);
	return reply_redirect(r, "%s", back);
}

static int
own_end(struct req *r)
{
	struct end_work work = { r, r->actor.id, r->actor.name, req_arg_u64(r, "session") };

	if (r->actor.kind != ACTOR_AGENT)
		return reply_forbidden(r);
	return work.session != 0 ? end_run(r, &work, "/admin/sessions") : reply_not_found(r);
}

static int
own_end_others(struct req *r)
{
	struct end_work work = { r, r->actor.id, r->actor.name, 0 };

	return r->actor.kind == ACTOR_AGENT ? end_run(r, &work, "/admin/sessions") : reply_forbidden(r);
}

static void
agent_frame(struct req *r, const struct agent *agent, const struct factor *factor)
{
	const bool is_own = agent->id == r->actor.id;

	page_set_u64(r->page, "Agent.Id", agent->id);
	page_set(r->page, "Agent.Alias", agent->alias);
	page_setf(r->page, "Agent.Path", "/admin/agents/%llu", (unsigned long long)agent->id);
	page_set_bool(r->page, "Agent.MayChange", req_may_change(r, MAY_MANAGE_PEOPLE) && agent_resource.may_write_row(r, agent));
	page_set_bool(r->page, "Agent.Own", is_own);
	page_set_bool(r->page, "Factor.On", factor_is_asked(factor));
	page_set_bool(r->page, "Factor.SetUp", factor_is_set_up(factor));
	page_set(r->page, "Title", locale_fill(r->arena, N_("Access of %s"), agent->alias));
}

static int
agent_show(struct req *r)
{
	struct agent agent = { 0 };
	struct factor factor = { 0 };
	enum got got = resource_get(r, &agent_resource, req_id(r), &agent);

	if (got == GOT_ONE)
		got = factor_load(r->db, r->arena, r->tenant, agent.id, &factor);
	if (got != GOT_ONE)
		return reply_got(r, got);
	agent_frame(r, &agent, &factor);
	if (sessions_list(r, agent.id, arena_printf(r->arena, "/admin/agents/%llu/sessions", (unsigned long long)agent.id))
		== GOT_ERROR || api_key_show_list(r, agent.id) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return reply_page(r, "people/agent_access");
}

/* Whoever may not change an agent may not sign him out either. */
static int
agent_end_run(struct req *r, uint64_t session)
{
	struct agent agent = { 0 };
	struct end_work work = { .r = r, .session = session };
	const int refused = agent_open(r, &agent);

	if (refused != 0)
		return refused;
	work.agent = agent.id;
	work.agent_name = agent.alias;
	return end_run(r, &work, arena_printf(r->arena, "/admin/agents/%llu/sessions", (unsigned long long)agent.id));
}

static int
agent_end(struct req *r)
{
	const uint64_t session = req_arg_u64(r, "session");

	return session != 0 ? agent_end_run(r, session) : reply_not_found(r);
}

static int
agent_end_all(struct req *r)
{
	return agent_end_run(r, 0);
}
