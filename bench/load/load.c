/* SPDX-License-Identifier: BSD-2-Clause */
/* load.c - time, samples, connections and replies of the load generators. */
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define REPLY_ROOM 2048
#define PER_ADDRESS 8192        /* connections of one source address */

_Noreturn void
load_fail(const char *what)
{
	perror(what);
	exit(1);
}

uint64_t
load_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void
load_raise_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void *
grown(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (memory == NULL)
		load_fail("memory");
	return memory;
}

/* --- samples */

void
samples_add(struct samples *samples, uint64_t value)
{
	if (samples->count == samples->room) {
		samples->room = samples->room != 0 ? samples->room * 2 : 1024;
		samples->values = grown(samples->values, samples->room * sizeof *samples->values);
	}
	samples->values[samples->count++] = value;
}

static int
by_value(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

double
samples_quantile(struct samples *samples, double share)
{
	size_t at;

	if (samples->count == 0)
		return 0;
	qsort(samples->values, samples->count, sizeof *samples->values, by_value);
	at = (size_t)((double)samples->count * share);
	return (double)samples->values[at < samples->count ? at : samples->count - 1] / 1000;
}

/* --- requests */

struct lines
lines_read(const char *file)
{
	FILE *from = fopen(file, "r");
	struct lines lines = { NULL, 0 };
	size_t room = 0, line_room = 0;
	char *line = NULL;
	ssize_t len;

	if (from == NULL)
		load_fail(file);
	while ((len = getline(&line, &line_room, from)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (lines.count == room) {
			room = room != 0 ? room * 2 : 256;
			lines.lines = grown(lines.lines, room * sizeof *lines.lines);
		}
		lines.lines[lines.count++] = line;
		line = NULL;
		line_room = 0;
	}
	fclose(from);
	return lines;
}

static char *
field_cut(char **rest)
{
	char *field = *rest;
	char *end = strchr(field, '\t');

	if (end != NULL)
		*end++ = '\0';
	*rest = end != NULL ? end : field + strlen(field);
	return field;
}

struct request_text
request_of(char *line)
{
	struct request_text request;

	request.method = field_cut(&line);
	request.path = field_cut(&line);
	request.headers = field_cut(&line);
	request.body = field_cut(&line);
	return request;
}

static size_t
fill(const char *text, const char *id, uint64_t time, char *out, size_t room)
{
	size_t len = 0;

	while (*text != '\0' && len + 40 < room) {
		if (strncmp(text, "{id}", 4) == 0) {
			len += (size_t)snprintf(out + len, room - len, "%s", id);
			text += 4;
		} else if (strncmp(text, "{time}", 6) == 0) {
			len += (size_t)snprintf(out + len, room - len, "%llu", (unsigned long long)time);
			text += 6;
		} else {
			out[len++] = *text++;
		}
	}
	out[len] = '\0';
	return len;
}

size_t
request_write(const struct request_text *request, const char *more, const char *id, uint64_t time, char *bytes, size_t room)
{
	char path[4096], body[4096];
	const char *header = request->headers;
	size_t body_len = fill(request->body, id, time, body, sizeof body), len;

	fill(request->path, id, time, path, sizeof path);
	len = (size_t)snprintf(bytes, room, "%s %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\n", request->method, path, more);
	while (*header != '\0' && len + 512 < room) {
		len += (size_t)snprintf(bytes + len, room - len, "%.*s\r\n", (int)strcspn(header, "|"), header);
		header += strcspn(header, "|");
		header += *header == '|';
	}
	if (strcmp(request->method, "POST") == 0)
		len += (size_t)snprintf(bytes + len, room - len, "Content-Length: %zu\r\n", body_len);
	return len + (size_t)snprintf(bytes + len, room - len, "\r\n%s", body);
}

/* --- connections */

int
load_connect(unsigned port, unsigned number)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + number / PER_ADDRESS) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), yes = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
	if (bind(fd, (struct sockaddr *)&from, sizeof from) == 0
		&& (connect(fd, (struct sockaddr *)&to, sizeof to) == 0 || errno == EINPROGRESS))
		return fd;
	close(fd);
	return -1;
}

/* --- replies */

/* A header's value, or NULL. */
static const char *
header(const char *head, const char *name)
{
	size_t len = strlen(name);

	for (head = strstr(head, "\r\n"); head != NULL && strncmp(head, "\r\n\r\n", 4) != 0; head = strstr(head + 2, "\r\n"))
		if (strncasecmp(head + 2, name, len) == 0 && head[2 + len] == ':')
			return head + 3 + len + strspn(head + 3 + len, " ");
	return NULL;
}

/* Is it whole? Chunked bodies are not taken apart: what is looked for in them is never parted. */
static enum reply_state
reply_look(struct reply *reply)
{
	char *end;
	const char *value;

	reply->bytes[reply->len] = '\0';
	end = strstr(reply->bytes, "\r\n\r\n");
	if (end == NULL)
		return REPLY_MORE;
	if (strncmp(reply->bytes, "HTTP/1.", 7) != 0)
		return REPLY_BROKEN;
	reply->status = (int)strtol(reply->bytes + 9, NULL, 10);
	reply->body = end + 4;
	reply->body_len = reply->len - (size_t)(reply->body - reply->bytes);
	value = header(reply->bytes, "Connection");
	reply->closes = value != NULL && strncasecmp(value, "close", 5) == 0;
	value = header(reply->bytes, "Retry-After");
	reply->retry_after = value != NULL ? (unsigned)strtoul(value, NULL, 10) : 0;
	if (reply->status == 204 || reply->status == 304)
		return REPLY_WHOLE;
	value = header(reply->bytes, "Content-Length");
	if (value != NULL)
		return reply->body_len >= strtoul(value, NULL, 10) ? REPLY_WHOLE : REPLY_MORE;
	value = header(reply->bytes, "Transfer-Encoding");
	if (value == NULL)
		return REPLY_BROKEN;
	return reply->body_len >= 5 && memcmp(reply->bytes + reply->len - 5, "0\r\n\r\n", 5) == 0 ? REPLY_WHOLE : REPLY_MORE;
}

enum reply_state
reply_read(struct reply *reply, int fd)
{
	enum reply_state state = REPLY_MORE;
	ssize_t got;

	while (state == REPLY_MORE) {
		if (reply->room - reply->len < 2) {
			reply->room = reply->room != 0 ? reply->room * 2 : REPLY_ROOM;
			reply->bytes = grown(reply->bytes, reply->room);
		}
		got = recv(fd, reply->bytes + reply->len, reply->room - reply->len - 1, MSG_DONTWAIT);
		if (got == 0)
			return REPLY_GONE;
		if (got < 0)
			return errno == EAGAIN || errno == EINTR ? REPLY_MORE : REPLY_GONE;
		reply->len += (size_t)got;
		state = reply_look(reply);
	}
	return state;
}

void
reply_clear(struct reply *reply)
{
	free(reply->bytes);
	*reply = (struct reply){ .bytes = NULL };
}
