/* SPDX-License-Identifier: BSD-2-Clause */
/* live.c - opening and ending of the live stream, and which request goes where. */
#include "rooms/live/live.h"

#include <string.h>

#include "core/check.h"
#include "core/clock.h"
#include "core/log.h"
#include "core/text.h"
#include "edge/bell.h"
#include "rooms/live/live_state.h"

#define SPARE_DESCRIPTORS 64    /* of the process, besides connections */
#define BELLS_MAX 256           /* processes that ring */
#define EPOCH_BYTES 9
#define REQUEST_MS 10000
#define IDLE_MS 60000
#define STOP_MS 2000
#define SWEEP_MS 1000

struct live_route {
	enum http_method method;
	const char *path;
	void (*handle)(struct live *live, struct loop_conn *conn, const struct http_request *request);
};

static void live_health(struct live *live, struct loop_conn *conn, const struct http_request *request);

static const struct live_route live_routes[] = {
	{ HTTP_GET, "/live/poll", live_poll },
	{ HTTP_POST, "/live/say", live_say },
	{ HTTP_GET, "/live/health", live_health }
};

/* ---- answering ---- */

static void
send_answer(struct live *live, struct loop_conn *conn, bool stays, int status, const char *more, const char *body)
{
	struct str out;
	struct iovec part;
	size_t len = strlen(body);

	str_init(&out, live->work);
	http_head(&out, status, len, stays, more);
	str_add_bytes(&out, body, len);
	part = (struct iovec){ .iov_base = out.data, .iov_len = out.len };
	loop_send(conn, &part, 1, stays ? LOOP_READ : LOOP_CLOSE);
}

void
live_answer(struct live *live, struct loop_conn *conn, const struct http_request *request, int status,
	const char *body)
{
	send_answer(live, conn, request->stays, status, "", body);
}

void
live_answer_later(struct live *live, struct loop_conn *conn, const struct http_request *request, int status,
	const char *body)
{
	send_answer(live, conn, request->stays && status != 503, status, "Retry-After: 5\r\n", body);
}

static void
live_health(struct live *live, struct loop_conn *conn, const struct http_request *request)
{
	live_answer(live, conn, request, 200, arena_printf(live->work,
		"{\"status\":\"ok\",\"polls\":%zu,\"connections\":%zu,\"memory\":%zu}", live->parked,
		loop_connections(live->loop), memory_bytes(live->memory)));
}

static void
route_request(struct live *live, struct loop_conn *conn, const struct http_request *request)
{
	for (size_t i = 0; i < COUNT_OF(live_routes); i++) {
		const struct live_route *route = &live_routes[i];

		if (!text_equal(request->path, route->path))
			continue;
		if (request->method == route->method)
			route->handle(live, conn, request);
		else
			send_answer(live, conn, request->stays, 405,
				route->method == HTTP_GET ? "Allow: GET\r\n" : "Allow: POST\r\n", "{\"error\":\"method\"}");
		return;
	}
	live_answer(live, conn, request, 404, "{\"error\":\"path\"}");
}

static enum loop_heard
live_heard(void *room, struct loop_conn *conn, char *bytes, size_t len)
{
	struct live *live = room;
	struct http_request request;
	int status = http_read(live->work, bytes, len, &request);

	/* Who only keeps a connection must not take the place of who has a question. */
	if (loop_connections(live->loop) > live->parked_max)
		request.stays = false;
	if (status == 200) {
		route_request(live, conn, &request);
	} else if (status != 0) {
		log_info("request_refused", "status=%d bytes=%zu", status, len);
		send_answer(live, conn, false, status, "", "{\"error\":\"request\"}");
	}
	arena_reset(live->work);
	return status == 0 ? LOOP_MORE : LOOP_TAKEN;
}

/* ---- opening and ending ---- */

static void
live_sweep(void *arg)
{
	struct live *live = arg;
	clock_ms steady_now = clock_steady();

	memory_age(live->memory, steady_now);
	crowd_sweep(&live->crowd, steady_now, clock_now());
}

/* How many polls may be parked, with a sixteenth more connections for requests that are answered at once. */
static size_t
polls_max(const struct conf *conf, size_t descriptors)
{
	size_t room = descriptors > BELLS_MAX + SPARE_DESCRIPTORS ? descriptors - BELLS_MAX - SPARE_DESCRIPTORS : 64;
	size_t most = room - room / 16;

	if (conf->chat_connections <= most)
		return (size_t)conf->chat_connections;
	log_warning("descriptors", "limit=%zu polls=%zu instead of chat_connections=%llu: raise the limit of open files",
		descriptors, most, (unsigned long long)conf->chat_connections);
	return most;
}

/* Connections die with the loop, which is released after us, so nothing calls back. */
static void
live_end(void *arg)
{
	struct live *live = arg;

	live_poll_end_all(live);
	crowd_clear(&live->crowd);
	memory_free(live->memory);
	arena_free(live->work);
}

struct live *
live_open(struct arena *arena, struct loop *loop, const struct conf *conf, const struct crypt_keys *keys,
	size_t descriptors)
{
	struct live *live = ARENA_NEW(arena, struct live);
	unsigned char epoch[EPOCH_BYTES];

	crypt_random(epoch, sizeof epoch);
	live->epoch = text_to_base64url(arena, epoch, sizeof epoch);
	live->loop = loop;
	live->work = arena_new();
	live->keys = keys;
	live->memory = memory_new((size_t)conf->chat_memory);
	live->parked_max = polls_max(conf, descriptors);
	crowd_init(&live->crowd, live->memory, clock_now());
	arena_on_release(arena, live_end, live);
	live_sweep(live);
	live->http = (struct loop_service){ .name = "chat", .own_size = live_poll_size(),
		.connections_max = live->parked_max + live->parked_max / 16 + 16,
		.request_max = HTTP_HEAD_MAX + HTTP_BODY_MAX, .request_ms = REQUEST_MS, .idle_ms = IDLE_MS,
		.room = live, .heard = live_heard, .due = live_poll_due, .left = live_poll_left };
	live->bells = (struct loop_service){ .name = "bell", .connections_max = BELLS_MAX,
		.request_max = BELL_PACKET_MAX, .request_ms = REQUEST_MS, .room = live, .heard = live_bell_heard };
	if (!loop_serve(loop, conf->bell_socket, LOOP_PACKETS, &live->bells)
		|| !loop_serve(loop, conf->chat_socket, LOOP_STREAM, &live->http))
		return NULL;
	loop_every(loop, SWEEP_MS, live_sweep, live);
	log_info("live", "polls=%zu memory=%llu", live->parked_max, (unsigned long long)conf->chat_memory);
	return live;
}

void
live_stop(struct live *live)
{
	log_info("stop", "polls=%zu", live->parked);
	live_poll_end_all(live);
	loop_stop(live->loop, STOP_MS);
}
