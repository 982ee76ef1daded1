/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_names.c - the names that agents sign in with belong to one agent each. */
#include "rooms/people/agent/agent_names.h"

#include "core/text.h"
#include "rooms/people/people_store.h"

static void
check_name(struct req *r, struct form *form, const char *field, const char *name, const struct agent *agent)
{
	uint64_t count = 0;

	if (text_is_blank(name) || form_is_wrong(form, field))
		return;
	if (agent_count_named(r->db, r->tenant, name, agent->id, &count) != GOT_ONE)
		form_problem(r, form, field, N_("could not be checked: try again"), NULL);
	else if (count > 0)
		form_problem(r, form, field, agent->deleted_at == 0 ? N_("is already used")
			: N_("is used by another one by now; rename that one first"), NULL);
}

/* A deleted agent keeps it: who was deleted here stays so, however often the other product imports him. (The engine looks at live ones.) */
static void
check_external_id(struct req *r, struct form *form, const struct agent *agent)
{
	struct agent other = { .id = 0 };
	enum got got;

	if (text_is_blank(agent->external_id) || form_is_wrong(form, "external_id"))
		return;
	got = agent_by_external_id(r->db, r->arena, r->tenant, agent->external_id, &other);
	if (got == GOT_ERROR)
		form_problem(r, form, "external_id", N_("could not be checked: try again"), NULL);
	else if (got == GOT_ONE && other.deleted_at != 0 && other.id != agent->id)
		form_problem(r, form, "external_id", N_("belongs to an agent who was deleted: restore that one instead"), NULL);
}

void
agent_check_names(struct req *r, struct form *form, const struct agent *before, const struct agent *agent)
{
	if (before == NULL || !text_equal_nocase(before->account, agent->account))
		check_name(r, form, "account", agent->account, agent);
	if (before == NULL || !text_equal_nocase(before->email, agent->email))
		check_name(r, form, "email", agent->email, agent);
	if (before == NULL || !text_equal(before->external_id, agent->external_id))
		check_external_id(r, form, agent);
}
