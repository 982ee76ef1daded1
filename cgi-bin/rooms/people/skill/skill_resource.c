/* SPDX-License-Identifier: BSD-2-Clause */
/* skill_resource.c - skills as settings. */
#include "rooms/people/agent/agent_rights.h"

static const struct field_via skill_agents_via = { "agent_skill", "skill_id", "agent_id" };

static const struct field skill_fields[] = {
	FIELD_U64(struct skill, id, FIELD_KEY),
	FIELD_TEXT(struct skill, name, FIELD_FORM | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LIST | FIELD_SEARCH,
		.max = 80, .label = N_("Name"), .help = N_("A language, a product, a technique.")),
	FIELD_TEXT(struct skill, description, FIELD_FORM | FIELD_LIST | FIELD_SEARCH, .max = 255, .label = N_("Description")),
	FIELD_SET(struct skill, agents, FIELD_FORM | FIELD_LIST | FIELD_FILTER, .label = N_("Agents"),
		.of = "agent", .via = &skill_agents_via),
	FIELD_TIME(struct skill, created_at, FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct skill, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_TIME(struct skill, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

static void
skill_check(struct req *r, struct form *form, const void *old, void *new)
{
	const struct skill *before = old, *row = new;

	agent_check_members(r, form, before != NULL ? &before->agents : NULL, &row->agents);
}

const struct resource skill_resource = {
	.noun = "skill",
	.plural = "skills",
	.title = N_("Skills"),
	.title_one = N_("skill"),
	.help = N_("A skill is something that an agent is good at, such as a language or a product."),
	.fields = skill_fields,
	.size = sizeof(struct skill),
	.name_field = "name",
	.sort = "name",
	.may_read = MAY_MANAGE_PEOPLE,
	.may_write = MAY_MANAGE_PEOPLE,
	.check = skill_check
};
