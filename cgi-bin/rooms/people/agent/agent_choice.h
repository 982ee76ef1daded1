/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_choice.h - a password that somebody chose for an agent, and what others know of that agent. */
#ifndef HARK_ROOMS_PEOPLE_AGENT_CHOICE_H
#define HARK_ROOMS_PEOPLE_AGENT_CHOICE_H

#include "rooms/people/people.h"

struct password_choice {
	tenant_id tenant;
	const char *password;
	const char *account;
	const char *email;
};

/* As people_password_problem(), with the account, the address, and the company's code and name. */
const char *password_choice_problem(struct req *r, const struct password_choice *choice, const char **detail);

#endif
