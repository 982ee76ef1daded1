/* SPDX-License-Identifier: BSD-2-Clause */
/* load.h - what the load generators share: time, samples, connections and replies of HTTP/1.1 on 127.0.0.1. */
#ifndef HARK_BENCH_LOAD_H
#define HARK_BENCH_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MARK "bench:"           /* a message's text is MARK, the nanosecond at which it was due, and a semicolon */

_Noreturn void load_fail(const char *what);

/* CLOCK_MONOTONIC, which all processes share. */
uint64_t load_now(void);

/* All descriptors that the system gives. */
void load_raise_descriptors(void);

/* Times in nanoseconds. */
struct samples {
	uint64_t *values;
	size_t count;
	size_t room;
};

void samples_add(struct samples *samples, uint64_t value);

/* The value below which `share` (0 to 1) of them lie, in microseconds; sorts them. 0 when there are none. */
double samples_quantile(struct samples *samples, double share);

/* The lines of a file; every field of a line ends with a tab. */
struct lines {
	char **lines;
	size_t count;
};

struct lines lines_read(const char *file);

/* The fields of a line, parted by tabs, '|' in the third (headers) being CR LF: method, path, headers, body. */
struct request_text {
	const char *method;
	const char *path;
	const char *headers;
	const char *body;
};

struct request_text request_of(char *line);

/* Writes the bytes of a request into `room` bytes. In path and body "{id}" becomes `id`, "{time}" `time`. */
size_t request_write(const struct request_text *request, const char *more, const char *id, uint64_t time, char *bytes,
	size_t room);

/* A connection that is being opened, without waiting. `number` spreads connections over the addresses 127.0.0.0/8, so
 * that ports do not run out. */
int load_connect(unsigned port, unsigned number);

/* The bytes of one reply as they come. */
struct reply {
	char *bytes;
	size_t len;
	size_t room;
	/* known when it is whole: */
	int status;
	const char *body;
	size_t body_len;
	bool closes;
	unsigned retry_after;
};

enum reply_state { REPLY_WHOLE, REPLY_MORE, REPLY_BROKEN, REPLY_GONE };

/* Reads what is there. */
enum reply_state reply_read(struct reply *reply, int fd);

/* Forgets a reply and gives its memory back. */
void reply_clear(struct reply *reply);

#endif
