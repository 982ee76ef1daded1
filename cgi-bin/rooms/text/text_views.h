/* SPDX-License-Identifier: BSD-2-Clause */
/* text_views.h - the texts of the product beside a company's own: which ones somebody asks for, and how they are shown. */
#ifndef HARK_ROOMS_TEXT_TEXT_VIEWS_H
#define HARK_ROOMS_TEXT_TEXT_VIEWS_H

#include "rooms/text/text.h"
#include "rooms/text/text_catalogue.h"
#include "rooms/text/text_rules.h"

/* One text of the product, and what the company says instead. */
struct text_line {
	const struct text_message *message;
	const char *product;             /* in the language asked for; in English when it has no catalogue */
	const char *product_many;
	const struct text *own;          /* or NULL */
};

enum text_show { TEXT_SHOW_ALL, TEXT_SHOW_CHANGED, TEXT_SHOW_MISSING };

/* What somebody asks for, and what there is. */
struct text_look {
	const char *language;
	bool is_ours;                    /* the language has a catalogue: nothing is missing */
	unsigned area;                   /* enum text_area; TEXT_VISITORS for a language without a catalogue */
	enum text_show show;
	const char *search;              /* folded, "" all */
	struct text_line *lines;         /* those asked for, sorted by message */
	size_t count;
	size_t changed;                  /* of the area, whatever was asked for */
	size_t missing;
	size_t of;
};

/* ?language= when it is one, else the company's. */
const char *text_language_asked(struct req *r);

/* Reads ?language=, ?area=, ?show=, ?q= and finds the lines. */
enum got text_look(struct req *r, struct text_look *look) MUST_USE;

/* The page of all texts: Texts.… of templates/text/all.cs, a page of lines (?page=). */
enum got text_look_show(struct req *r, const struct text_look *look) MUST_USE;

/* A hook of the resource: Text.… of templates/text/form.cs. */
void text_form_show(struct req *r, const void *row);

/* For programs. */
struct json *text_look_json(struct req *r, const struct text_look *look);

#endif
