/* SPDX-License-Identifier: BSD-2-Clause */
/* db_statement.c - the cache of prepared statements, and the way of values in and of columns out. */
#include "edge/db_statement.h"

#include <stdlib.h>
#include <string.h>

#include "core/log.h"

void
db_statements_init(struct db_statements *statements)
{
	list_init(&statements->used);
}

/* Memory of the cache lives as long as a statement, which is neither a request nor the process. */
static void *
memory_get(size_t count, size_t size)
{
	void *memory = calloc(count > 0 ? count : 1, size);

	CHECK(memory != NULL);
	return memory;
}

/* FNV-1a; the field table belongs to the key because the columns are bound by it. */
static uint64_t
statement_hash(const struct field *fields, const char *sql)
{
	uint64_t hash = 14695981039346656037u ^ ((uint64_t)(uintptr_t)fields >> 4);

	for (; *sql != '\0'; sql++)
		hash = (hash ^ (unsigned char)*sql) * 1099511628211u;
	return hash ^ hash >> 32;
}

static void
statement_free(struct db_statement *statement)
{
	if (statement->handle != NULL)
		mysql_stmt_close(statement->handle);
	free(statement->columns);
	free(statement->sql);
	free(statement);
}

void
db_statement_drop(struct db_statements *statements, struct db_statement *statement)
{
	struct db_statement **at = &statements->buckets[statement->hash % DB_BUCKETS];

	while (*at != statement)
		at = &(*at)->next;
	*at = statement->next;
	list_remove(&statement->used);
	statements->count--;
	statement_free(statement);
}

void
db_statements_clear(struct db_statements *statements)
{
	while (!list_is_empty(&statements->used))
		db_statement_drop(statements, LIST_ENTRY(statements->used.next, struct db_statement, used));
}

void
db_statements_free(struct db_statements *statements)
{
	db_statements_clear(statements);
	free(statements->values);
	statements->values = NULL;
	statements->value_room = 0;
}

static bool
is_text(const struct field *field)
{
	return field != NULL && (field_is_text(field) || field->type == FIELD_TYPE_BYTES);
}

/* A column that no field takes would be lost in silence: a mistake of ours, found by the first call. */
static const struct field *
column_field(const struct db_statement *statement, const char *name)
{
	const struct field *field = field_find(statement->fields, name);

	if (field == NULL || field->type == FIELD_TYPE_SET) {
		log_error("database", "column %s has no field, in: %s", name, statement->sql);
		CHECK(field != NULL && field->type != FIELD_TYPE_SET);
	}
	return field;
}

/* Numbers of any width arrive as 64 bits; text is bound without room, since only the fetched row knows its length. */
static void
column_bind(struct db_column *column, const MYSQL_FIELD *meta, MYSQL_BIND *bind)
{
	const struct field *field = column->field;

	bind->length = &column->len;
	bind->is_null = &column->is_null;
	bind->error = &column->is_cut;
	if (is_text(field)) {
		bind->buffer_type = field->type == FIELD_TYPE_BYTES ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING;
		return;
	}
	bind->buffer_type = MYSQL_TYPE_LONGLONG;
	bind->buffer = &column->number;
	bind->buffer_length = sizeof column->number;
	if (field == NULL)
		bind->is_unsigned = (meta->flags & UNSIGNED_FLAG) != 0;
	else
		bind->is_unsigned = field->type == FIELD_TYPE_U64 || field->type == FIELD_TYPE_REFERENCE;
}

static bool
columns_bind(struct db_statement *statement)
{
	MYSQL_RES *meta = mysql_stmt_result_metadata(statement->handle);
	MYSQL_FIELD *names;
	MYSQL_BIND *binds;
	bool good;

	if (meta == NULL)
		return true;
	statement->column_count = mysql_num_fields(meta);
	statement->columns = memory_get(statement->column_count, sizeof *statement->columns);
	binds = memory_get(statement->column_count, sizeof *binds);
	names = mysql_fetch_fields(meta);
	for (size_t i = 0; i < statement->column_count; i++) {
		if (statement->fields != NULL)
			statement->columns[i].field = column_field(statement, names[i].name);
		column_bind(&statement->columns[i], &names[i], &binds[i]);
	}
	good = mysql_stmt_bind_result(statement->handle, binds) == 0;
	free(binds);
	mysql_free_result(meta);
	return good;
}

static struct db_statement *
statement_new(MYSQL *mysql, const struct field *fields, const char *sql)
{
	struct db_statement *statement = memory_get(1, sizeof *statement);

	list_init(&statement->used);
	statement->fields = fields;
	statement->sql = strdup(sql);
	statement->handle = mysql_stmt_init(mysql);
	CHECK(statement->sql != NULL && statement->handle != NULL);
	return statement;
}

struct db_statement *
db_statement_of(struct db_statements *statements, MYSQL *mysql, const struct field *fields, const char *sql,
	unsigned *number, char *problem)
{
	struct db_statement *statement, **bucket;
	uint64_t hash;

	/* A copy lives as long as its request, a statement longer. */
	fields = fields != NULL ? field_table_base(fields) : NULL;
	hash = statement_hash(fields, sql);
	bucket = &statements->buckets[hash % DB_BUCKETS];
	for (statement = *bucket; statement != NULL; statement = statement->next)
		if (statement->hash == hash && statement->fields == fields && strcmp(statement->sql, sql) == 0) {
			list_remove(&statement->used);
			list_add(&statements->used, &statement->used);
			return statement;
		}
	statement = statement_new(mysql, fields, sql);
	if (mysql_stmt_prepare(statement->handle, sql, strlen(sql)) != 0 || !columns_bind(statement)) {
		*number = mysql_stmt_errno(statement->handle);
		memccpy(problem, mysql_stmt_error(statement->handle), '\0', MYSQL_ERRMSG_SIZE - 1);
		statement_free(statement);
		return NULL;
	}
	if (statements->count == DB_STATEMENTS_MAX)
		db_statement_drop(statements, LIST_ENTRY(statements->used.next, struct db_statement, used));
	statement->hash = hash;
	statement->next = *bucket;
	*bucket = statement;
	list_add(&statements->used, &statement->used);
	statements->count++;
	return statement;
}

/* --- in */

struct db_value
db_text(const char *text)
{
	return text == NULL ? db_null() : (struct db_value){ .type = DB_TYPE_TEXT, .data = text, .len = strlen(text) };
}

struct db_value
db_bytes(const void *bytes, size_t len)
{
	return bytes == NULL ? db_null() : (struct db_value){ .type = DB_TYPE_BYTES, .data = bytes, .len = len };
}

/* The library has one struct for both directions, so what it only reads must look writable. */
static void *
readable(const void *bytes)
{
	return (void *)(uintptr_t)bytes;
}

static void
value_bind(const struct db_value *value, MYSQL_BIND *bind)
{
	static const enum enum_field_types types[] = {
		[DB_TYPE_NULL] = MYSQL_TYPE_NULL, [DB_TYPE_U64] = MYSQL_TYPE_LONGLONG, [DB_TYPE_I64] = MYSQL_TYPE_LONGLONG,
		[DB_TYPE_TEXT] = MYSQL_TYPE_STRING, [DB_TYPE_BYTES] = MYSQL_TYPE_BLOB
	};

	memset(bind, 0, sizeof *bind);
	bind->buffer_type = types[value->type];
	bind->is_unsigned = value->type == DB_TYPE_U64;
	if (value->type == DB_TYPE_TEXT || value->type == DB_TYPE_BYTES) {
		bind->buffer = readable(value->data);
		bind->buffer_length = value->len;
	} else {
		bind->buffer = readable(&value->number);
	}
}

bool
db_statement_run(struct db_statements *statements, struct db_statement *statement, const struct db_value *args)
{
	size_t count = 0;

	while (args[count].type != DB_TYPE_END)
		count++;
	if (count != mysql_stmt_param_count(statement->handle)) {
		log_error("database", "%zu values are not as many as the marks, in: %s", count, statement->sql);
		CHECK(count == mysql_stmt_param_count(statement->handle));
	}
	if (count > statements->value_room) {
		free(statements->values);
		statements->value_room = count + 32;
		statements->values = memory_get(statements->value_room, sizeof *statements->values);
	}
	for (size_t i = 0; i < count; i++)
		value_bind(&args[i], &statements->values[i]);
	if (count > 0 && mysql_stmt_bind_param(statement->handle, statements->values) != 0)
		return false;
	return mysql_stmt_execute(statement->handle) == 0;
}

/* --- out */

/* The text straight into the arena, with a NUL behind it. */
static char *
column_text(const struct db_statement *statement, size_t at, struct arena *arena)
{
	const struct db_column *column = &statement->columns[at];
	char *text = arena_alloc(arena, column->len + 1);
	MYSQL_BIND bind = { .buffer_type = MYSQL_TYPE_STRING, .buffer = text, .buffer_length = column->len };

	if (column->field->type == FIELD_TYPE_BYTES)
		bind.buffer_type = MYSQL_TYPE_BLOB;
	if (column->len > 0 && mysql_stmt_fetch_column(statement->handle, &bind, (unsigned)at, 0) != 0)
		return NULL;
	return text;
}

static bool
text_fill(const struct db_statement *statement, size_t at, struct arena *arena, void *member)
{
	const struct db_column *column = &statement->columns[at];
	char *text = column->is_null ? NULL : column_text(statement, at, arena);

	if (text == NULL && !column->is_null)
		return false;
	if (column->field->type == FIELD_TYPE_BYTES)
		*(struct field_bytes *)member = (struct field_bytes){ .data = text, .len = text != NULL ? column->len : 0 };
	else
		*(const char **)member = text;
	return true;
}

static bool
member_fill(const struct db_statement *statement, size_t at, struct arena *arena, void *row)
{
	const struct db_column *column = &statement->columns[at];
	uint64_t number = column->is_null ? 0 : column->number;
	void *member;

	if (column->field == NULL) {
		*(uint64_t *)row = number;
		return true;
	}
	member = field_at(column->field, row);
	if (is_text(column->field))
		return text_fill(statement, at, arena, member);
	if (!column->is_null && column->is_cut)
		return false;
	if (column->field->type == FIELD_TYPE_BOOL)
		*(bool *)member = number != 0;
	else if (column->field->type == FIELD_TYPE_I64 || column->field->type == FIELD_TYPE_TIME)
		*(int64_t *)member = (int64_t)number;
	else
		*(uint64_t *)member = number;
	return true;
}

enum got
db_statement_fetch(struct db_statement *statement, struct arena *arena, void *row)
{
	int outcome = mysql_stmt_fetch(statement->handle);

	if (outcome == MYSQL_NO_DATA)
		return GOT_NONE;
	if (outcome != 0 && outcome != MYSQL_DATA_TRUNCATED)
		return GOT_ERROR;
	for (size_t i = 0; i < statement->column_count; i++)
		if (!member_fill(statement, i, arena, row))
			return GOT_ERROR;
	return GOT_ONE;
}
