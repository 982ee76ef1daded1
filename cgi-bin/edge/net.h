/* SPDX-License-Identifier: BSD-2-Clause */
/* net.h - outgoing HTTP requests (libcurl): the one factory of connections to other hosts. No redirects are followed, time and size
 * are limited, only http and https are spoken, and private addresses are refused unless the caller allows them. */
#ifndef HARK_EDGE_NET_H
#define HARK_EDGE_NET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/check.h"
#include "core/clock.h"

#define NET_HEADERS_MAX 16

/* A file in the middle of a body that is not held in memory: `len` bytes from the descriptor's place on, then `tail`. */
struct net_file {
	int descriptor;
	size_t len;
	const char *tail;
	size_t tail_len;
};

/* Takes a piece of an answer; false ends it. */
typedef bool net_sink(void *arg, const void *bytes, size_t len);

struct net_request {
	const char *method;                          /* NULL: GET, or POST with a body */
	const char *url;
	const char *headers[NET_HEADERS_MAX + 1];    /* "Name: value", ends with NULL */
	const char *body;                            /* NULL for none */
	size_t body_len;
	const struct net_file *file;                 /* sent behind `body`, or NULL */
	bool body_is_chunked;                        /* sent without Content-Length */
	bool may_be_private;                         /* the address is the operator's own choice */
	const char *proxy;                           /* "host:port", also of a private address, for http; NULL or "": none */
	clock_ms timeout;                            /* for all of it; 0: 10 seconds */
	size_t most;                                 /* bytes of the answer's body; 0: 1 MiB */
	net_sink *sink;                              /* takes the body of an answer instead of net_answer, piece by piece; NULL: none */
	void *sink_arg;
};

#define NET_MARK_MAX 200

/* Why there was no answer, so far as who named the address may know it: what is open in which network is not his to learn. */
enum net_failure {
	NET_UNREACHABLE,
	NET_TOO_SLOW,
	NET_TOO_LARGE,
	NET_NOT_TRUSTED                              /* the certificate */
};

struct net_answer {
	int status;                                  /* 0: there was none */
	const char *body;                            /* ends with a NUL */
	size_t len;
	const char *date;                            /* the header Date, or NULL */
	const char *etag;                            /* ETag and Last-Modified, or NULL: printable ASCII of at most NET_MARK_MAX bytes */
	const char *modified;
	const char *redirect;                        /* where it points with 3xx, absolute; NULL: nowhere */
	enum net_failure failure;                    /* for strangers: why there was none */
	clock_ms took;
	const char *problem;                         /* why there was no answer */
	bool may_have_arrived;                       /* though none came: something of the request went out */
};

/* Sends it and waits. GOT_ONE: an answer with whatever status; GOT_NONE: none came whole, and `problem` says why. */
enum got net_send(struct arena *arena, const struct net_request *request, struct net_answer *answer) MUST_USE;

/* "host:port" of an address of http or https, the name in lower case and the port also where it is the usual one; NULL when it is none,
 * or has a user. */
const char *net_authority(struct arena *arena, const char *url);

/* Reads the header Date (RFC 9110 section 5.6.7); 0 when it is none. */
clock_ms net_date(const char *date);

#endif
