/* SPDX-License-Identifier: BSD-2-Clause */
/* link_pages.c - the far end of a link that opens a tenant once: a page with a button, so that a scanner of links does not use it up. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/host_audit.h"
#include "rooms/host/view/view.h"
#include "rooms/people/people.h"
#include "web/gate.h"
#include "web/reply.h"

static handler link_show, link_use;

const struct route link_routes[] = {
	{ GET, "/enter/:token", MAY_PUBLIC, link_show, 0, NULL },
	{ POST, "/enter/:token", MAY_PUBLIC, link_use, ROUTE_ALWAYS, NULL },
	{ .path = NULL }
};

/* GOT_NONE: there is no such link any more, or it leads elsewhere than this host name, or to somebody who is gone. */
static enum got
entrance_find(struct req *r, struct entrance *entrance)
{
	enum got got = enter_link_find(r, req_arg(r, "token"), &entrance->link);

	if (got != GOT_ONE)
		return got;
	/* On the domain of a tenant only its own links work, and no view. */
	if (!gate_is_base(r) && (r->tenant.id != entrance->link.tenant_id || entrance->link.agent_id == 0))
		return GOT_NONE;
	got = tenant_by_id(r->db, r->arena, (tenant_id){ entrance->link.tenant_id }, &entrance->tenant);
	if (got != GOT_ONE || entrance->link.agent_id == 0)
		return got;
	got = agent_by_id(r->db, r->arena, tenant_of(&entrance->tenant), entrance->link.agent_id, &entrance->agent);
	return got == GOT_ONE && entrance->agent.deleted_at != 0 ? GOT_NONE : got;
}

static bool
is_of_key(const struct entrance *entrance)
{
	return text_equal(entrance->link.maker, "key");
}

/* Nobody loses a session of somebody else without pressing the button. */
static bool
may_go_on(const struct req *r, const struct entrance *entrance)
{
	return is_of_key(entrance) && (r->actor.kind == ACTOR_NOBODY || (r->actor.kind == ACTOR_AGENT
		&& r->tenant.id == entrance->tenant.id && r->actor.id == entrance->agent.id));
}

static int
link_refuse(struct req *r, enum got got)
{
	return got == GOT_ERROR ? reply_got(r, got) : people_link_is_over(r);
}

static void
show_sign_in(struct req *r, const struct entrance *entrance)
{
	page_set(r->page, "Enter.SignsIn", locale_fill(r->arena, N_("This link signs you in as %s."), agent_name(r->arena, &entrance->agent)));
	if (r->actor.kind == ACTOR_AGENT && r->actor.id != entrance->agent.id)
		page_set(r->page, "Enter.SignsOut", locale_fill(r->arena, N_("In this browser it signs out %s."), r->actor.name));
	page_set(r->page, "Enter.From", locale_fill(r->arena, N_("It works once. The company’s audit log says that it came from %s."),
		entrance->link.maker_name));
}

static int
link_show(struct req *r)
{
	struct entrance entrance = { .agent = { 0 } };
	enum got got = entrance_find(r, &entrance);

	if (got != GOT_ONE)
		return link_refuse(r, got);
	page_set(r->page, "Enter.Company", entrance.tenant.name);
	page_set_bool(r->page, "Enter.Goes", may_go_on(r, &entrance));
	if (entrance.link.agent_id != 0)
		show_sign_in(r, &entrance);
	else
		page_set(r->page, "Enter.Seen", locale_fill(r->arena, N_("The company sees each page that you open, with your name: %s."), entrance.link.maker_name));
	page_setf(r->page, "Enter.Path", "/enter/%s", req_arg(r, "token"));
	page_set(r->page, "Title", entrance.tenant.name);
	return reply_page(r, "host/enter");
}

/* A link of the host that is being used. */
struct use_work {
	struct req *r;
	const struct entrance *entrance;
	const char *token;               /* out: for the cookie */
};

/* A view needs the consent also now: it may have been taken back since the link was made. */
static enum got
begin_view(struct use_work *work)
{
	const struct enter_link *link = &work->entrance->link;
	const struct view_start start = { tenant_of(&work->entrance->tenant), link->maker_id, link->maker_name };
	struct support_access access = { 0 };
	enum got got = support_access_find(work->r->db, work->r->arena, start.tenant, work->r->now, &access);

	return got == GOT_ONE ? view_create(work->r, &start, &work->token) : got;
}

static enum got
link_use_do(struct db *db, void *arg)
{
	struct use_work *work = arg;
	struct req *r = work->r;
	const struct entrance *entrance = work->entrance;
	const struct enter_link *link = &entrance->link;
	const struct host_actor maker = { link->maker_id, link->maker_name };
	const struct audit_entry view = {
		.action = "host.view_begin", .noun = "tenant", .noun_id = entrance->tenant.id, .noun_name = entrance->tenant.name
	}, sign_in = {
		.action = "host.sign_in_as", .noun = "agent", .noun_id = link->agent_id, .noun_name = agent_name(r->arena, &entrance->agent)
	};
	enum got got = enter_link_take(r, link);

	(void)db;
	if (got == GOT_ONE)
		got = link->agent_id == 0 ? begin_view(work)
			: people_open_session(r, tenant_of(&entrance->tenant), link->agent_id, &work->token);
	if (got != GOT_ONE)
		return got;
	return host_audit(r, tenant_of(&entrance->tenant), &maker, link->agent_id == 0 ? &view : &sign_in);
}

static int
link_use(struct req *r)
{
	struct entrance entrance = { .agent = { 0 } };
	struct use_work work = { .r = r, .entrance = &entrance };
	enum got got = entrance_find(r, &entrance);

	if (got == GOT_ONE && is_of_key(&entrance))
		return people_enter_by_link(r, &entrance);
	if (got == GOT_ONE)
		got = db_transaction(r->db, link_use_do, &work);
	if (got != GOT_ONE)
		return link_refuse(r, got);
	if (entrance.link.agent_id == 0)
		view_keep(r, work.token);
	else
		people_keep_session(r, work.token);
	return reply_redirect(r, "/admin");
}
