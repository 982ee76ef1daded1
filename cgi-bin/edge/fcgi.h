/* SPDX-License-Identifier: BSD-2-Clause */
/* fcgi.h - FastCGI requests from the web server, by libfcgi, in a preforked worker. */
#ifndef HARK_EDGE_FCGI_H
#define HARK_EDGE_FCGI_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

struct fcgi;

/* Opens (or takes over: systemd's descriptor 3, or 0) the listening socket. -1 when it cannot (logged). */
int fcgi_listen(const char *socket_path);

/* The worker's side of the listening socket. */
struct fcgi *fcgi_new(struct arena *arena, int listening);

/* Waits for the next request; false when the process was told to stop. Signals are only noticed here, between
 * requests: no request is cut. */
bool fcgi_accept(struct fcgi *fcgi);

/* A CGI variable ("REQUEST_METHOD"), or NULL. Lives until fcgi_finish(). */
const char *fcgi_variable(const struct fcgi *fcgi, const char *name);

/* Up to `room` bytes of the body; 0 at its end. */
size_t fcgi_read(struct fcgi *fcgi, char *bytes, size_t room);

/* Sends bytes of the reply; false when the client has gone. */
bool fcgi_write(struct fcgi *fcgi, const char *bytes, size_t len);

/* The reply breaks off here: the web server tells the client so, who else would take it for whole. */
void fcgi_cut(struct fcgi *fcgi);

void fcgi_finish(struct fcgi *fcgi);

#endif
