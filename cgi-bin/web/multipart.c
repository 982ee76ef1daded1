/* SPDX-License-Identifier: BSD-2-Clause */
/* multipart.c - a machine of four states over a small window of the body. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1           /* memmem(), strcasestr() */
#endif
#include "web/multipart.h"

#include <string.h>
#include <strings.h>

#include "core/str.h"
#include "core/text.h"

#define BOUNDARY_MAX 70              /* RFC 2046 section 5.1.1 */

enum state {
	IN_PREAMBLE,
	AFTER_BOUNDARY,      /* "--" or the end of the line follows */
	IN_HEAD,
	IN_PART,
	AT_END
};

struct multipart {
	struct multipart_listener listener;
	struct arena *arena;
	const char *mark;                /* CR LF "--" boundary */
	size_t mark_len;
	enum state state;
	size_t parts;
	struct str window;               /* what was not understood yet */
};

static const char *
boundary_of(struct arena *arena, const char *content_type)
{
	const char *at = content_type != NULL ? strcasestr(content_type, "boundary=") : NULL;
	size_t len;

	if (at == NULL || strncasecmp(content_type, "multipart/form-data", 19) != 0)
		return NULL;
	at += 9;
	len = *at == '"' ? strcspn(++at, "\"") : strcspn(at, "; \t");
	if (len == 0 || len > BOUNDARY_MAX || memchr(at, '\r', len) != NULL || memchr(at, '\n', len) != NULL)
		return NULL;
	return arena_text_of(arena, at, len);
}

struct multipart *
multipart_new(struct arena *arena, const char *content_type, const struct multipart_listener *listener)
{
	struct multipart *multipart = ARENA_NEW(arena, struct multipart);
	const char *boundary = boundary_of(arena, content_type);

	if (boundary == NULL)
		return NULL;
	multipart->arena = arena;
	multipart->listener = *listener;
	multipart->mark = arena_printf(arena, "\r\n--%s", boundary);
	multipart->mark_len = strlen(multipart->mark);
	str_init(&multipart->window, arena);
	str_add(&multipart->window, "\r\n");         /* the first boundary begins a line as the others do */
	return multipart;
}

static void
window_drop(struct multipart *multipart, size_t len)
{
	struct str *window = &multipart->window;

	memmove(window->data, window->data + len, window->len - len);
	window->len -= len;
	window->data[window->len] = '\0';
}

/* name="value" of a Content-Disposition; browsers send a quotation mark inside as %22 (RFC 7578 section 2). */
static const char *
parameter_of(struct arena *arena, const char *line, const char *name)
{
	size_t name_len = strlen(name);
	const char *at, *value;

	for (at = strchr(line, ';'); at != NULL; at = strchr(at, ';')) {
		at += 1 + strspn(at + 1, " \t");
		if (strncasecmp(at, name, name_len) == 0 && at[name_len] == '=' && at[name_len + 1] == '"') {
			value = at + name_len + 2;
			return strchr(value, '"') != NULL ? arena_text_of(arena, value, strcspn(value, "\"")) : NULL;
		}
		/* The value of another parameter may hold a semicolon. */
		at += strcspn(at, "\";");
		if (*at == '"')
			at += 1 + strcspn(at + 1, "\"");
	}
	return NULL;
}

/* The part's head: only its Content-Disposition says something to us. */
static bool
head_take(struct multipart *multipart, char *head)
{
	const char *name, *file_name, *line = head;

	while (line != NULL && strncasecmp(line, "Content-Disposition: form-data", 30) != 0) {
		line = strstr(line, "\r\n");
		line = line != NULL ? line + 2 : NULL;
	}
	if (line == NULL)
		return false;
	line = arena_text_of(multipart->arena, line, strcspn(line, "\r"));
	name = parameter_of(multipart->arena, line, "name");
	file_name = parameter_of(multipart->arena, line, "filename");
	if (name == NULL || !text_is_utf8(name, strlen(name)) || (file_name != NULL && !text_is_utf8(file_name, strlen(file_name))))
		return false;
	return ++multipart->parts <= MULTIPART_PARTS_MAX && multipart->listener.begin(multipart->listener.arg, name, file_name);
}

/* Each of these does one step; *more says whether the window may hold another. False: malformed. */
static bool
step_boundary(struct multipart *multipart, bool *more)
{
	const struct str *window = &multipart->window;

	*more = window->len >= 2;
	if (!*more)
		return true;
	if (memcmp(window->data, "--", 2) != 0 && memcmp(window->data, "\r\n", 2) != 0)
		return false;
	multipart->state = window->data[0] == '-' ? AT_END : IN_HEAD;
	/* The line's end stays before the head, which may be empty but for it. */
	if (multipart->state == AT_END)
		window_drop(multipart, window->len);
	return true;
}

static bool
step_head(struct multipart *multipart, bool *more)
{
	struct str *window = &multipart->window;
	char *end = memmem(window->data, window->len, "\r\n\r\n", 4), *head;
	size_t len;

	*more = end != NULL;
	if (end == NULL)
		return window->len <= MULTIPART_HEAD_MAX;
	len = (size_t)(end - window->data);
	if (len > MULTIPART_HEAD_MAX || len < 2 || memchr(window->data, '\0', len) != NULL)
		return false;
	head = arena_text_of(multipart->arena, window->data + 2, len - 2);
	window_drop(multipart, len + 4);
	multipart->state = IN_PART;
	return head_take(multipart, head);
}

static bool
part_data(struct multipart *multipart, size_t len)
{
	if (multipart->state == IN_PREAMBLE || len == 0)
		return true;
	return multipart->listener.data(multipart->listener.arg, multipart->window.data, len);
}

static bool
step_part(struct multipart *multipart, bool *more)
{
	struct str *window = &multipart->window;
	const char *found = memmem(window->data, window->len, multipart->mark, multipart->mark_len);
	size_t len = found != NULL ? (size_t)(found - window->data)
		: window->len >= multipart->mark_len ? window->len - multipart->mark_len + 1 : 0;
	bool was_part = multipart->state == IN_PART;

	*more = found != NULL;
	if (!part_data(multipart, len))
		return false;
	window_drop(multipart, len + (found != NULL ? multipart->mark_len : 0));
	if (found == NULL)
		return true;
	multipart->state = AFTER_BOUNDARY;
	return !was_part || multipart->listener.end(multipart->listener.arg);
}

static bool
step(struct multipart *multipart, bool *more)
{
	switch (multipart->state) {
	case IN_PREAMBLE:
	case IN_PART:
		return step_part(multipart, more);
	case AFTER_BOUNDARY:
		return step_boundary(multipart, more);
	case IN_HEAD:
		return step_head(multipart, more);
	case AT_END:
		break;
	}
	window_drop(multipart, multipart->window.len);       /* an epilogue is ignored */
	*more = false;
	return true;
}

bool
multipart_feed(struct multipart *multipart, const char *bytes, size_t len)
{
	bool more = true;

	str_add_bytes(&multipart->window, bytes, len);
	while (more)
		if (!step(multipart, &more))
			return false;
	return true;
}

bool
multipart_is_whole(const struct multipart *multipart)
{
	return multipart->state == AT_END;
}
