/* SPDX-License-Identifier: BSD-2-Clause */
/* str.h - a string that grows, in an arena.
 *
 * `data` is never NULL and always ends with a NUL after `len` bytes, so that it can be read as a C
 * string at any time. Text that somebody else owns is `const char *`.
 */
#ifndef HARK_CORE_STR_H
#define HARK_CORE_STR_H

#include <stdarg.h>
#include <stddef.h>

#include "core/arena.h"

struct str {
	char *data;
	size_t len;
	size_t room;
	struct arena *arena;
};

/* An empty string that grows in `arena`. */
void str_init(struct str *str, struct arena *arena);

/* Makes it empty again; keeps the room. */
void str_clear(struct str *str);

void str_add(struct str *str, const char *text);
void str_add_bytes(struct str *str, const void *bytes, size_t len);
void str_add_char(struct str *str, char c);
/* One item of a list for people, "code, name, state": behind a comma, unless it is the first. */
void str_add_item(struct str *list, const char *item);
void str_addf(struct str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *str, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Makes room for `len` more bytes and returns where they go; the caller then calls str_grown(). */
char *str_reserve(struct str *str, size_t len);
void str_grown(struct str *str, size_t len);

#endif
