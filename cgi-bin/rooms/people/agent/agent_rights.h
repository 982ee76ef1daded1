/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_rights.h - what changes of roles, queues and skills may do to agents, and what follows when rights are taken away.
 *
 * The rules are the same from whichever side a change comes, the agent's form or the list of agents in a role, a queue or a skill:
 * nobody touches somebody who has more rights, the company keeps an administrator, and everybody has a role.
 */
#ifndef HARK_ROOMS_PEOPLE_AGENT_RIGHTS_H
#define HARK_ROOMS_PEOPLE_AGENT_RIGHTS_H

#include "rooms/people/people_store.h"

/* Does the actor stand above or beside the agent? Else nothing of the agent may be changed. */
bool agent_is_covered(struct req *r, uint64_t id);

/* Reads the agent of the path, whom the actor must be able to change. An answer has been sent, or 0. */
int agent_open(struct req *r, struct agent *agent) MUST_USE;

/* Agents who come into the set `agents` of a role, queue or skill, or leave it, must be covered by the actor. `before` may be NULL. */
void agent_check_members(struct req *r, struct form *form, const struct field_set *before, const struct field_set *after);

/* Agents who leave a role must have another one. */
void agent_check_has_role(struct req *r, struct form *form, const struct field_set *before, const struct field_set *after);

/* Is another administrator left (role_has_all())? When that cannot be known: no. */
bool agent_administrator_is_left(struct req *r, uint64_t but);

/* In a transaction, after a change: GOT_NONE when the company would have no administrator. Two such changes wait for each other. */
enum got agent_keep_administrator(struct req *r) MUST_USE;

/* In a transaction, after a change: whoever of the agents may not chat any more goes offline and gives the chats back (job agent.gone). */
enum got agent_settle_chat_right(struct req *r, const struct field_set *agents) MUST_USE;

/* The order for the job agent.gone, in a transaction: the agent was deleted or may not chat any more. */
enum got agent_order_gone(struct req *r, uint64_t id) MUST_USE;

/* After the commit. Something was added: the consoles of these agents ask for everything again. */
void agent_ring_rights(struct req *r, const struct field_set *agents);
/* After the commit. Something was taken away: their polls end at once, and they need a new ticket. */
void agent_cut_rights(struct req *r, const struct field_set *agents);
/* The same for a set that has changed: who left it is cut, who came or stayed is rung; with `is_less` all are cut. */
void agent_tell_members(struct req *r, const struct field_set *before, const struct field_set *after, bool is_less);

#endif
