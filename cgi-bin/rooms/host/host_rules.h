/* SPDX-License-Identifier: BSD-2-Clause */
/* host_rules.h - decisions about operators, without I/O. */
#ifndef HARK_ROOMS_HOST_HOST_RULES_H
#define HARK_ROOMS_HOST_HOST_RULES_H

#include <stdbool.h>

/* May operators come from this address? `allowed` is a list with commas as in the configuration; "" is anywhere. */
bool host_address_is_allowed(const char *allowed, const char *address);

/* May the sign-in of operators go on to this path: one of the panel, and none that signs in or out? */
bool host_next_is_safe(const char *path);

#endif
