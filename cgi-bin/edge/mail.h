/* SPDX-License-Identifier: BSD-2-Clause */
/* mail.h - writing mails (RFC 5322, MIME) by gmime: one sender, one reader, a text and perhaps the same as HTML.
 *
 * Whatever names and subjects hold, each arrives as one header: control characters become spaces, what is not ASCII is encoded (RFC
 * 2047). Addresses are those of text_is_email(), so nothing can be smuggled into them.
 */
#ifndef HARK_EDGE_MAIL_H
#define HARK_EDGE_MAIL_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/check.h"
#include "core/clock.h"
#include "core/str.h"

#define MAIL_NAME_MAX 120        /* characters of a name; the rest is cut off */
#define MAIL_SUBJECT_MAX 200     /* characters of a subject */

struct mail_address {
	const char *name;            /* or "" */
	const char *address;
};

struct mail {
	struct mail_address from;
	struct mail_address to;
	const char *reply_to;        /* an address, or "" */
	const char *subject;
	const char *text;            /* UTF-8; each line is a paragraph that is folded softly (format=flowed, RFC 3676) */
	const char *html;            /* or NULL */
	const char *id;              /* of the header Message-ID, without angle brackets: the same mail has the same again */
	clock_ms date;
};

/* Appends the mail to `out` as SMTP wants it: each line ends with CR LF, none is longer than 998 bytes, and there is no other CR or LF.
 * False when an address is none: nothing is appended. */
bool mail_compose(struct arena *arena, const struct mail *mail, struct str *out) MUST_USE;

/* A text as one line of at most `characters`: well-formed UTF-8 without control characters, and without "=?", which begins an encoded
 * word: a space comes between. */
char *mail_line(struct arena *arena, const char *text, size_t characters);

/* The text with soft breaks before the 73rd character of a line (RFC 3676 section 4). */
char *mail_flow(struct arena *arena, const char *text);

#endif
