/* SPDX-License-Identifier: BSD-2-Clause */
/* relay_floor.c - an evhttp relay without logic: GET /…?channel=N waits, a packet "N\n{…}" answers all who wait for N.
 * usage: relay_floor HTTP-SOCKET BELL-SOCKET */
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "floor.h"

#define CHANNELS 65536          /* ids are taken modulo this; the benchmark's are consecutive */
#define PACKET_MAX 32768

/* Who waits, or, when a packet found nobody between two polls, what the next one gets. */
struct channel {
	struct evhttp_request *waiting;
	char *pending;
};

static struct channel channels[CHANNELS];

static void
answer(struct evhttp_request *request, const char *json)
{
	struct evbuffer *body = evbuffer_new();

	evbuffer_add_printf(body, "{\"events\":[%s]}", json);
	evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Type", "application/json");
	evhttp_send_reply(request, 200, "OK", body);
	evbuffer_free(body);
}

static void
on_request(struct evhttp_request *request, void *arg)
{
	const char *query = evhttp_uri_get_query(evhttp_request_get_evhttp_uri(request));
	struct channel *channel = &channels[floor_parameter(query, "channel") % CHANNELS];

	(void)arg;
	if (channel->pending != NULL) {
		answer(request, channel->pending);
		free(channel->pending);
		channel->pending = NULL;
		return;
	}
	channel->waiting = request;
}

static void
on_packet(evutil_socket_t fd, short what, void *arg)
{
	static char packet[PACKET_MAX + 1];
	ssize_t len = recv(fd, packet, PACKET_MAX, MSG_DONTWAIT);
	struct channel *channel;
	char *json;

	(void)what;
	if (len == 0) {
		event_free(*(struct event **)arg);
		free(arg);
		close(fd);
	}
	if (len <= 0)
		return;
	packet[len] = '\0';
	json = strchr(packet, '\n');
	if (json == NULL)
		return;
	channel = &channels[strtoull(packet, NULL, 10) % CHANNELS];
	if (channel->waiting != NULL) {
		answer(channel->waiting, json + 1);
		channel->waiting = NULL;
	} else {
		free(channel->pending);
		channel->pending = strdup(json + 1);
	}
}

static void
on_ringer(evutil_socket_t listening, short what, void *base)
{
	int fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	struct event **event;

	(void)what;
	if (fd < 0)
		return;
	event = malloc(sizeof(*event));
	if (event == NULL)
		floor_fail("event");
	*event = event_new(base, fd, EV_READ | EV_PERSIST, on_packet, event);
	event_add(*event, NULL);
}

static int
listen_at(const char *path, int type)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	unlink(path);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 4096) != 0)
		floor_fail(path);
	return fd;
}

int
main(int argc, char **argv)
{
	struct rlimit limit;
	struct event_base *base;
	struct evhttp *http;

	if (argc != 3) {
		fputs("usage: relay_floor HTTP-SOCKET BELL-SOCKET\n", stderr);
		return 2;
	}
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
	umask(0);
	base = event_base_new();
	http = evhttp_new(base);
	evhttp_set_gencb(http, on_request, NULL);
	evhttp_bind_listener(http, evconnlistener_new(base, NULL, NULL, LEV_OPT_CLOSE_ON_FREE, 0, listen_at(argv[1], SOCK_STREAM)));
	event_add(event_new(base, listen_at(argv[2], SOCK_SEQPACKET), EV_READ | EV_PERSIST, on_ringer, base), NULL);
	event_base_dispatch(base);
	return 0;
}
