/* SPDX-License-Identifier: BSD-2-Clause */
/* session.h - the life of a session: it begins, gets another token, and ends with the polls that it opened. */
#ifndef HARK_ROOMS_PEOPLE_SESSION_H
#define HARK_ROOMS_PEOPLE_SESSION_H

#include "rooms/people/people.h"

/* The company's settings, or their presets. */
enum got security_load(struct req *r, struct security *security) MUST_USE;
clock_ms security_idle(const struct security *security);
clock_ms security_life(const struct security *security);

/* Problems of the form's field "allowed_addresses": a line that is none, or, with `is_own`, a list without the address that asks. */
void address_list_check(struct req *r, struct form *form, const char *list, bool is_own);

/* A new session for r->actor; *token is for session_cookie(), once it is stored for good. */
enum got session_begin(struct req *r, const struct security *limits, const char **token) MUST_USE;
void session_cookie(struct req *r, const char *token);

/* Another token for the request's session: after a password, a second factor, a change of rights. Its cookie is set; forms that
 * are open in other windows stay good. */
enum got session_renew(struct req *r) MUST_USE;

/* Sessions of the agent were ended: parked polls end, consoles that are still signed in come back with a new ticket, and who has no
 * session left is offline. */
enum got session_gone(struct req *r, uint64_t agent) MUST_USE;

/* Ends the sessions of an agent (0: of all) that come from where it is not allowed any more. Never fails the caller. */
void session_review(struct req *r, uint64_t agent);

#endif
