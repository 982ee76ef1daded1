/* SPDX-License-Identifier: BSD-2-Clause */
/* role_resource.c - roles as settings: nobody gives a right that he has not, and what is taken away is gone at once. */
#include "core/text.h"
#include "rooms/people/agent/agent_rights.h"
#include "rooms/people/people_rules.h"

static const struct field_via role_agents_via = { "agent_role", "role_id", "agent_id" };

const struct field role_fields[] = {
	FIELD_U64(struct role, id, FIELD_KEY),
	FIELD_TEXT(struct role, name, FIELD_FORM | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LIST | FIELD_SEARCH,
		.max = 80, .label = N_("Name"), .placeholder = N_("Supervisors")),
	FIELD_SET(struct role, agents, FIELD_FORM | FIELD_LIST | FIELD_FILTER, .label = N_("Agents"),
		.help = N_("Who has this role. An agent may do all that one of their roles allows."), .of = "agent",
		.via = &role_agents_via),
	FIELD_WORDS(struct role, permissions, FIELD_FORM | FIELD_LIST, .words = permission_words, .label = N_("Permissions"),
		.help = N_("You can give only the rights that you have yourself.")),
	FIELD_BOOL(struct role, requires_two_factor, FIELD_FORM | FIELD_LIST, .label = N_("Two-factor authentication required"),
		.help = N_("Everybody with this role sets up an app that makes codes.")),
	FIELD_TIME(struct role, created_at, FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct role, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_TIME(struct role, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

/* The role of administrators keeps its name, its rights and somebody: the company could lock itself out. */
static void
check_administrators(struct req *r, struct form *form, const struct role *before, const struct role *row)
{
	if (!text_equal(row->permissions, "*"))
		form_problem(r, form, "permissions", N_("cannot be changed: administrators always have all"), NULL);
	if (!text_equal(row->name, before->name))
		form_problem(r, form, "name", N_("cannot be changed"), NULL);
	if (row->agents.count == 0 && before->agents.count > 0)
		form_problem(r, form, "agents", N_("must keep one: this is the last administrator"), NULL);
}

static void
role_check(struct req *r, struct form *form, const void *old, void *new)
{
	const struct role *before = old;
	struct role *row = new;

	if (before != NULL && role_has_all(before))
		check_administrators(r, form, before, row);
	else if (role_has_all(row))
		form_problem(r, form, "permissions", N_("must be chosen one by one: only the role of administrators has all"), NULL);
	else if (!people_rights_cover(r->actor.permissions, permission_set_of(row->permissions)))
		form_problem(r, form, "permissions", N_("must not allow more than you may do yourself"), NULL);
	agent_check_members(r, form, before != NULL ? &before->agents : NULL, &row->agents);
	if (before != NULL)
		agent_check_has_role(r, form, &before->agents, &row->agents);
}

static enum got
role_after_save(struct req *r, const void *old, const void *new)
{
	const struct role *before = old;
	enum got got = before != NULL && role_has_all(before) ? agent_keep_administrator(r) : GOT_ONE;

	(void)new;
	if (got != GOT_ONE || before == NULL || !permission_has(permission_set_of(before->permissions), MAY_CHAT))
		return got;
	return agent_settle_chat_right(r, &before->agents);
}

static void
role_saved(struct req *r, const void *old, const void *new)
{
	static const struct field_set nobody = { NULL, 0 };
	const struct role *before = old, *row = new;

	agent_tell_members(r, before != NULL ? &before->agents : &nobody, &row->agents, before != NULL
		&& (!people_rights_cover(permission_set_of(row->permissions), permission_set_of(before->permissions))
			|| (row->requires_two_factor && !before->requires_two_factor)));
}

static bool
role_may_delete(struct req *r, struct form *form, const void *old)
{
	const struct role *row = old;
	uint64_t agents = 0, invitations = 0;

	if (role_has_all(row))
		form_problem(r, form, "", N_("The role of administrators cannot be deleted."), NULL);
	else if (role_count_agents(r->db, r->tenant, row->id, &agents) != GOT_ONE || agents > 0)
		form_problem(r, form, "", N_("Agents have this role: take it from them first."), NULL);
	else if (role_count_invitations(r->db, r->tenant, row->id, r->now, &invitations) != GOT_ONE || invitations > 0)
		form_problem(r, form, "", N_("Invitations give this role: change or withdraw them first."), NULL);
	return form_is_good(form);
}

static bool
role_may_write_row(struct req *r, const void *old)
{
	const struct role *row = old;

	return people_rights_cover(r->actor.permissions, permission_set_of(row->permissions));
}

/* Those that the actor has not himself are shown, but cannot be switched. */
static bool
role_may_word(struct req *r, const char *word)
{
	return people_rights_cover(r->actor.permissions, permission_set_of(word));
}

const struct resource role_resource = {
	.noun = "role",
	.plural = "roles",
	.title = N_("Roles"),
	.title_one = N_("role"),
	.help = N_("A role is a set of rights. An agent may do all that one of their roles allows."),
	.fields = role_fields,
	.size = sizeof(struct role),
	.name_field = "name",
	.sort = "name",
	.may_read = MAY_MANAGE_ROLES,
	.may_write = MAY_MANAGE_ROLES,
	.check = role_check,
	.after_save = role_after_save,
	.saved = role_saved,
	.may_delete = role_may_delete,
	.may_write_row = role_may_write_row,
	.may_word = role_may_word
};
