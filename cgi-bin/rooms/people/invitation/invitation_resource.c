/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation_resource.c - invitations as settings: whom one may invite, and to what. */
#include "core/text.h"
#include "edge/locale.h"
#include "edge/mail.h"
#include "rooms/people/invitation/invitation.h"
#include "rooms/people/invitation/invitation_store.h"
#include "rooms/tenant/tenant.h"
#include "web/throttle.h"

static const struct throttle_rule tenant_rule = { "invitation.tenant", 200, CLOCK_DAY };

static const struct field_choice state_choices[] = {
	{ "open", N_("Waiting for an answer") },
	{ "accepted", N_("Accepted") },
	{ "expired", N_("Expired") },
	{ NULL, NULL }
};

static const struct field_via roles_via = { "invitation_role", "invitation_id", "role_id" };
static const struct field_via queues_via = { "invitation_queue", "invitation_id", "queue_id" };

const struct field invitation_fields[] = {
	FIELD_U64(struct invitation, id, FIELD_KEY),
	FIELD_EMAIL(struct invitation, email, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH, .max = 254,
		.label = N_("E-mail"), .help = N_("A mail with a link goes here. The link is good once, for seven days.")),
	FIELD_SET(struct invitation, roles, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_FILTER, .of = "role", .via = &roles_via,
		.label = N_("Roles"), .help = N_("What the new agent may do: not more than you may do yourself.")),
	FIELD_SET(struct invitation, queues, FIELD_FORM | FIELD_LIST | FIELD_FILTER, .of = "queue", .via = &queues_via,
		.label = N_("Queues"), .help = N_("The new agent is offered the chats of these queues.")),
	FIELD_CHOICE(struct invitation, locale, FIELD_FORM, .choices = agent_locale_choices, .label = N_("Language"),
		.help = N_("Of the mail, and of the new agent’s pages.")),
	FIELD_CHOICE(struct invitation, state, FIELD_READONLY | FIELD_LIST | FIELD_FILTER, .choices = state_choices, .preset = "open",
		.label = N_("State")),
	FIELD_TIME(struct invitation, expires_at, FIELD_READONLY | FIELD_LIST | FIELD_NULLABLE, .label = N_("Good until")),
	FIELD_TEXT(struct invitation, invited_by, FIELD_READONLY | FIELD_LIST, .max = 160, .label = N_("Invited by")),
	FIELD_TIME(struct invitation, accepted_at, FIELD_READONLY | FIELD_NULLABLE, .label = N_("Accepted")),
	FIELD_U64(struct invitation, agent_id, FIELD_NULLABLE),
	FIELD_TIME(struct invitation, created_at, FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct invitation, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_TIME(struct invitation, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

static void
check_email(struct req *r, struct form *form, const struct invitation *row)
{
	uint64_t agents, invitations;

	if (invitation_count(r->db, r->tenant, row->email, row->id, &agents, &invitations) != GOT_ONE)
		form_problem(r, form, "email", N_("could not be checked: try again"), NULL);
	else if (agents > 0)
		form_problem(r, form, "email", N_("belongs to an agent already"), NULL);
	else if (invitations > 0)
		form_problem(r, form, "email", N_("is invited already: send that invitation again, or withdraw it"), NULL);
}

/* Our mails must not become somebody's way to write to the whole world. */
static void
check_often(struct req *r, struct form *form)
{
	uint64_t retry_after;

	if (!form_is_good(form))
		return;
	if (throttle_count(r, &tenant_rule, arena_printf(r->arena, "%llu", (unsigned long long)r->tenant.id), &retry_after) != GOT_ONE)
		form_problem(r, form, "", N_("Too many people were invited today. Go on tomorrow."), NULL);
}

static void
invitation_check(struct req *r, struct form *form, const void *before, void *new)
{
	struct invitation *row = new;

	if (before != NULL && row->accepted_at != 0) {
		form_problem(r, form, "", N_("This invitation was accepted. Change the agent instead."), NULL);
		return;
	}
	if (!invitation_may_give(r, row))
		form_problem(r, form, "roles", N_("must not allow more than you may do yourself"), NULL);
	check_email(r, form, row);
	if (before == NULL) {
		row->state = "open";
		row->invited_by = mail_line(r->arena, r->actor.name, MAIL_NAME_MAX);
		row->expires_at = r->now + INVITATION_LIFE;
	}
	if (before == NULL || !text_equal(((const struct invitation *)before)->email, row->email))
		check_often(r, form);
}

/* A new address gets a new link; the old one is void then. */
static enum got
invitation_after_save(struct req *r, const void *old, const void *new)
{
	const struct invitation *before = old;
	struct invitation row = *(const struct invitation *)new;
	const struct invitation_desk desk = invitation_desk_of(r);
	const char *link;

	if (before != NULL && text_equal(before->email, row.email))
		return GOT_ONE;
	return invitation_mail(&desk, &row, &link) == GOT_ONE ? GOT_ONE : GOT_ERROR;
}

/* Who could send an administrator's invitation to another address would be one. */
static bool
invitation_may_write_row(struct req *r, const void *old)
{
	const struct invitation *row = old;

	return row->id == 0 || invitation_may_give(r, row);
}

static bool
invitation_may_delete(struct req *r, struct form *form, const void *old)
{
	const struct invitation *row = old;

	if (row->accepted_at != 0)
		form_problem(r, form, "", N_("This invitation was accepted. Change the agent instead."), NULL);
	return form_is_good(form);
}

/* An invitation takes no place, but whoever accepts it does. */
static void
invitation_show_form(struct req *r, const void *row)
{
	(void)row;
	if (limit_page(r, LIMIT_AGENTS) == GOT_ERROR)
		page_set_bool(r->page, "Limit.Full", false);
}

const struct resource invitation_resource = {
	.noun = "invitation",
	.plural = "invitations",
	.title = N_("Invitations"),
	.title_one = N_("invitation"),
	.help = N_("Invite somebody by mail: who opens the link chooses name and password, and is an agent."),
	.fields = invitation_fields,
	.size = sizeof(struct invitation),
	.name_field = "email",
	.sort = "-created_at",
	.may_read = MAY_MANAGE_PEOPLE,
	.may_write = MAY_MANAGE_PEOPLE,
	.form_template = "people/invitation",
	.check = invitation_check,
	.after_save = invitation_after_save,
	.may_delete = invitation_may_delete,
	.may_write_row = invitation_may_write_row,
	.show_form = invitation_show_form
};
