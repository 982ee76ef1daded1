/* SPDX-License-Identifier: BSD-2-Clause */
/* session_pages.c - where one is signed in, and for administrators where an agent is, to be ended one by one or all at once. */
#include "edge/locale.h"
#include "rooms/people/agent/agent_rights.h"
#include "rooms/people/key/key_views.h"
#include "web/factor.h"
#include "web/reply.h"

static handler own_show, agent_show, agent_end, agent_end_all;

const struct route session_routes[] = {
	{ GET, "/admin/sessions", MAY_SIGNED_IN, own_show, 0, NULL },
	{ POST, "/admin/sessions/:session/end", MAY_SIGNED_IN, session_end_one, ROUTE_ALWAYS, NULL },
	{ POST, "/admin/sessions/end-others", MAY_SIGNED_IN, session_end_others, ROUTE_ALWAYS, NULL },
	{ GET, "/admin/agents/:id/sessions", MAY_MANAGE_PEOPLE, agent_show, 0, NULL },
	{ POST, "/admin/agents/:id/sessions/:session/end", MAY_MANAGE_PEOPLE, agent_end, 0, NULL },
	{ POST, "/admin/agents/:id/sessions/end-all", MAY_MANAGE_PEOPLE, agent_end_all, 0, NULL },
	{ .path = NULL }
};

static int
own_show(struct req *r)
{
	if (r->actor.kind != ACTOR_AGENT)
		return reply_forbidden(r);
	if (session_show_list(r, r->actor.id, "/admin/sessions") == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	page_set(r->page, "Title", locale_text(N_("Where you are signed in")));
	return reply_page(r, "people/sessions");
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
	page_set_bool(r->page, "Factor.On", factor->is_asked);
	page_set_bool(r->page, "Factor.SetUp", factor_is_set_up(factor));
	page_set(r->page, "Title", locale_fill(r->arena, N_("Access of %s"), agent->alias));
}

static int
agent_show(struct req *r)
{
	struct agent agent = { 0 };
	struct factor factor = { .is_asked = false };
	enum got got = resource_get(r, &agent_resource, req_id(r), &agent);

	if (got == GOT_ONE)
		got = agent_access.factor_load(r, agent.id, &factor);
	if (got != GOT_ONE)
		return reply_got(r, got);
	agent_frame(r, &agent, &factor);
	if (session_show_list(r, agent.id, arena_printf(r->arena, "/admin/agents/%llu/sessions", (unsigned long long)agent.id))
		== GOT_ERROR || api_key_show_list(r, agent.id) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return reply_page(r, "people/agent_access");
}

/* Whoever may not change an agent may not sign him out either. */
static int
agent_end_run(struct req *r, uint64_t session)
{
	struct agent agent = { 0 };
	const int refused = agent_open(r, &agent);

	if (refused != 0)
		return refused;
	return session_end_reply(r, &(struct session){ .owner = agent.id, .id = session }, agent.alias, arena_printf(r->arena, "/admin/agents/%llu/sessions", (unsigned long long)agent.id));
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
