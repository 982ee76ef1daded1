/* SPDX-License-Identifier: BSD-2-Clause */
/* loop_conn.h - what the loop and its connections know of each other (private to loop*.c). */
#ifndef HARK_EDGE_LOOP_CONN_H
#define HARK_EDGE_LOOP_CONN_H

#include <stdint.h>

#include <event2/event.h>
#include <event2/event_struct.h>

#include "core/clock.h"
#include "core/list.h"
#include "edge/loop.h"

enum conn_state { READING, PARKED, SENDING };

struct loop_conn {
	struct event event;
	struct link link;               /* of its listener */
	struct listener *listener;
	struct loop_buffer *buffer;     /* what came of a request so far, or is left of an answer; NULL most of the time */
	uint32_t deadline;              /* second of the steady clock; 0: none */
	uint8_t state;
	uint8_t next;
	/* the service's own memory follows, aligned because the size is a multiple of 8 */
};

struct listener {
	struct loop *loop;
	struct listener *next;
	const struct loop_service *service;
	const char *path;
	enum loop_kind kind;
	int fd;
	struct event event;
	struct event pause;             /* ends a pause */
	bool paused;
	clock_ms complained_at;
	struct link conns;
	size_t count;
};

struct loop {
	struct event_base *base;
	struct arena *arena;
	struct listener *listeners;
	size_t sending;
	bool stopping;
	char scratch[LOOP_REQUEST_MAX + 2];
};

/* One that was accepted: waits for its first request. */
void loop_conn_open(struct listener *listener, int fd);
/* Closes and frees it. A listener that was full goes on; the last answer of a loop that stops ends it. */
void loop_conn_close(struct loop_conn *conn);
/* The same, and the service is told of one that was parked. */
void loop_conn_left(struct loop_conn *conn);

/* Ends a pause. */
void loop_listener_go_on(struct listener *listener);

struct timeval loop_timeval(unsigned ms);

#endif
