/* SPDX-License-Identifier: BSD-2-Clause */
/* field.h - a table that describes the members of a struct once, for every direction:
 * row <-> struct <-> form <-> page <-> JSON <-> CSV <-> audit difference.
 *
 *	static const struct field queue_fields[] = {
 *		FIELD_U64(struct queue, id, FIELD_KEY),
 *		FIELD_TEXT(struct queue, name, FIELD_FORM | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LIST,
 *			.max = 80, .label = N_("Name")),
 *		FIELD_END
 *	};
 *
 * The name of a member, of its column, of its form input and of its JSON key are the same word.
 */
#ifndef HARK_CORE_FIELD_H
#define HARK_CORE_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/clock.h"

/* Marks text for translation; it is translated where it is shown. */
#define N_(text) (text)

enum field_type {
	FIELD_TYPE_END,
	FIELD_TYPE_U64,         /* uint64_t */
	FIELD_TYPE_I64,         /* int64_t */
	FIELD_TYPE_BOOL,        /* bool */
	FIELD_TYPE_TIME,        /* clock_ms */
	FIELD_TYPE_TEXT,        /* const char *, one line */
	FIELD_TYPE_LONG_TEXT,   /* const char *, many lines */
	FIELD_TYPE_EMAIL,       /* const char * */
	FIELD_TYPE_URL,         /* const char * */
	FIELD_TYPE_COLOUR,      /* const char *, "#rrggbb" */
	FIELD_TYPE_CHOICE,      /* const char *, one of `choices` */
	FIELD_TYPE_ZONE,        /* const char *, a time zone of the machine: "Europe/Paris" */
	FIELD_TYPE_BYTES,       /* struct field_bytes, never in forms */
	FIELD_TYPE_REFERENCE,   /* uint64_t, id of the noun `of`, 0 for none */
	FIELD_TYPE_SET,         /* struct field_set, ids of the noun `of`, kept in the table `via` */
	FIELD_TYPE_WORDS        /* const char *, some of the words that `words` gives, separated by spaces; "*" is all, also later ones */
};

enum field_flag {
	FIELD_KEY = 1 << 0,          /* the id: never written by a form */
	FIELD_FORM = 1 << 1,         /* is in the form and may be written through form and API */
	FIELD_LIST = 1 << 2,         /* is a column of the list page */
	FIELD_REQUIRED = 1 << 3,
	FIELD_UNIQUE = 1 << 4,       /* among the live rows of the tenant, folded */
	FIELD_SEARCH = 1 << 5,       /* the list's search box looks here */
	FIELD_FILTER = 1 << 6,       /* the list can be narrowed by it (choice, boolean, reference, set) */
	FIELD_SECRET = 1 << 7,       /* is never shown; an empty input keeps the old value; masked in audit */
	FIELD_READONLY = 1 << 8,     /* is shown, never written by form or API */
	FIELD_NULLABLE = 1 << 9,     /* 0 or "" is NULL in the database */
	FIELD_LOCAL = 1 << 10,       /* is no column: read from a form only, or filled by the store */
	FIELD_PERSONAL = 1 << 11,    /* text by which a person can be reached: "***" in audit, and see resource.mask */
	FIELD_DAY = 1 << 12,         /* text "2026-12-24" of an input of days: lists and audit log show it as people write days */
	FIELD_MASKED = 1 << 13       /* set by the settings engine: a PERSONAL one of which this actor sees only the mask */
};

struct field_choice {
	const char *value;
	const char *label;
};

/* One of the words of a WORDS field. */
struct field_word {
	const char *word;       /* without space or comma */
	const char *group;      /* heading over it, N_() */
	const char *label;      /* N_() */
};
/* Fills *word with the one at that place; false behind the last. */
typedef bool field_words(size_t at, struct field_word *word);

struct field_bytes {
	const void *data;
	size_t len;
};

struct field_set {
	const uint64_t *ids;    /* ascending, no doubles */
	size_t count;
};

/* A link table: rows of (tenant_id, mine, theirs). */
struct field_via {
	const char *table;
	const char *mine;       /* the column that holds the id of this noun */
	const char *theirs;     /* the column that holds the ids of the set */
};

struct field {
	const char *name;
	enum field_type type;
	unsigned flags;
	size_t offset;
	const char *label;
	const char *help;
	size_t min;                           /* characters, or the least number */
	size_t max;                           /* characters, or the greatest number; 0: the type's default */
	const char *preset;                   /* the value of a new row, as a form would send it */
	const char *placeholder;              /* of a ZONE: what the empty choice says */
	const struct field_choice *choices;   /* ends with a NULL value */
	const char *of;                       /* the noun that a REFERENCE or SET points at */
	const struct field_via *via;          /* of a SET */
	const char *only;                     /* of a REFERENCE or SET: a yes-or-no column of `of` that must be set to be chosen */
	field_words *words;                   /* of WORDS */
	const char *section;                  /* heading of the part of the form that begins with this field, N_() */
	const struct field *base;             /* of the first field of a copy: the table that field_table_copy() was given */
};

#define FIELD_TEXT_MAX 255          /* characters of one line, unless the field says otherwise */
#define FIELD_LONG_TEXT_MAX 10000   /* characters of a long text, unless the field says otherwise */
#define FIELD_SET_MAX 1000          /* ids in a set */

/* The compiler refuses a field whose C type differs from the member's. */
#define FIELD_SAME(owner, member, want) \
	(0 * sizeof(*(1 ? (want *)0 : &((owner *)0)->member)))
#define FIELD_OF(kind, want, owner, member, mask, ...) \
	{ .name = #member, .type = (kind), .flags = (mask), \
	  .offset = offsetof(owner, member) + FIELD_SAME(owner, member, want), __VA_ARGS__ }

#define FIELD_U64(type, member, ...)       FIELD_OF(FIELD_TYPE_U64, uint64_t, type, member, __VA_ARGS__)
#define FIELD_I64(type, member, ...)       FIELD_OF(FIELD_TYPE_I64, int64_t, type, member, __VA_ARGS__)
#define FIELD_BOOL(type, member, ...)      FIELD_OF(FIELD_TYPE_BOOL, bool, type, member, __VA_ARGS__)
#define FIELD_TIME(type, member, ...)      FIELD_OF(FIELD_TYPE_TIME, clock_ms, type, member, __VA_ARGS__)
#define FIELD_TEXT(type, member, ...)      FIELD_OF(FIELD_TYPE_TEXT, const char *, type, member, __VA_ARGS__)
#define FIELD_LONG_TEXT(type, member, ...) FIELD_OF(FIELD_TYPE_LONG_TEXT, const char *, type, member, __VA_ARGS__)
#define FIELD_EMAIL(type, member, ...)     FIELD_OF(FIELD_TYPE_EMAIL, const char *, type, member, __VA_ARGS__)
#define FIELD_URL(type, member, ...)       FIELD_OF(FIELD_TYPE_URL, const char *, type, member, __VA_ARGS__)
#define FIELD_COLOUR(type, member, ...)    FIELD_OF(FIELD_TYPE_COLOUR, const char *, type, member, __VA_ARGS__)
#define FIELD_CHOICE(type, member, ...)    FIELD_OF(FIELD_TYPE_CHOICE, const char *, type, member, __VA_ARGS__)
#define FIELD_ZONE(type, member, ...)      FIELD_OF(FIELD_TYPE_ZONE, const char *, type, member, __VA_ARGS__)
#define FIELD_BYTES(type, member, ...)     FIELD_OF(FIELD_TYPE_BYTES, struct field_bytes, type, member, __VA_ARGS__)
#define FIELD_REFERENCE(type, member, ...) FIELD_OF(FIELD_TYPE_REFERENCE, uint64_t, type, member, __VA_ARGS__)
#define FIELD_SET(type, member, ...)       FIELD_OF(FIELD_TYPE_SET, struct field_set, type, member, __VA_ARGS__)
#define FIELD_WORDS(type, member, ...)     FIELD_OF(FIELD_TYPE_WORDS, const char *, type, member, __VA_ARGS__)
#define FIELD_END { .name = NULL, .type = FIELD_TYPE_END }

/* The field of that name, or NULL. */
const struct field *field_find(const struct field *fields, const char *name);

/* A copy of the table whose flags may be changed, and nothing else: what was prepared for the columns of the table serves its copies,
 * and outlives them. */
struct field *field_table_copy(struct arena *arena, const struct field *fields);

/* The table itself, of a copy too: the same for all of them. */
const struct field *field_table_base(const struct field *fields);

/* Where the member of `row` lies. */
void *field_at(const struct field *field, const void *row);

/* Is the member a `const char *`? */
bool field_is_text(const struct field *field);

/* Is it a column of the noun's own table? */
bool field_is_column(const struct field *field);

/* The member as a form, a CSV cell or an audit entry shows it: numbers in decimal, booleans "1" or "",
 * times as RFC 3339, sets as "1,2,3", words as "one two", secrets as "". Never NULL. */
const char *field_show(struct arena *arena, const struct field *field, const void *row);

/* What is wrong with a value, for people: a message id for translation, with at most one %s for `detail`
 * (the limit, or what is allowed), and a second one for `until` when there are two limits. */
struct field_problem {
	const char *text;
	const char *detail;
	const char *until;           /* or NULL */
};

/* Reads `value` (NULL: absent) into the member of `row`; false and *problem when it may not be. Text is
 * trimmed. REQUIRED, limits and the type's own rules are checked here; UNIQUE and REFERENCE, which need the
 * database, are not. On false the member holds what was typed where the type can hold it. */
bool field_read(struct arena *arena, const struct field *field, const char *value, void *row,
	struct field_problem *problem);

/* Copies the member; texts, sets and bytes are shared. */
void field_copy(const struct field *field, const void *from, void *to);

/* Are the members equal? */
bool field_equal(const struct field *field, const void *a, const void *b);

/* Sets the members that have a preset. */
void field_preset(struct arena *arena, const struct field *fields, void *row);

/* Texts that are NULL become "": hooks and readers of settings need not look for it. */
void field_fill_texts(const struct field *fields, void *row);

/* Has the text of a WORDS member the word ("*" has every one)? */
bool field_words_have(const char *text, const char *word);

/* Is `id` in the set? */
bool field_set_has(const struct field_set *set, uint64_t id);

/* The ids as "3,7", for FIND_IN_SET. */
const char *field_set_list(struct arena *arena, const struct field_set *set);

#endif
