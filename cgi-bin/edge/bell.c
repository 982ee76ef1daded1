/* SPDX-License-Identifier: BSD-2-Clause */
/* bell.c - ringing hark-chat: never longer than a moment, and never a reason for a request to fail. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1           /* strchrnul() */
#endif

#include "edge/bell.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/check.h"
#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "core/text.h"

#define RING_WAIT_MS 200        /* for room in the queue */
#define ANSWER_WAIT_MS 1000
#define NO_WAIT_AFTER_LOSS CLOCK_SECOND   /* a stuck daemon must not slow down every request */

struct bell {
	struct sockaddr_un address;     /* without a path when it was too long */
	int fd;                         /* -1: not connected */
	clock_ms lost_at;               /* steady; the last loss by a full queue */
	clock_ms complained_at;
	uint64_t lost;                  /* since the last complaint */
	struct str packet;              /* its room is used again and again: callers ring in loops that may be long */
};

const char *
bell_topic(struct arena *arena, tenant_id tenant, char letter, uint64_t id)
{
	return arena_printf(arena, "%llu.%c%llu", (unsigned long long)tenant.id, letter, (unsigned long long)id);
}

const char *
bell_topic_of_all(struct arena *arena, tenant_id tenant, char letter)
{
	return arena_printf(arena, "%llu.%c", (unsigned long long)tenant.id, letter);
}

/* ---- ringing ---- */

static void
bell_hang_up(void *arg)
{
	struct bell *bell = arg;

	if (bell->fd >= 0)
		close(bell->fd);
	bell->fd = -1;
}

struct bell *
bell_new(struct arena *arena, const char *socket_path)
{
	struct bell *bell = ARENA_NEW(arena, struct bell);
	size_t len = strlen(socket_path);

	str_init(&bell->packet, arena);
	bell->fd = -1;
	bell->address.sun_family = AF_UNIX;
	if (len < sizeof bell->address.sun_path)
		memcpy(bell->address.sun_path, socket_path, len);
	else
		log_error("bell", "the socket's path is too long: \"%s\"", socket_path);
	arena_on_release(arena, bell_hang_up, bell);
	return bell;
}

static bool
bell_connect(struct bell *bell)
{
	struct timeval wait = { .tv_usec = RING_WAIT_MS * 1000 };
	int why;

	bell->fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (bell->fd < 0)
		return false;
	if (setsockopt(bell->fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) == 0
		&& connect(bell->fd, (const struct sockaddr *)&bell->address, sizeof bell->address) == 0)
		return true;
	why = errno;
	bell_hang_up(bell);
	errno = why;
	return false;
}

/* Did it cost the full wait a moment ago? */
static bool
bell_is_stuck(const struct bell *bell)
{
	return bell->lost_at != 0 && clock_steady() - bell->lost_at < NO_WAIT_AFTER_LOSS;
}

/* One attempt, or two when the first finds that the daemon was restarted. */
static bool
bell_try(struct bell *bell, const char *packet, size_t len)
{
	bool stuck = bell_is_stuck(bell);
	bool connected = bell->fd >= 0;
	ssize_t sent;

	errno = EAGAIN;
	if (!connected && (stuck || !bell_connect(bell)))
		return false;
	do
		sent = send(bell->fd, packet, len, MSG_NOSIGNAL | (stuck ? MSG_DONTWAIT : 0));
	while (sent < 0 && errno == EINTR);
	if (sent >= 0 || errno == EAGAIN)
		return sent >= 0;
	bell_hang_up(bell);
	return connected && bell_try(bell, packet, len);
}

static bool
bell_send(struct bell *bell, const char *packet, size_t len)
{
	clock_ms now;

	if (len > BELL_PACKET_MAX)
		errno = EMSGSIZE;
	else if (bell_try(bell, packet, len))
		return true;
	if (errno == EAGAIN && !bell_is_stuck(bell))
		bell->lost_at = clock_steady();
	bell->lost++;
	now = clock_steady();
	if (bell->complained_at == 0 || now - bell->complained_at >= CLOCK_MINUTE) {
		log_warning("bell_lost", "count=%llu why=\"%s\"", (unsigned long long)bell->lost, strerror(errno));
		bell->complained_at = now;
		bell->lost = 0;
	}
	return false;
}

static void
bell_say(struct bell *bell, const char *verb, const char *line, const char *json)
{
	str_clear(&bell->packet);
	str_addf(&bell->packet, "%s\n%s\n%s", verb, line, json);
	bell_send(bell, bell->packet.data, bell->packet.len);
}

void
bell_ring(struct bell *bell, const char *topics, const char *json)
{
	bell_say(bell, "event", topics, json);
}

void
bell_cut(struct bell *bell, const char *who)
{
	bell_say(bell, "cut", who, "");
}

const char *
bell_present(struct bell *bell, struct arena *arena, const char *topics, const char **epoch)
{
	const char *question = arena_printf(arena, "present\n%s\n", topics);
	struct pollfd wait;
	char *names;
	ssize_t got;

	if (!bell_send(bell, question, strlen(question)))
		return NULL;
	wait = (struct pollfd){ .fd = bell->fd, .events = POLLIN };
	names = arena_alloc(arena, BELL_PACKET_MAX + 1);
	got = poll(&wait, 1, ANSWER_WAIT_MS) == 1 ? recv(bell->fd, names, BELL_PACKET_MAX, MSG_DONTWAIT) : -1;
	if (got <= 0 || names[got - 1] != '\n') {
		bell_hang_up(bell);     /* a late answer must not be taken for that of the next question */
		return NULL;
	}
	names[got - 1] = '\0';
	*epoch = names;
	names += strcspn(names, " ");
	if (*names == ' ')
		*names++ = '\0';
	return names;
}

/* ---- being rung ---- */

static bool
is_small_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool
bell_is_topic(const char *text, size_t len)
{
	size_t at = 0;

	if (len > BELL_TOPIC_MAX || len == 0 || text[0] == '0')
		return false;
	while (at < len && text[at] >= '0' && text[at] <= '9')
		at++;
	if (at == 0 || at + 1 >= len || text[at] != '.' || text[at + 1] < 'a' || text[at + 1] > 'z')
		return false;
	for (at += 2; at < len; at++)
		if (!is_small_or_digit(text[at]))
			return false;
	return true;
}

/* Cuts the next line off; NULL when there is none. */
static char *
next_line(char **rest)
{
	char *line = *rest;
	char *end = strchr(line, '\n');

	if (end == NULL)
		return NULL;
	*end = '\0';
	*rest = end + 1;
	return line;
}

static bool
split_topics(char *line, struct bell_packet *packet)
{
	for (;;) {
		char *end = strchrnul(line, ' ');
		bool last = *end == '\0';

		if (packet->topic_count == BELL_TOPICS_MAX || !bell_is_topic(line, (size_t)(end - line)))
			return false;
		*end = '\0';
		packet->topics[packet->topic_count++] = line;
		if (last)
			return true;
		line = end + 1;
	}
}

static bool
parse_verb(const char *line, enum bell_verb *verb)
{
	static const char *const verbs[] = { [BELL_EVENT] = "event", [BELL_CUT] = "cut", [BELL_PRESENT] = "present" };

	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		if (text_equal(line, verbs[i])) {
			*verb = (enum bell_verb)i;
			return true;
		}
	}
	return false;
}

/* It goes out to browsers as it came, inside an array: it must at least look like one object on one line. */
static bool
looks_like_object(const char *json, size_t len)
{
	if (len < 2 || json[0] != '{' || json[len - 1] != '}' || !text_is_utf8(json, len))
		return false;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)json[i] < ' ')
			return false;
	return true;
}

bool
bell_parse(char *bytes, size_t len, struct bell_packet *packet)
{
	char *rest = bytes;
	char *verb, *topics;

	*packet = (struct bell_packet){ .verb = BELL_EVENT };
	if (len > BELL_PACKET_MAX || memchr(bytes, '\0', len) != NULL)
		return false;
	bytes[len] = '\0';
	verb = next_line(&rest);
	topics = verb == NULL ? NULL : next_line(&rest);
	if (topics == NULL || !parse_verb(verb, &packet->verb) || !split_topics(topics, packet))
		return false;
	len -= (size_t)(rest - bytes);
	if (packet->verb == BELL_EVENT) {
		packet->json = rest;
		return looks_like_object(rest, len);
	}
	return len == 0 && (packet->verb == BELL_PRESENT || packet->topic_count == 1);
}
