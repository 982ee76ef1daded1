/* SPDX-License-Identifier: BSD-2-Clause */
/* host_rules.c - where operators may come from and go to, and which rights they may have. */
#include "rooms/host/host_rules.h"

#include <arpa/inet.h>
#include <string.h>

#include "core/text.h"
#include "rooms/host/host.h"

/* One address in the form of the other family's sockets, so that both families and all spellings compare as bytes. */
static bool
address_read(const char *text, struct in6_addr *address)
{
	struct in_addr four;

	if (inet_pton(AF_INET6, text, address) == 1)
		return true;
	if (inet_pton(AF_INET, text, &four) != 1)
		return false;
	memset(address, 0, sizeof(*address));
	address->s6_addr[10] = address->s6_addr[11] = 0xff;
	memcpy(&address->s6_addr[12], &four, sizeof(four));
	return true;
}

bool
host_address_is_allowed(const char *allowed, const char *address)
{
	struct in6_addr one, ours;
	char text[INET6_ADDRSTRLEN + 1];
	size_t len;

	if (text_is_blank(allowed))
		return true;
	if (!address_read(address, &ours))
		return false;
	for (allowed += strspn(allowed, ", "); *allowed != '\0'; allowed += len, allowed += strspn(allowed, ", ")) {
		len = strcspn(allowed, ", ");
		if (len >= sizeof(text))
			continue;
		memcpy(text, allowed, len);
		text[len] = '\0';
		if (address_read(text, &one) && memcmp(&one, &ours, sizeof(one)) == 0)
			return true;
	}
	return false;
}

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
