/* SPDX-License-Identifier: BSD-2-Clause */
/* live_http.h - as much of HTTP/1.1 (RFC 9112) as a web server that passes requests on to us needs, and no more.
 *
 * Strict: no folded header lines, no bare LF, no chunked bodies, no pipelining, one Content-Length at most.
 */
#ifndef HARK_ROOMS_LIVE_LIVE_HTTP_H
#define HARK_ROOMS_LIVE_LIVE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/str.h"

#define HTTP_HEAD_MAX 8192
#define HTTP_BODY_MAX 4096

enum http_method { HTTP_GET, HTTP_POST, HTTP_OTHER };

struct http_request {
	enum http_method method;
	const char *path;
	const char *query;      /* "" for none */
	const char *body;
	size_t body_len;
	bool stays;             /* the connection may serve another request */
};

/* Reads a request from bytes that came so far: 0 when it is not whole yet, 200 when it is, else the status to refuse
 * it with. The result lives in the arena. */
int http_read(struct arena *arena, const char *bytes, size_t len, struct http_request *request);

/* The value of a parameter of the query, undecoded, copied into the arena; NULL when it is absent or twice there. */
const char *http_parameter(struct arena *arena, const char *query, const char *name);

/* Reads the cursor "EPOCH.POSITION" of a poll; another epoch than ours gives UINT64_MAX. False when it is malformed. */
bool http_cursor(const char *at, const char *epoch, uint64_t *position);

/* Appends the head of an answer. `more` is further header lines, each with CR LF, or "". A body_len of 0 with status
 * 204 has no Content-Length. */
void http_head(struct str *out, int status, size_t body_len, bool stays, const char *more);

#endif
