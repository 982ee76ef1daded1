/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_choice.c - is a password good enough for this agent of this company? */
#include "rooms/people/agent/agent_choice.h"

#include "core/text.h"

const char *
password_choice_problem(struct req *r, const struct password_choice *choice, const char **detail)
{
	struct tenant tenant = { .id = 0 };
	const char *known[5] = { text_or_empty(choice->account), text_or_empty(choice->email) };

	*detail = NULL;
	if (tenant_by_id(r->db, r->arena, choice->tenant, &tenant) != GOT_ONE)
		return N_("could not be checked: try again");
	known[2] = tenant.code;
	known[3] = tenant.name;
	return people_password_problem(choice->password, known, detail);
}
