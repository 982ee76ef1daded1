/* SPDX-License-Identifier: BSD-2-Clause */
/* reply.h - the one way out: each handler ends in one of these. They return the status. */
#ifndef HARK_WEB_REPLY_H
#define HARK_WEB_REPLY_H

#include "web/form.h"
#include "web/req.h"

/* A page: templates/<name>.cs inside the layout that it includes itself. Sets User, Tenant, Menu, Form.Token, Locale, Flash … */
int reply_page(struct req *r, const char *name);
/* The same with another status: a form shown again is 422. */
int reply_page_status(struct req *r, int status, const char *name);

/* 303 to a path of this site; the format's arguments must be URL-safe (numbers, slugs). */
int reply_redirect(struct req *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

int reply_json(struct req *r, const struct json *value);
int reply_json_status(struct req *r, int status, const struct json *value);
int reply_nothing(struct req *r);                       /* 204 */
int reply_not_modified(struct req *r);                  /* 304 */

/* An error: JSON where the route speaks JSON, a page elsewhere. `word` is for programs ("closed"), `message` for people (a message
 * id, translated here). */
int reply_error(struct req *r, int status, const char *word, const char *message);
/* With the field and the limit that it crossed (422, 413). */
int reply_field_error(struct req *r, int status, const char *field, const char *message, const char *limit);

/* What GOT_NONE (404) and GOT_ERROR (503 when the database is away, else 500) mean to the client. */
int reply_got(struct req *r, enum got got);
int reply_not_found(struct req *r);
int reply_forbidden(struct req *r);
/* 429 with Retry-After, and how many minutes that is: `retry_after` is of throttle_count(). */
int reply_too_often(struct req *r, uint64_t retry_after);

/* Bytes of a type that nothing may sniff or run. */
int reply_bytes(struct req *r, const char *type, const char *bytes, size_t len);

/* A kept file: through the web server (send_file) or streamed; as an attachment called `name` (RFC 6266), or inline for images that
 * were checked. nosniff and a sandbox policy go with it. */
struct reply_file {
	const char *stored;          /* store_keep()'s name */
	const char *name;
	const char *type;
	bool is_inline;
	bool is_lasting;             /* its address changes when it does: may be kept by the browser for good */
};
int reply_file(struct req *r, const struct reply_file *file);

/* A download written piece by piece (CSV): begin, any number of writes, end. */
bool reply_stream_begin(struct req *r, const char *type, const char *file_name);
bool reply_stream_write(struct req *r, const char *bytes, size_t len);
int reply_stream_end(struct req *r);
/* Something went wrong on the way: the client sees a transfer that failed, not a short file. */
int reply_stream_cut(struct req *r);

/* Extra headers, before the reply. The value is checked: a CR, LF or NUL ends the process. */
void reply_header(struct req *r, const char *name, const char *value);
void reply_cookie(struct req *r, const char *name, const char *value, clock_ms life);   /* life 0: session; < 0: delete */

/* A notice on the next page (a signed cookie): what was done, with an undo link or NULL. `message` is a message id. */
void reply_notice(struct req *r, const char *message, const char *undo_path);

#endif
