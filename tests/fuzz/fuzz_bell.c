/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_bell.c - any bytes as a packet of the bell: what is accepted has only good topics and one line of JSON. */
#include <stdint.h>
#include <string.h>

#include "core/arena.h"
#include "core/check.h"
#include "edge/bell.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	char *bytes = arena_text_of(arena, (const char *)data, size);
	struct bell_packet packet;

	if (bell_parse(bytes, size, &packet)) {
		CHECK(packet.topic_count > 0 && packet.topic_count <= BELL_TOPICS_MAX);
		CHECK(packet.verb != BELL_CUT || packet.topic_count == 1);
		for (size_t i = 0; i < packet.topic_count; i++)
			CHECK(bell_is_topic(packet.topics[i], strlen(packet.topics[i])));
		if (packet.verb == BELL_EVENT)
			CHECK(packet.json[0] == '{' && strpbrk(packet.json, "\r\n") == NULL);
		else
			CHECK(packet.json == NULL);
	}
	arena_free(arena);
	return 0;
}
