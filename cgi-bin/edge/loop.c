/* SPDX-License-Identifier: BSD-2-Clause */
/* loop.c - the door to libevent: listening, timers, signals, and the loop itself. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1           /* accept4() */
#endif

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/check.h"
#include "core/log.h"
#include "edge/listen.h"
#include "edge/loop_conn.h"

#define ACCEPTS_AT_ONCE 128
#define PAUSE_MS 100            /* after the machine ran out of descriptors */

struct ticker {
	struct event event;
	loop_tick *tick;
	void *arg;
};

struct timeval
loop_timeval(unsigned ms)
{
	return (struct timeval){ .tv_sec = ms / 1000, .tv_usec = (suseconds_t)(ms % 1000) * 1000 };
}

/* ---- listening ---- */

void
loop_listener_go_on(struct listener *listener)
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
	struct timeval time = loop_timeval(PAUSE_MS);
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
	loop_listener_go_on(arg);
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
			loop_conn_open(listener, conn);
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
	struct timeval time = loop_timeval(ms);

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
			loop_conn_close(LIST_ENTRY(at, struct loop_conn, link));
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
	struct timeval time = loop_timeval(grace_ms);
	struct link *at, *after;

	loop->stopping = true;
	for (struct listener *listener = loop->listeners; listener != NULL; listener = listener->next) {
		listener_close(listener);
		LIST_EACH(at, after, &listener->conns) {
			struct loop_conn *conn = LIST_ENTRY(at, struct loop_conn, link);

			if (conn->state != SENDING)
				loop_conn_left(conn);
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
