/* SPDX-License-Identifier: BSD-2-Clause */
/* factor_pages.c - one's own second factor: set up, renewed, switched off. */
#include <string.h>

#include "edge/locale.h"
#include "web/factor.h"
#include "web/reply.h"

/* "/admin/two-factor". */
static const char *
here(struct req *r)
{
	return arena_printf(r->arena, "%s/two-factor", access_of(r)->panel);
}

/* One of the pages below it. */
static int
go_to(struct req *r, const char *page)
{
	return reply_redirect(r, "%s/%s", here(r), page);
}

static enum got
own_factor(struct req *r, struct factor *factor)
{
	return access_of(r)->factor_load(r, r->actor.id, factor);
}

static enum got
factor_audit(struct req *r, const char *action)
{
	return access_audit(r, r->actor.id, r->actor.name, action);
}

/* What all these pages show around themselves. */
static int
own_page(struct req *r, int status, const char *title, const char *template)
{
	page_set(r->page, "Factor.Base", here(r));
	page_set(r->page, "Title", locale_text(title));
	return reply_page_status(r, status, template);
}

int
factor_show_own(struct req *r)
{
	struct factor factor = { 0 };
	enum got got;

	if (!access_is_confirmed(r))
		return access_ask_confirm(r, here(r));
	got = own_factor(r, &factor);
	if (got != GOT_ONE)
		return reply_got(r, got);
	page_set_bool(r->page, "Factor.On", factor.is_asked);
	page_set_bool(r->page, "Factor.SetUp", factor_is_set_up(&factor));
	page_set_bool(r->page, "Factor.Required", factor.is_required);
	page_set(r->page, "Factor.RequiredText", locale_text(access_of(r)->words.required));
	page_set_u64(r->page, "Factor.Codes", factor.codes);
	page_set(r->page, "Factor.CodesLeft", locale_fill(r->arena, locale_plural("%s recovery code is left.",
		"%s recovery codes are left.", factor.codes), arena_printf(r->arena, "%llu", (unsigned long long)factor.codes)));
	return own_page(r, 200, N_("Two-factor authentication"), "access/factor");
}

/* A new secret waits in the session until its first code has come. */
int
factor_start(struct req *r)
{
	if (!access_is_confirmed(r))
		return access_ask_confirm(r, here(r));
	if (access_of(r)->session_set_secret(r, factor_new(r, r->actor.id)) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	return go_to(r, "set-up");
}

static int
set_up_page(struct req *r, int status, const char *sealed, const struct form *form)
{
	const struct code_input nothing = { .code = "" };
	struct access_self self = { .account = NULL };
	enum got got = access_of(r)->self(r, &self);

	if (got != GOT_ONE)
		return reply_got(r, got);
	if (!factor_show(r, r->actor.id, sealed, self.account))
		return reply_redirect(r, "%s", here(r));
	form_show(r, form, &nothing);
	return own_page(r, status, N_("Set up two-factor authentication"), "access/factor_set_up");
}

int
factor_set_up_show(struct req *r)
{
	const char *sealed;
	struct form form;
	enum got got;

	if (!access_is_confirmed(r))
		return access_ask_confirm(r, here(r));
	got = access_of(r)->session_secret(r, &sealed);
	if (got != GOT_ONE)
		return got == GOT_ERROR ? reply_got(r, got) : reply_redirect(r, "%s", here(r));
	form_init(&form, code_fields);
	return set_up_page(r, 200, sealed, &form);
}

struct factor_work {
	struct req *r;
	struct factor_setting setting;
	const char *codes;
};

/* Other devices sign in anew, with the code. */
static enum got
set_up_store(struct db *db, void *arg)
{
	struct factor_work *work = arg;
	struct req *r = work->r;

	(void)db;
	if (factor_keep(r, &work->setting, &work->codes) != GOT_ONE || access_of(r)->session_set_secret(r, NULL) != GOT_ONE
		|| access_of(r)->session_end_others(r, r->actor.id) == GOT_ERROR)
		return GOT_ERROR;
	return factor_audit(r, "two_factor");
}

static int
set_up_good(struct req *r, struct factor_work *work)
{
	if (db_transaction(r->db, set_up_store, work) != GOT_ONE || factor_forget_count(r, r->actor.id) == GOT_ERROR
		|| access_of(r)->session_renew(r) != GOT_ONE || access_of(r)->session_gone(r, r->actor.id) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	codes_hand_over(r, work->codes);
	return go_to(r, "codes");
}

int
factor_set_up_do(struct req *r)
{
	struct factor_work work = { .r = r, .setting = { .owner = r->actor.id, .is_own = true } };
	struct code_input input = { .code = NULL };
	uint64_t retry_after;
	struct form form;
	enum got got;

	if (!access_is_confirmed(r))
		return access_ask_confirm(r, here(r));
	got = access_of(r)->session_secret(r, &work.setting.sealed);
	if (got != GOT_ONE)
		return got == GOT_ERROR ? reply_got(r, got) : reply_redirect(r, "%s", here(r));
	form_init(&form, code_fields);
	if (!form_read(r, &form, &input, false))
		return set_up_page(r, 422, work.setting.sealed, &form);
	got = factor_count(r, r->actor.id, &retry_after);
	if (got != GOT_ONE)
		return got == GOT_NONE ? reply_too_often(r, retry_after) : reply_got(r, got);
	if (factor_matches(r, r->actor.id, work.setting.sealed, input.code, &work.setting.step))
		return set_up_good(r, &work);
	form_problem(r, &form, "code", N_("is wrong. Is the clock of your phone right?"), NULL);
	return set_up_page(r, 422, work.setting.sealed, &form);
}

static void
codes_list(struct req *r, const char *codes)
{
	size_t len;

	for (; *codes != '\0'; codes += len + (codes[len] == '\n')) {
		len = strcspn(codes, "\n");
		page_set(page_add(r->page, "Codes"), "Text", arena_text_of(r->arena, codes, len));
	}
}

int
factor_codes_show(struct req *r)
{
	const char *codes = access_is_person(r) ? codes_take(r) : NULL;
	const char *next = req_query(r, "next");

	if (!access_of(r)->next_is_safe(next))
		next = here(r);
	if (codes == NULL)
		return reply_redirect(r, "%s", next);
	codes_list(r, codes);
	page_set(r->page, "Factor.Next", next);
	return own_page(r, 200, N_("Recovery codes"), "access/factor_codes");
}

static enum got
codes_store(struct db *db, void *arg)
{
	struct factor_work *work = arg;

	(void)db;
	if (factor_renew_codes(work->r, work->r->actor.id, &work->codes) != GOT_ONE)
		return GOT_ERROR;
	return factor_audit(work->r, "recovery_codes");
}

int
factor_codes_new(struct req *r)
{
	struct factor_work work = { .r = r };
	struct factor factor = { 0 };

	if (!access_is_confirmed(r))
		return access_ask_confirm(r, here(r));
	if (own_factor(r, &factor) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	if (!factor_is_set_up(&factor))
		return reply_redirect(r, "%s", here(r));
	if (db_transaction(r->db, codes_store, &work) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	codes_hand_over(r, work.codes);
	return go_to(r, "codes");
}

/* The codes of the page as a file: only what are codes of this owner, so that the file holds nothing else. */
int
factor_codes_file(struct req *r)
{
	const char *given = req_param_list(r, "code");
	struct str text;
	size_t len, count = 0;

	if (!access_is_person(r))
		return reply_forbidden(r);
	str_init(&text, r->arena);
	str_addf(&text, "%s\r\n%s\r\n\r\n", locale_text(N_("Recovery codes")), access_of(r)->issuer(r));
	for (; given != NULL && *given != '\0' && count < RECOVERY_CODES; given += len + (given[len] == ','), count++) {
		const char *code = arena_text_of(r->arena, given, len = strcspn(given, ","));
		enum got got = factor_has_code(r, r->actor.id, code);

		if (got != GOT_ONE)
			return reply_got(r, got);
		str_addf(&text, "%s\r\n", code);
	}
	if (count == 0)
		return reply_not_found(r);
	reply_header(r, "Content-Disposition", "attachment; filename=\"recovery-codes.txt\"");
	return reply_bytes(r, "text/plain; charset=utf-8", text.data, text.len);
}

/* Why the second factor cannot be switched off: an answer has been sent, or 0. */
static int
off_refuse(struct req *r)
{
	struct factor factor = { 0 };

	if (!access_is_confirmed(r))
		return access_ask_confirm(r, here(r));
	if (own_factor(r, &factor) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	if (!factor.is_required)
		return 0;
	return reply_error(r, 403, "required", access_of(r)->words.required_refusal);
}

int
factor_off_ask(struct req *r)
{
	const int refused = off_refuse(r);

	if (refused != 0)
		return refused;
	page_set(r->page, "Ask.Title", locale_text(N_("Switch off two-factor authentication?")));
	page_set(r->page, "Ask.Text", locale_text(N_("The password alone will then be enough to sign in. Your recovery codes are deleted.")));
	page_set(r->page, "Ask.Button", locale_text(N_("Switch off")));
	page_set(r->page, "Ask.Action", r->path);
	page_set(r->page, "Ask.Back", here(r));
	page_set_bool(r->page, "Ask.Always", true);
	return own_page(r, 200, N_("Two-factor authentication"), "access/ask");
}

static enum got
off_store(struct db *db, void *arg)
{
	struct factor_work *work = arg;
	struct req *r = work->r;

	(void)db;
	if (access_of(r)->factor_clear(r, r->actor.id) != GOT_ONE)
		return GOT_ERROR;
	return factor_audit(r, "two_factor_off");
}

int
factor_off_do(struct req *r)
{
	struct factor_work work = { .r = r };
	const int refused = off_refuse(r);

	if (refused != 0)
		return refused;
	if (db_transaction(r->db, off_store, &work) != GOT_ONE || access_of(r)->session_renew(r) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	reply_notice(r, N_("Two-factor authentication is off."), NULL);
	return reply_redirect(r, "%s", here(r));
}
