/* SPDX-License-Identifier: BSD-2-Clause */
/* field.c - finding, showing and comparing the members that a field table describes. */
#include "core/field.h"

#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"

const struct field *
field_find(const struct field *fields, const char *name)
{
	for (; fields->name != NULL; fields++)
		if (strcmp(fields->name, name) == 0)
			return fields;
	return NULL;
}

struct field *
field_table_copy(struct arena *arena, const struct field *fields)
{
	struct field *copy;
	size_t count;

	for (count = 1; fields[count - 1].name != NULL; count++)
		continue;
	copy = ARENA_ARRAY(arena, struct field, count);
	memcpy(copy, fields, count * sizeof(*copy));
	copy->base = field_table_base(fields);
	return copy;
}

const struct field *
field_table_base(const struct field *fields)
{
	return fields->base != NULL ? fields->base : fields;
}

void *
field_at(const struct field *field, const void *row)
{
	/* A reader gets its const row as writable, because C has one name for both uses. */
	return (char *)(uintptr_t)row + field->offset;
}

bool
field_is_text(const struct field *field)
{
	switch (field->type) {
	case FIELD_TYPE_TEXT:
	case FIELD_TYPE_LONG_TEXT:
	case FIELD_TYPE_EMAIL:
	case FIELD_TYPE_URL:
	case FIELD_TYPE_COLOUR:
	case FIELD_TYPE_CHOICE:
	case FIELD_TYPE_ZONE:
	case FIELD_TYPE_WORDS:
		return true;
	default:
		return false;
	}
}

bool
field_is_column(const struct field *field)
{
	return (field->flags & FIELD_LOCAL) == 0 && field->type != FIELD_TYPE_SET;
}

/* Copies of the members, one function for each C type. */
static uint64_t
u64_of(const struct field *field, const void *row)
{
	return *(const uint64_t *)field_at(field, row);
}

static int64_t
i64_of(const struct field *field, const void *row)
{
	return *(const int64_t *)field_at(field, row);
}

static bool
bool_of(const struct field *field, const void *row)
{
	return *(const bool *)field_at(field, row);
}

static const char *
text_of(const struct field *field, const void *row)
{
	const char *text = *(const char *const *)field_at(field, row);

	return text != NULL ? text : "";
}

static struct field_set
set_of(const struct field *field, const void *row)
{
	return *(const struct field_set *)field_at(field, row);
}

static struct field_bytes
bytes_of(const struct field *field, const void *row)
{
	return *(const struct field_bytes *)field_at(field, row);
}

const char *
field_show(struct arena *arena, const struct field *field, const void *row)
{
	struct field_bytes bytes;

	if ((field->flags & FIELD_SECRET) != 0)
		return "";
	switch (field->type) {
	case FIELD_TYPE_U64:
	case FIELD_TYPE_REFERENCE:
		if (u64_of(field, row) == 0 && (field->flags & FIELD_NULLABLE) != 0)
			return "";
		return arena_printf(arena, "%llu", (unsigned long long)u64_of(field, row));
	case FIELD_TYPE_I64:
		if (i64_of(field, row) == 0 && (field->flags & FIELD_NULLABLE) != 0)
			return "";
		return arena_printf(arena, "%lld", (long long)i64_of(field, row));
	case FIELD_TYPE_BOOL:
		return bool_of(field, row) ? "1" : "";
	case FIELD_TYPE_TIME:
		return i64_of(field, row) == 0 ? "" : clock_iso(arena, i64_of(field, row));
	case FIELD_TYPE_SET:
		return field_set_list(arena, field_at(field, row));
	case FIELD_TYPE_BYTES:
		bytes = bytes_of(field, row);
		return text_to_hex(arena, bytes.data, bytes.len);
	default:
		return field_is_text(field) ? text_of(field, row) : "";
	}
}

void
field_copy(const struct field *field, const void *from, void *to)
{
	size_t size = 0;

	switch (field->type) {
	case FIELD_TYPE_U64:
	case FIELD_TYPE_REFERENCE:
		size = sizeof(uint64_t);
		break;
	case FIELD_TYPE_I64:
	case FIELD_TYPE_TIME:
		size = sizeof(int64_t);
		break;
	case FIELD_TYPE_BOOL:
		size = sizeof(bool);
		break;
	case FIELD_TYPE_BYTES:
		size = sizeof(struct field_bytes);
		break;
	case FIELD_TYPE_SET:
		size = sizeof(struct field_set);
		break;
	default:
		CHECK(field_is_text(field));
		size = sizeof(const char *);
	}
	memcpy(field_at(field, to), field_at(field, from), size);
}

bool
field_equal(const struct field *field, const void *a, const void *b)
{
	struct field_bytes left, right;
	struct field_set mine, other;

	switch (field->type) {
	case FIELD_TYPE_U64:
	case FIELD_TYPE_REFERENCE:
		return u64_of(field, a) == u64_of(field, b);
	case FIELD_TYPE_I64:
	case FIELD_TYPE_TIME:
		return i64_of(field, a) == i64_of(field, b);
	case FIELD_TYPE_BOOL:
		return bool_of(field, a) == bool_of(field, b);
	case FIELD_TYPE_BYTES:
		left = bytes_of(field, a);
		right = bytes_of(field, b);
		return left.len == right.len && (left.len == 0 || memcmp(left.data, right.data, left.len) == 0);
	case FIELD_TYPE_SET:
		mine = set_of(field, a);
		other = set_of(field, b);
		return mine.count == other.count
			&& (mine.count == 0 || memcmp(mine.ids, other.ids, mine.count * sizeof(*mine.ids)) == 0);
	default:
		CHECK(field_is_text(field));
		return strcmp(text_of(field, a), text_of(field, b)) == 0;
	}
}

void
field_fill_texts(const struct field *fields, void *row)
{
	const char **text;

	for (; fields->name != NULL; fields++) {
		if (!field_is_text(fields))
			continue;
		text = field_at(fields, row);
		if (*text == NULL)
			*text = "";
	}
}

void
field_preset(struct arena *arena, const struct field *fields, void *row)
{
	struct field_problem problem;

	for (; fields->name != NULL; fields++)
		if (fields->preset != NULL)
			CHECK(field_read(arena, fields, fields->preset, row, &problem));
}
