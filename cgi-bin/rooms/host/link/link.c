/* SPDX-License-Identifier: BSD-2-Clause */
/* link.c - making a link that opens a tenant once. */
#include "rooms/host/host.h"
#include "rooms/host/host_audit.h"
#include "rooms/people/people.h"

struct link_work {
	struct req *r;
	const struct enter_link *link;
	const struct audit_entry *entry;
	const char *url;
};

/* The link and the entry in the tenant's log: both or none. */
static enum got
link_make_do(struct db *db, void *arg)
{
	struct link_work *work = arg;

	(void)db;
	if (enter_link_make(work->r, work->link, &work->url) != GOT_ONE)
		return GOT_ERROR;
	return host_audit(work->r, (tenant_id){ work->link->tenant_id }, NULL, work->entry);
}

static enum got
link_make(struct req *r, const struct enter_link *link, const struct audit_entry *entry, const char **url)
{
	struct link_work work = { .r = r, .link = link, .entry = entry };
	enum got got = db_transaction(r->db, link_make_do, &work);

	*url = work.url;
	return got;
}

/* The command has no operator: its links are of "hark". */
static uint64_t
operator_of(const struct req *r)
{
	return r->actor.kind == ACTOR_HOST ? r->actor.id : 0;
}

enum got
host_sign_in_link(struct req *r, const struct tenant *tenant, const char *account, struct host_sign_in_link *out)
{
	struct agent agent = { 0 };
	enum got got = account != NULL ? agent_by_account(r->db, r->arena, tenant_of(tenant), account, &agent)
		: agent_first_administrator(r->db, r->arena, tenant_of(tenant), &agent);
	const struct enter_link link = {
		.tenant_id = tenant->id, .agent_id = agent.id, .maker = "host", .maker_id = operator_of(r), .maker_name = r->actor.name
	};
	const struct audit_entry entry = {
		.action = "host.sign_in_link", .noun = "agent", .noun_id = agent.id, .noun_name = agent_name(r->arena, &agent)
	};

	if (got != GOT_ONE)
		return got;
	out->account = agent.account;
	out->agent_name = agent_name(r->arena, &agent);
	out->expires_at = r->now + ENTER_LINK_LIFE;
	return link_make(r, &link, &entry, &out->url);
}

enum got
host_view_link(struct req *r, const struct tenant *tenant, const char **url)
{
	const struct enter_link link = {
		.tenant_id = tenant->id, .maker = "host", .maker_id = r->actor.id, .maker_name = r->actor.name
	};
	const struct audit_entry entry = { .action = "host.view_link", .noun = "tenant", .noun_id = tenant->id, .noun_name = tenant->name };

	return link_make(r, &link, &entry, url);
}
