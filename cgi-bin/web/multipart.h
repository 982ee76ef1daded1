/* SPDX-License-Identifier: BSD-2-Clause */
/* multipart.h - takes a form with files apart as it comes in (RFC 7578): nothing but a part's head is ever held in memory. */
#ifndef HARK_WEB_MULTIPART_H
#define HARK_WEB_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

#define MULTIPART_HEAD_MAX 4096      /* bytes of a part's head */
#define MULTIPART_PARTS_MAX 200

/* What is told of each part, in this order; false stops the reading. */
struct multipart_listener {
	void *arg;
	bool (*begin)(void *arg, const char *name, const char *file_name);   /* file_name is NULL for what was typed */
	bool (*data)(void *arg, const char *bytes, size_t len);
	bool (*end)(void *arg);
};

struct multipart;

/* By the request's Content-Type; NULL when it is no multipart/form-data or has no sound boundary. */
struct multipart *multipart_new(struct arena *arena, const char *content_type, const struct multipart_listener *listener);

/* The next bytes of the body; false when it is malformed or a listener said so. */
bool multipart_feed(struct multipart *multipart, const char *bytes, size_t len);

/* Has the closing boundary come? */
bool multipart_is_whole(const struct multipart *multipart);

#endif
