/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_pages.c - operators signing in and out, and who they are with the keys that act for them. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/host_question.h"
#include "rooms/host/host_rules.h"
#include "rooms/host/operator/operator_sign_in.h"
#include "rooms/host/operator/operator_views.h"
#include "web/access.h"
#include "web/moment.h"
#include "web/reply.h"
#include "web/throttle.h"

static handler sign_in_show, sign_in_do, sign_out_do, operators_show, key_delete_show, key_delete;

const struct route operator_routes[] = {
	{ GET, "/host/sign-in", MAY_PUBLIC, sign_in_show, ROUTE_HOST, NULL },
	{ POST, "/host/sign-in", MAY_PUBLIC, sign_in_do, ROUTE_HOST, NULL },
	{ GET, "/host/sign-in/code", MAY_PUBLIC, code_show, ROUTE_HOST, NULL },
	{ POST, "/host/sign-in/code", MAY_PUBLIC, code_do, ROUTE_HOST, NULL },
	{ GET, "/host/sign-in/set-up", MAY_PUBLIC, code_set_up_show, ROUTE_HOST, NULL },
	{ POST, "/host/sign-in/set-up", MAY_PUBLIC, code_set_up_do, ROUTE_HOST, NULL },
	{ POST, "/host/sign-out", MAY_PUBLIC, sign_out_do, ROUTE_HOST, NULL },
	{ GET, "/host/operators", MAY_HOST_OPERATORS, operators_show, ROUTE_HOST, NULL },
	{ GET, "/host/operators/keys/:id/delete", MAY_HOST_OPERATORS, key_delete_show, ROUTE_HOST, NULL },
	{ POST, "/host/operators/keys/:id/delete", MAY_HOST_OPERATORS, key_delete, ROUTE_HOST, NULL },
	{ .path = NULL }
};

static const struct field sign_in_fields[] = {
	FIELD_EMAIL(struct operator_sign_in, email, FIELD_FORM | FIELD_REQUIRED, .max = 254, .label = N_("E-mail")),
	FIELD_TEXT(struct operator_sign_in, password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET, .max = CRYPT_PASSWORD_MAX,
		.label = N_("Password")),
	FIELD_END
};

static int
sign_in_page(struct req *r, int status, const struct form *form, const struct operator_sign_in *input)
{
	form_show(r, form, input);
	if (host_next_is_safe(input->next))
		page_set(r->page, "SignIn.Next", input->next);
	page_set(r->page, "Title", locale_text(N_("Sign in")));
	return reply_page_status(r, status, "host/sign_in");
}

static int
sign_in_on(struct req *r, const char *next)
{
	return reply_redirect(r, "%s", host_next_is_safe(next) ? next : "/host");
}

static int
sign_in_show(struct req *r)
{
	struct operator_sign_in input = { .next = req_query(r, "next") };
	struct form form;

	if (r->actor.kind == ACTOR_HOST)
		return sign_in_on(r, input.next);
	form_init(&form, sign_in_fields);
	return sign_in_page(r, 200, &form, &input);
}

/* What a refusal looks like. */
static int
sign_in_refuse(struct req *r, struct form *form, const struct operator_sign_in *input, enum operator_outcome outcome,
	uint64_t retry_after)
{
	if (outcome == OPERATOR_FAILED)
		return reply_got(r, GOT_ERROR);
	if (outcome == OPERATOR_TOO_OFTEN) {
		reply_header(r, "Retry-After", arena_printf(r->arena, "%llu", (unsigned long long)retry_after));
		form_problem(r, form, "", locale_plural("Too many attempts to sign in. Try again in %s minute.",
			"Too many attempts to sign in. Try again in %s minutes.", throttle_minutes(retry_after)),
			arena_printf(r->arena, "%llu", (unsigned long long)throttle_minutes(retry_after)));
		return sign_in_page(r, 429, form, input);
	}
	form_problem(r, form, "", outcome == OPERATOR_ELSEWHERE ? N_("Operators may not sign in from your address %s.")
		: N_("The e-mail address or the password is wrong."), r->address);
	return sign_in_page(r, 422, form, input);
}

static int
sign_in_do(struct req *r)
{
	struct operator_sign_in input = { .next = req_param(r, "next") };
	enum operator_outcome outcome;
	uint64_t retry_after;
	struct form form;

	form_init(&form, sign_in_fields);
	if (!form_read(r, &form, &input, false))
		return sign_in_page(r, 422, &form, &input);
	if (strlen(input.password) > CRYPT_PASSWORD_MAX) {
		form_problem(r, &form, "password", N_("must have at most %s bytes"), "1024");
		return sign_in_page(r, 422, &form, &input);
	}
	outcome = operator_sign_in(r, &input, &retry_after);
	if (outcome == OPERATOR_CODE || outcome == OPERATOR_SET_UP)
		return half_go_on(r, outcome == OPERATOR_CODE, input.next);
	if (outcome != OPERATOR_GOOD)
		return sign_in_refuse(r, &form, &input, outcome, retry_after);
	return sign_in_on(r, input.next);
}

static int
sign_out_do(struct req *r)
{
	if (operator_sign_out(r) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	reply_notice(r, N_("You are signed out."), NULL);
	return reply_redirect(r, "/host/sign-in");
}

static enum got
show_keys(struct req *r)
{
	struct db_rows rows = { 0 };
	const struct operator_key *key;
	struct page_node *node;
	size_t i;

	if (operator_key_all(r->db, r->arena, &rows) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0, key = rows.rows; i < rows.count; i++, key++) {
		node = page_add(r->page, "Keys");
		page_set(node, "Name", key->name);
		page_set(node, "Operator", key->operator_name);
		moment_show(r, node, "Used", key->used_at);
		page_setf(node, "Delete", "/host/operators/keys/%llu/delete", (unsigned long long)key->id);
		operator_show_rights(node, permission_host_set_of(key->permissions));
	}
	return GOT_ONE;
}

static int
operators_show(struct req *r)
{
	struct db_rows rows = { 0 };
	const struct operator *operator;
	struct page_node *node;
	size_t i;

	if (operator_all(r->db, r->arena, &rows) == GOT_ERROR || show_keys(r) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, operator = rows.rows; i < rows.count; i++, operator++) {
		node = page_add(r->page, "Operators");
		page_set(node, "Name", operator->name);
		page_set(node, "Email", operator->email);
		moment_show(r, node, "SignedIn", operator->signed_in_at);
		page_set_bool(node, "TwoFactor", operator->two_factor);
		operator_show_rights(node, permission_host_set_of(operator->permissions));
	}
	page_set(r->page, "Title", locale_text(N_("Operators")));
	return reply_page(r, "host/operators");
}

static int
key_delete_show(struct req *r)
{
	struct operator_key key = { 0 };
	enum got got = operator_key_by_id(r->db, r->arena, req_id(r), &key);
	const struct host_question question = {
		.title = N_("Take back the key %s"), .name = key.name, .button = N_("Take back"),
		.lead = N_("Programs that use it are refused at once. It cannot be given again: a new key is made by the command on the server."),
		.back = "/host/operators", .back_label = locale_text(N_("Operators"))
	};

	return got == GOT_ONE ? host_ask(r, &question) : reply_got(r, got);
}

static int
key_delete(struct req *r)
{
	struct operator_key key = { 0 };
	enum got got = operator_key_take_back(r, req_id(r), &key);

	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("The key is taken back. Programs that use it are refused from now on."), NULL);
	return reply_redirect(r, "/host/operators");
}
