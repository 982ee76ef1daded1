/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation_accept.c - the new agent's account, and the end of the invitation, in one transaction. */
#include "rooms/people/invitation/invitation_accept.h"

#include <string.h>

#include "core/text.h"
#include "rooms/people/agent/agent_choice.h"
#include "rooms/people/agent/agent_names.h"
#include "rooms/people/invitation/invitation_store.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"
#include "rooms/people/session/sign_in.h"
#include "web/audit.h"

const struct field acceptance_fields[] = {
	FIELD_TEXT(struct acceptance, account, FIELD_FORM | FIELD_REQUIRED, .max = 64, .label = N_("Account"),
		.help = N_("The name to sign in with.")),
	FIELD_TEXT(struct acceptance, first_name, FIELD_FORM | FIELD_REQUIRED, .max = 80, .label = N_("First name")),
	FIELD_TEXT(struct acceptance, last_name, FIELD_FORM, .max = 80, .label = N_("Last name")),
	FIELD_TEXT(struct acceptance, alias, FIELD_FORM, .max = 80, .label = N_("Alias"),
		.help = N_("The name that visitors see. Empty is your first name.")),
	FIELD_TEXT(struct acceptance, new_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET, .max = CRYPT_PASSWORD_MAX,
		.label = N_("Password"), .help = N_("At least 8 characters.")),
	FIELD_TEXT(struct acceptance, confirm_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET, .max = CRYPT_PASSWORD_MAX,
		.label = N_("Confirm the password")),
	FIELD_END
};

enum invitation_standing
invitation_standing(const struct invitation *invitation, clock_ms now)
{
	if (text_equal(invitation->state, "accepted"))
		return INVITATION_ACCEPTED;
	if (invitation->deleted_at != 0)
		return INVITATION_WITHDRAWN;
	if (invitation->expires_at <= now)
		return INVITATION_EXPIRED;
	return invitation->roles.count > 0 ? INVITATION_OPEN : INVITATION_EMPTY;
}

const char *
invitation_account(struct arena *arena, const char *email)
{
	size_t len = strcspn(email, "@");

	return arena_text_of(arena, email, len < 64 ? len : 64);
}

/* The address is no field here: whoever has it signs in with it. */
static void
check_names(struct req *r, struct form *form, const struct acceptance *acceptance)
{
	const struct agent agent = { .account = acceptance->account };
	uint64_t count = 0;

	agent_check_names(r, form, NULL, &agent);
	if (agent_count_named(r->db, r->tenant, acceptance->invitation.email, 0, &count) != GOT_ONE)
		form_problem(r, form, "", N_("could not be checked: try again"), NULL);
	else if (count > 0)
		form_problem(r, form, "", N_("There is an agent with your e-mail address already. Sign in instead."), NULL);
}

static void
check_password(struct req *r, struct form *form, const struct acceptance *acceptance)
{
	const char *detail;
	const char *problem = password_choice_problem(r, &(struct password_choice){ r->tenant, acceptance->new_password, acceptance->account,
		acceptance->invitation.email }, &detail);

	if (text_is_blank(acceptance->new_password))
		return;
	if (problem != NULL)
		form_problem(r, form, "new_password", problem, detail);
	else if (!text_equal(acceptance->new_password, acceptance->confirm_password))
		form_problem(r, form, "confirm_password", N_("differs from the password"), NULL);
}

struct accept_work {
	struct req *r;
	struct form *form;
	const struct acceptance *acceptance;
	struct agent agent;
	bool is_double;
};

static enum got
accept_audit(struct req *r, const struct agent *agent)
{
	const struct audit_entry entry = { .action = "invitation.accept", .noun = "agent", .noun_id = agent->id,
		.noun_name = agent->account, .difference = audit_difference(r->arena, agent_fields, NULL, agent) };

	return audit_write(r, &entry);
}

static enum got
accept_store(struct db *db, void *arg)
{
	struct accept_work *work = arg;
	struct req *r = work->r;
	struct agent agent = work->agent;
	enum got got = invitation_take(r, &work->acceptance->invitation);

	if (got == GOT_ONE)
		got = limit_may_add(r, work->form, LIMIT_AGENTS);
	if (got != GOT_ONE)
		return got;
	if (agent_create(db, r->arena, r->tenant, &agent, r->now) != GOT_ONE) {
		work->is_double = db_is_duplicate(db);
		return work->is_double ? GOT_NONE : GOT_ERROR;
	}
	agent.password = NULL;
	if (invitation_settle(r, work->acceptance->invitation.id, agent.id) == GOT_ERROR || accept_audit(r, &agent) == GOT_ERROR)
		return GOT_ERROR;
	work->agent.id = agent.id;
	work->agent.password_hash = agent.password_hash;
	return GOT_ONE;
}

static struct agent
agent_of(struct req *r, const struct acceptance *acceptance)
{
	struct agent agent = { .id = 0 };

	field_preset(r->arena, agent_fields, &agent);
	agent.account = acceptance->account;
	agent.email = acceptance->invitation.email;
	agent.first_name = acceptance->first_name;
	agent.last_name = acceptance->last_name;
	agent.alias = text_is_blank(acceptance->alias) ? acceptance->first_name : acceptance->alias;
	agent.locale = acceptance->invitation.locale;
	agent.password = acceptance->new_password;
	agent.roles = acceptance->invitation.roles;
	agent.queues = acceptance->invitation.queues;
	return agent;
}

enum got
invitation_accept(struct req *r, struct form *form, struct acceptance *acceptance)
{
	const tenant_id before = r->tenant;
	struct accept_work work = { .r = r, .form = form, .acceptance = acceptance };
	enum got got;

	r->tenant = tenant_of(&acceptance->tenant);
	check_names(r, form, acceptance);
	check_password(r, form, acceptance);
	work.agent = agent_of(r, acceptance);
	got = form_is_good(form) ? db_transaction(r->db, accept_store, &work) : GOT_NONE;
	if (work.is_double)
		form_problem(r, form, "account", N_("is already used"), NULL);
	r->tenant = before;
	if (got != GOT_ONE)
		return got;
	acceptance->outcome = sign_in_as(r, &acceptance->tenant, &work.agent);
	return acceptance->outcome == SIGN_IN_FAILED ? GOT_ERROR : GOT_ONE;
}
