/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_password.h - passwords that administrators set for others: the button that makes one, the page behind the key in the list. */
#ifndef HARK_ROOMS_PEOPLE_AGENT_PASSWORD_H
#define HARK_ROOMS_PEOPLE_AGENT_PASSWORD_H

#include "rooms/people/people.h"

/* A new password that can be read out: four groups of four characters that are not taken for each other, 80 random bits. */
const char *agent_password_make(struct arena *arena);

/* Puts the button "Generate" beside the form's field `password`, and the password itself into the field when the button was pressed:
 * shown until it is saved, because nobody has seen it yet. */
void agent_password_show(struct req *r, const char *password);

/* GET, POST /admin/agents/:id/password */
handler agent_password_page, agent_password_save;

#endif
