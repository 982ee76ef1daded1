/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_names.c - the names that agents sign in with belong to one agent each. */
#include "rooms/people/agent/agent_names.h"

#include "core/text.h"
#include "rooms/people/people_store.h"

static void
check_name(struct req *r, struct form *form, const char *field, const char *name, uint64_t id)
{
	uint64_t count = 0;

	if (text_is_blank(name) || form_is_wrong(form, field))
		return;
	if (agent_count_named(r->db, r->tenant, name, id, &count) != GOT_ONE)
		form_problem(r, form, field, N_("could not be checked: try again"), NULL);
	else if (count > 0)
		form_problem(r, form, field, N_("is already used"), NULL);
}

void
agent_check_names(struct req *r, struct form *form, const struct agent *before, const struct agent *agent)
{
	if (before == NULL || !text_equal_nocase(before->account, agent->account))
		check_name(r, form, "account", agent->account, agent->id);
	if (before == NULL || !text_equal_nocase(before->email, agent->email))
		check_name(r, form, "email", agent->email, agent->id);
}
