/* SPDX-License-Identifier: BSD-2-Clause */
/* half_pages.c - the second half of signing in: the code of the second factor, or setting it up first. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "web/audit.h"
#include "web/factor.h"
#include "web/reply.h"
#include "web/throttle.h"

enum got
half_begin(struct req *r, uint64_t owner, const struct factor *factor)
{
	struct half half = { .owner = owner, .sealed = factor_is_set_up(factor) ? NULL : factor_new(r, owner) };
	const char *token = crypt_token(r->arena);

	crypt_sha256(token, strlen(token), half.hash);
	if (access_of(r)->half_add(r, &half) != GOT_ONE)
		return GOT_ERROR;
	reply_cookie(r, access_of(r)->half_cookie, token, HALF_LIFE);
	return GOT_ONE;
}

int
half_go_on(struct req *r, bool is_set_up, const char *next)
{
	struct str to;

	str_init(&to, r->arena);
	str_addf(&to, "%s/%s", access_of(r)->sign_in, is_set_up ? "code" : "set-up");
	if (access_of(r)->next_is_safe(next)) {
		str_add(&to, "?next=");
		text_url_encode(&to, next);
	}
	return reply_redirect(r, "%s", to.data);
}

/* Reads all that is known of the pending sign-in; GOT_NONE: there is none, or it took too long. */
static enum got
half_read(struct req *r, struct half *half)
{
	const char *token = req_cookie(r, access_of(r)->half_cookie);
	enum got got;

	if (token == NULL || strlen(token) > 200)
		return GOT_NONE;
	crypt_sha256(token, strlen(token), half->hash);
	got = access_of(r)->half_find(r, half);
	return got == GOT_ONE ? access_of(r)->factor_load(r, half->owner, &half->factor) : got;
}

/* The sign-in that waited is gone: from the start. */
static int
start_again(struct req *r, enum got got)
{
	if (got == GOT_ERROR)
		return reply_got(r, got);
	reply_cookie(r, access_of(r)->half_cookie, "", -1);
	reply_notice(r, N_("That took too long. Sign in again."), NULL);
	return reply_redirect(r, "%s", access_of(r)->sign_in);
}

/* What both pages show. */
static int
half_page(struct req *r, const struct form *form, const struct code_input *input, const char *template)
{
	form_show(r, form, input);
	page_set(r->page, "SignIn.Base", access_of(r)->sign_in);
	if (access_of(r)->next_is_safe(input->next))
		page_set(r->page, "SignIn.Next", input->next);
	return reply_page_status(r, input->is_locked ? 429 : form_is_good(form) ? 200 : 422, template);
}

static int
code_page(struct req *r, const struct form *form, const struct code_input *input)
{
	page_set(r->page, "SignIn.Lead", locale_text(access_of(r)->words.code_lead));
	page_set(r->page, "SignIn.Lost", locale_text(access_of(r)->words.code_lost));
	page_set(r->page, "Title", locale_text(N_("Authentication Code")));
	return half_page(r, form, input, "access/code");
}

int
code_show(struct req *r)
{
	const struct code_input input = { .next = req_query(r, "next") };
	struct half half = { .owner = 0 };
	struct form form;
	enum got got = half_read(r, &half);

	if (got != GOT_ONE)
		return start_again(r, got);
	if (!factor_is_set_up(&half.factor))
		return half_go_on(r, false, input.next);
	form_init(&form, code_fields);
	return code_page(r, &form, &input);
}

/* What a code, once it is right, must do at once or not at all. */
struct half_work {
	struct req *r;
	struct half *half;
	const char *code;
	const char *sealed;              /* being set up; NULL: the owner's own counts */
	uint64_t step;
	const char *codes;               /* of a set-up */
};

static enum got
half_audit(struct req *r, const struct half *half, const char *action)
{
	const struct audit_entry entry = {
		.action = arena_printf(r->arena, "%s%s", access_of(r)->sign_in_log, action), .noun = access_of(r)->noun,
		.noun_id = half->owner, .noun_name = half->account
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
		const struct factor_setting setting = { .owner = half->owner, .sealed = work->sealed, .step = work->step };

		got = factor_keep(r, &setting, &work->codes);
		return got == GOT_ONE ? access_audit(r, half->owner, half->account, "two_factor") : got;
	}
	got = factor_use(r, half->owner, &half->factor, work->code, &is_recovery);
	return got == GOT_ONE && is_recovery ? access_audit(r, half->owner, half->account, "recovery_code") : got;
}

/* One password and one code make one session. A factor that is new ends all others, which never gave a code. */
static enum got
half_finish(struct db *db, void *arg)
{
	struct half_work *work = arg;
	struct req *r = work->r;
	enum got got = half_prove(work);

	(void)db;
	if (got == GOT_ONE)
		got = access_of(r)->half_finish(r, work->half, work->sealed != NULL);
	return got == GOT_ONE ? half_audit(r, work->half, "sign_in") : got;
}

/* Nothing of the actor stays when the code is wrong. */
static enum got
half_try(struct half_work *work)
{
	struct req *r = work->r;
	const struct actor nobody = r->actor;
	enum got got = access_of(r)->half_enter(r, work->half);

	if (got == GOT_ONE)
		got = db_transaction(r->db, half_finish, work);
	if (got == GOT_ONE && factor_forget_count(r, r->actor.id) == GOT_ERROR)
		got = GOT_ERROR;
	if (got != GOT_ONE) {
		r->actor = nobody;
		return got;
	}
	reply_cookie(r, access_of(r)->half_cookie, "", -1);
	access_of(r)->half_welcome(r, work->half);
	return GOT_ONE;
}

/* Ten attempts in a quarter of an hour, whatever the number of sign-ins that wait. The refusal says for how long. */
static enum got
half_count(struct req *r, const struct half *half, struct form *form)
{
	uint64_t retry_after;
	enum got got = factor_count(r, half->owner, &retry_after);

	if (got != GOT_NONE)
		return got;
	reply_header(r, "Retry-After", arena_printf(r->arena, "%llu", (unsigned long long)retry_after));
	form_problem(r, form, "", locale_plural("Too many wrong codes. Try again in %s minute.",
		"Too many wrong codes. Try again in %s minutes.", throttle_minutes(retry_after)),
		arena_printf(r->arena, "%llu", (unsigned long long)throttle_minutes(retry_after)));
	return GOT_NONE;
}

static int
code_good(struct req *r, const char *next)
{
	return reply_redirect(r, "%s", access_of(r)->next_is_safe(next) ? next : access_of(r)->home(r));
}

int
code_do(struct req *r)
{
	struct code_input input = { .next = req_param(r, "next") };
	struct half half = { .owner = 0 };
	struct half_work work = { .r = r, .half = &half };
	struct form form;
	enum got got = half_read(r, &half);

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
		return code_good(r, input.next);
	if (got == GOT_ERROR || half_audit(r, &half, "sign_in_code_failed") == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	input.code = "";
	form_problem(r, &form, "code", N_("is wrong or was used already. Wait for the next one."), NULL);
	return code_page(r, &form, &input);
}

static int
set_up_page(struct req *r, const struct half *half, const struct form *form, const struct code_input *input)
{
	if (!factor_show(r, half->owner, half->sealed, half->account))
		return start_again(r, GOT_NONE);
	page_set(r->page, "SignIn.Lead", locale_text(access_of(r)->words.set_up_lead));
	page_set(r->page, "Title", locale_text(N_("Set up two-factor authentication")));
	return half_page(r, form, input, "access/code_set_up");
}

static bool
half_sets_up(const struct half *half)
{
	return !factor_is_set_up(&half->factor) && half->sealed != NULL;
}

int
code_set_up_show(struct req *r)
{
	const struct code_input input = { .next = req_query(r, "next") };
	struct half half = { .owner = 0 };
	struct form form;
	enum got got = half_read(r, &half);

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
	str_addf(&to, "%s/two-factor/codes?next=", access_of(r)->panel);
	text_url_encode(&to, access_of(r)->next_is_safe(next) ? next : access_of(r)->home(r));
	return reply_redirect(r, "%s", to.data);
}

int
code_set_up_do(struct req *r)
{
	struct code_input input = { .next = req_param(r, "next") };
	struct half half = { .owner = 0 };
	struct half_work work = { .r = r, .half = &half };
	struct form form;
	enum got got = half_read(r, &half);

	if (got != GOT_ONE || !half_sets_up(&half))
		return start_again(r, got == GOT_ERROR ? GOT_ERROR : GOT_NONE);
	form_init(&form, code_fields);
	if (!form_read(r, &form, &input, false))
		return set_up_page(r, &half, &form, &input);
	got = half_count(r, &half, &form);
	input.is_locked = got == GOT_NONE;
	if (got != GOT_ONE)
		return got == GOT_ERROR ? reply_got(r, got) : set_up_page(r, &half, &form, &input);
	work.sealed = half.sealed;
	if (factor_matches(r, half.owner, work.sealed, input.code, &work.step)) {
		got = half_try(&work);
		return got == GOT_ONE ? set_up_good(r, &work, input.next) : start_again(r, got);
	}
	if (half_audit(r, &half, "sign_in_code_failed") == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	input.code = "";
	form_problem(r, &form, "code", N_("is wrong. Is the clock of your phone right?"), NULL);
	return set_up_page(r, &half, &form, &input);
}
