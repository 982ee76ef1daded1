/* SPDX-License-Identifier: BSD-2-Clause */
/* live_memory.h - the last events: each stored once, listed on its topics, numbered by one row of positions.
 *
 * The memory is a cache. It forgets the oldest events first when it is over its size, a topic forgets when it has more
 * than MEMORY_TOPIC_MAX, and all are forgotten after MEMORY_LIFE. What was said (as opposed to rung) lives for
 * MEMORY_SAID_LIFE only, and nobody has to be told that it is gone.
 */
#ifndef HARK_ROOMS_LIVE_LIVE_MEMORY_H
#define HARK_ROOMS_LIVE_LIVE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/clock.h"
#include "core/list.h"
#include "rooms/live/live_table.h"

#define MEMORY_TOPIC_MAX 1024
#define MEMORY_LIFE (5 * CLOCK_MINUTE)
#define MEMORY_SAID_LIFE (3 * CLOCK_SECOND)

struct memory;
struct trail;

/* Exists while somebody hears it or an event is listed on it. */
struct topic {
	struct entry entry;
	struct link hearings;           /* who hears it: struct hearing of live_listener.h */
	struct trail *trail;            /* its events; NULL before the first */
	uint64_t forgotten;             /* position up to which events of this topic may be gone */
	char name[];
};

struct live_event {
	uint64_t position;
	size_t len;
	const char *json;
};

enum memory_kind { MEMORY_RUNG, MEMORY_SAID };

struct memory *memory_new(size_t bytes_max);
void memory_free(struct memory *memory);

/* The position of the newest event. */
uint64_t memory_position(const struct memory *memory);

/* The topic of that name; memory_topic() makes it when there is none, memory_find() gives NULL. */
struct topic *memory_topic(struct memory *memory, const char *name);
struct topic *memory_find(const struct memory *memory, const char *name);

/* To be called when nobody hears the topic any more: it goes when no event is listed either. */
void memory_let_go(struct memory *memory, struct topic *topic);

/* Remembers an event on `count` topics (names, doubles allowed), at the time of the last memory_age(). The text in the
 * result lives until the next call. */
struct live_event memory_add(struct memory *memory, enum memory_kind kind, char *const *names, size_t count,
	const char *json);

/* Are all rung events of these topics after `position` still there? */
bool memory_reaches(struct topic *const *topics, size_t count, uint64_t position);

/* The events of these topics after `position`, in order, each once. */
size_t memory_after(struct arena *arena, struct topic *const *topics, size_t count, uint64_t position,
	struct live_event **events);

/* Forgets what is too old; to be called every second. */
void memory_age(struct memory *memory, clock_ms now);

size_t memory_bytes(const struct memory *memory);

#endif
