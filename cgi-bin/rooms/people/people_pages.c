/* SPDX-License-Identifier: BSD-2-Clause */
/* people_pages.c - sign-in and sign-out, the start of the control panel, and one's own password. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"
#include "rooms/people/session_store.h"
#include "rooms/people/sign_in.h"
#include "web/audit.h"
#include "web/reply.h"
#include "web/throttle.h"

static handler people_root, sign_in_show, sign_in_do, sign_out_do, start_show, password_show, password_save;

const struct route people_routes[] = {
	{ GET, "/", MAY_PUBLIC, people_root, 0, NULL },
	{ GET, "/sign-in", MAY_PUBLIC, sign_in_show, 0, NULL },
	{ POST, "/sign-in", MAY_PUBLIC, sign_in_do, 0, NULL },
	{ POST, "/sign-out", MAY_PUBLIC, sign_out_do, 0, NULL },
	{ GET, "/admin", MAY_SIGNED_IN, start_show, 0, NULL },
	{ GET, "/admin/password", MAY_SIGNED_IN, password_show, 0, NULL },
	{ POST, "/admin/password", MAY_SIGNED_IN, password_save, 0, NULL },
	{ .path = NULL }
};

static const struct field sign_in_fields[] = {
	FIELD_TEXT(struct sign_in, company, FIELD_FORM | FIELD_REQUIRED, .max = 40, .label = N_("Company")),
	FIELD_TEXT(struct sign_in, account, FIELD_FORM | FIELD_REQUIRED, .max = 254, .label = N_("Account")),
	FIELD_TEXT(struct sign_in, password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET, .max = CRYPT_PASSWORD_MAX,
		.label = N_("Password")),
	FIELD_END
};

static const struct throttle_rule old_password_rule = { "password.old", 10, 15 * CLOCK_MINUTE };

static int
people_root(struct req *r)
{
	if (r->actor.kind != ACTOR_AGENT)
		return reply_redirect(r, "/sign-in");
	return reply_redirect(r, "%s", people_home(r->actor.permissions));
}

/* Is the tenant known by the host name, so that nobody needs to type it? */
static bool
company_is_known(const struct req *r)
{
	return r->tenant.id != 0 && r->actor.kind == ACTOR_NOBODY;
}

static int
sign_in_page(struct req *r, int status, const struct form *form, const struct sign_in *input)
{
	form_show(r, form, input);
	page_set_bool(r->page, "SignIn.AsksCompany", !company_is_known(r));
	if (people_next_is_safe(input->next))
		page_set(r->page, "SignIn.Next", input->next);
	page_set(r->page, "Title", locale_text(N_("Sign in")));
	return reply_page_status(r, status, "people/sign_in");
}

static int
sign_in_show(struct req *r)
{
	struct sign_in input = { .next = req_query(r, "next") };
	struct form form;

	if (r->actor.kind == ACTOR_AGENT)
		return reply_redirect(r, "%s", people_next_is_safe(input.next) ? input.next : people_home(r->actor.permissions));
	form_init(&form, sign_in_fields + (company_is_known(r) ? 1 : 0));
	return sign_in_page(r, 200, &form, &input);
}

/* What a refusal looks like. */
static int
sign_in_refuse(struct req *r, struct form *form, const struct sign_in *input, enum sign_in_outcome outcome,
	uint64_t retry_after)
{
	const char *seconds = arena_printf(r->arena, "%llu", (unsigned long long)retry_after);

	if (outcome == SIGN_IN_FAILED)
		return reply_got(r, GOT_ERROR);
	if (outcome == SIGN_IN_TOO_OFTEN) {
		reply_header(r, "Retry-After", seconds);
		form_problem(r, form, "", N_("Too many attempts to sign in. Try again in %s minutes."),
			arena_printf(r->arena, "%llu", (unsigned long long)(retry_after + 59) / 60));
		return sign_in_page(r, 429, form, input);
	}
	if (outcome == SIGN_IN_SUSPENDED)
		form_problem(r, form, "", N_("The service of this company is suspended. Ask who runs it for you."), NULL);
	else
		form_problem(r, form, "", company_is_known(r) ? N_("The account or the password is wrong.")
			: N_("The company, the account or the password is wrong."), NULL);
	return sign_in_page(r, 422, form, input);
}

static int
sign_in_do(struct req *r)
{
	struct sign_in input = { .company = "", .next = req_param(r, "next") };
	enum sign_in_outcome outcome;
	uint64_t retry_after;
	struct form form;

	form_init(&form, sign_in_fields + (company_is_known(r) ? 1 : 0));
	if (!form_read(r, &form, &input, false))
		return sign_in_page(r, 422, &form, &input);
	if (strlen(input.password) > CRYPT_PASSWORD_MAX) {
		form_problem(r, &form, "password", N_("must have at most %s bytes"), "1024");
		return sign_in_page(r, 422, &form, &input);
	}
	outcome = sign_in(r, &input, &retry_after);
	if (outcome != SIGN_IN_GOOD)
		return sign_in_refuse(r, &form, &input, outcome, retry_after);
	return reply_redirect(r, "%s", people_next_is_safe(input.next) ? input.next : people_home(r->actor.permissions));
}

static int
sign_out_do(struct req *r)
{
	if (sign_out(r) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	reply_notice(r, N_("You are signed out."), NULL);
	return reply_redirect(r, "/sign-in");
}

/* The pages that one may open, as cards: the menu with its groups. */
static void
start_cards(struct req *r)
{
	const struct menu_entry *entry;
	struct page_node *card;

	for (entry = r->site->menu; entry->path != NULL; entry++) {
		if (!req_may(r, entry->permission) || strcmp(entry->path, "/admin") == 0)
			continue;
		card = page_add(r->page, "Start.Cards");
		page_set(card, "Group", locale_text(entry->group));
		page_set(card, "Label", locale_text(entry->label));
		page_set(card, "Path", entry->path);
	}
}

/* What a new company does first. Whoever may not do a step does not see it. */
static const struct step {
	const char *label;
	const char *help;
	const char *path;
	enum permission permission;
} steps[] = {
	{ N_("Add your colleagues"), N_("Everybody who answers chats gets an account of their own."), "/admin/agents",
		MAY_MANAGE_PEOPLE },
	{ N_("Sort them into queues"), N_("A queue is a group such as Sales or Support."), "/admin/queues", MAY_MANAGE_QUEUES },
	{ N_("Put the chat on your web site"), N_("Choose its colour and words, and copy one line into your pages."),
		"/admin/widgets", MAY_MANAGE_WIDGETS },
	{ N_("Open the console"), N_("Go online, and the next visitor who writes rings with you."), "/console", MAY_CHAT }
};

static enum got
start_steps(struct req *r)
{
	struct page_node *node;
	uint64_t agents = 0;
	size_t i;

	if (agent_count(r->db, r->tenant, &agents) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0; i < COUNT_OF(steps); i++) {
		if (!req_may(r, steps[i].permission))
			continue;
		node = page_add(r->page, "Start.Steps");
		page_set(node, "Label", locale_text(steps[i].label));
		page_set(node, "Help", locale_text(steps[i].help));
		page_set(node, "Path", steps[i].path);
		page_set_bool(node, "Done", i == 0 && agents > 1);
	}
	return GOT_ONE;
}

static int
start_show(struct req *r)
{
	if (start_steps(r) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	start_cards(r);
	page_set(r->page, "Title", locale_text(N_("Overview")));
	return reply_page(r, "people/start");
}

struct password_change {
	const char *old_password;
	const char *new_password;
	const char *confirm_password;
};

static const struct field password_fields[] = {
	FIELD_TEXT(struct password_change, old_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("Old password")),
	FIELD_TEXT(struct password_change, new_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("New password"), .help = N_("At least 8 characters.")),
	FIELD_TEXT(struct password_change, confirm_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("Confirm the new password")),
	FIELD_END
};

static int
password_page(struct req *r, int status, const struct form *form, const struct password_change *change)
{
	form_show(r, form, change);
	page_set(r->page, "Title", locale_text(N_("Change password")));
	return reply_page_status(r, status, "people/password");
}

static int
password_show(struct req *r)
{
	const struct password_change change = { .old_password = "" };
	struct form form;

	form_init(&form, password_fields);
	return password_page(r, 200, &form, &change);
}

static void
password_check(struct req *r, struct form *form, const struct password_change *change, const struct agent *agent)
{
	const char *detail;
	const char *problem = people_password_problem(change->new_password, agent->account, agent->email, &detail);

	if (strlen(change->old_password) > CRYPT_PASSWORD_MAX
		|| !crypt_password_matches(change->old_password, agent->password_hash))
		form_problem(r, form, "old_password", N_("is wrong"), NULL);
	if (problem != NULL)
		form_problem(r, form, "new_password", problem, detail);
	else if (!text_equal(change->new_password, change->confirm_password))
		form_problem(r, form, "confirm_password", N_("differs from the new password"), NULL);
}

struct password_work {
	struct req *r;
	const char *password;
};

/* The new hash, the end of every other session, and the audit entry: all or nothing. */
static enum got
password_store(struct db *db, void *arg)
{
	struct password_work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = {
		.action = "agent.password", .noun = "agent", .noun_id = r->actor.id, .noun_name = r->actor.name
	};

	if (agent_set_password(db, r->arena, r->tenant, r->actor.id, work->password, r->now) != GOT_ONE
		|| session_end_all(db, r->tenant, r->actor.id, r->actor.session) == GOT_ERROR)
		return GOT_ERROR;
	return audit_write(r, &entry);
}

static int
password_save(struct req *r)
{
	struct password_change change = { .old_password = NULL };
	struct password_work work = { .r = r };
	struct agent agent = { 0 };
	uint64_t retry_after;
	struct form form;
	enum got got;

	form_init(&form, password_fields);
	if (!form_read(r, &form, &change, false))
		return password_page(r, 422, &form, &change);
	got = throttle_count(r, &old_password_rule, arena_printf(r->arena, "%llu", (unsigned long long)r->actor.id), &retry_after);
	if (got == GOT_NONE) {
		reply_header(r, "Retry-After", arena_printf(r->arena, "%llu", (unsigned long long)retry_after));
		return reply_error(r, 429, "too_often", N_("Too many attempts. Try again in a quarter of an hour."));
	}
	if (got == GOT_ERROR || (got = agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &agent)) != GOT_ONE)
		return reply_got(r, got);
	password_check(r, &form, &change, &agent);
	if (!form_is_good(&form))
		return password_page(r, 422, &form, &change);
	work.password = change.new_password;
	got = db_transaction(r->db, password_store, &work);
	if (got != GOT_ONE)
		return reply_got(r, got);
	sign_out_polls(r);
	reply_notice(r, N_("Your password is changed. Your other devices are signed out."), NULL);
	return reply_redirect(r, "/admin");
}
