/* SPDX-License-Identifier: BSD-2-Clause */
/* host_rules.c - where operators may go to, and which rights they may have. */
#include "rooms/host/host_rules.h"

#include <string.h>

#include "core/text.h"
#include "rooms/host/host.h"

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

const char *
operator_unknown_right(struct arena *arena, const char *text)
{
	const char *word;
	size_t len;

	for (text += strspn(text, " "); *text != '\0'; text += len, text += strspn(text, " ")) {
		len = strcspn(text, " ");
		word = arena_text_of(arena, text, len);
		if (permission_host_set_of(word) == 0)
			return word;
	}
	return NULL;
}
