/* SPDX-License-Identifier: BSD-2-Clause */
/* notice_text.h - what the mails say, in the language in use. */
#ifndef HARK_ROOMS_NOTICE_NOTICE_TEXT_H
#define HARK_ROOMS_NOTICE_NOTICE_TEXT_H

#include <stdbool.h>

#include "core/arena.h"
#include "edge/locale.h"

#define NOTICE_LINES_MAX 12

struct notice_template {
	const char *name;
	const char *title;                       /* in the list of mails, N_() */
	const char *subject;                     /* N_() with {name}s */
	const char *lines[NOTICE_LINES_MAX];     /* paragraphs, N_() with {name}s; those without a word, such as "{link}", stay as they are */
};

/* Ends with a NULL name. */
extern const struct notice_template notice_templates[];

/* NULL when there is none of that name. */
const struct notice_template *notice_template_named(const char *name);

/* The subject, and the text with a greeting and the company's name below. Values become one line each. */
void notice_write(struct arena *arena, const struct notice_template *template, const struct locale_value *values, const char **subject,
	const char **text);

#endif
