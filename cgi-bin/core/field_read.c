/* SPDX-License-Identifier: BSD-2-Clause */
/* field_read.c - values as people and programs send them, into the members that a field table describes; and why not. */
#include "core/field.h"

#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/str.h"
#include "core/text.h"

static bool
refuse(struct field_problem *problem, const char *text, const char *detail)
{
	*problem = (struct field_problem){ .text = text, .detail = detail };
	return false;
}

static const char *
number_show(struct arena *arena, uint64_t number)
{
	return arena_printf(arena, "%llu", (unsigned long long)number);
}

/* The greatest number of characters of a text. */
static size_t
text_max(const struct field *field)
{
	if (field->max > 0)
		return field->max;
	switch (field->type) {
	case FIELD_TYPE_LONG_TEXT:
		return FIELD_LONG_TEXT_MAX;
	case FIELD_TYPE_URL:
		return 2000;
	default:
		return FIELD_TEXT_MAX;
	}
}

static bool
text_check(struct arena *arena, const struct field *field, const char *text, struct field_problem *problem)
{
	size_t length = text_length(text);

	if (text_has_control(text))
		return refuse(problem, N_("must not hold control characters"), "");
	if (field->type != FIELD_TYPE_LONG_TEXT && strchr(text, '\n') != NULL)
		return refuse(problem, N_("must be one line"), "");
	if (length > text_max(field))
		return refuse(problem, N_("must be at most %s characters"), number_show(arena, text_max(field)));
	if (length < field->min)
		return refuse(problem, N_("must be at least %s characters"), number_show(arena, field->min));
	return true;
}

static bool
choice_check(struct arena *arena, const struct field *field, const char *text, struct field_problem *problem)
{
	const struct field_choice *choice;
	struct str all;

	str_init(&all, arena);
	for (choice = field->choices; choice != NULL && choice->value != NULL; choice++) {
		if (strcmp(choice->value, text) == 0)
			return true;
		if (choice->value[0] != '\0')
			str_add_item(&all, choice->value);
	}
	return refuse(problem, N_("must be one of: %s"), all.data);
}

/* The rule of the type itself. */
static bool
shape_check(struct arena *arena, const struct field *field, const char *text, struct field_problem *problem)
{
	switch (field->type) {
	case FIELD_TYPE_EMAIL:
		return text_is_email(text)
			|| refuse(problem, N_("must be one e-mail address, such as %s"), "name@example.com");
	case FIELD_TYPE_URL:
		return text_is_web_address(text)
			|| refuse(problem, N_("must be a web address, such as %s"), "https://example.com/");
	case FIELD_TYPE_COLOUR:
		return text_is_colour(text) || refuse(problem, N_("must be a colour, such as %s"), "#1a73e8");
	case FIELD_TYPE_CHOICE:
		return choice_check(arena, field, text, problem);
	case FIELD_TYPE_ZONE:
		return clock_is_zone(text) || refuse(problem, N_("must be a time zone such as %s"), "Europe/Paris");
	default:
		return true;
	}
}

/* A secret is taken as it is typed, but for the newline that pasting adds: white space may belong to it. */
static const char *
text_clean(struct arena *arena, const struct field *field, const char *value)
{
	size_t len = strlen(value);

	if ((field->flags & FIELD_SECRET) == 0 || field->type != FIELD_TYPE_TEXT)
		return text_trim(arena, value);
	while (len > 0 && (value[len - 1] == '\n' || value[len - 1] == '\r'))
		len--;
	return arena_text_of(arena, value, len);
}

static bool
text_field_read(struct arena *arena, const struct field *field, const char *value, void *row,
	struct field_problem *problem)
{
	const char **member = field_at(field, row);

	if (!text_is_utf8(value, strlen(value))) {
		*member = text_repair(arena, value);
		return refuse(problem, N_("must be text in UTF-8"), "");
	}
	*member = text_clean(arena, field, value);
	if (text_is_blank(*member)) {
		*member = "";
		return true;
	}
	return text_check(arena, field, *member, problem) && shape_check(arena, field, *member, problem);
}

static bool
range_refuse(struct arena *arena, const struct field *field, struct field_problem *problem)
{
	if (field->max > 0) {
		*problem = (struct field_problem){ .text = N_("must be a number from %s to %s"), .detail = number_show(arena, field->min),
			.until = number_show(arena, field->max) };
		return false;
	}
	if (field->min > 0)
		return refuse(problem, N_("must be a number of at least %s"), number_show(arena, field->min));
	return refuse(problem, N_("must be a whole number"), "");
}

static bool
u64_read(struct arena *arena, const struct field *field, const char *value, void *row,
	struct field_problem *problem)
{
	uint64_t *member = field_at(field, row);

	*member = 0;
	if (*value == '\0' && (field->flags & FIELD_NULLABLE) != 0)
		return true;
	if (*value != '\0' && !text_to_u64(value, member))
		return range_refuse(arena, field, problem);
	if (*member < field->min || (field->max > 0 && *member > field->max))
		return range_refuse(arena, field, problem);
	return true;
}

/* A signed number has limits only when the field gives them: 0 as the least would forbid the sign. */
static bool
i64_read(struct arena *arena, const struct field *field, const char *value, void *row,
	struct field_problem *problem)
{
	int64_t *member = field_at(field, row);

	*member = 0;
	if (*value == '\0' && (field->flags & FIELD_NULLABLE) != 0)
		return true;
	if (*value != '\0' && !text_to_i64(value, member))
		return range_refuse(arena, field, problem);
	if (field->min == 0 && field->max == 0)
		return true;
	if (*member < (int64_t)field->min || (field->max > 0 && *member > (int64_t)field->max))
		return range_refuse(arena, field, problem);
	return true;
}

static bool
bool_read(const struct field *field, const char *value, void *row, struct field_problem *problem)
{
	static const char *const yes[] = { "1", "on", "true", "yes" };
	static const char *const no[] = { "", "0", "off", "false", "no" };
	bool *member = field_at(field, row);

	*member = false;
	for (size_t i = 0; i < COUNT_OF(yes); i++)
		if (text_equal_nocase(value, yes[i]))
			*member = true;
	for (size_t i = 0; i < COUNT_OF(no); i++)
		if (text_equal_nocase(value, no[i]))
			return true;
	return *member || refuse(problem, N_("must be yes or no"), "");
}

static bool
time_read(const struct field *field, const char *value, void *row, struct field_problem *problem)
{
	clock_ms *member = field_at(field, row);

	*member = 0;
	if (*value == '\0' || clock_from_iso(value, member) || clock_day_start(value, 0, member))
		return true;
	return refuse(problem, N_("must be a date and time, such as %s"), "2026-11-20T13:51:39Z");
}

static bool
reference_read(const struct field *field, const char *value, void *row, struct field_problem *problem)
{
	uint64_t *member = field_at(field, row);

	*member = 0;
	if (*value == '\0' || text_to_u64(value, member))
		return true;
	return refuse(problem, N_("must be one of the list"), "");
}

static int
id_compare(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a;
	uint64_t right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

/* Reads "3,1,2" into `ids`, which has room for as many as there are commas and one more. */
static bool
ids_read(struct arena *arena, const char *value, uint64_t *ids, size_t *count)
{
	for (*count = 0; *value != '\0'; ++*count) {
		size_t len = strcspn(value, ",");
		const char *one = text_trim(arena, arena_text_of(arena, value, len));

		if (!text_to_u64(one, &ids[*count]) || ids[*count] == 0)
			return false;
		value += len;
		if (*value == ',' && *++value == '\0')
			return false;
	}
	return true;
}

static bool
set_read(struct arena *arena, const struct field *field, const char *value, void *row,
	struct field_problem *problem)
{
	struct field_set *member = field_at(field, row);
	size_t room = 1, count = 0, kept = 0;
	uint64_t *ids;

	*member = (struct field_set){ .ids = NULL };
	for (const char *at = value; *at != '\0'; at++)
		room += *at == ',';
	ids = ARENA_ARRAY(arena, uint64_t, room);
	if (!ids_read(arena, value, ids, &count))
		return refuse(problem, N_("must be a list of numbers, such as %s"), "1,2,3");
	qsort(ids, count, sizeof(*ids), id_compare);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || ids[kept - 1] != ids[i])
			ids[kept++] = ids[i];
	member->ids = ids;
	member->count = kept;
	if (kept > FIELD_SET_MAX)
		return refuse(problem, N_("must be at most %s entries"), number_show(arena, FIELD_SET_MAX));
	return true;
}

#define WORDS_BETWEEN " ,\t\r\n"

bool
field_words_have(const char *text, const char *word)
{
	size_t len, wanted = strlen(word);

	if (text == NULL)
		return false;
	for (text += strspn(text, WORDS_BETWEEN); *text != '\0'; text += len, text += strspn(text, WORDS_BETWEEN)) {
		len = strcspn(text, WORDS_BETWEEN);
		if ((len == 1 && *text == '*') || (len == wanted && memcmp(text, word, len) == 0))
			return true;
	}
	return false;
}

/* Is it one of the field's words, or "*"? */
static bool
word_is_known(const struct field *field, const char *text, size_t len)
{
	struct field_word word;

	if (len == 1 && *text == '*')
		return true;
	for (size_t i = 0; field->words(i, &word); i++)
		if (strlen(word.word) == len && memcmp(word.word, text, len) == 0)
			return true;
	return false;
}

/* The first word that is none of the field's, or NULL. */
static const char *
word_unknown(struct arena *arena, const struct field *field, const char *text)
{
	size_t len;

	for (text += strspn(text, WORDS_BETWEEN); *text != '\0'; text += len, text += strspn(text, WORDS_BETWEEN)) {
		len = strcspn(text, WORDS_BETWEEN);
		if (!word_is_known(field, text, len))
			return arena_text_of(arena, text, len);
	}
	return NULL;
}

/* The words come out in the field's order and once each, so that equal sets are equal texts. */
static bool
words_read(struct arena *arena, const struct field *field, const char *value, void *row, struct field_problem *problem)
{
	const char **member = field_at(field, row);
	const char *unknown;
	struct field_word word;
	struct str out;

	*member = text_is_utf8(value, strlen(value)) ? value : text_repair(arena, value);
	unknown = word_unknown(arena, field, *member);
	if (unknown != NULL)
		return refuse(problem, N_("has a word that is not in the list: %s"), unknown);
	str_init(&out, arena);
	if (field_words_have(value, "*"))
		str_add(&out, "*");
	for (size_t i = 0; out.data[0] != '*' && field->words(i, &word); i++)
		if (field_words_have(value, word.word))
			str_addf(&out, "%s%s", out.len > 0 ? " " : "", word.word);
	*member = out.data;
	return true;
}

/* Reads by type; `value` is trimmed for all but texts. */
static bool
value_read(struct arena *arena, const struct field *field, const char *value, void *row,
	struct field_problem *problem)
{
	switch (field->type) {
	case FIELD_TYPE_U64:
		return u64_read(arena, field, value, row, problem);
	case FIELD_TYPE_I64:
		return i64_read(arena, field, value, row, problem);
	case FIELD_TYPE_BOOL:
		return bool_read(field, value, row, problem);
	case FIELD_TYPE_TIME:
		return time_read(field, value, row, problem);
	case FIELD_TYPE_REFERENCE:
		return reference_read(field, value, row, problem);
	case FIELD_TYPE_SET:
		return set_read(arena, field, value, row, problem);
	case FIELD_TYPE_WORDS:
		return words_read(arena, field, value, row, problem);
	default:
		CHECK(field_is_text(field));
		return text_field_read(arena, field, value, row, problem);
	}
}

/* Is it a member without a value? A number of 0 is a value, no reference and no time are none. */
static bool
is_missing(const struct field *field, const char *value, const void *row)
{
	const char *text;

	switch (field->type) {
	case FIELD_TYPE_BOOL:
		return false;
	case FIELD_TYPE_U64:
	case FIELD_TYPE_I64:
		return *value == '\0';
	case FIELD_TYPE_TIME:
		return *(const int64_t *)field_at(field, row) == 0;
	case FIELD_TYPE_REFERENCE:
		return *(const uint64_t *)field_at(field, row) == 0;
	case FIELD_TYPE_SET:
		return ((const struct field_set *)field_at(field, row))->count == 0;
	default:
		text = *(const char *const *)field_at(field, row);
		return text == NULL || *text == '\0';
	}
}

bool
field_read(struct arena *arena, const struct field *field, const char *value, void *row,
	struct field_problem *problem)
{
	bool required = (field->flags & FIELD_REQUIRED) != 0;
	bool good = true;

	*problem = (struct field_problem){ .text = NULL };
	if (value == NULL)
		value = "";
	if (!field_is_text(field))
		value = text_trim(arena, value);
	if (*value != '\0' || (field->flags & FIELD_SECRET) == 0)
		good = value_read(arena, field, value, row, problem);
	if (required && is_missing(field, value, row) && (good || *value == '\0'))
		return refuse(problem, N_("is required"), "");
	return good;
}

bool
field_set_has(const struct field_set *set, uint64_t id)
{
	return set->count > 0
		&& bsearch(&id, set->ids, set->count, sizeof(*set->ids), id_compare) != NULL;
}

const char *
field_set_list(struct arena *arena, const struct field_set *set)
{
	struct str list;
	size_t i;

	str_init(&list, arena);
	for (i = 0; i < set->count; i++)
		str_addf(&list, "%s%llu", i > 0 ? "," : "", (unsigned long long)set->ids[i]);
	return list.data;
}
