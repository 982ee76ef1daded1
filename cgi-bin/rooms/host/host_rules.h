/* SPDX-License-Identifier: BSD-2-Clause */
/* host_rules.h - decisions about operators, without I/O. */
#ifndef HARK_ROOMS_HOST_HOST_RULES_H
#define HARK_ROOMS_HOST_HOST_RULES_H

#include <stdbool.h>

/* May the sign-in of operators go on to this path: one of the panel, and none that signs in or out? */
bool host_next_is_safe(const char *path);

#endif
