/* SPDX-License-Identifier: BSD-2-Clause */
/* live_bell.c - the daemon's side of the bell socket: events, cuts, and the question who is present. */
#include "core/log.h"
#include "edge/bell.h"
#include "rooms/live/live_state.h"

static void
answer_present(struct live *live, struct loop_conn *conn, const struct bell_packet *packet)
{
	struct iovec part;
	struct str names;

	str_init(&names, live->work);
	str_add(&names, live->epoch);
	crowd_name_present(&live->crowd, packet->topics, packet->topic_count, BELL_PACKET_MAX - 1, &names);
	str_add_char(&names, '\n');
	part = (struct iovec){ .iov_base = names.data, .iov_len = names.len };
	loop_send(conn, &part, 1, LOOP_READ);
}

enum loop_heard
live_bell_heard(void *room, struct loop_conn *conn, char *bytes, size_t len)
{
	struct live *live = room;
	struct bell_packet packet;
	struct live_event event;

	if (!bell_parse(bytes, len, &packet)) {
		log_warning("bell_refused", "bytes=%zu", len);
		return LOOP_TAKEN;
	}
	switch (packet.verb) {
	case BELL_EVENT:
		event = memory_add(live->memory, MEMORY_RUNG, packet.topics, packet.topic_count, packet.json);
		live_wake(live, packet.topics, packet.topic_count, &event);
		break;
	case BELL_CUT:
		live_cut(live, packet.topics[0]);
		break;
	case BELL_PRESENT:
		answer_present(live, conn, &packet);
		break;
	}
	arena_reset(live->work);
	return LOOP_TAKEN;
}
