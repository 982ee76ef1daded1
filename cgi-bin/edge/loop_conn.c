/* SPDX-License-Identifier: BSD-2-Clause */
/* loop_conn.c - connections: bare events on descriptors, no buffers for those that only wait.
 *
 * A connection lives as long as its client wants, not as long as a request, so connections and their buffers come
 * from malloc and are freed here, and nowhere else.
 */
#include "edge/loop_conn.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/check.h"

/* What came of a request so far, or what is left of an answer. */
struct loop_buffer {
	size_t at;
	size_t len;
	size_t room;
	char bytes[];
};

_Static_assert(sizeof(struct loop_conn) % 8 == 0, "own memory behind it must be aligned");

static void *
take(size_t size)
{
	void *memory = calloc(1, size);

	CHECK(memory != NULL);
	return memory;
}

static uint32_t
steady_second(void)
{
	return (uint32_t)(clock_steady() / CLOCK_SECOND);
}

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
	struct timeval time = loop_timeval(ms);
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

void
loop_conn_close(struct loop_conn *conn)
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
		loop_listener_go_on(listener);
	if (loop->stopping && loop->sending == 0)
		event_base_loopbreak(loop->base);
}

void
loop_conn_left(struct loop_conn *conn)
{
	const struct loop_service *service = conn->listener->service;

	if (conn->state == PARKED)
		service->left(service->room, conn);
	loop_conn_close(conn);
}

static void
conn_sent(struct loop_conn *conn)
{
	if (conn->next == LOOP_CLOSE || conn->listener->loop->stopping)
		loop_conn_close(conn);
	else
		conn_idle(conn);
}

static void
conn_write(struct loop_conn *conn)
{
	struct loop_buffer *buffer = conn->buffer;
	ssize_t sent = send(event_get_fd(&conn->event), buffer->bytes + buffer->at, buffer->len - buffer->at,
		MSG_NOSIGNAL);

	if (sent < 0) {
		if (errno != EAGAIN && errno != EINTR)
			loop_conn_close(conn);
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
	struct loop_buffer *buffer = conn->buffer;

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
		loop_conn_close(conn);
		return;
	}
	had += (size_t)got;
	scratch[had] = '\0';
	if (service->heard(service->room, conn, scratch, had) == LOOP_TAKEN)
		return;
	if (had > service->request_max)
		loop_conn_close(conn);
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
		loop_conn_close(conn);
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
			loop_conn_close(conn);
	} else if (conn->state == PARKED) {
		loop_conn_left(conn);
	} else if (conn->state == SENDING) {
		conn_write(conn);
	} else if (conn->listener->kind == LOOP_PACKETS) {
		conn_read_packet(conn);
	} else {
		conn_read(conn);
	}
}

void
loop_conn_open(struct listener *listener, int fd)
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
		struct loop_buffer *buffer = conn->buffer;

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
		loop_conn_close(conn);
	else if (sent >= 0 && (size_t)sent == len)
		conn_sent(conn);
	else
		send_later(conn, parts, count, sent < 0 ? 0 : (size_t)sent);
}
