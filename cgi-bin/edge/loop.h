/* SPDX-License-Identifier: BSD-2-Clause */
/* loop.h - waiting for many sockets at once, by libevent, so that a connection that only waits costs little.
 *
 * A service listens on a unix socket. A connection is reading, parked or sending. While it is parked it has no
 * buffer; its client may only leave: bytes that come meanwhile close it. Its own memory, of `own_size` bytes and
 * zeroed, belongs to the service.
 */
#ifndef HARK_EDGE_LOOP_H
#define HARK_EDGE_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/uio.h>

#include "core/arena.h"

#define LOOP_PARTS_MAX 4        /* pieces of one answer */
#define LOOP_REQUEST_MAX 32768  /* the most that a service may set as request_max */

struct loop;
struct loop_conn;

enum loop_kind {
	LOOP_STREAM,
	LOOP_PACKETS            /* SEQPACKET: each request is one packet */
};

/* What a service made of the bytes it was shown. */
enum loop_heard {
	LOOP_MORE,              /* not whole yet: show it again with more behind (streams only) */
	LOOP_TAKEN              /* parked, sent an answer, or nothing to do */
};

enum loop_next {
	LOOP_CLOSE,
	LOOP_READ
};

struct loop_service {
	const char *name;               /* for the log */
	size_t own_size;
	size_t connections_max;         /* more wait in the kernel's queue */
	size_t request_max;             /* a longer unfinished request closes the connection */
	unsigned request_ms;            /* a request must be whole, and an answer taken, in this time */
	unsigned idle_ms;               /* between two requests; 0: for ever */
	void *room;                     /* given to the three below */

	/* Bytes came. bytes[len] exists and is NUL; they are gone after the call. */
	enum loop_heard (*heard)(void *room, struct loop_conn *conn, char *bytes, size_t len);
	/* The time of a parked connection is over: must send or park again. */
	void (*due)(void *room, struct loop_conn *conn);
	/* A parked connection left, and is closed after the call. */
	void (*left)(void *room, struct loop_conn *conn);
};

typedef void loop_tick(void *arg);

/* Lives in `arena`; ends the process when it cannot be had. */
struct loop *loop_new(struct arena *arena);

/* Opens the socket, mode 0660; replaces the file of one that nobody listens on any more. False (logged) when it
 * cannot. `service` must outlive the loop. */
bool loop_serve(struct loop *loop, const char *path, enum loop_kind kind, const struct loop_service *service);

void loop_every(struct loop *loop, unsigned ms, loop_tick *tick, void *arg);
void loop_on_signal(struct loop *loop, int signal_number, loop_tick *tick, void *arg);

/* Runs until loop_stop(). */
void loop_run(struct loop *loop);

/* Listens no more, closes what is not sending, lets the rest finish for at most `grace_ms`, ends loop_run(). */
void loop_stop(struct loop *loop, unsigned grace_ms);

/* Connections open on all services. */
size_t loop_connections(const struct loop *loop);

/* The service's own memory of a connection, and back. */
void *loop_own(struct loop_conn *conn);
struct loop_conn *loop_conn_of(void *own);

/* Parks it for `ms`. */
void loop_park(struct loop_conn *conn, unsigned ms);

/* Sends an answer and unparks. The connection may be gone when this returns: do not touch it again. `left` is not
 * called. What the socket does not take at once is copied. */
void loop_send(struct loop_conn *conn, const struct iovec *parts, size_t count, enum loop_next next);

#endif
