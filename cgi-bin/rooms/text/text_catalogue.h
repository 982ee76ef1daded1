/* SPDX-License-Identifier: BSD-2-Clause */
/* text_catalogue.h - every text that the product has: the installed po/hark.pot. */
#ifndef HARK_ROOMS_TEXT_TEXT_CATALOGUE_H
#define HARK_ROOMS_TEXT_TEXT_CATALOGUE_H

#include "web/req.h"

struct text_message {
	const char *one;             /* in English, as the sources have it */
	const char *many;            /* NULL: it counts nothing */
	unsigned areas;              /* enum text_area */
};

struct text_catalogue {
	struct text_message *messages;       /* those that people of a company read, sorted by `one` */
	size_t count;
};

/* Into `arena`, some 300 KB. GOT_ERROR when it cannot be read (logged). */
enum got text_catalogue_load(const struct conf *conf, struct arena *arena, struct text_catalogue *catalogue) MUST_USE;

/* The same out of the text of such a file: for tests. What it does not understand is left out. */
void text_catalogue_read(struct arena *arena, const char *pot, struct text_catalogue *catalogue);

/* NULL when the product does not say it. */
const struct text_message *text_catalogue_find(const struct text_catalogue *catalogue, const char *message);

#endif
