/* SPDX-License-Identifier: BSD-2-Clause */
/* live_state.h - what the files of this room share: the state of the daemon and the ways to answer. */
#ifndef HARK_ROOMS_LIVE_LIVE_STATE_H
#define HARK_ROOMS_LIVE_LIVE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "edge/crypt.h"
#include "edge/loop.h"
#include "edge/ticket.h"
#include "rooms/live/live_http.h"
#include "rooms/live/live_listener.h"
#include "rooms/live/live_memory.h"

struct live {
	struct loop *loop;
	struct arena *work;             /* of one event of the loop */
	const struct crypt_keys *keys;
	struct memory *memory;
	const char *epoch;              /* random: another one after each start */
	struct crowd crowd;
	size_t parked;
	size_t parked_max;
	uint32_t jitter;
	struct loop_service http;
	struct loop_service bells;
};

/* live.c: an answer in JSON; `more` as of http_head(). The connection may be gone afterwards. */
void live_answer(struct live *live, struct loop_conn *conn, const struct http_request *request, int status,
	const char *body);
void live_answer_later(struct live *live, struct loop_conn *conn, const struct http_request *request, int status,
	const char *body);      /* with Retry-After */

/* live_poll.c */
size_t live_poll_size(void);    /* of a connection's own memory */
void live_poll(struct live *live, struct loop_conn *conn, const struct http_request *request);
void live_poll_due(void *room, struct loop_conn *conn);
void live_poll_left(void *room, struct loop_conn *conn);
void live_poll_end_all(struct live *live);
/* Checks the ticket of a request, and that who was not cut since; NULL after it answered with 403. */
struct person *live_admit(struct live *live, struct loop_conn *conn, const struct http_request *request,
	struct ticket *ticket);
/* Answers all polls that are parked on one of the event's topics. */
void live_wake(struct live *live, char *const *topics, size_t count, const struct live_event *event);
/* Ends all polls of who, and refuses the tickets that were signed up to now. */
void live_cut(struct live *live, const char *who);

/* live_say.c */
void live_say(struct live *live, struct loop_conn *conn, const struct http_request *request);

/* live_bell.c */
enum loop_heard live_bell_heard(void *room, struct loop_conn *conn, char *bytes, size_t len);

#endif
