/* SPDX-License-Identifier: BSD-2-Clause */
/* link_pages.c - the far end of a link that opens a tenant once: a page with a button, so that a scanner of links does not use it up. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/host_audit.h"
#include "rooms/host/link/link_store.h"
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

/* What the link opens, as far as it is known. */
struct entrance {
	struct req *r;
	unsigned char hash[CRYPT_HASH_LEN];
	struct host_link link;
	struct tenant tenant;
	struct agent agent;              /* of a link that signs in */
	const char *token;               /* out: for the cookie */
};

/* GOT_NONE: there is no such link any more, or it leads elsewhere than this host name, or to somebody who is gone. */
static enum got
entrance_find(struct entrance *entrance)
{
	struct req *r = entrance->r;
	const char *token = req_arg(r, "token");
	enum got got;

	crypt_sha256(token, strlen(token), entrance->hash);
	got = host_link_find(r->db, r->arena, entrance->hash, r->now, &entrance->link);
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

static int
link_refuse(struct req *r, enum got got)
{
	if (got == GOT_ERROR)
		return reply_got(r, got);
	return reply_error(r, 404, "link_over", N_("This link was used already, or its minute is over. Ask for a new one."));
}

static int
link_show(struct req *r)
{
	struct entrance entrance = { .r = r };
	enum got got = entrance_find(&entrance);

	if (got != GOT_ONE)
		return link_refuse(r, got);
	page_set(r->page, "Enter.Company", entrance.tenant.name);
	page_set(r->page, "Enter.By", entrance.link.operator_name);
	page_setf(r->page, "Enter.Path", "/enter/%s", req_arg(r, "token"));
	if (entrance.link.agent_id != 0)
		page_set(r->page, "Enter.Agent", agent_name(r->arena, &entrance.agent));
	page_set(r->page, "Title", entrance.tenant.name);
	return reply_page(r, "host/enter");
}

/* A view needs the consent also now: it may have been taken back since the link was made. */
static enum got
begin_view(struct entrance *entrance)
{
	const struct view_start start = {
		tenant_of(&entrance->tenant), entrance->link.operator_id, entrance->link.operator_name
	};
	struct support_access access = { 0 };
	enum got got = support_access_find(entrance->r->db, entrance->r->arena, start.tenant, entrance->r->now, &access);

	return got == GOT_ONE ? view_create(entrance->r, &start, &entrance->token) : got;
}

static enum got
link_use_do(struct db *db, void *arg)
{
	struct entrance *entrance = arg;
	struct req *r = entrance->r;
	const struct host_link *link = &entrance->link;
	const struct host_actor maker = { link->operator_id, link->operator_name };
	const struct audit_entry view = {
		.action = "host.view_begin", .noun = "tenant", .noun_id = entrance->tenant.id, .noun_name = entrance->tenant.name
	}, sign_in = {
		.action = "host.sign_in_as", .noun = "agent", .noun_id = link->agent_id, .noun_name = agent_name(r->arena, &entrance->agent)
	};
	enum got got = host_link_take(db, link, entrance->hash, r->now);

	if (got == GOT_ONE)
		got = link->agent_id == 0 ? begin_view(entrance)
			: people_open_session(r, tenant_of(&entrance->tenant), link->agent_id, &entrance->token);
	if (got != GOT_ONE)
		return got;
	return host_audit(r, tenant_of(&entrance->tenant), &maker, link->agent_id == 0 ? &view : &sign_in);
}

static int
link_use(struct req *r)
{
	struct entrance entrance = { .r = r };
	enum got got = entrance_find(&entrance);

	if (got == GOT_ONE)
		got = db_transaction(r->db, link_use_do, &entrance);
	if (got != GOT_ONE)
		return link_refuse(r, got);
	if (entrance.link.agent_id == 0)
		view_keep(r, entrance.token);
	else
		people_keep_session(r, entrance.token);
	return reply_redirect(r, "/admin");
}
