/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_text.c - any bytes as text: decoders, folding and search terms keep their promises about each other. */
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/clock.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
term_check(void *arg, const char *term)
{
	size_t *count = arg;

	CHECK(*term != '\0' && strlen(term) <= TEXT_TERM_MAX && text_is_utf8(term, strlen(term)));
	++*count;
}

static void
codes_check(struct arena *arena, const uint8_t *data, size_t size)
{
	unsigned char *bytes;
	size_t len = 0;

	bytes = text_from_base64url(arena, text_to_base64url(arena, data, size), &len);
	CHECK(bytes != NULL && len == size && (size == 0 || memcmp(bytes, data, size) == 0));
	bytes = arena_alloc(arena, size + 1);
	CHECK(text_from_hex(text_to_hex(arena, data, size), bytes, size));
	CHECK(size == 0 || memcmp(bytes, data, size) == 0);
}

static void
decoders_check(struct arena *arena, const char *text, size_t size)
{
	unsigned char *bytes;
	struct str encoded;
	size_t len = 0;
	char *plain;

	bytes = text_from_base64url(arena, text, &len);
	if (bytes != NULL)
		CHECK(strcmp(text_to_base64url(arena, bytes, len), text) == 0);
	plain = text_url_decode(arena, text, size, true);
	if (plain == NULL)
		return;
	CHECK(text_is_utf8(plain, strlen(plain)));
	str_init(&encoded, arena);
	text_url_encode(&encoded, plain);
	CHECK(strcmp(text_url_decode(arena, encoded.data, encoded.len, true), plain) == 0);
}

static void
shapes_check(struct arena *arena, const char *text)
{
	clock_ms moment, again;
	uint64_t number;

	(void)text_is_email(text);
	(void)text_is_colour(text);
	(void)text_is_slug(text);
	(void)text_is_blank(text);
	(void)clock_is_zone(text);
	if (text_is_web_address(text))
		CHECK(!text_has_control(text) && strpbrk(text, " \"<>\\") == NULL);
	if (text_to_u64(text, &number) && text[0] != '0')
		CHECK(strcmp(arena_printf(arena, "%llu", (unsigned long long)number), text) == 0);
	if (clock_from_iso(text, &moment))
		CHECK(clock_from_iso(clock_iso(arena, moment), &again) ? again / 1000 <= moment / 1000 : true);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_text_of(arena, (const char *)data, size);
	const char *trimmed = text_trim(arena, text);
	const char *repaired = text_repair(arena, text);
	const char *folded = text_fold(arena, text);
	size_t terms = 0;

	CHECK(strcmp(text_trim(arena, trimmed), trimmed) == 0 || strchr(trimmed, '\r') != NULL);
	CHECK(text_is_utf8(repaired, strlen(repaired)));
	CHECK(text_is_utf8(text, strlen(text)) == (strcmp(repaired, text) == 0));
	CHECK(text_is_utf8(folded, strlen(folded)));
	CHECK(strcmp(text_fold(arena, folded), folded) == 0);
	CHECK(text_prefix(repaired, text_length(repaired)) == strlen(repaired));
	text_terms(arena, text, term_check, &terms);
	codes_check(arena, data, size);
	decoders_check(arena, text, size);
	shapes_check(arena, text);
	arena_free(arena);
	return 0;
}
