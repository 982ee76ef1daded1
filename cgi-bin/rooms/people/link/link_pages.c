/* SPDX-License-Identifier: BSD-2-Clause */
/* link_pages.c - another product of the company signs one of its agents in: the link that its key makes, and what pressing it does. */
#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/agent/agent_rights.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/sign_in.h"
#include "web/audit.h"
#include "web/reply.h"
#include "web/throttle.h"

static handler sign_in_link_make;

const struct route sign_in_link_routes[] = {
	{ POST, "/api/v1/agents/:id/sign-in-link", MAY_SIGN_IN_OTHERS, sign_in_link_make, ROUTE_JSON, NULL },
	{ .path = NULL }
};

static const struct throttle_rule agent_rule = { "sign_in_link.agent", 20, 10 * CLOCK_MINUTE };
static const struct throttle_rule key_rule = { "sign_in_link.key", 1000, 10 * CLOCK_MINUTE };

/* What the key leaves out of its owner's rights does not count: the link hands over no right that the owner has not. */
static enum got
owner_covers(struct req *r, uint64_t agent)
{
	permission_set owner = 0, wanted = 0;

	if (agent_permissions(r->db, r->arena, r->tenant, r->actor.id, &owner) != GOT_ONE
		|| agent_permissions(r->db, r->arena, r->tenant, agent, &wanted) != GOT_ONE)
		return GOT_ERROR;
	return people_rights_cover(owner, wanted) ? GOT_ONE : GOT_NONE;
}

static enum got
count_link(struct req *r, uint64_t agent, uint64_t *retry_after)
{
	const char *key = arena_printf(r->arena, "%llu", (unsigned long long)r->actor.key);
	enum got got = throttle_count(r, &key_rule, key, retry_after);

	return got == GOT_ONE ? throttle_count(r, &agent_rule, agent_key(r->arena, r->tenant, agent), retry_after) : got;
}

/* Who asks is a program that was given the right, in a company that has allowed it. An answer has been sent, or 0. */
static int
make_refuse(struct req *r)
{
	struct security security = { 0 };

	if (r->actor.kind != ACTOR_API)
		return reply_error(r, 403, "key", N_("Sign-in links are made by API keys only."));
	if (security_load(r, &security) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	if (!security.sign_in_links)
		return reply_error(r, 403, "sign_in_links", N_("Your company does not allow sign-in links."));
	return 0;
}

struct link_work {
	struct req *r;
	const struct agent *agent;
	const char *url;
};

/* The link and the entry: both or none. */
static enum got
link_make_do(struct db *db, void *arg)
{
	struct link_work *work = arg;
	struct req *r = work->r;
	const struct enter_link link = {
		.tenant_id = r->tenant.id, .agent_id = work->agent->id, .maker = "key", .maker_id = r->actor.id, .maker_name = r->actor.name
	};
	const struct audit_entry entry = {
		.action = "agent.sign_in_link", .noun = "agent", .noun_id = work->agent->id, .noun_name = work->agent->alias
	};

	(void)db;
	return enter_link_make(r, &link, &work->url) == GOT_ONE ? audit_write(r, &entry) : GOT_ERROR;
}

static int
sign_in_link_reply(struct req *r, const struct agent *agent)
{
	struct link_work work = { .r = r, .agent = agent };
	struct json *json = json_new_object(r->arena);
	enum got got = db_transaction(r->db, link_make_do, &work);

	if (got != GOT_ONE)
		return reply_got(r, got);
	json_set_text(json, "url", work.url);
	json_set_text(json, "account", agent->account);
	json_set_text(json, "expires_at", clock_iso(r->arena, r->now + ENTER_LINK_LIFE));
	return reply_json_status(r, 201, json);
}

static int
sign_in_link_make(struct req *r)
{
	struct agent agent = { 0 };
	uint64_t retry_after;
	enum got got = agent_by_id(r->db, r->arena, r->tenant, req_id(r), &agent);
	int refused;

	if (got != GOT_ONE || agent.deleted_at != 0)
		return reply_got(r, got == GOT_ONE ? GOT_NONE : got);
	refused = make_refuse(r);
	if (refused != 0)
		return refused;
	got = owner_covers(r, agent.id);
	if (got != GOT_ONE)
		return got == GOT_NONE ? reply_forbidden(r) : reply_got(r, got);
	got = count_link(r, agent.id, &retry_after);
	if (got != GOT_ONE)
		return got == GOT_NONE ? reply_too_often(r, retry_after) : reply_got(r, got);
	return sign_in_link_reply(r, &agent);
}

/* ---- the far end */

/* Whose key it was stands in the entry as its actor: the agent who comes in is its noun. */
static enum got
audit_use(struct req *r, const struct entrance *entrance)
{
	const tenant_id tenant_before = r->tenant;
	const struct actor actor_before = r->actor;
	const struct audit_entry entry = {
		.action = "agent.sign_in_by_link", .noun = "agent", .noun_id = entrance->agent.id, .noun_name = entrance->agent.alias
	};
	enum got got;

	r->tenant = tenant_of(&entrance->tenant);
	r->actor = (struct actor){ .kind = ACTOR_API, .id = entrance->link.maker_id, .name = entrance->link.maker_name };
	got = audit_write(r, &entry);
	r->actor = actor_before;
	r->tenant = tenant_before;
	return got;
}

struct use_work {
	struct req *r;
	const struct entrance *entrance;
};

static enum got
link_use_do(struct db *db, void *arg)
{
	struct use_work *work = arg;
	enum got got = enter_link_take(work->r, &work->entrance->link);

	(void)db;
	return got == GOT_ONE ? audit_use(work->r, work->entrance) : got;
}

/* What the link was good for may have gone since it was made. */
static bool
link_is_open(struct req *r, const struct entrance *entrance)
{
	const tenant_id before = r->tenant;
	struct security security = { 0 };
	enum got got;

	r->tenant = tenant_of(&entrance->tenant);
	got = security_load(r, &security);
	r->tenant = before;
	return got == GOT_ONE && security.sign_in_links && text_equal(entrance->tenant.state, "active");
}

int
people_enter_by_link(struct req *r, const struct entrance *entrance)
{
	struct use_work work = { r, entrance };
	enum sign_in_outcome outcome;
	enum got got;

	if (!link_is_open(r, entrance))
		return reply_error(r, 403, "link_closed", N_("Your company does not let links sign in at present."));
	got = db_transaction(r->db, link_use_do, &work);
	if (got != GOT_ONE)
		return got == GOT_NONE ? people_link_is_over(r) : reply_got(r, got);
	outcome = sign_in_as(r, &entrance->tenant, &entrance->agent);
	return outcome == SIGN_IN_WRONG ? people_link_is_over(r) : sign_in_go_on(r, outcome, NULL);
}

int
people_link_is_over(struct req *r)
{
	return reply_error(r, 404, "link_over", N_("This link was used already, or its minute is over. Ask for a new one."));
}
