/* SPDX-License-Identifier: BSD-2-Clause */
/* serve.h - one FastCGI request from accept to finish, and the worker's loop around it. */
#ifndef HARK_WEB_SERVE_H
#define HARK_WEB_SERVE_H

#include "web/route.h"

/* Serves requests until told to stop or `site->conf->web_requests` are done. */
void serve_loop(const struct site *site, struct arena *process, int listening);

/* What came in, before it is taken apart. */
struct serve_input {
	const char *method;
	const char *uri;             /* REQUEST_URI: raw path and query */
	const char *cookie;
	const char *content_type;
	const char *body;
	size_t body_len;
};

/* Takes method, path, query and cookies apart; false and *problem when the request must be refused. Apart from the loop for the
 * fuzz target, which feeds it without a socket. */
bool serve_parse(struct req *r, const struct serve_input *input, const char **problem);

/* The request's line in the log: what was asked, by its route, and what became of it. */
void serve_log(const struct req *r, clock_ms took);

/* A path that leads nowhere, fit for the log: without the query, cut, and long parts, which may be secrets, only begun. */
const char *serve_log_path(struct arena *arena, const char *uri);

/* Adds a parameter, within the limits of web/req.h. */
bool serve_param(struct req *r, const char *name, const char *value);

/* Is the body a form with files? */
bool serve_is_multipart(const char *content_type);

/* Reads such a body from the web server: what was typed becomes parameters, files go to the spool. False after a reply. */
bool serve_multipart(struct req *r, const char *content_type);

/* The same for the body: a form or a JSON object. *problem "type": neither; "many": more than REQ_PARAMS_MAX parameters. */
bool serve_body(struct req *r, const struct serve_input *input, const char **problem);

/* Why a form could not be taken apart: *problem of serve_body(). */
const char *serve_form_problem(const struct req *r);

/* Reads the body into the request, unless its handler streams it. False after a reply. */
bool serve_rest(struct req *r);

/* Replies with what a *problem means. */
int serve_refuse(struct req *r, const char *problem);

#endif
