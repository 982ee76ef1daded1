/* SPDX-License-Identifier: BSD-2-Clause */
/* role_resource.c - roles as settings: nobody gives a right that he has not. */
#include <string.h>

#include "core/text.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"

const struct field role_fields[] = {
	FIELD_U64(struct role, id, FIELD_KEY),
	FIELD_TEXT(struct role, name, FIELD_FORM | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LIST | FIELD_SEARCH,
		.max = 80, .label = N_("Name")),
	FIELD_LONG_TEXT(struct role, permissions, FIELD_FORM | FIELD_LIST, .max = 1000, .label = N_("Permissions"),
		.help = N_("Names of rights, separated by spaces; * is all.")),
	FIELD_BOOL(struct role, requires_two_factor, FIELD_FORM | FIELD_LIST, .label = N_("Two-factor authentication required"),
		.help = N_("Everybody with this role sets up an app that makes codes.")),
	FIELD_TIME(struct role, created_at, FIELD_READONLY, .label = N_("Created")),
	FIELD_TIME(struct role, updated_at, FIELD_READONLY, .label = N_("Changed")),
	FIELD_TIME(struct role, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

/* The first word that is no right, or NULL. */
static const char *
unknown_permission(struct arena *arena, const char *names)
{
	const char *word;
	size_t len;

	for (names += strspn(names, " \n"); *names != '\0'; names += len, names += strspn(names, " \n")) {
		len = strcspn(names, " \n");
		word = arena_text_of(arena, names, len);
		if (permission_set_of(word) == 0)
			return word;
	}
	return NULL;
}

static void
role_check(struct req *r, struct form *form, const void *before, void *new)
{
	struct role *row = new;
	const char *unknown = unknown_permission(r->arena, row->permissions != NULL ? row->permissions : "");

	(void)before;
	if (unknown != NULL)
		form_problem(r, form, "permissions", N_("has a word that is no right: %s"), unknown);
	else if (!people_rights_cover(r->actor.permissions, permission_set_of(row->permissions)))
		form_problem(r, form, "permissions", N_("must not allow more than you may do yourself"), NULL);
}

static bool
role_may_delete(struct req *r, struct form *form, const void *old)
{
	const struct role *row = old;
	uint64_t agents = 0;

	if (role_count_agents(r->db, r->tenant, row->id, &agents) != GOT_ONE || agents > 0)
		form_problem(r, form, "", N_("Agents have this role: take it from them first."), NULL);
	else if (text_equal(row->permissions, "*"))
		form_problem(r, form, "", N_("The role of administrators cannot be deleted."), NULL);
	return form_is_good(form);
}

static bool
role_may_write_row(struct req *r, const void *old)
{
	const struct role *row = old;

	/* The role of all rights stays what it is: the company could lock itself out. */
	return !text_equal(row->permissions, "*")
		&& people_rights_cover(r->actor.permissions, permission_set_of(row->permissions));
}

const struct resource role_resource = {
	.noun = "role",
	.plural = "roles",
	.title = N_("Roles"),
	.title_one = N_("role"),
	.help = N_("A role is a set of rights. An agent may do all that one of his roles allows."),
	.fields = role_fields,
	.size = sizeof(struct role),
	.name_field = "name",
	.sort = "name",
	.may_read = MAY_MANAGE_ROLES,
	.may_write = MAY_MANAGE_ROLES,
	.check = role_check,
	.may_delete = role_may_delete,
	.may_write_row = role_may_write_row
};
