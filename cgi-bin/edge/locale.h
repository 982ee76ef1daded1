/* SPDX-License-Identifier: BSD-2-Clause */
/* locale.h - the language of what people read, by gettext (libintl.h). The texts in the source are English.
 *
 * One language is in use at a time, as one request is. No locale of the system has to be installed. A company may say some texts in words
 * of its own, also in a language that has no catalogue.
 */
#ifndef HARK_EDGE_LOCALE_H
#define HARK_EDGE_LOCALE_H

#include <stdint.h>

#include "core/arena.h"

/* Where the catalogues are: <dir>/<language>/LC_MESSAGES/hark.mo. A missing one means English. */
void locale_open(const char *dir);

/* The languages that there are, "en" first; ends with NULL. */
extern const char *const locale_names[];

/* What a language calls itself: "Français" of "fr"; itself when it is none of ours. */
const char *locale_label(const char *name);

/* "rtl" for languages that are written from right to left, else "ltr"; also for those without a catalogue yet. */
const char *locale_direction(const char *name);

/* The language of ours that a tag means ("pt" of "pt-BR"), or NULL. */
const char *locale_known(const char *tag);

/* Makes a language the one in use, without own texts; "pt-BR" is "pt", and one that is unknown is "en". */
void locale_use(const char *name);

/* A text in a company's own words. */
struct locale_own {
	const char *message;     /* the English text of the source */
	const char *text;
	const char *many;        /* for the plural, or NULL */
	unsigned rank;           /* of several texts for a message, the one of the lowest rank is said */
};

/* Puts own texts before the catalogue of the language in use, until the arena ends or locale_use() comes. `name` is the language that they
 * are in, "de": what locale_name() then says. `texts` is sorted in place and, like `name`, lives in the arena. */
void locale_use_own(struct arena *arena, const char *name, struct locale_own *texts, size_t count);

/* The language in use: "en", "fr", "pt" or "es", or the company's. */
const char *locale_name(void);

/* The text in the language in use, or itself. Lives as long as the request. */
const char *locale_text(const char *text);

/* What the product itself says in a language of ours, whatever is in use and in whatever words. */
struct locale_message {
	const char *one;
	const char *many;        /* NULL: it has no plural */
	const char *text;        /* out */
	const char *text_many;   /* out, NULL without a plural */
};
void locale_look_up(const char *name, struct locale_message *messages, size_t count);

/* The form for `count` things; the caller fills in the number. */
const char *locale_plural(const char *one, const char *many, uint64_t count);

/* The text in the language in use, with `detail` (NULL is "") for its one %s; "%%" is a percent sign. */
char *locale_fill(struct arena *arena, const char *text, const char *detail);

/* The same with two, in this order in every language. */
char *locale_fill_two(struct arena *arena, const char *text, const char *first, const char *second);

/* A word for {name} in a text. */
struct locale_value {
	const char *name;
	const char *value;
};

/* The text in the language in use, with each {name} replaced by its value; the list ends with a NULL name, and what it does not have
 * is left out. Values are put in as they are. */
char *locale_fill_names(struct arena *arena, const char *text, const struct locale_value *values);

/* The language that a browser likes best, by its Accept-Language (RFC 9110 section 12.5.4); "en" for NULL or nonsense. */
const char *locale_pick(const char *accept_language);

/* The same among our languages and a company's ("de pt-BR", separated by spaces; NULL: none): `otherwise` when none of them fits. One tag
 * alone, such as the `lang` of a page, is an Accept-Language too. The result is `otherwise`, one of locale_names, or in the arena. */
const char *locale_choose(struct arena *arena, const char *accept_language, const char *own_names, const char *otherwise);

#endif
