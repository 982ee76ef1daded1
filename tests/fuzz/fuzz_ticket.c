/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_ticket.c - any text as a ticket, as the payload of a well-signed ticket, and as a poll's cursor. */
#include <stdint.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/ticket.h"
#include "rooms/live/live_http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* All topics are well-formed and of the tenant of who. */
static void
topics_check(const char *topics, const char *who)
{
	size_t tenant = strcspn(who, ".") + 1;

	while (*topics != '\0') {
		size_t len = strcspn(topics, " ");

		CHECK(bell_is_topic(topics, len) && strncmp(topics, who, tenant) == 0);
		topics += len;
		topics += *topics == ' ';
	}
}

static void
payload_check(struct arena *arena, const uint8_t *data, size_t size)
{
	struct crypt_keys keys = { .ticket = "any" };
	unsigned char mac[CRYPT_HASH_LEN];
	struct ticket ticket, again;
	const char *text;

	crypt_mac(keys.ticket, sizeof keys.ticket, data, size, mac);
	text = arena_printf(arena, "%s.%s", text_to_base64url(arena, data, size), text_to_base64url(arena, mac, sizeof mac));
	if (!ticket_check(arena, &keys, text, 0, &ticket))
		return;
	CHECK(bell_is_topic(ticket.who, strlen(ticket.who)) && ticket.expires_at > 0);
	topics_check(ticket.hear, ticket.who);
	topics_check(ticket.say, ticket.who);
	CHECK(ticket_check(arena, &keys, ticket_sign(arena, &keys, &ticket), ticket.expires_at - 1, &again));
	CHECK(text_equal(ticket.who, again.who) && text_equal(ticket.hear, again.hear) && text_equal(ticket.say, again.say));
	CHECK(ticket.expires_at == again.expires_at);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct crypt_keys keys = { .ticket = "unknown to the input" };
	struct arena *arena = arena_new();
	const char *text = arena_text_of(arena, (const char *)data, size);
	struct ticket ticket;
	uint64_t position;

	CHECK(!ticket_check(arena, &keys, text, 0, &ticket));
	payload_check(arena, data, size);
	if (http_cursor(text, "Ep_och-1", &position) && position != UINT64_MAX)
		CHECK(text_starts_with(text, "Ep_och-1."));
	arena_free(arena);
	return 0;
}
