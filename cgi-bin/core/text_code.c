/* SPDX-License-Identifier: BSD-2-Clause */
/* text_code.c - the encodings of text.h that carry bytes in text: hex, base64 and percent. */
#include <string.h>

#include "core/check.h"
#include "core/text.h"

static const char hex_digits[] = "0123456789abcdef";
static const char base64_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void
text_hex(const void *bytes, size_t len, char *out)
{
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < len; i++) {
		*out++ = hex_digits[byte[i] >> 4];
		*out++ = hex_digits[byte[i] & 15];
	}
	*out = '\0';
}

char *
text_to_hex(struct arena *arena, const void *bytes, size_t len)
{
	char *out;

	CHECK(len < SIZE_MAX / 4);
	out = arena_alloc(arena, 2 * len + 1);
	text_hex(bytes, len, out);
	return out;
}

/* -1 when it is no hex digit. */
static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
text_from_hex(const char *hex, void *bytes, size_t len)
{
	unsigned char *out = bytes;

	if (hex == NULL || strlen(hex) != 2 * len)
		return false;
	for (size_t i = 0; i < len; i++) {
		int high = hex_value(hex[2 * i]);
		int low = hex_value(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

char *
text_to_base64url(struct arena *arena, const void *bytes, size_t len)
{
	const unsigned char *byte = bytes;
	uint32_t bits = 0;
	int held = 0;
	char *text, *out;

	CHECK(len < SIZE_MAX / 4);
	text = out = arena_alloc(arena, len + len / 3 + 3);
	for (size_t i = 0; i < len; i++) {
		bits = (bits << 8 | byte[i]) & 0xffffff;
		held += 8;
		while (held >= 6) {
			held -= 6;
			*out++ = base64_letters[bits >> held & 63];
		}
	}
	if (held > 0)
		*out++ = base64_letters[bits << (6 - held) & 63];
	return text;
}

/* -1 when it is no letter of the alphabet. */
static int
base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '-')
		return 62;
	return c == '_' ? 63 : -1;
}

unsigned char *
text_from_base64url(struct arena *arena, const char *text, size_t *len)
{
	size_t letters = text != NULL ? strlen(text) : 1;
	unsigned char *bytes, *out;
	uint32_t bits = 0;
	int held = 0;

	if (letters % 4 == 1)
		return NULL;
	bytes = out = arena_alloc(arena, letters / 4 * 3 + 3);
	for (size_t i = 0; i < letters; i++) {
		int value = base64_value(text[i]);

		if (value < 0)
			return NULL;
		bits = (bits << 6 | (uint32_t)value) & 0xffffff;
		held += 6;
		if (held >= 8) {
			held -= 8;
			*out++ = (unsigned char)(bits >> held & 0xff);
		}
	}
	/* Left-over bits must be 0, so that no two texts mean the same bytes. */
	if ((bits & ((1u << held) - 1)) != 0)
		return NULL;
	*len = (size_t)(out - bytes);
	return bytes;
}

char *
text_url_decode(struct arena *arena, const char *text, size_t len, bool form)
{
	char *copy = arena_alloc(arena, len + 1);
	char *out = copy;

	for (size_t i = 0; i < len; i++) {
		int high, low;

		if (text[i] != '%') {
			*out++ = form && text[i] == '+' ? ' ' : text[i];
			continue;
		}
		if (len - i < 3)
			return NULL;
		high = hex_value(text[i + 1]);
		low = hex_value(text[i + 2]);
		if (high < 0 || low < 0)
			return NULL;
		*out++ = (char)(high << 4 | low);
		i += 2;
	}
	return text_is_utf8(copy, (size_t)(out - copy)) ? copy : NULL;
}

void
text_url_encode(struct str *out, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
			|| strchr("-._~", c) != NULL) {
			str_add_char(out, (char)c);
			continue;
		}
		str_add_char(out, '%');
		str_add_char(out, "0123456789ABCDEF"[c >> 4]);
		str_add_char(out, "0123456789ABCDEF"[c & 15]);
	}
}
