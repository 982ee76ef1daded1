/* SPDX-License-Identifier: BSD-2-Clause */
/* factor_pages.c - one's own second factor: set up, renewed, switched off. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/factor/factor.h"
#include "rooms/people/factor/factor_store.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"
#include "web/audit.h"
#include "web/reply.h"

static handler factor_page, factor_start, set_up_show, set_up_do, codes_show, codes_new, codes_file, off_ask, off_do;

const struct route factor_routes[] = {
	{ GET, "/admin/two-factor", MAY_SIGNED_IN, factor_page, 0, NULL },
	{ POST, "/admin/two-factor", MAY_SIGNED_IN, factor_start, ROUTE_ALWAYS, NULL },
	{ GET, "/admin/two-factor/set-up", MAY_SIGNED_IN, set_up_show, 0, NULL },
	{ POST, "/admin/two-factor/set-up", MAY_SIGNED_IN, set_up_do, ROUTE_ALWAYS, NULL },
	{ GET, "/admin/two-factor/codes", MAY_SIGNED_IN, codes_show, 0, NULL },
	{ POST, "/admin/two-factor/codes", MAY_SIGNED_IN, codes_new, ROUTE_ALWAYS, NULL },
	{ POST, "/admin/two-factor/codes.txt", MAY_SIGNED_IN, codes_file, ROUTE_ALWAYS, NULL },
	{ GET, "/admin/two-factor/off", MAY_SIGNED_IN, off_ask, 0, NULL },
	{ POST, "/admin/two-factor/off", MAY_SIGNED_IN, off_do, ROUTE_ALWAYS, NULL },
	{ .path = NULL }
};

#define HERE "/admin/two-factor"

struct code_input {
	const char *code;
};

static const struct field code_fields[] = {
	FIELD_TEXT(struct code_input, code, FIELD_FORM | FIELD_REQUIRED, .max = 40, .label = N_("Authentication code")),
	FIELD_END
};

static enum got
own_factor(struct req *r, struct factor *factor)
{
	return factor_load(r->db, r->arena, r->tenant, r->actor.id, factor);
}

static enum got
factor_audit(struct req *r, const char *action)
{
	const struct audit_entry entry = {
		.action = action, .noun = "agent", .noun_id = r->actor.id, .noun_name = r->actor.name
	};

	return audit_write(r, &entry);
}

static int
factor_page(struct req *r)
{
	struct factor factor = { 0 };
	enum got got;

	if (!people_is_confirmed(r))
		return people_ask_confirm(r, HERE);
	got = own_factor(r, &factor);
	if (got != GOT_ONE)
		return reply_got(r, got);
	page_set_bool(r->page, "Factor.On", factor_is_asked(&factor));
	page_set_bool(r->page, "Factor.SetUp", factor_is_set_up(&factor));
	page_set_bool(r->page, "Factor.Required", factor_is_required(&factor));
	page_set_u64(r->page, "Factor.Codes", factor.codes);
	page_set(r->page, "Factor.CodesLeft", locale_fill(r->arena, locale_plural("%s recovery code is left.",
		"%s recovery codes are left.", factor.codes), arena_printf(r->arena, "%llu", (unsigned long long)factor.codes)));
	page_set(r->page, "Title", locale_text(N_("Two-factor authentication")));
	return reply_page(r, "people/factor");
}

/* A new secret waits in the session until its first code has come. */
static int
factor_start(struct req *r)
{
	if (!people_is_confirmed(r))
		return people_ask_confirm(r, HERE);
	if (session_factor_set(r, factor_new(r, r->tenant, r->actor.id)) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	return reply_redirect(r, HERE "/set-up");
}

static int
set_up_page(struct req *r, int status, const char *sealed, const struct form *form)
{
	const struct code_input nothing = { .code = "" };
	struct agent agent = { 0 };
	enum got got = agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &agent);

	if (got != GOT_ONE)
		return reply_got(r, got);
	if (!factor_show(r, agent.id, sealed, agent.account))
		return reply_redirect(r, HERE);
	form_show(r, form, &nothing);
	page_set(r->page, "Title", locale_text(N_("Set up two-factor authentication")));
	return reply_page_status(r, status, "people/factor_set_up");
}

static int
set_up_show(struct req *r)
{
	const char *sealed;
	struct form form;
	enum got got;

	if (!people_is_confirmed(r))
		return people_ask_confirm(r, HERE);
	got = session_factor(r, &sealed);
	if (got != GOT_ONE)
		return got == GOT_ERROR ? reply_got(r, got) : reply_redirect(r, HERE);
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

	if (factor_keep(r, &work->setting, &work->codes) != GOT_ONE || session_factor_set(r, NULL) != GOT_ONE
		|| session_end_all(db, r->tenant, r->actor.id, r->actor.session) == GOT_ERROR)
		return GOT_ERROR;
	return factor_audit(r, "agent.two_factor");
}

static int
set_up_good(struct req *r, struct factor_work *work)
{
	if (db_transaction(r->db, set_up_store, work) != GOT_ONE || factor_forget_count(r, r->actor.id) == GOT_ERROR
		|| session_renew(r) != GOT_ONE || session_gone(r, r->actor.id) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	codes_hand_over(r, work->codes);
	return reply_redirect(r, HERE "/codes");
}

static int
set_up_do(struct req *r)
{
	struct factor_work work = { .r = r, .setting = { .agent = r->actor.id, .is_own = true } };
	struct code_input input = { .code = NULL };
	uint64_t retry_after;
	struct form form;
	enum got got;

	if (!people_is_confirmed(r))
		return people_ask_confirm(r, HERE);
	got = session_factor(r, &work.setting.sealed);
	if (got != GOT_ONE)
		return got == GOT_ERROR ? reply_got(r, got) : reply_redirect(r, HERE);
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

static int
codes_show(struct req *r)
{
	const char *codes = r->actor.kind == ACTOR_AGENT ? codes_take(r) : NULL;
	const char *next = req_query(r, "next");

	if (codes == NULL)
		return reply_redirect(r, "%s", people_next_is_safe(next) ? next : HERE);
	codes_list(r, codes);
	page_set(r->page, "Factor.Next", people_next_is_safe(next) ? next : HERE);
	page_set(r->page, "Title", locale_text(N_("Recovery codes")));
	return reply_page(r, "people/factor_codes");
}

static enum got
codes_store(struct db *db, void *arg)
{
	struct factor_work *work = arg;

	(void)db;
	if (factor_renew_codes(work->r, work->r->actor.id, &work->codes) != GOT_ONE)
		return GOT_ERROR;
	return factor_audit(work->r, "agent.recovery_codes");
}

static int
codes_new(struct req *r)
{
	struct factor_work work = { .r = r };
	struct factor factor = { 0 };

	if (!people_is_confirmed(r))
		return people_ask_confirm(r, HERE);
	if (own_factor(r, &factor) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	if (!factor_is_set_up(&factor))
		return reply_redirect(r, HERE);
	if (db_transaction(r->db, codes_store, &work) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	codes_hand_over(r, work.codes);
	return reply_redirect(r, HERE "/codes");
}

/* The codes of the page as a file: only what are codes of this agent, so that the file holds nothing else. */
static int
codes_file(struct req *r)
{
	const char *given = req_param_list(r, "code");
	struct str text;
	size_t len, count = 0;

	if (r->actor.kind != ACTOR_AGENT)
		return reply_forbidden(r);
	str_init(&text, r->arena);
	str_addf(&text, "%s\r\n%s\r\n\r\n", locale_text(N_("Recovery codes")), r->tenant_name);
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

	if (!people_is_confirmed(r))
		return people_ask_confirm(r, HERE);
	if (own_factor(r, &factor) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	if (!factor_is_required(&factor))
		return 0;
	return reply_error(r, 403, "required", N_("Your company requires two-factor authentication. You can set it up anew."));
}

static int
off_ask(struct req *r)
{
	const int refused = off_refuse(r);

	if (refused != 0)
		return refused;
	page_set(r->page, "Ask.Title", locale_text(N_("Switch off two-factor authentication?")));
	page_set(r->page, "Ask.Text", locale_text(N_("The password alone will then be enough to sign in. Your recovery codes are deleted.")));
	page_set(r->page, "Ask.Button", locale_text(N_("Switch off")));
	page_set(r->page, "Ask.Action", HERE "/off");
	page_set(r->page, "Ask.Back", HERE);
	page_set(r->page, "Title", locale_text(N_("Two-factor authentication")));
	return reply_page(r, "people/ask");
}

static enum got
off_store(struct db *db, void *arg)
{
	struct factor_work *work = arg;
	struct req *r = work->r;

	if (factor_clear(db, r->tenant, r->actor.id) != GOT_ONE)
		return GOT_ERROR;
	return factor_audit(r, "agent.two_factor_off");
}

static int
off_do(struct req *r)
{
	struct factor_work work = { .r = r };
	const int refused = off_refuse(r);

	if (refused != 0)
		return refused;
	if (db_transaction(r->db, off_store, &work) != GOT_ONE || session_renew(r) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	reply_notice(r, N_("Two-factor authentication is off."), NULL);
	return reply_redirect(r, HERE);
}
