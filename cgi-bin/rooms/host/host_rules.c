/* SPDX-License-Identifier: BSD-2-Clause */
/* host_rules.c - where operators may go to. */
#include "rooms/host/host_rules.h"

#include <string.h>

#include "core/text.h"

bool
host_next_is_safe(const char *path)
{
	const char *at;

	if (path == NULL || !text_starts_with(path, "/host") || strchr("/?", path[5]) == NULL || strlen(path) > 2000)
		return false;
	for (at = path; *at != '\0'; at++)
		if (*at <= ' ' || *at > '~' || *at == '\\')
			return false;
	return !text_starts_with(path, "/host/sign-");
}
