/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_access.c - second factors and sessions of operators, for the pages of web/access.h. */
#include "core/address.h"
#include "edge/locale.h"
#include "rooms/host/host_rules.h"
#include "rooms/host/operator/operator_factor.h"
#include "rooms/host/operator/operator_sign_in.h"
#include "rooms/host/operator/operator_store.h"
#include "rooms/host/view/view.h"
#include "rooms/people/people.h"
#include "web/reply.h"

/* What a sign-in that waits for its code knows besides. */
struct operator_half {
	struct operator operator;
	const unsigned char *old_session;        /* of this browser, which ends */
	const char *token;                       /* of the new session */
};

static const char *
home(const struct req *r)
{
	(void)r;
	return "/host";
}

/* Several installations may lie side by side in one app. */
static const char *
issuer(struct req *r)
{
	return arena_printf(r->arena, "Hark (%s)", r->host);
}

static enum got
own_self(struct req *r, struct access_self *self)
{
	struct operator operator = { .id = 0 };
	enum got got = operator_by_id(r->db, r->arena, r->actor.id, &operator);

	self->account = operator.email;
	self->email = operator.email;
	self->password_hash = operator.password_hash;
	return got;
}

static const char *
password_problem(struct req *r, const struct access_self *self, const char *password, const char **detail)
{
	const char *const known[] = { r->actor.name, self->email, NULL };

	return people_password_problem(password, known, detail);
}

static enum got
store_password(struct req *r, const char *password)
{
	return operator_store_password(r->db, r->arena, r->actor.id, password, r->now);
}

static void
remember(struct req *r)
{
	struct operator operator = { .id = 0 };

	if (operator_by_id(r->db, r->arena, r->actor.id, &operator) == GOT_ONE)
		operator_remember(r, &operator);
}

/* Addresses are asked for once more: the list may have changed, or the cookie gone elsewhere. */
static enum got
find_half(struct req *r, struct half *half)
{
	struct operator_half *own = ARENA_NEW(r->arena, struct operator_half);
	struct operator_pending pending = { 0 };
	enum got got = GOT_NONE;

	if (address_list_allows(r->site->conf->host_addresses, r->address))
		got = operator_pending_find(r, half->hash, &pending);
	if (got == GOT_ONE)
		got = operator_by_id(r->db, r->arena, pending.operator_id, &own->operator);
	if (got != GOT_ONE)
		return got;
	half->owner = own->operator.id;
	half->account = own->operator.email;
	half->sealed = pending.factor_sealed;
	half->own = own;
	own->old_session = r->actor.session;
	r->actor = (struct actor){ .session = r->actor.session, .form_token = r->actor.form_token };
	return GOT_ONE;
}

static enum got
enter_half(struct req *r, struct half *half)
{
	const struct operator_half *own = half->own;

	operator_enter(r, &own->operator);
	return GOT_ONE;
}

static enum got
finish_half(struct req *r, struct half *half, bool is_new)
{
	struct operator_half *own = half->own;
	enum got got = operator_pending_end(r, half->hash);

	if (got != GOT_ONE)
		return got;
	if ((is_new && operator_session_end_all(r->db, half->owner, NULL, r->now) == GOT_ERROR)
		|| (own->old_session != NULL && operator_session_end(r->db, own->old_session) == GOT_ERROR))
		return GOT_ERROR;
	return operator_session_create(r, half->owner, &own->token);
}

static void
welcome_half(struct req *r, const struct half *half)
{
	const struct operator_half *own = half->own;

	reply_cookie(r, OPERATOR_COOKIE, own->token, 0);
	operator_remember(r, &own->operator);
}

static enum got
end_others(struct req *r, uint64_t operator)
{
	return operator_session_end_all(r->db, operator, r->actor.session, r->now);
}

/* Views of companies end with any session of the operator, as when signing out: whoever has it may have begun one. */
static enum got
end_views(struct req *r, uint64_t operator)
{
	return view_end_of_operator(r->db, operator, r->now);
}

const struct access operator_access = {
	.noun = "operator",
	.sign_in_log = "host.",
	.sign_in = "/host/sign-in",
	.confirm = "/host/confirm",
	.panel = "/host",
	.sessions = "/host/account",
	.half_cookie = "hark-host-code",
	.codes_cookie = "hark-host-codes",
	.words = {
		.code_lead = N_("Open the app on your phone and type the six digits that it shows for this installation."),
		.code_lost = N_("Without your phone? Type one of your recovery codes instead. Without these, the second factor is taken away on the"
			" server: hark operator reset-2fa."),
		.set_up_lead = N_("This installation asks its operators for a code beside the password. This takes two minutes, once."),
		.required = N_("This installation requires two-factor authentication of its operators."),
		.required_refusal = N_("This installation requires two-factor authentication of its operators. You can set it up anew.")
	},
	.next_is_safe = host_next_is_safe,
	.home = home,
	.issuer = issuer,
	.self = own_self,
	.password_problem = password_problem,
	.password_store = store_password,
	.remember = remember,
	.factor_load = operator_factor_load,
	.factor_store = operator_factor_store,
	.factor_clear = operator_factor_clear,
	.factor_step = operator_factor_step,
	.recovery_add = operator_recovery_add,
	.recovery_use = operator_recovery_use,
	.recovery_find = operator_recovery_find,
	.recovery_clear = operator_recovery_clear,
	.half_add = operator_pending_add,
	.half_find = find_half,
	.half_enter = enter_half,
	.half_finish = finish_half,
	.half_welcome = welcome_half,
	.session_list = operator_session_list,
	.session_end = operator_session_end_by_id,
	.session_end_others = end_others,
	.session_gone = end_views,
	.session_confirm = operator_session_confirm,
	.session_renew = operator_session_renew,
	.session_secret = operator_session_secret,
	.session_set_secret = operator_session_set_secret
};
