/* SPDX-License-Identifier: BSD-2-Clause */
/* polls.c - parks polls as browsers do, each asking again when it is answered, and measures what is delivered to them.
 *
 * usage: polls --port N --polls FILE --count N [--position] [--pace PER-MILLISECOND]
 *
 * A line of the file is the path of a poll, and then, parted by tabs, path, headers and body of the request that the
 * client makes when it is told to resync. With --position a poll carries the position of the last answer (Hark).
 * Commands come on standard input, a JSON line answers each: "wait" when all are parked, "mark" forgets what was
 * counted, "report" tells it, "quit" ends. Failures are handled as the widget does: Retry-After, else 1, 2, 4 … 30 s give
 * or take a fifth.
 */
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
#define MILLISECOND 1000000ULL
#define PATIENCE (40 * SECOND)
#define REQUEST_MAX 8192
#define AT_MAX 64

enum poll_state { POLL_CLOSED, POLL_ASKING, POLL_PARKED, POLL_SYNCING, POLL_PAUSING };

struct poll {
	int fd;
	enum poll_state state;
	bool is_back;           /* since the mark: answered, and synced when told to */
	bool wants_sync;
	unsigned failures;
	uint64_t asked_at;
	uint64_t resume_at;
	const char *path;
	const char *sync;       /* the fields of its request; "" for none */
	char at[AT_MAX];
	struct reply reply;
};

struct polls {
	unsigned port, pace;
	bool has_position, is_waited_for;
	size_t count, opened;
	struct poll *all;
	int epoll;
	uint64_t marked_at, back_at;
	uint64_t answers, away, cut, errors, lost, synced, back;
	struct samples samples;
};

static void
complain(struct polls *polls, const char *what, const struct reply *reply)
{
	if (polls->errors++ < 3)
		fprintf(stderr, "polls: %s: %d %.*s\n", what, reply->status, (int)(reply->body_len < 200 ? reply->body_len : 200),
			reply->body != NULL ? reply->body : "");
}

static void
hang_up(struct poll *poll)
{
	if (poll->fd >= 0)
		close(poll->fd);
	poll->fd = -1;
	reply_clear(&poll->reply);
}

/* What the widget waits after a failure. */
static void
rest(struct poll *poll, unsigned told)
{
	unsigned doublings = poll->failures < 5 ? poll->failures : 5;
	double seconds = (double)(1u << doublings), asked;

	poll->failures++;
	if (seconds > 30)
		seconds = 30;
	seconds *= 0.8 + 0.4 * (double)(random() & 0xffff) / 65536;
	/* Never less than the server asks for, and spread, so that not all come back in the same moment. */
	asked = told * (1 + (double)(random() & 0xffff) / 65536);
	seconds = seconds > asked ? seconds : asked;
	poll->state = POLL_PAUSING;
	poll->resume_at = load_now() + (uint64_t)(seconds * (double)SECOND);
}

static bool
call(struct polls *polls, struct poll *poll)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = poll };

	if (poll->fd >= 0)
		return true;
	poll->fd = load_connect(polls->port, (unsigned)(poll - polls->all));
	return poll->fd >= 0 && epoll_ctl(polls->epoll, EPOLL_CTL_ADD, poll->fd, &event) == 0;
}

static void
write_request(struct polls *polls, struct poll *poll, const struct request_text *request, const char *more)
{
	char bytes[REQUEST_MAX];
	size_t len = request_write(request, more, "", 0, bytes, sizeof bytes);
	ssize_t done = send(poll->fd, bytes, len, MSG_NOSIGNAL);

	if (done == (ssize_t)len)
		return;
	if (done < 0 && (errno == EAGAIN || errno == ENOTCONN)) {       /* still connecting: EPOLLOUT comes */
		poll->asked_at = 0;
		return;
	}
	polls->cut++;
	hang_up(poll);
	rest(poll, 0);
}

/* Sends the poll, or first the resync that it was told to make. */
static void
ask(struct polls *polls, struct poll *poll)
{
	char more[AT_MAX + 8] = "", line[2048];
	struct request_text request = { "GET", poll->path, "", "" };

	if (!call(polls, poll)) {
		complain(polls, "no connection", &poll->reply);
		hang_up(poll);
		rest(poll, 0);
		return;
	}
	poll->asked_at = load_now();
	if (poll->wants_sync) {
		snprintf(line, sizeof line, "POST\t%s", poll->sync);
		request = request_of(line);
		poll->state = POLL_SYNCING;
	} else {
		if (polls->has_position && poll->at[0] != '\0')
			snprintf(more, sizeof more, "&at=%s", poll->at);
		poll->state = polls->has_position && poll->at[0] == '\0' ? POLL_ASKING : POLL_PARKED;
	}
	write_request(polls, poll, &request, more);
}

static void
come_back(struct polls *polls, struct poll *poll)
{
	if (poll->is_back)
		return;
	poll->is_back = true;
	polls->back++;
	polls->back_at = load_now();
}

/* Times of the messages in an answer. */
static void
count_messages(struct polls *polls, const char *body)
{
	uint64_t now = load_now(), then;

	while ((body = strstr(body, MARK)) != NULL) {
		body += strlen(MARK);
		then = strtoull(body, NULL, 10);
		if (then != 0 && then <= now)
			samples_add(&polls->samples, now - then);
	}
}

static void
take_position(struct polls *polls, struct poll *poll)
{
	const char *at = strstr(poll->reply.body, "\"at\":\"");
	size_t len = at != NULL ? strcspn(at + 6, "\"") : 0;

	if (len == 0 || len >= AT_MAX) {
		complain(polls, "no position", &poll->reply);
		return;
	}
	memcpy(poll->at, at + 6, len);
	poll->at[len] = '\0';
	poll->wants_sync = poll->sync[0] != '\0' && strstr(poll->reply.body, "\"resync\":true") != NULL;
}

static void
take_answer(struct polls *polls, struct poll *poll)
{
	unsigned told = poll->reply.retry_after;

	if (poll->reply.status == 200) {
		poll->failures = 0;
		if (poll->state == POLL_SYNCING) {
			poll->wants_sync = false;
			polls->synced++;
		} else {
			polls->answers++;
			if (polls->has_position)
				take_position(polls, poll);
			count_messages(polls, poll->reply.body);
		}
		if (!poll->wants_sync)
			come_back(polls, poll);
	} else if (poll->reply.status == 503 && told != 0) {
		polls->away++;
	} else {
		complain(polls, "refused", &poll->reply);
	}
	if (poll->reply.closes || poll->reply.status == 0)
		hang_up(poll);
	if (poll->reply.status == 200 || poll->fd < 0) {
		bool good = poll->failures == 0;

		reply_clear(&poll->reply);
		if (good)
			ask(polls, poll);
		else
			rest(poll, told);
		return;
	}
	reply_clear(&poll->reply);
	rest(poll, told);
}

static void
on_event(struct polls *polls, struct poll *poll, uint32_t what)
{
	enum reply_state state;

	if ((what & EPOLLOUT) != 0 && poll->asked_at == 0 && (what & (EPOLLERR | EPOLLHUP)) == 0
		&& (poll->state == POLL_ASKING || poll->state == POLL_PARKED || poll->state == POLL_SYNCING))
		ask(polls, poll);
	if ((what & (EPOLLIN | EPOLLERR | EPOLLHUP)) == 0 || poll->fd < 0)
		return;
	state = reply_read(&poll->reply, poll->fd);
	if (state == REPLY_MORE)
		return;
	if (state == REPLY_WHOLE) {
		take_answer(polls, poll);
		return;
	}
	/* Kept connections may end between two requests; an outstanding one is a failure. */
	hang_up(poll);
	if (poll->state == POLL_PAUSING)
		return;
	polls->cut++;
	rest(poll, 0);
}

/* --- the clock */

static void
open_some(struct polls *polls)
{
	unsigned i;

	for (i = 0; i < polls->pace && polls->opened < polls->count; i++)
		ask(polls, &polls->all[polls->opened++]);
}

static size_t
count_parked(const struct polls *polls)
{
	size_t i, parked = 0;

	for (i = 0; i < polls->count; i++)
		parked += polls->all[i].state == POLL_PARKED && polls->all[i].asked_at != 0;
	return parked;
}

static void
on_tick(struct polls *polls, uint64_t now)
{
	size_t i;

	for (i = 0; i < polls->opened; i++) {
		struct poll *poll = &polls->all[i];

		if (poll->state == POLL_PAUSING) {
			if (poll->resume_at <= now)
				ask(polls, poll);
		} else if (polls->has_position && poll->asked_at != 0 && now > poll->asked_at + PATIENCE) {
			polls->lost++;
			hang_up(poll);
			rest(poll, 0);
		}
	}
	if (polls->is_waited_for && count_parked(polls) == polls->count) {
		polls->is_waited_for = false;
		printf("{\"parked\":%zu}\n", polls->count);
		fflush(stdout);
	}
}

/* --- commands */

static void
mark(struct polls *polls)
{
	size_t i;

	for (i = 0; i < polls->count; i++)
		polls->all[i].is_back = false;
	polls->answers = polls->away = polls->cut = polls->errors = polls->lost = polls->synced = polls->back = 0;
	polls->samples.count = 0;
	polls->marked_at = polls->back_at = load_now();
	puts("{\"marked\":true}");
}

static void
report(struct polls *polls)
{
	printf("{\"parked\":%zu,\"answers\":%llu,\"delivered\":%zu,\"p50_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f,\"away\":%llu,"
		"\"cut\":%llu,\"errors\":%llu,\"lost\":%llu,\"synced\":%llu,\"back\":%llu,\"back_seconds\":%.3f}\n", count_parked(polls),
		(unsigned long long)polls->answers, polls->samples.count, samples_quantile(&polls->samples, 0.5),
		samples_quantile(&polls->samples, 0.99), samples_quantile(&polls->samples, 1), (unsigned long long)polls->away,
		(unsigned long long)polls->cut, (unsigned long long)polls->errors, (unsigned long long)polls->lost,
		(unsigned long long)polls->synced, (unsigned long long)polls->back,
		(double)(polls->back_at - polls->marked_at) / (double)SECOND);
}

static void
on_command(struct polls *polls)
{
	static char line[64];
	ssize_t got = read(STDIN_FILENO, line, sizeof line - 1);

	if (got <= 0 || strncmp(line, "quit", 4) == 0)
		exit(0);
	if (strncmp(line, "wait", 4) == 0)
		polls->is_waited_for = true;
	else if (strncmp(line, "mark", 4) == 0)
		mark(polls);
	else if (strncmp(line, "report", 6) == 0)
		report(polls);
	fflush(stdout);
}

static void
run(struct polls *polls)
{
	struct epoll_event events[256], input = { .events = EPOLLIN };
	uint64_t now, tick = 0;
	int i, count;

	epoll_ctl(polls->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input);
	for (;;) {
		count = epoll_wait(polls->epoll, events, 256, polls->opened < polls->count ? 1 : 20);
		for (i = 0; i < count; i++) {
			if (events[i].data.ptr == NULL)
				on_command(polls);
			else
				on_event(polls, events[i].data.ptr, events[i].events);
		}
		now = load_now();
		if (now < tick)
			continue;
		open_some(polls);
		on_tick(polls, now);
		tick = now + (polls->opened < polls->count ? MILLISECOND : 20 * MILLISECOND);
	}
}

static void
read_polls(struct polls *polls, const char *file)
{
	struct lines lines = lines_read(file);
	size_t i;

	if (polls->count == 0 || polls->count > lines.count)
		polls->count = lines.count;
	polls->all = calloc(polls->count + 1, sizeof *polls->all);
	if (polls->all == NULL)
		load_fail(file);
	for (i = 0; i < polls->count; i++) {
		char *tab = strchr(lines.lines[i], '\t');

		if (tab != NULL)
			*tab = '\0';
		polls->all[i].fd = -1;
		polls->all[i].path = lines.lines[i];
		polls->all[i].sync = tab != NULL ? tab + 1 : "";
	}
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "port", required_argument, NULL, 'p' }, { "polls", required_argument, NULL, 'f' },
		{ "count", required_argument, NULL, 'n' }, { "position", no_argument, NULL, 'a' },
		{ "pace", required_argument, NULL, 'e' }, { NULL, 0, NULL, 0 }
	};
	struct polls polls = { .pace = 5 };
	const char *file = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'p': polls.port = (unsigned)strtoul(optarg, NULL, 10); break;
		case 'f': file = optarg; break;
		case 'n': polls.count = strtoul(optarg, NULL, 10); break;
		case 'a': polls.has_position = true; break;
		case 'e': polls.pace = (unsigned)strtoul(optarg, NULL, 10); break;
		default: return 2;
		}
	}
	if (polls.port == 0 || file == NULL) {
		fputs("polls: --port and --polls are needed\n", stderr);
		return 2;
	}
	load_raise_descriptors();
	read_polls(&polls, file);
	polls.epoll = epoll_create1(EPOLL_CLOEXEC);
	if (polls.epoll < 0)
		load_fail("epoll");
	run(&polls);
}
