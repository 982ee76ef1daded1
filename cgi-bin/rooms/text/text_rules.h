/* SPDX-License-Identifier: BSD-2-Clause */
/* text_rules.h - languages, where a message is read, and whether a text may stand in its place: decisions without input and output. */
#ifndef HARK_ROOMS_TEXT_TEXT_RULES_H
#define HARK_ROOMS_TEXT_TEXT_RULES_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/field.h"

/* Every language that a text may be in, by tag (RFC 5646), each called as it calls itself; ours first. */
extern const struct field_choice text_language_choices[];

/* The tag as the list has it; NULL for one that it has not, and for NULL. */
const char *text_language_named(const char *tag);
/* What it calls itself; "" for one that is not in the list. */
const char *text_language_label(const char *language);

/* Has it a catalogue of ours? Others are for visitors alone. */
bool text_language_is_ours(const char *language);

/* Lists of languages as tenant.text_languages has them: "de fr". */
bool text_list_has(const char *list, const char *language);
/* Also when it is there already. */
const char *text_list_add(struct arena *arena, const char *list, const char *language);
const char *text_list_remove(struct arena *arena, const char *list, const char *language);

/* Where people read a message; one may be read in several places. */
enum text_area {
	TEXT_VISITORS = 1 << 0,      /* the chat: button, panel, page of its own, what it answers */
	TEXT_MAILS = 1 << 1,
	TEXT_CONSOLE = 1 << 2,
	TEXT_PANEL = 1 << 3          /* the control panel, signing in */
};

/* "visitors", "mails", "console", "panel"; ends with a NULL value. */
extern const struct field_choice text_area_choices[];
/* 0 for a word that is none of them, and for NULL. */
unsigned text_area_named(const char *word);

/* The areas of a message by the files that have it, separated by spaces as in hark.pot; 0: only hosts and their commands say it, which
 * belong to no company. */
unsigned text_areas_of(const char *files);

/* May `wording` stand for `message`? It must have the same %s and {names}, each as often, and no line break that the message has not.
 * NULL, or what is wrong: a message id with at most one %s for *detail. */
const char *text_problem(struct arena *arena, const char *message, const char *wording, const char **detail);

#endif
