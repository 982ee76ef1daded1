/* SPDX-License-Identifier: BSD-2-Clause */
/* send.c - sends requests of a file in turn over some connections, as fast as answers come or at a fixed rate, and tells
 * how many were answered and how fast. At a fixed rate the time counts from when a request was due.
 * usage: send --port N --requests FILE [--connections N] [--seconds N] [--rate PER-SECOND] [--show] */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load.h"

#define SECOND 1000000000ULL
#define PATIENCE (10 * SECOND)
#define REQUEST_MAX 16384

struct connection {
	int fd;
	bool busy;
	uint64_t due;           /* of its request */
	struct reply reply;
};

struct send {
	unsigned port, connections, seconds, rate;
	bool show;
	struct request_text *requests;
	size_t count;
	int epoll;
	struct connection *all;
	uint64_t started;
	uint64_t sent, good, bad;
	struct samples samples;
};

static void
hang_up(struct connection *one)
{
	if (one->fd >= 0)
		close(one->fd);
	one->fd = -1;
	one->busy = false;
	reply_clear(&one->reply);
}

static void
complain(struct send *send, const char *what, const struct reply *reply)
{
	if (send->bad++ < 3)
		fprintf(stderr, "send: %s %d %.*s\n", what, reply->status, (int)(reply->body_len < 300 ? reply->body_len : 300),
			reply->body != NULL ? reply->body : "");
}

/* A blocking connect is short on this machine, and keeps the rest simple. */
static bool
call(struct send *send, struct connection *one)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = one };

	if (one->fd >= 0)
		return true;
	one->fd = load_connect(send->port, (unsigned)(one - send->all));
	return one->fd >= 0 && epoll_ctl(send->epoll, EPOLL_CTL_ADD, one->fd, &event) == 0;
}

static void
ask(struct send *send, struct connection *one, uint64_t due)
{
	char bytes[REQUEST_MAX], id[40];
	size_t len;
	ssize_t done;

	snprintf(id, sizeof id, "%d-%llu-%llx", (int)getpid(), (unsigned long long)send->sent, (unsigned long long)send->started);
	len = request_write(&send->requests[send->sent % send->count], "", id, due, bytes, sizeof bytes);
	send->sent++;
	one->busy = true;
	one->due = due;
	if (call(send, one)) {
		do
			done = write(one->fd, bytes, len);
		while (done < 0 && (errno == EINTR || errno == EAGAIN));
		if (done == (ssize_t)len)
			return;
	}
	complain(send, "not sent", &one->reply);
	hang_up(one);
}

static bool
is_good(const struct reply *reply)
{
	return reply->status >= 200 && reply->status < 300;
}

static void
take(struct send *send, struct connection *one)
{
	enum reply_state state = reply_read(&one->reply, one->fd);
	bool closes;

	if (state == REPLY_MORE)
		return;
	if (state != REPLY_WHOLE) {
		if (one->busy)
			complain(send, "no whole answer", &one->reply);
		hang_up(one);
		return;
	}
	if (is_good(&one->reply)) {
		send->good++;
		samples_add(&send->samples, load_now() - one->due);
	} else {
		complain(send, "status", &one->reply);
	}
	if (send->show) {
		fwrite(one->reply.body, 1, one->reply.body_len, stdout);
		exit(is_good(&one->reply) ? 0 : 1);
	}
	closes = one->reply.closes;
	one->busy = false;
	reply_clear(&one->reply);
	if (closes)
		hang_up(one);
}

/* Gives idle connections what is due; tells how long until the next, in milliseconds. */
static int
hand_out(struct send *send, uint64_t now, uint64_t *next)
{
	unsigned i;

	for (i = 0; i < send->connections; i++) {
		if (send->all[i].busy)
			continue;
		if (send->rate == 0) {
			ask(send, &send->all[i], load_now());
		} else if (*next <= now) {
			ask(send, &send->all[i], *next);
			*next += SECOND / send->rate;
		}
	}
	return send->rate != 0 ? 1 : 100;
}

static bool
is_waiting(const struct send *send)
{
	unsigned i;

	for (i = 0; i < send->connections; i++)
		if (send->all[i].busy)
			return true;
	return false;
}

static void
run(struct send *send)
{
	struct epoll_event events[64];
	uint64_t now = load_now(), next = now, end = now + send->seconds * SECOND;
	int i, count, wait = 0;

	send->started = now;
	while ((now = load_now()) < end || (is_waiting(send) && now < end + PATIENCE)) {
		if (now < end)
			wait = hand_out(send, now, &next);
		count = epoll_wait(send->epoll, events, 64, wait);
		for (i = 0; i < count; i++)
			take(send, events[i].data.ptr);
	}
}

static void
read_requests(struct send *send, const char *file)
{
	struct lines lines = lines_read(file);
	size_t i;

	send->count = lines.count;
	send->requests = calloc(lines.count + 1, sizeof *send->requests);
	for (i = 0; send->requests != NULL && i < lines.count; i++)
		send->requests[i] = request_of(lines.lines[i]);
}

static void
read_options(struct send *send, int argc, char **argv)
{
	static const struct option options[] = {
		{ "port", required_argument, NULL, 'p' }, { "requests", required_argument, NULL, 'r' },
		{ "connections", required_argument, NULL, 'c' }, { "seconds", required_argument, NULL, 's' },
		{ "rate", required_argument, NULL, 'a' }, { "show", no_argument, NULL, 'w' }, { NULL, 0, NULL, 0 }
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		unsigned number = optarg != NULL ? (unsigned)strtoul(optarg, NULL, 10) : 0;

		switch (option) {
		case 'p': send->port = number; break;
		case 'r': read_requests(send, optarg); break;
		case 'c': send->connections = number; break;
		case 's': send->seconds = number; break;
		case 'a': send->rate = number; break;
		case 'w': send->show = true; break;
		default: exit(2);
		}
	}
	if (send->port == 0 || send->count == 0) {
		fputs("send: --port and --requests are needed\n", stderr);
		exit(2);
	}
}

int
main(int argc, char **argv)
{
	struct send send = { .connections = 1, .seconds = 1 };
	unsigned i;

	read_options(&send, argc, argv);
	send.epoll = epoll_create1(EPOLL_CLOEXEC);
	send.all = calloc(send.connections, sizeof *send.all);
	if (send.all == NULL || send.epoll < 0)
		load_fail("send");
	for (i = 0; i < send.connections; i++)
		send.all[i].fd = -1;
	run(&send);
	printf("{\"good\":%llu,\"bad\":%llu,\"rate\":%.1f,\"p50_us\":%.1f,\"p99_us\":%.1f}\n", (unsigned long long)send.good,
		(unsigned long long)send.bad, (double)send.good / send.seconds, samples_quantile(&send.samples, 0.5),
		samples_quantile(&send.samples, 0.99));
	return 0;
}
