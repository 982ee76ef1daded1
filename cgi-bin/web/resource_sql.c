/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_sql.c - the only place where a statement is put together while the program runs. */
#include "web/resource_sql.h"

#include <string.h>

#include "core/check.h"

#define SQL_ROOM 16      /* values at first */

void
sql_init(struct sql *sql, struct arena *arena)
{
	sql->arena = arena;
	sql->count = 0;
	sql->room = SQL_ROOM;
	sql->args = ARENA_ARRAY(arena, struct db_value, SQL_ROOM);
	str_init(&sql->text, arena);
}

void
sql_add(struct sql *sql, const char *text)
{
	str_add(&sql->text, text);
}

static bool
name_is_sound(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= 64 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == len;
}

void
sql_name(struct sql *sql, const char *name)
{
	CHECK(name_is_sound(name));
	str_add_char(&sql->text, '`');
	str_add(&sql->text, name);
	str_add_char(&sql->text, '`');
}

void
sql_value(struct sql *sql, struct db_value value)
{
	struct db_value *more;

	if (sql->count + 1 == sql->room) {
		more = ARENA_ARRAY(sql->arena, struct db_value, sql->room * 2);
		memcpy(more, sql->args, sql->count * sizeof(*more));
		sql->args = more;
		sql->room *= 2;
	}
	str_add_char(&sql->text, '?');
	sql->args[sql->count++] = value;
	sql->args[sql->count].type = DB_TYPE_END;
}

void
sql_in(struct sql *sql, const uint64_t *ids, size_t count)
{
	size_t i, most = 1;

	while (most < count)
		most *= 2;
	sql_add(sql, "IN (");
	for (i = 0; i < most; i++) {
		if (i > 0)
			sql_add(sql, ", ");
		sql_value(sql, count == 0 ? db_null() : db_u64(ids[i < count ? i : count - 1]));
	}
	sql_add(sql, ")");
}

void
sql_columns(struct sql *sql, const struct field *fields)
{
	const struct field *field;
	bool first = true;

	for (field = fields; field->name != NULL; field++) {
		if (!field_is_column(field))
			continue;
		if (!first)
			sql_add(sql, ", ");
		sql_name(sql, field->name);
		first = false;
	}
}

static struct db_value
text_value(const char *text, bool nullable)
{
	if (text == NULL || text[0] == '\0')
		return nullable ? db_null() : db_text("");
	return db_text(text);
}

bool
sql_is_empty(const struct field *field, const void *row)
{
	const void *at = field_at(field, row);

	switch (field->type) {
	case FIELD_TYPE_U64:
	case FIELD_TYPE_REFERENCE:
		return *(const uint64_t *)at == 0;
	case FIELD_TYPE_I64:
		return *(const int64_t *)at == 0;
	case FIELD_TYPE_TIME:
		return *(const clock_ms *)at == 0;
	case FIELD_TYPE_BOOL:
		return !*(const bool *)at;
	case FIELD_TYPE_BYTES:
		return ((const struct field_bytes *)at)->len == 0;
	case FIELD_TYPE_SET:
		return ((const struct field_set *)at)->count == 0;
	case FIELD_TYPE_TEXT:
	case FIELD_TYPE_LONG_TEXT:
	case FIELD_TYPE_EMAIL:
	case FIELD_TYPE_URL:
	case FIELD_TYPE_COLOUR:
	case FIELD_TYPE_CHOICE:
	case FIELD_TYPE_ZONE:
	case FIELD_TYPE_WORDS:
		return *(const char *const *)at == NULL || **(const char *const *)at == '\0';
	case FIELD_TYPE_END:
		break;
	}
	return true;
}

struct db_value
sql_value_of(const struct field *field, const void *row)
{
	const void *at = field_at(field, row);
	const struct field_bytes *bytes;
	bool nullable = (field->flags & FIELD_NULLABLE) != 0;

	CHECK(field_is_column(field));
	if (nullable && sql_is_empty(field, row))
		return db_null();
	switch (field->type) {
	case FIELD_TYPE_U64:
	case FIELD_TYPE_REFERENCE:
		return db_u64(*(const uint64_t *)at);
	case FIELD_TYPE_I64:
		return db_i64(*(const int64_t *)at);
	case FIELD_TYPE_TIME:
		return db_time(*(const clock_ms *)at);
	case FIELD_TYPE_BOOL:
		return db_bool(*(const bool *)at);
	case FIELD_TYPE_BYTES:
		bytes = at;
		return db_bytes(bytes->data, bytes->len);
	case FIELD_TYPE_TEXT:
	case FIELD_TYPE_LONG_TEXT:
	case FIELD_TYPE_EMAIL:
	case FIELD_TYPE_URL:
	case FIELD_TYPE_COLOUR:
	case FIELD_TYPE_CHOICE:
	case FIELD_TYPE_ZONE:
	case FIELD_TYPE_WORDS:
		return text_value(*(const char *const *)at, nullable);
	case FIELD_TYPE_SET:
	case FIELD_TYPE_END:
		break;
	}
	return db_null();
}

char *
sql_like(struct arena *arena, const char *word)
{
	struct str like;

	str_init(&like, arena);
	str_add_char(&like, '%');
	for (; *word != '\0'; word++) {
		if (*word == '%' || *word == '_' || *word == '!')
			str_add_char(&like, '!');
		str_add_char(&like, *word);
	}
	str_add_char(&like, '%');
	return like.data;
}
