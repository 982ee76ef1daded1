/* SPDX-License-Identifier: BSD-2-Clause */
/* widget_rules.c - the hosts that may show a widget: decisions without I/O. */
#include "rooms/widget/widget_rules.h"

#include <ctype.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"

/* Takes the next line that is not blank off *text; NULL at the end. */
static char *
next_line(struct arena *arena, const char **text)
{
	size_t len;
	char *line;

	while (**text != '\0') {
		len = strcspn(*text, "\n");
		line = text_trim(arena, arena_text_of(arena, *text, len));
		*text += len + ((*text)[len] == '\n');
		if (!text_is_blank(line))
			return line;
	}
	return NULL;
}

static bool
host_is_sound(const char *host)
{
	const char *colon;
	size_t len;

	if (strncmp(host, "*.", 2) == 0)
		host += 2;
	colon = strchr(host, ':');
	len = colon != NULL ? (size_t)(colon - host) : strlen(host);
	if (colon != NULL && (strlen(colon) < 2 || strlen(colon) > 6 || strspn(colon + 1, "0123456789") != strlen(colon + 1)))
		return false;
	return len > 0 && len <= 253 && isalnum((unsigned char)host[0])
		&& strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") >= len && strstr(host, "..") == NULL;
}

bool
widget_hosts_are_sound(struct arena *arena, const char *hosts, const char **bad)
{
	while ((*bad = next_line(arena, &hosts)) != NULL)
		if (!host_is_sound(*bad))
			return false;
	return true;
}

char *
widget_frame_ancestors(struct arena *arena, const char *hosts)
{
	struct str list;
	const char *host;

	str_init(&list, arena);
	while ((host = next_line(arena, &hosts)) != NULL)
		if (host_is_sound(host))
			str_addf(&list, "%shttps://%s http://%s", list.len > 0 ? " " : "", host, host);
	if (list.len == 0)
		str_add(&list, "*");
	return list.data;
}
