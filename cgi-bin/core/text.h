/* SPDX-License-Identifier: BSD-2-Clause */
/* text.h - reading and writing of text that came from outside: UTF-8, numbers, hex, base64, folding. */
#ifndef HARK_CORE_TEXT_H
#define HARK_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/str.h"

/* Is it NULL or without a character other than white space? */
bool text_is_blank(const char *text);

bool text_equal(const char *a, const char *b);            /* NULL equals only NULL */
bool text_equal_nocase(const char *a, const char *b);     /* ASCII letters only */
bool text_starts_with(const char *text, const char *prefix);
bool text_ends_with(const char *text, const char *suffix);

/* A copy in lower case; ASCII letters only. */
char *text_lower(struct arena *arena, const char *text);

/* Is it the host of this web address, without scheme and port? An IPv6 address stands in its brackets in both. */
bool text_is_host_of(const char *host, const char *url);

/* Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms) without NUL. */
bool text_is_utf8(const char *bytes, size_t len);

/* The code point at *at, which moves behind it; 0 at the end, where *at stays. A byte that does not belong to
 * well-formed UTF-8 gives TEXT_MALFORMED and is stepped over alone. */
#define TEXT_MALFORMED UINT32_MAX
uint32_t text_next(const char **at);

/* Appends a code point as UTF-8. */
void text_add(struct str *out, uint32_t character);

/* A copy in which each malformed byte is U+FFFD. */
char *text_repair(struct arena *arena, const char *text);

/* Characters (code points), not bytes, of well-formed UTF-8. */
size_t text_length(const char *text);

/* The longest prefix of at most `characters` code points, in bytes. */
size_t text_prefix(const char *text, size_t characters);

/* A copy without white space at both ends, and with CR LF made LF. */
char *text_trim(struct arena *arena, const char *text);

/* One or two letters for somebody without a picture: "AW" of "Anna Weber"; "?" when the name has none. */
char *text_initials(struct arena *arena, const char *name);

/* Control characters other than TAB and LF: refused in what people write. */
bool text_has_control(const char *text);

/* The whole text must be a decimal number in range; no sign for u64, no spaces, no leading '+'. */
bool text_to_u64(const char *text, uint64_t *value);
bool text_to_i64(const char *text, int64_t *value);

/* Lower-case hex; `out` has room for 2 * len + 1. */
void text_hex(const void *bytes, size_t len, char *out);
char *text_to_hex(struct arena *arena, const void *bytes, size_t len);
/* False when it is not exactly 2 * len hex digits. */
bool text_from_hex(const char *hex, void *bytes, size_t len);

/* Base64 with the URL alphabet and without padding (RFC 4648 section 5). */
char *text_to_base64url(struct arena *arena, const void *bytes, size_t len);
/* NULL when it is malformed; *len is the number of bytes. The result has a NUL behind it. */
unsigned char *text_from_base64url(struct arena *arena, const char *text, size_t *len);

/* Percent-decoding of `len` bytes (RFC 3986), with '+' as space when `form`; NULL when malformed,
 * when it gives a NUL or when the result is not UTF-8. */
char *text_url_decode(struct arena *arena, const char *text, size_t len, bool form);
/* Appends it so that it is one component of a URL: everything but unreserved characters is escaped. */
void text_url_encode(struct str *out, const char *text);

/* The text, or "" for NULL. */
const char *text_or_empty(const char *text);

/* Folded for search and for uniqueness: lower case, Latin accents dropped, other scripts kept. */
char *text_fold(struct arena *arena, const char *text);

/* Folds the text and calls back with each of its search terms: a word of letters and digits, or for scripts
 * without spaces (CJK, Thai) each pair of neighbours, or the character alone when it has none.
 * Terms are at most TEXT_TERM_MAX bytes. */
#define TEXT_TERM_MAX 64
typedef void text_term(void *arg, const char *term);
void text_terms(struct arena *arena, const char *text, text_term *each, void *arg);

/* One address as HTML 5 `input type=email` accepts it, at most 254 bytes. */
bool text_is_email(const char *text);

/* "#rrggbb". */
bool text_is_colour(const char *text);

/* http or https, a host, no white space, no user name. */
bool text_is_web_address(const char *text);

/* A lower-case slug of letters, digits and inner hyphens. */
bool text_is_slug(const char *text);

#endif
