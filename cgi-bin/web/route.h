/* SPDX-License-Identifier: BSD-2-Clause */
/* route.h - the doors of Hark: method, path, permission, handler. Each *_pages.c opens with its table. */
#ifndef HARK_WEB_ROUTE_H
#define HARK_WEB_ROUTE_H

#include "web/req.h"

/* Answers the request; every path through it ends in `return reply_…()`. */
typedef int handler(struct req *r);

enum route_flag {
	ROUTE_STREAM = 1 << 0,   /* the body is not read: the handler streams it (uploads) */
	ROUTE_JSON = 1 << 1,     /* speaks JSON: errors too */
	ROUTE_NO_FORM = 1 << 2,  /* a POST without CSRF token: visitor's and API requests, which carry no cookie */
	ROUTE_UPLOAD = 1 << 3,   /* the form may carry files (multipart/form-data): r->uploads */
	ROUTE_ALWAYS = 1 << 4,   /* people of a suspended company may do it too: sign out, change one's own password */
	ROUTE_HOST = 1 << 5,     /* of the host's panel and API: on its own host name, for operators only */
	ROUTE_VIEW = 1 << 6,     /* also for an operator who views a tenant, though it is no page of a right */
	ROUTE_ASKS = 1 << 7      /* MAY_SIGNED_IN, where the handler asks for one of several rights */
};

struct route {
	enum method method;
	const char *path;            /* "/admin/queues/:id": a part that starts with ':' is an argument */
	enum permission permission;
	handler *handle;
	unsigned flags;
	const struct resource *resource;   /* of the settings engine; else NULL */
};

/* The route of r->method and r->path; fills r->args. NULL: none; *allowed then lists the methods of the path ("GET, POST"),
 * or is NULL when no method has it. */
const struct route *route_find(struct req *r, const char **allowed);

/* The nearest page at or above the path of the request, by a GET: where somebody goes on from a POST, or from an address that takes
 * nothing else. One that the actor may not open is passed over. */
const char *route_page(const struct req *r);

/* Every path, method and permission stands once, paths are well-formed, no permission is MAY_NOBODY, and those of operators stand at
 * routes of the host; else false (logged). */
bool route_check(const struct route *const *tables);

/* Prints "METHOD path permission flags", sorted by path: `hark-web --routes`. */
void route_print(struct arena *arena, const struct route *const *tables);

#endif
