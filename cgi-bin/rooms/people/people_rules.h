/* SPDX-License-Identifier: BSD-2-Clause */
/* people_rules.h - decisions about agents and their sign-in, without I/O. */
#ifndef HARK_ROOMS_PEOPLE_PEOPLE_RULES_H
#define HARK_ROOMS_PEOPLE_PEOPLE_RULES_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/clock.h"
#include "web/permission.h"

#define PASSWORD_MIN 8                           /* characters */
#define PASSWORD_WORD_MIN 3                      /* bytes of a known word that count */
#define PASSWORD_OWN_MIN 6                       /* characters beside known words */
#define SESSION_SEEN_EVERY CLOCK_MINUTE          /* so often at most is the last use written */

/* May a sign-in go on to this path: one of this site, and none that signs in or out? */
bool people_next_is_safe(const char *path);

/* Is it a path of this site, and nothing that a browser could take for another site? */
bool people_path_is_local(const char *path);

/* Where somebody with these rights starts: the control panel, or the console. */
const char *people_home(permission_set permissions);

/* Is it one of the passwords that attackers try first? Letters count as small ones. */
bool people_password_is_common(const char *password);
/* The list is looked up by halves: for its test. */
bool people_password_list_is_sorted(void);

/* The rights of an API key: those of its scopes that its owner has. */
permission_set people_key_rights(const char *scopes, permission_set owner);

/* Does somebody with `own` rights stand above or beside somebody with `other` rights? Nobody gives or changes more than he has. */
bool people_rights_cover(permission_set own, permission_set other);

#endif
