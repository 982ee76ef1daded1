/* SPDX-License-Identifier: BSD-2-Clause */
/* text_import.h - own texts out of a CSV file, as the page of all texts exports it: all of them, or none. */
#ifndef HARK_ROOMS_TEXT_TEXT_IMPORT_H
#define HARK_ROOMS_TEXT_TEXT_IMPORT_H

#include "rooms/text/text.h"

#define TEXT_IMPORT_BYTES_MAX 900000         /* below the preset of body_max: the page shows the lines, to be mended and sent again */
#define TEXT_IMPORT_LINES_MAX 2000
#define TEXT_IMPORT_PROBLEMS_MAX 50

/* The head of the file; "product" and "product_many" are there for who translates and are not read. */
#define TEXT_CSV_HEAD "language,message,message_many,product,product_many,wording,wording_many"

struct text_import {
	size_t changed;              /* texts that are new or other than before */
	size_t same;                 /* lines that change nothing, or have no own text */
	size_t problem_count;        /* all that were found; the first are kept */
	struct {
		size_t line;
		const char *message;     /* for people, translated */
	} problems[TEXT_IMPORT_PROBLEMS_MAX];
};

/* GOT_NONE: there are problems, nothing is stored. */
enum got text_import(struct req *r, const char *csv, struct text_import *import) MUST_USE;

/* Says that the file as a whole is no good; `message` may have a %s for TEXT_IMPORT_BYTES_MAX. */
void text_import_refuse(struct req *r, struct text_import *import, const char *message);

#endif
