/* SPDX-License-Identifier: BSD-2-Clause */
/* gate.h - what every request passes before its handler: host, who, permission, form token. */
#ifndef HARK_WEB_GATE_H
#define HARK_WEB_GATE_H

#include "web/route.h"

/* The language that somebody chose before signing in. */
#define GATE_LANGUAGE_COOKIE "hark-language"

/* The language that the browser asks for, until it is known who asks: also for what is refused before. */
void gate_greet(struct req *r);

/* Host, who, permission: before the body, so that nobody sends a large one in vain. False: the gate has replied (r->status). */
bool gate_enter(struct req *r);
/* With the body: the form's token, and whether the company may change anything. True: the handler may run. */
bool gate_pass(struct req *r);

/* Did the request come by the host name of base_url, and not by a tenant's domain? */
bool gate_is_base(const struct req *r);

/* The CSRF token of a session, or of the sign-in form (bound to a cookie). */
char *gate_form_token(struct req *r, const unsigned char *session);
/* The same for a session of a table by its number, so that it outlives the session's own token. */
char *gate_numbered_form_token(struct req *r, const char *table, uint64_t id);

#endif
