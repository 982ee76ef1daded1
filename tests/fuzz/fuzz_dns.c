/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_dns.c - any bytes as the answer of a name server: texts without a NUL, or none. */
#include <stdint.h>
#include <string.h>

#include "core/check.h"
#include "edge/dns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct dns_texts texts;
	size_t i;

	if (dns_read_texts(arena, data, size, &texts)) {
		CHECK(texts.count <= DNS_TEXTS_MAX);
		for (i = 0; i < texts.count; i++)
			CHECK(strlen(texts.texts[i]) <= size);
	}
	arena_free(arena);
	return 0;
}
