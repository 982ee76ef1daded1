/* SPDX-License-Identifier: BSD-2-Clause */
/* code_pages.c - the second half of signing in: the code of the second factor, or setting it up first. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/factor/factor.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"
#include "rooms/people/session/sign_in.h"
#include "web/audit.h"
#include "web/reply.h"

static handler code_show, code_do, set_up_show, set_up_do;

const struct route code_routes[] = {
	{ GET, "/sign-in/code", MAY_PUBLIC, code_show, 0, NULL },
	{ POST, "/sign-in/code", MAY_PUBLIC, code_do, ROUTE_ALWAYS, NULL },
	{ GET, "/sign-in/set-up", MAY_PUBLIC, set_up_show, 0, NULL },
	{ POST, "/sign-in/set-up", MAY_PUBLIC, set_up_do, ROUTE_ALWAYS, NULL },
	{ .path = NULL }
};

/* Who has given the right password in this browser. */
struct half {
	unsigned char hash[CRYPT_HASH_LEN];
	struct pending pending;
	struct tenant tenant;
	struct agent agent;
	struct factor factor;
	struct security security;
	const unsigned char *old_session;   /* of this browser, which ends */
	tenant_id old_tenant;
};

struct code_input {
	const char *code;
	const char *next;
	bool is_locked;                  /* too many were wrong */
};

static const struct field code_fields[] = {
	FIELD_TEXT(struct code_input, code, FIELD_FORM | FIELD_REQUIRED, .max = 40, .label = N_("Authentication code")),
	FIELD_END
};

/* The request is of the company from here on, as its throttles and audit are, and of nobody, whoever was signed in here. */
static void
half_enter(struct req *r, struct half *half)
{
	half->old_session = r->actor.session;
	half->old_tenant = r->tenant;
	tenant_enter(r, &half->tenant);
	r->actor = (struct actor){ .session = r->actor.session, .form_token = r->actor.form_token };
}

/* Reads all that is known of the pending sign-in; GOT_NONE: there is none, or it took too long. */
static enum got
half_find(struct req *r, struct half *half)
{
	const char *token = req_cookie(r, PENDING_COOKIE);
	enum got got;

	if (token == NULL || strlen(token) > 200)
		return GOT_NONE;
	crypt_sha256(token, strlen(token), half->hash);
	got = pending_find(r, half->hash, &half->pending);
	if (got == GOT_ONE && r->tenant.id != 0 && r->actor.kind == ACTOR_NOBODY && r->tenant.id != half->pending.tenant_id)
		return GOT_NONE;
	if (got == GOT_ONE)
		got = tenant_by_id(r->db, r->arena, (tenant_id){ half->pending.tenant_id }, &half->tenant);
	if (got == GOT_ONE)
		got = agent_by_id(r->db, r->arena, tenant_of(&half->tenant), half->pending.agent_id, &half->agent);
	if (got == GOT_ONE)
		got = factor_load(r->db, r->arena, tenant_of(&half->tenant), half->agent.id, &half->factor);
	if (got == GOT_ONE)
		half_enter(r, half);
	return got;
}

/* The sign-in that waited is gone: from the start. */
static int
start_again(struct req *r, enum got got)
{
	if (got == GOT_ERROR)
		return reply_got(r, got);
	reply_cookie(r, PENDING_COOKIE, "", -1);
	reply_notice(r, N_("That took too long. Sign in again."), NULL);
	return reply_redirect(r, "/sign-in");
}

static int
code_page(struct req *r, const struct form *form, const struct code_input *input)
{
	const int status = input->is_locked ? 429 : form_is_good(form) ? 200 : 422;

	form_show(r, form, input);
	if (people_next_is_safe(input->next))
		page_set(r->page, "SignIn.Next", input->next);
	page_set(r->page, "Title", locale_text(N_("Authentication Code")));
	return reply_page_status(r, status, "people/code");
}

static int
code_show(struct req *r)
{
	const struct code_input input = { .next = req_query(r, "next") };
	struct half half = { .pending = { 0 } };
	struct form form;
	enum got got = half_find(r, &half);

	if (got != GOT_ONE)
		return start_again(r, got);
	if (!factor_is_set_up(&half.factor))
		return sign_in_go_on(r, SIGN_IN_SET_UP, input.next);
	form_init(&form, code_fields);
	return code_page(r, &form, &input);
}

/* What a code, once it is right, must do at once or not at all. */
struct half_work {
	struct req *r;
	struct half *half;
	const char *code;
	const char *sealed;              /* being set up; NULL: the agent's own counts */
	uint64_t step;
	const char *token;               /* of the new session */
	const char *codes;               /* of a set-up */
};

static enum got
half_audit(struct req *r, const struct half *half, const char *action)
{
	const struct audit_entry entry = {
		.action = action, .noun = "agent", .noun_id = half->agent.id, .noun_name = half->agent.account
	};

	return audit_write(r, &entry);
}

/* The code is used up, or the new secret kept. */
static enum got
half_prove(struct half_work *work)
{
	struct req *r = work->r;
	const struct half *half = work->half;
	bool is_recovery;
	enum got got;

	if (work->sealed != NULL) {
		const struct factor_setting setting = { .agent = half->agent.id, .sealed = work->sealed, .step = work->step };

		got = factor_keep(r, &setting, &work->codes);
		return got == GOT_ONE ? half_audit(r, half, "agent.two_factor") : got;
	}
	got = factor_use(r, half->agent.id, &half->factor, work->code, &is_recovery);
	return got == GOT_ONE && is_recovery ? half_audit(r, half, "agent.recovery_code") : got;
}

/* One password and one code make one session: what was waiting goes with it, and so does the old session of this browser. A factor that is
 * new ends all others, which never gave a code. */
static enum got
half_finish(struct db *db, void *arg)
{
	struct half_work *work = arg;
	struct req *r = work->r;
	enum got got = half_prove(work);

	if (got == GOT_ONE)
		got = pending_end(db, r->tenant, work->half->hash);
	if (got != GOT_ONE)
		return got;
	if ((work->sealed != NULL && session_end_all(db, r->tenant, work->half->agent.id, NULL) == GOT_ERROR)
		|| (work->half->old_session != NULL && session_end(db, work->half->old_tenant, work->half->old_session) == GOT_ERROR)
		|| session_begin(r, &work->half->security, &work->token) != GOT_ONE)
		return GOT_ERROR;
	return half_audit(r, work->half, "sign_in");
}

/* Nothing of the actor stays when the code is wrong. */
static enum got
half_try(struct half_work *work)
{
	struct req *r = work->r;
	const struct actor nobody = r->actor;
	enum got got = sign_in_enter(r, &work->half->tenant, &work->half->agent);

	if (got == GOT_ONE)
		got = security_load(r, &work->half->security);
	if (got == GOT_ONE)
		got = db_transaction(r->db, half_finish, work);
	if (got == GOT_ONE && factor_forget_count(r, r->actor.id) == GOT_ERROR)
		got = GOT_ERROR;
	if (got != GOT_ONE) {
		r->actor = nobody;
		return got;
	}
	reply_cookie(r, PENDING_COOKIE, "", -1);
	session_cookie(r, work->token);
	sign_in_remember(r, r->tenant, &work->half->agent);
	return GOT_ONE;
}

/* Ten attempts in a quarter of an hour, whatever the number of sign-ins that wait. The refusal says for how long. */
static enum got
half_count(struct req *r, const struct half *half, struct form *form)
{
	uint64_t retry_after;
	enum got got = factor_count(r, half->agent.id, &retry_after);

	if (got != GOT_NONE)
		return got;
	reply_header(r, "Retry-After", arena_printf(r->arena, "%llu", (unsigned long long)retry_after));
	form_problem(r, form, "", N_("Too many wrong codes. Try again in %s minutes."),
		arena_printf(r->arena, "%llu", (unsigned long long)(retry_after + 59) / 60));
	return GOT_NONE;
}

static int
code_do(struct req *r)
{
	struct code_input input = { .next = req_param(r, "next") };
	struct half half = { .pending = { 0 } };
	struct half_work work = { .r = r, .half = &half };
	struct form form;
	enum got got = half_find(r, &half);

	if (got != GOT_ONE)
		return start_again(r, got);
	form_init(&form, code_fields);
	if (!form_read(r, &form, &input, false))
		return code_page(r, &form, &input);
	got = half_count(r, &half, &form);
	input.is_locked = got == GOT_NONE;
	if (got != GOT_ONE)
		return got == GOT_ERROR ? reply_got(r, got) : code_page(r, &form, &input);
	work.code = input.code;
	got = factor_is_set_up(&half.factor) ? half_try(&work) : GOT_NONE;
	if (got == GOT_ONE)
		return sign_in_go_on(r, SIGN_IN_GOOD, input.next);
	if (got == GOT_ERROR || half_audit(r, &half, "sign_in_code_failed") == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	input.code = "";
	form_problem(r, &form, "code", N_("is wrong or was used already. Wait for the next one."), NULL);
	return code_page(r, &form, &input);
}

static int
set_up_page(struct req *r, const struct half *half, const struct form *form, const struct code_input *input)
{
	const int status = input->is_locked ? 429 : form_is_good(form) ? 200 : 422;

	if (!factor_show(r, half->agent.id, half->pending.factor_sealed, half->agent.account))
		return start_again(r, GOT_NONE);
	form_show(r, form, input);
	if (people_next_is_safe(input->next))
		page_set(r->page, "SignIn.Next", input->next);
	page_set(r->page, "Title", locale_text(N_("Set up two-factor authentication")));
	return reply_page_status(r, status, "people/code_set_up");
}

static bool
half_sets_up(const struct half *half)
{
	return !factor_is_set_up(&half->factor) && half->pending.factor_sealed != NULL;
}

static int
set_up_show(struct req *r)
{
	const struct code_input input = { .next = req_query(r, "next") };
	struct half half = { .pending = { 0 } };
	struct form form;
	enum got got = half_find(r, &half);

	if (got != GOT_ONE || !half_sets_up(&half))
		return start_again(r, got == GOT_ERROR ? GOT_ERROR : GOT_NONE);
	form_init(&form, code_fields);
	return set_up_page(r, &half, &form, &input);
}

/* The codes are shown before anything else. */
static int
set_up_good(struct req *r, const struct half_work *work, const char *next)
{
	struct str to;

	codes_hand_over(r, work->codes);
	str_init(&to, r->arena);
	str_add(&to, "/admin/two-factor/codes?next=");
	text_url_encode(&to, people_next_is_safe(next) ? next : people_home(r->actor.permissions));
	return reply_redirect(r, "%s", to.data);
}

static int
set_up_do(struct req *r)
{
	struct code_input input = { .next = req_param(r, "next") };
	struct half half = { .pending = { 0 } };
	struct half_work work = { .r = r, .half = &half };
	struct form form;
	enum got got = half_find(r, &half);

	if (got != GOT_ONE || !half_sets_up(&half))
		return start_again(r, got == GOT_ERROR ? GOT_ERROR : GOT_NONE);
	form_init(&form, code_fields);
	if (!form_read(r, &form, &input, false))
		return set_up_page(r, &half, &form, &input);
	got = half_count(r, &half, &form);
	input.is_locked = got == GOT_NONE;
	if (got != GOT_ONE)
		return got == GOT_ERROR ? reply_got(r, got) : set_up_page(r, &half, &form, &input);
	work.sealed = half.pending.factor_sealed;
	if (factor_matches(r, half.agent.id, work.sealed, input.code, &work.step)) {
		got = half_try(&work);
		return got == GOT_ONE ? set_up_good(r, &work, input.next) : start_again(r, got);
	}
	if (half_audit(r, &half, "sign_in_code_failed") == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	input.code = "";
	form_problem(r, &form, "code", N_("is wrong. Is the clock of your phone right?"), NULL);
	return set_up_page(r, &half, &form, &input);
}
