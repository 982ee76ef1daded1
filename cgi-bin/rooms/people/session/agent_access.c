/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_access.c - second factors and sessions of agents, for the pages of web/access.h. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/agent/agent_choice.h"
#include "rooms/people/factor/factor.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"
#include "rooms/people/session/sign_in.h"

/* What a sign-in that waits for its code knows besides. */
struct agent_half {
	struct tenant tenant;
	struct agent agent;
	struct security security;
	const unsigned char *old_session;   /* of this browser, which ends */
	tenant_id old_tenant;
	const char *token;               /* of the new session */
};

static const char *
home(const struct req *r)
{
	return people_home(r->actor.permissions);
}

static const char *
issuer(struct req *r)
{
	return r->tenant_name;
}

static enum got
own_self(struct req *r, struct access_self *self)
{
	struct agent agent = { 0 };
	enum got got = agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &agent);

	self->account = agent.account;
	self->email = agent.email;
	self->password_hash = agent.password_hash;
	return got;
}

static const char *
password_problem(struct req *r, const struct access_self *self, const char *password, const char **detail)
{
	return password_choice_problem(r, &(struct password_choice){ r->tenant, password, self->account, self->email }, detail);
}

static enum got
store_password(struct req *r, const char *password)
{
	return agent_set_password(r->db, r->arena, r->tenant, r->actor.id, password, r->now);
}

static void
remember(struct req *r)
{
	struct agent agent = { 0 };

	if (agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &agent) == GOT_ONE)
		sign_in_remember(r, r->tenant, &agent);
}

static enum got
load_factor(struct req *r, uint64_t agent, struct factor *factor)
{
	struct agent_factor row = { .two_factor = false };
	enum got got = agent_factor_load(r, agent, &row);

	*factor = agent_factor_of(&row);
	return got;
}

/* The request is of the company from here on, as its throttles and audit are. */
static void
enter_company(struct req *r, struct agent_half *own)
{
	own->old_session = r->actor.session;
	own->old_tenant = r->tenant;
	tenant_enter(r, &own->tenant);
	r->actor = (struct actor){ .session = r->actor.session, .form_token = r->actor.form_token };
}

static enum got
find_half(struct req *r, struct half *half)
{
	struct agent_half *own = ARENA_NEW(r->arena, struct agent_half);
	struct pending pending = { 0 };
	enum got got = pending_find(r, half->hash, &pending);

	if (got == GOT_ONE && r->tenant.id != 0 && r->actor.kind == ACTOR_NOBODY && r->tenant.id != pending.tenant_id)
		return GOT_NONE;
	if (got == GOT_ONE)
		got = tenant_by_id(r->db, r->arena, (tenant_id){ pending.tenant_id }, &own->tenant);
	if (got == GOT_ONE)
		got = agent_by_id(r->db, r->arena, tenant_of(&own->tenant), pending.agent_id, &own->agent);
	if (got != GOT_ONE)
		return got;
	half->owner = own->agent.id;
	half->account = own->agent.account;
	half->sealed = pending.factor_sealed;
	half->own = own;
	enter_company(r, own);
	return GOT_ONE;
}

static enum got
enter_half(struct req *r, struct half *half)
{
	struct agent_half *own = half->own;
	enum got got = sign_in_enter(r, &own->tenant, &own->agent);

	return got == GOT_ONE ? security_load(r, &own->security) : got;
}

static enum got
finish_half(struct req *r, struct half *half, bool is_new)
{
	struct agent_half *own = half->own;
	enum got got = pending_end(r->db, r->tenant, half->hash);

	if (got != GOT_ONE)
		return got;
	if ((is_new && session_end_all(r->db, r->tenant, half->owner, NULL) == GOT_ERROR)
		|| (own->old_session != NULL && session_end(r->db, own->old_tenant, own->old_session) == GOT_ERROR))
		return GOT_ERROR;
	return session_begin(r, &own->security, &own->token);
}

static void
welcome_half(struct req *r, const struct half *half)
{
	const struct agent_half *own = half->own;

	session_cookie(r, own->token);
	sign_in_remember(r, r->tenant, &own->agent);
}

static enum got
list_sessions(struct req *r, uint64_t agent, struct db_rows *sessions)
{
	return session_list(r, agent, r->actor.session, sessions);
}

static enum got
end_session(struct req *r, uint64_t agent, uint64_t id)
{
	return session_end_by_id(r->db, r->tenant, agent, id);
}

static enum got
end_others(struct req *r, uint64_t agent)
{
	return session_end_all(r->db, r->tenant, agent, r->actor.session);
}

static enum got
confirm_session(struct req *r)
{
	return session_confirm(r->db, r->tenant, r->actor.session, r->now);
}

const struct access agent_access = {
	.noun = "agent",
	.sign_in_log = "",
	.sign_in = "/sign-in",
	.confirm = "/confirm",
	.panel = "/admin",
	.sessions = "/admin/sessions",
	.half_cookie = "hark-code",
	.codes_cookie = "hark-codes",
	.words = {
		.code_lead = N_("Open the app on your phone and type the six digits that it shows for this company."),
		.code_lost = N_("Without your phone? Type one of your recovery codes instead, or ask an administrator of your company."),
		.set_up_lead = N_("Your company asks for a code beside the password. This takes two minutes, once."),
		.required = N_("Your company requires two-factor authentication."),
		.required_refusal = N_("Your company requires two-factor authentication. You can set it up anew.")
	},
	.next_is_safe = people_next_is_safe,
	.home = home,
	.issuer = issuer,
	.self = own_self,
	.password_problem = password_problem,
	.password_store = store_password,
	.remember = remember,
	.factor_load = load_factor,
	.factor_store = agent_factor_store,
	.factor_clear = agent_factor_clear,
	.factor_step = agent_factor_step,
	.recovery_add = recovery_add,
	.recovery_use = recovery_use,
	.recovery_find = recovery_find,
	.recovery_clear = recovery_clear,
	.half_add = pending_add,
	.half_find = find_half,
	.half_enter = enter_half,
	.half_finish = finish_half,
	.half_welcome = welcome_half,
	.session_list = list_sessions,
	.session_end = end_session,
	.session_end_others = end_others,
	.session_gone = session_gone,
	.session_confirm = confirm_session,
	.session_renew = session_renew,
	.session_secret = session_secret,
	.session_set_secret = session_set_secret
};
