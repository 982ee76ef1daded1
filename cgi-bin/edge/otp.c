/* SPDX-License-Identifier: BSD-2-Clause */
/* otp.c - one-time passwords by liboath: secrets, codes and the address that apps scan. */
#include "edge/otp.h"

#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/str.h"
#include "core/text.h"
#include "edge/crypt.h"

#define SECRET_BYTES 20
#define STEP (30 * CLOCK_SECOND)

/* Once would do; again does no harm. */
static void
oath_open(void)
{
	CHECK(oath_init() == OATH_OK);
}

char *
otp_secret(struct arena *arena)
{
	char bytes[SECRET_BYTES];
	char *text = NULL, *secret;
	size_t len = 0;

	oath_open();
	crypt_random(bytes, sizeof(bytes));
	CHECK(oath_base32_encode(bytes, sizeof(bytes), &text, &len) == OATH_OK);
	secret = arena_text_of(arena, text, strcspn(text, "="));
	free(text);
	return secret;
}

/* Six digits without the spaces that people put between them. */
static bool
code_read(const char *code, char digits[OTP_DIGITS + 1])
{
	size_t count = 0;

	for (; code != NULL && *code != '\0'; code++) {
		if (*code == ' ')
			continue;
		if (*code < '0' || *code > '9' || count == OTP_DIGITS)
			return false;
		digits[count++] = *code;
	}
	digits[count] = '\0';
	return count == OTP_DIGITS;
}

/* All three steps are worked out, whichever fits. The comparison is crypt_equal_text(): liboath's own is strcmp(). */
static bool
step_find(const char *key, size_t key_len, const char *digits, clock_ms now, uint64_t *step)
{
	char wanted[OTP_DIGITS + 1];
	bool found = false;
	int64_t at;

	for (at = now / STEP + 1; at >= now / STEP - 1; at--) {
		CHECK(oath_hotp_generate(key, key_len, (uint64_t)at, OTP_DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION, wanted)
			== OATH_OK);
		if (crypt_equal_text(wanted, digits)) {
			*step = (uint64_t)at;
			found = true;
		}
	}
	return found;
}

bool
otp_matches(const char *secret, const char *code, clock_ms now, uint64_t *step)
{
	char digits[OTP_DIGITS + 1];
	char *key = NULL;
	size_t key_len = 0;
	bool found;

	*step = 0;
	oath_open();
	if (secret == NULL || !code_read(code, digits)
		|| oath_base32_decode(secret, strlen(secret), &key, &key_len) != OATH_OK)
		return false;
	found = step_find(key, key_len, digits, now, step);
	free(key);
	return found;
}

/* Spaces as %20: some apps show the plus sign of a form. */
const char *
otp_uri(struct arena *arena, const char *secret, const char *issuer, const char *account)
{
	struct str uri;

	str_init(&uri, arena);
	str_add(&uri, "otpauth://totp/");
	text_url_encode(&uri, issuer);
	str_add_char(&uri, ':');
	text_url_encode(&uri, account);
	str_addf(&uri, "?secret=%s&issuer=", secret);
	text_url_encode(&uri, issuer);
	return uri.data;
}
