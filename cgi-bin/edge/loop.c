/* SPDX-License-Identifier: BSD-2-Clause */
/* loop.c - the door to libevent: bare events on descriptors, no buffers for connections that only wait.
 *
 * A connection lives as long as its client wants, not as long as a request, so connections and their buffers come
 * from malloc and are freed here, and nowhere else.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1           /* accept4() */
#endif

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <event2/event.h>
#include <event2/event_struct.h>

#include "core/check.h"
#include "core/clock.h"
#include "core/list.h"
#include "core/log.h"
#include "edge/listen.h"
#include "edge/loop.h"

#define ACCEPTS_AT_ONCE 128
#define PAUSE_MS 100            /* after the machine ran out of descriptors */

enum conn_state { READING, PARKED, SENDING };

/* What came of a request so far, or what is left of an answer. */
struct buffer {
	size_t at;
	size_t len;
	size_t room;
	char bytes[];
};

struct loop_conn {
	struct event event;
	struct link link;               /* of its listener */
	struct listener *listener;
	struct buffer *buffer;          /* NULL most of the time */
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

struct ticker {
	struct event event;
	loop_tick *tick;
	void *arg;
};

struct loop {
	struct event_base *base;
	struct arena *arena;
	struct listener *listeners;
	size_t sending;
	bool stopping;
	char scratch[LOOP_REQUEST_MAX + 2];
};

_Static_assert(sizeof(struct loop_conn) % 8 == 0, "own memory behind it must be aligned");

static void *
take(size_t size)
{
	void *memory = calloc(1, size);

	CHECK(memory != NULL);
	return memory;
}

static struct timeval
timeval_of(unsigned ms)
{
	return (struct timeval){ .tv_sec = ms / 1000, .tv_usec = (suseconds_t)(ms % 1000) * 1000 };
}

static uint32_t
steady_second(void)
{
	return (uint32_t)(clock_steady() / CLOCK_SECOND);
}

/* ---- connections ---- */

static void conn_event(evutil_socket_t fd, short what, void *arg);

static void
drop_buffer(struct loop_conn *conn)
{
	free(conn->buffer);
	conn->buffer = NULL;
}

/* Waits for `what` on the connection for at most `ms`; 0 is for ever. */
static void
conn_wait(struct loop_conn *conn, short what, unsigned ms)
{
	struct timeval time = timeval_of(ms);
	struct event *event = &conn->event;
	struct event_base *base = conn->listener->loop->base;

	what |= EV_PERSIST;
	if ((event_get_events(event) & (EV_READ | EV_WRITE)) != (what & (EV_READ | EV_WRITE))) {
		event_del(event);
		CHECK(event_assign(event, base, event_get_fd(event), what, conn_event, conn) == 0);
	} else if (ms == 0) {
		event_remove_timer(event);
	}
	CHECK(event_add(event, ms == 0 ? NULL : &time) == 0);
}

static void
conn_idle(struct loop_conn *conn)
{
	if (conn->state == SENDING)
		conn->listener->loop->sending--;
	drop_buffer(conn);
	conn->state = READING;
	conn->deadline = 0;
	conn_wait(conn, EV_READ, conn->listener->service->idle_ms);
}

static void listener_go_on(struct listener *listener);

static void
conn_close(struct loop_conn *conn)
{
	struct listener *listener = conn->listener;
	struct loop *loop = listener->loop;

	if (conn->state == SENDING)
		loop->sending--;
	event_del(&conn->event);
	close(event_get_fd(&conn->event));
	list_remove(&conn->link);
	drop_buffer(conn);
	free(conn);
	listener->count--;
	if (listener->paused && listener->count < listener->service->connections_max)
		listener_go_on(listener);
	if (loop->stopping && loop->sending == 0)
		event_base_loopbreak(loop->base);
}

static void
conn_left(struct loop_conn *conn)
{
	const struct loop_service *service = conn->listener->service;

	if (conn->state == PARKED)
		service->left(service->room, conn);
	conn_close(conn);
}

static void
conn_sent(struct loop_conn *conn)
{
	if (conn->next == LOOP_CLOSE || conn->listener->loop->stopping)
		conn_close(conn);
	else
		conn_idle(conn);
}

static void
conn_write(struct loop_conn *conn)
{
	struct buffer *buffer = conn->buffer;
	ssize_t sent = send(event_get_fd(&conn->event), buffer->bytes + buffer->at, buffer->len - buffer->at,
		MSG_NOSIGNAL);

	if (sent < 0) {
		if (errno != EAGAIN && errno != EINTR)
			conn_close(conn);
		return;
	}
	buffer->at += (size_t)sent;
	if (buffer->at == buffer->len)
		conn_sent(conn);
}

/* Keeps an unfinished request until more of it comes. */
static void
conn_keep(struct loop_conn *conn, const char *bytes, size_t len)
{
	const struct loop_service *service = conn->listener->service;
	struct buffer *buffer = conn->buffer;

	if (conn->deadline == 0)
		conn->deadline = steady_second() + service->request_ms / 1000 + 1;
	if (buffer == NULL || buffer->room < len) {
		drop_buffer(conn);
		buffer = conn->buffer = take(sizeof *buffer + 2 * len);
		buffer->room = 2 * len;
	}
	memcpy(buffer->bytes, bytes, len);
	buffer->len = len;
	conn_wait(conn, EV_READ, service->request_ms);
}

static void
conn_read(struct loop_conn *conn)
{
	const struct loop_service *service = conn->listener->service;
	char *scratch = conn->listener->loop->scratch;
	size_t had = conn->buffer == NULL ? 0 : conn->buffer->len;
	ssize_t got;

	if (had > 0)
		memcpy(scratch, conn->buffer->bytes, had);
	got = recv(event_get_fd(&conn->event), scratch + had, service->request_max + 1 - had, 0);
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0 || (conn->deadline != 0 && steady_second() > conn->deadline)) {
		conn_close(conn);
		return;
	}
	had += (size_t)got;
	scratch[had] = '\0';
	if (service->heard(service->room, conn, scratch, had) == LOOP_TAKEN)
		return;
	if (had > service->request_max)
		conn_close(conn);
	else
		conn_keep(conn, scratch, had);
}

static void
conn_read_packet(struct loop_conn *conn)
{
	const struct loop_service *service = conn->listener->service;
	char *scratch = conn->listener->loop->scratch;
	ssize_t got = recv(event_get_fd(&conn->event), scratch, service->request_max + 1, 0);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0) {
		conn_close(conn);
		return;
	}
	scratch[got] = '\0';
	service->heard(service->room, conn, scratch, (size_t)got);
}

static void
conn_event(evutil_socket_t fd, short what, void *arg)
{
	struct loop_conn *conn = arg;
	const struct loop_service *service = conn->listener->service;

	(void)fd;
	if ((what & EV_TIMEOUT) && !(what & (EV_READ | EV_WRITE))) {
		if (conn->state == PARKED)
			service->due(service->room, conn);
		else
			conn_close(conn);
	} else if (conn->state == PARKED) {
		conn_left(conn);
	} else if (conn->state == SENDING) {
		conn_write(conn);
	} else if (conn->listener->kind == LOOP_PACKETS) {
		conn_read_packet(conn);
	} else {
		conn_read(conn);
	}
}

static void
conn_open(struct listener *listener, int fd)
{
	struct loop_conn *conn = take(sizeof *conn + listener->service->own_size);

	conn->listener = listener;
	conn->state = READING;
	list_add(&listener->conns, &conn->link);
	listener->count++;
	CHECK(event_assign(&conn->event, listener->loop->base, fd, EV_READ | EV_PERSIST, conn_event, conn) == 0);
	conn_wait(conn, EV_READ, listener->kind == LOOP_PACKETS ? listener->service->idle_ms : listener->service->request_ms);
}

void *
loop_own(struct loop_conn *conn)
{
	return conn + 1;
}

struct loop_conn *
loop_conn_of(void *own)
{
	return (struct loop_conn *)own - 1;
}

void
loop_park(struct loop_conn *conn, unsigned ms)
{
	drop_buffer(conn);
	conn->state = PARKED;
	conn->deadline = 0;
	conn_wait(conn, EV_READ, ms);
}

/* Copies what the socket did not take, and waits until it takes more. */
static void
send_later(struct loop_conn *conn, const struct iovec *parts, size_t count, size_t sent)
{
	size_t len = 0;

	for (size_t i = 0; i < count; i++)
		len += parts[i].iov_len;
	drop_buffer(conn);
	conn->buffer = take(sizeof *conn->buffer + len - sent);
	for (size_t i = 0; i < count; i++) {
		size_t skip = sent < parts[i].iov_len ? sent : parts[i].iov_len;
		struct buffer *buffer = conn->buffer;

		memcpy(buffer->bytes + buffer->len, (const char *)parts[i].iov_base + skip, parts[i].iov_len - skip);
		buffer->len += parts[i].iov_len - skip;
		sent -= skip;
	}
	if (conn->state != SENDING)
		conn->listener->loop->sending++;
	conn->state = SENDING;
	conn_wait(conn, EV_WRITE, conn->listener->service->request_ms);
}

void
loop_send(struct loop_conn *conn, const struct iovec *parts, size_t count, enum loop_next next)
{
	struct iovec copy[LOOP_PARTS_MAX];
	struct msghdr message = { .msg_iov = copy, .msg_iovlen = count };
	size_t len = 0;
	ssize_t sent;

	CHECK(count <= LOOP_PARTS_MAX && conn->state != SENDING);
	for (size_t i = 0; i < count; i++) {
		copy[i] = parts[i];
		len += parts[i].iov_len;
	}
	conn->next = (uint8_t)next;
	sent = sendmsg(event_get_fd(&conn->event), &message, MSG_NOSIGNAL);
	if (sent < 0 && errno != EAGAIN && errno != EINTR)
		conn_close(conn);
	else if (sent >= 0 && (size_t)sent == len)
		conn_sent(conn);
	else
		send_later(conn, parts, count, sent < 0 ? 0 : (size_t)sent);
}

/* ---- listening ---- */

static void
listener_go_on(struct listener *listener)
{
	if (listener->loop->stopping)
		return;
	listener->paused = false;
	event_del(&listener->pause);
	CHECK(event_add(&listener->event, NULL) == 0);
}

/* Leaves newcomers in the kernel's queue for a while, instead of asking again and again. */
static void
listener_pause(struct listener *listener, const char *why)
{
	struct timeval time = timeval_of(PAUSE_MS);
	clock_ms now = clock_steady();

	listener->paused = true;
	event_del(&listener->event);
	if (listener->count < listener->service->connections_max)
		CHECK(event_add(&listener->pause, &time) == 0);
	if (listener->complained_at == 0 || now - listener->complained_at > CLOCK_MINUTE) {
		listener->complained_at = now;
		log_warning("accept_paused", "service=%s connections=%zu why=\"%s\"", listener->service->name,
			listener->count, why);
	}
}

static void
pause_over(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	listener_go_on(arg);
}

static void
listener_event(evutil_socket_t fd, short what, void *arg)
{
	struct listener *listener = arg;

	(void)what;
	for (int i = 0; i < ACCEPTS_AT_ONCE; i++) {
		int conn;

		if (listener->count >= listener->service->connections_max) {
			listener_pause(listener, "connection limit");
			return;
		}
		conn = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (conn >= 0) {
			conn_open(listener, conn);
			continue;
		}
		if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
			listener_pause(listener, strerror(errno));
		return;
	}
}

bool
loop_serve(struct loop *loop, const char *path, enum loop_kind kind, const struct loop_service *service)
{
	struct listener *listener = ARENA_NEW(loop->arena, struct listener);
	int fd = listen_unix(path, kind == LOOP_PACKETS ? SOCK_SEQPACKET : SOCK_STREAM);

	CHECK(service->request_max <= LOOP_REQUEST_MAX);
	if (fd < 0) {
		log_error("listen_failed", "service=%s socket=\"%s\" why=\"%s\"", service->name, path,
			errno == EADDRINUSE ? "another one listens there" : strerror(errno));
		return false;
	}
	listener->loop = loop;
	listener->service = service;
	listener->path = arena_text(loop->arena, path);
	listener->kind = kind;
	listener->fd = fd;
	list_init(&listener->conns);
	CHECK(event_assign(&listener->event, loop->base, fd, EV_READ | EV_PERSIST, listener_event, listener) == 0);
	CHECK(event_assign(&listener->pause, loop->base, -1, 0, pause_over, listener) == 0);
	CHECK(event_add(&listener->event, NULL) == 0);
	listener->next = loop->listeners;
	loop->listeners = listener;
	return true;
}

static void
listener_close(struct listener *listener)
{
	if (listener->fd < 0)
		return;
	event_del(&listener->event);
	event_del(&listener->pause);
	close(listener->fd);
	listener->fd = -1;
	unlink(listener->path);
}

/* ---- the loop ---- */

static void
ticker_event(evutil_socket_t fd, short what, void *arg)
{
	struct ticker *ticker = arg;

	(void)fd;
	(void)what;
	ticker->tick(ticker->arg);
}

static void
loop_watch(struct loop *loop, int fd, short what, struct ticker *ticker)
{
	CHECK(event_assign(&ticker->event, loop->base, fd, what, ticker_event, ticker) == 0);
}

static struct ticker *
ticker_new(struct loop *loop, loop_tick *tick, void *arg)
{
	struct ticker *ticker = ARENA_NEW(loop->arena, struct ticker);

	ticker->tick = tick;
	ticker->arg = arg;
	return ticker;
}

void
loop_every(struct loop *loop, unsigned ms, loop_tick *tick, void *arg)
{
	struct ticker *ticker = ticker_new(loop, tick, arg);
	struct timeval time = timeval_of(ms);

	loop_watch(loop, -1, EV_PERSIST, ticker);
	CHECK(event_add(&ticker->event, &time) == 0);
}

void
loop_on_signal(struct loop *loop, int signal_number, loop_tick *tick, void *arg)
{
	struct ticker *ticker = ticker_new(loop, tick, arg);

	loop_watch(loop, signal_number, EV_SIGNAL | EV_PERSIST, ticker);
	CHECK(event_add(&ticker->event, NULL) == 0);
}

static void
loop_end(void *arg)
{
	struct loop *loop = arg;
	struct link *at, *after;

	loop->stopping = true;
	for (struct listener *listener = loop->listeners; listener != NULL; listener = listener->next) {
		listener_close(listener);
		LIST_EACH(at, after, &listener->conns)
			conn_close(LIST_ENTRY(at, struct loop_conn, link));
	}
	event_base_free(loop->base);
}

struct loop *
loop_new(struct arena *arena)
{
	struct loop *loop = ARENA_NEW(arena, struct loop);
	struct event_config *config = event_config_new();

	CHECK(config != NULL);
	event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
	loop->base = event_base_new_with_config(config);
	event_config_free(config);
	CHECK(loop->base != NULL);
	loop->arena = arena;
	arena_on_release(arena, loop_end, loop);
	return loop;
}

void
loop_run(struct loop *loop)
{
	event_base_dispatch(loop->base);
}

void
loop_stop(struct loop *loop, unsigned grace_ms)
{
	struct timeval time = timeval_of(grace_ms);
	struct link *at, *after;

	loop->stopping = true;
	for (struct listener *listener = loop->listeners; listener != NULL; listener = listener->next) {
		listener_close(listener);
		LIST_EACH(at, after, &listener->conns) {
			struct loop_conn *conn = LIST_ENTRY(at, struct loop_conn, link);

			if (conn->state != SENDING)
				conn_left(conn);
		}
	}
	if (loop->sending == 0)
		event_base_loopbreak(loop->base);
	else
		event_base_loopexit(loop->base, &time);
}

size_t
loop_connections(const struct loop *loop)
{
	size_t count = 0;

	for (const struct listener *listener = loop->listeners; listener != NULL; listener = listener->next)
		count += listener->count;
	return count;
}
