/* SPDX-License-Identifier: BSD-2-Clause */
/* ticket.c - signing and checking of tickets of the live stream. */
#include "edge/ticket.h"

#include <stdint.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/bell.h"

#define VERSION "1"
#define LINES 5         /* version, who, expiry, hear, say */

/* The bytes up to and with the dot: topics must carry the tenant of who. */
static size_t
tenant_len(const char *who)
{
	return (size_t)(strchr(who, '.') - who) + 1;
}

/* At most BELL_TOPICS_MAX topics of the tenant of `who`, with one space between two; or none. */
static bool
topics_are_valid(const char *topics, const char *who)
{
	size_t prefix = tenant_len(who);

	if (*topics == '\0')
		return true;
	for (int count = 1; count <= BELL_TOPICS_MAX; count++) {
		size_t len = strcspn(topics, " ");

		if (!bell_is_topic(topics, len) || strncmp(topics, who, prefix) != 0)
			return false;
		topics += len;
		if (*topics == '\0')
			return true;
		topics++;
	}
	return false;
}

static bool
ticket_is_valid(const struct ticket *ticket)
{
	return bell_is_topic(ticket->who, strlen(ticket->who)) && topics_are_valid(ticket->hear, ticket->who)
		&& topics_are_valid(ticket->say, ticket->who);
}

char *
ticket_sign(struct arena *arena, const struct crypt_keys *keys, const struct ticket *ticket)
{
	unsigned char mac[CRYPT_HASH_LEN];
	const char *payload, *text;

	CHECK(ticket->expires_at > 0 && ticket_is_valid(ticket));
	payload = arena_printf(arena, VERSION "\n%s\n%lld\n%s\n%s", ticket->who,
		(long long)(ticket->expires_at / CLOCK_SECOND), ticket->hear, ticket->say);
	crypt_mac(keys->ticket, sizeof keys->ticket, payload, strlen(payload), mac);
	text = text_to_base64url(arena, payload, strlen(payload));
	return arena_printf(arena, "%s.%s", text, text_to_base64url(arena, mac, sizeof mac));
}

/* The payload when the signature is ours, or NULL. */
static char *
open_payload(struct arena *arena, const struct crypt_keys *keys, const char *text)
{
	const char *dot = strchr(text, '.');
	unsigned char want[CRYPT_HASH_LEN];
	unsigned char *payload, *mac;
	size_t payload_len, mac_len;

	if (dot == NULL || strlen(text) > TICKET_MAX)
		return NULL;
	payload = text_from_base64url(arena, arena_text_of(arena, text, (size_t)(dot - text)), &payload_len);
	mac = text_from_base64url(arena, dot + 1, &mac_len);
	if (payload == NULL || mac == NULL || mac_len != sizeof want)
		return NULL;
	crypt_mac(keys->ticket, sizeof keys->ticket, payload, payload_len, want);
	if (!crypt_equal(mac, want, sizeof want) || memchr(payload, '\0', payload_len) != NULL)
		return NULL;
	return (char *)payload;
}

bool
ticket_check(struct arena *arena, const struct crypt_keys *keys, const char *text, clock_ms now,
	struct ticket *ticket)
{
	char *rest = open_payload(arena, keys, text);
	const char *lines[LINES];
	uint64_t expiry;

	if (rest == NULL)
		return false;
	for (int i = 0; i < LINES; i++) {
		char *end = strchr(rest, '\n');

		if ((end == NULL) != (i == LINES - 1))
			return false;
		lines[i] = rest;
		if (end == NULL)
			break;
		*end = '\0';
		rest = end + 1;
	}
	if (!text_equal(lines[0], VERSION) || !text_to_u64(lines[2], &expiry)
		|| expiry > (uint64_t)(INT64_MAX / CLOCK_SECOND))
		return false;
	*ticket = (struct ticket){ .who = lines[1], .expires_at = (clock_ms)expiry * CLOCK_SECOND,
		.hear = lines[3], .say = lines[4] };
	return ticket_is_valid(ticket) && now < ticket->expires_at;
}
