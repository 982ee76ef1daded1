/* SPDX-License-Identifier: BSD-2-Clause */
/* test_ticket.c - only tickets that we signed, that are not too old and that keep to one tenant pass. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "edge/ticket.h"

#define NOW ((clock_ms)1790000000123)

static const struct ticket sample = {
	.who = "5.a12", .expires_at = NOW + TICKET_LIFE, .hear = "5.a12 5.q3 5.t", .say = "5.c991"
};

static struct crypt_keys
keys_of(const char *secret)
{
	struct crypt_keys keys;

	crypt_derive(secret, &keys);
	return keys;
}

/* A ticket with this payload, signed with the right key. */
static const char *
sign_payload(struct arena *arena, const struct crypt_keys *keys, const char *payload)
{
	unsigned char mac[CRYPT_HASH_LEN];

	crypt_mac(keys->ticket, sizeof keys->ticket, payload, strlen(payload), mac);
	return arena_printf(arena, "%s.%s", text_to_base64url(arena, payload, strlen(payload)),
		text_to_base64url(arena, mac, sizeof mac));
}

static void
what_was_signed_is_read(void **state)
{
	struct arena *arena = arena_new();
	struct crypt_keys keys = keys_of("0123456789abcdef0123456789abcdef");
	const char *text = ticket_sign(arena, &keys, &sample);
	struct ticket ticket;

	(void)state;
	assert_true(ticket_check(arena, &keys, text, NOW, &ticket));
	assert_string_equal(ticket.who, "5.a12");
	assert_string_equal(ticket.hear, "5.a12 5.q3 5.t");
	assert_string_equal(ticket.say, "5.c991");
	assert_int_equal(ticket.expires_at, (NOW + TICKET_LIFE) / 1000 * 1000);
	assert_true(ticket_check(arena, &keys, text, ticket.expires_at - 1, &ticket));
	assert_false(ticket_check(arena, &keys, text, ticket.expires_at, &ticket));
	arena_free(arena);
}

static void
every_changed_byte_is_noticed(void **state)
{
	struct arena *arena = arena_new();
	struct crypt_keys keys = keys_of("0123456789abcdef0123456789abcdef");
	struct crypt_keys others = keys_of("another secret that is as long..");
	const char *text = ticket_sign(arena, &keys, &sample);
	struct ticket ticket;

	(void)state;
	assert_false(ticket_check(arena, &others, text, NOW, &ticket));
	for (size_t i = 0; i < strlen(text); i++) {
		char *forged = arena_text(arena, text);

		forged[i] = forged[i] == 'A' ? 'B' : 'A';
		assert_false(ticket_check(arena, &keys, forged, NOW, &ticket));
		forged[i] = '\0';
		assert_false(ticket_check(arena, &keys, forged, NOW, &ticket));
	}
	assert_false(ticket_check(arena, &keys, "", NOW, &ticket));
	assert_false(ticket_check(arena, &keys, ".", NOW, &ticket));
	assert_false(ticket_check(arena, &keys, arena_printf(arena, "%s.", text), NOW, &ticket));
	arena_free(arena);
}

static void
malformed_payloads_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "1", "1\n5.a1\n9999999999\n5.q1", "2\n5.a1\n9999999999\n5.q1\n", "1\n5.a1\n9999999999\n5.q1\n\n",
		"1\n5.a1\n-1\n5.q1\n", "1\n5.a1\n99999999999999999999\n5.q1\n", "1\n5.a1\n18446744073709551615\n5.q1\n",
		"1\n\n9999999999\n5.q1\n", "1\n5\n9999999999\n5.q1\n", "1\na\n9999999999\n5.q1\n",
		"1\n5.a1\n9999999999\n6.q1\n", "1\n5.a1\n9999999999\n55.q1\n", "1\n5.a1\n9999999999\n5.q1\n6.c1",
		"1\n5.a1\n9999999999\n5.q1  5.q2\n", "1\n5.a1\n9999999999\n 5.q1\n", "1\n5.a1\n9999999999\n5.q1 \n",
		"1\n5.a1\n9999999999\n5.*\n", "1\n5.a1\n9999999999\n5.q%\n", "1\n5.a1\n9999999999\n../5.q1\n"
	};
	struct arena *arena = arena_new();
	struct crypt_keys keys = keys_of("0123456789abcdef0123456789abcdef");
	struct ticket ticket;

	(void)state;
	assert_true(ticket_check(arena, &keys, sign_payload(arena, &keys, "1\n5.a1\n9999999999\n5.q1\n"), NOW, &ticket));
	assert_true(ticket_check(arena, &keys, sign_payload(arena, &keys, "1\n5.a1\n9999999999\n\n"), NOW, &ticket));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(ticket_check(arena, &keys, sign_payload(arena, &keys, bad[i]), NOW, &ticket));
	arena_free(arena);
}

static void
topics_are_counted(void **state)
{
	struct arena *arena = arena_new();
	struct crypt_keys keys = keys_of("0123456789abcdef0123456789abcdef");
	struct ticket ticket;
	struct str payload;

	(void)state;
	str_init(&payload, arena);
	str_add(&payload, "1\n5.a1\n9999999999\n\n5.q1");
	for (int i = 2; i <= BELL_TOPICS_MAX; i++)
		str_addf(&payload, " 5.q%d", i);
	assert_true(ticket_check(arena, &keys, sign_payload(arena, &keys, payload.data), NOW, &ticket));
	str_add(&payload, " 5.q65");
	assert_false(ticket_check(arena, &keys, sign_payload(arena, &keys, payload.data), NOW, &ticket));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_signed_is_read),
		cmocka_unit_test(every_changed_byte_is_noticed),
		cmocka_unit_test(malformed_payloads_are_refused),
		cmocka_unit_test(topics_are_counted),
	};

	crypt_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
