/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_words.h - what the words of the audit log are called on pages. */
#ifndef HARK_ROOMS_AUDIT_AUDIT_WORDS_H
#define HARK_ROOMS_AUDIT_AUDIT_WORDS_H

#include <stddef.h>

#include "core/field.h"

struct audit_word {
	const char *name;
	const char *label;               /* N_() */
};

/* Kinds of actors, to choose from. */
extern const struct audit_word audit_kinds[];
extern const size_t audit_kind_count;

/* Translated; NULL for a kind that is none. */
const char *audit_kind_label(const char *kind);

/* The word that says what was done: the whole action ("agent.password_reset") when it has one of its own, else its verb ("create"). */
const char *audit_action_word(const char *action);

/* What was done, translated: by the whole action ("agent.password_reset"), else by its verb ("create"); else the action itself. */
const char *audit_action_label(const char *action);

/* How a member of a difference is shown that no resource has: label, choices, a moment. Every name gets one. */
const struct field *audit_member(struct arena *arena, const char *name);

/* What a noun that is no resource is called, translated; else the noun itself. */
const char *audit_noun_label(const char *noun);

#endif
