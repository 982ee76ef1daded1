/* SPDX-License-Identifier: BSD-2-Clause */
/* people_rules.h - decisions about agents and their sign-in, without I/O. */
#ifndef HARK_ROOMS_PEOPLE_PEOPLE_RULES_H
#define HARK_ROOMS_PEOPLE_PEOPLE_RULES_H

#include <stdbool.h>

#include "core/clock.h"
#include "web/permission.h"

#define PASSWORD_MIN 8                           /* bytes */
#define SESSION_IDLE (12 * CLOCK_HOUR)           /* without a request */
#define SESSION_LIFE (30 * CLOCK_DAY)            /* however busy */
#define SESSION_SEEN_EVERY CLOCK_MINUTE          /* so often at most is the last use written */

/* May a sign-in go on to this path: one of this site, and none that signs in or out? */
bool people_next_is_safe(const char *path);

/* Where somebody with these rights starts: the control panel, or the console. */
const char *people_home(permission_set permissions);

/* Does somebody with `own` rights stand above or beside somebody with `other` rights? Nobody gives or changes more than he has. */
bool people_rights_cover(permission_set own, permission_set other);

#endif
