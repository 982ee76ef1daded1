/* SPDX-License-Identifier: BSD-2-Clause */
/* recovery.c - how recovery codes look, and what is kept of them. */
#include <string.h>

#include "web/factor.h"

#define CODE_LETTERS 16          /* of five bits each */

/* Thirty-two of which no two look alike: without i, l, o and u (Crockford's base 32). */
static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

const char *
recovery_code(struct arena *arena)
{
	unsigned char bytes[CODE_LETTERS];
	struct str code;
	size_t i;

	crypt_random(bytes, sizeof(bytes));
	str_init(&code, arena);
	for (i = 0; i < CODE_LETTERS; i++) {
		if (i > 0 && i % 4 == 0)
			str_add_char(&code, '-');
		str_add_char(&code, alphabet[bytes[i] & 31]);
	}
	return code.data;
}

/* A letter as it stands in the alphabet: what looks like 0 or 1 is that. NUL for none. */
static char
letter_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		c = (char)(c - 'A' + 'a');
	if (c == 'o')
		return '0';
	if (c == 'i' || c == 'l')
		return '1';
	return c != '\0' && strchr(alphabet, c) != NULL ? c : '\0';
}

bool
recovery_hash(struct arena *arena, const char *owner, const char *code, unsigned char hash[CRYPT_HASH_LEN])
{
	char letters[CODE_LETTERS + 1];
	const char *text;
	size_t count = 0;

	for (; code != NULL && *code != '\0'; code++) {
		if (*code == '-' || *code == ' ')
			continue;
		if (count == CODE_LETTERS || (letters[count] = letter_of(*code)) == '\0')
			return false;
		count++;
	}
	if (count != CODE_LETTERS)
		return false;
	letters[count] = '\0';
	text = arena_printf(arena, "%s.%s", owner, letters);
	crypt_sha256(text, strlen(text), hash);
	return true;
}
