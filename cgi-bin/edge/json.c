/* SPDX-License-Identifier: BSD-2-Clause */
/* json.c - jansson's values behind our own names, given back when their arena ends. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* jansson's macros of these two names give way to our functions. */
#undef json_is_object
#undef json_is_array

#include "edge/json.h"

#include "core/check.h"
#include "core/text.h"

#define DEPTH_MAX 32

/* A `struct json` is jansson's json_t: the header keeps jansson's name and its macros out of the house. */
static json_t *
value_of(const struct json *value)
{
	return (json_t *)(uintptr_t)value;
}

static struct json *
json_of(json_t *value)
{
	return (struct json *)value;
}

static void
json_release(void *arg)
{
	json_decref(arg);
}

static struct json *
json_keep(struct arena *arena, json_t *value)
{
	CHECK(value != NULL);
	arena_on_release(arena, json_release, value);
	return json_of(value);
}

/* jansson's own limit is 2048 levels, each a frame of its parser and of every walk over the result. */
static bool
depth_is_fine(const char *text, size_t len)
{
	size_t depth = 0;
	bool inside = false;

	for (size_t i = 0; i < len; i++) {
		if (inside) {
			if (text[i] == '\\')
				i++;
			else if (text[i] == '"')
				inside = false;
		} else if (text[i] == '"') {
			inside = true;
		} else if (text[i] == '[' || text[i] == '{') {
			if (++depth > DEPTH_MAX)
				return false;
		} else if ((text[i] == ']' || text[i] == '}') && depth > 0) {
			depth--;
		}
	}
	return true;
}

/* Who reads a number that is too large knows which one it is and what it may be, which jansson does not say. */
static json_t *
load(const char *text, size_t len, json_error_t *error)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY;
	json_t *value = json_loadb(text, len, flags, error);

	if (value == NULL && json_error_code(error) == json_error_numeric_overflow)
		value = json_loadb(text, len, flags | JSON_DECODE_INT_AS_REAL, error);
	return value;
}

struct json *
json_parse(struct arena *arena, const char *text, size_t len, const char **problem)
{
	json_error_t error;
	json_t *value;

	if (!depth_is_fine(text, len)) {
		*problem = "nested too deeply";
		return NULL;
	}
	value = load(text, len, &error);
	if (value == NULL) {
		*problem = arena_printf(arena, "line %d, column %d: %s", error.line, error.column, error.text);
		return NULL;
	}
	return json_keep(arena, value);
}

struct json *
json_new_object(struct arena *arena)
{
	return json_keep(arena, json_object());
}

struct json *
json_new_array(struct arena *arena)
{
	return json_keep(arena, json_array());
}

/* jansson takes well-formed UTF-8 only; anything else is repaired rather than lost. */
static json_t *
text_value(const char *text)
{
	json_t *value;
	struct arena *arena;

	if (text == NULL)
		return json_null();
	value = json_string(text);
	if (value != NULL)
		return value;
	arena = arena_new();
	value = json_string(text_repair(arena, text));
	arena_free(arena);
	return value;
}

/* A number that jansson's 64-bit signed integers cannot hold is written as a string. */
static json_t *
u64_value(uint64_t number)
{
	char digits[24];

	if (number <= INT64_MAX)
		return json_integer((json_int_t)number);
	snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
	return json_string(digits);
}

static void
member_put(struct json *object, const char *name, json_t *value)
{
	CHECK(value != NULL && json_object_set_new(value_of(object), name, value) == 0);
}

void
json_set_text(struct json *object, const char *name, const char *text)
{
	member_put(object, name, text_value(text));
}

void
json_set_u64(struct json *object, const char *name, uint64_t number)
{
	member_put(object, name, u64_value(number));
}

void
json_set_i64(struct json *object, const char *name, int64_t number)
{
	member_put(object, name, json_integer((json_int_t)number));
}

void
json_set_bool(struct json *object, const char *name, bool value)
{
	member_put(object, name, json_boolean(value));
}

void
json_set(struct json *object, const char *name, struct json *value)
{
	member_put(object, name, value != NULL ? json_incref(value_of(value)) : json_null());
}

static void
element_put(struct json *array, json_t *value)
{
	CHECK(value != NULL && json_array_append_new(value_of(array), value) == 0);
}

void
json_add(struct json *array, struct json *value)
{
	element_put(array, json_incref(value_of(value)));
}

void
json_add_text(struct json *array, const char *text)
{
	element_put(array, text_value(text));
}

void
json_add_u64(struct json *array, uint64_t number)
{
	element_put(array, u64_value(number));
}

static void
print_text(const json_t *value, struct str *out)
{
	const unsigned char *at = (const unsigned char *)json_string_value(value);
	const unsigned char *end = at + json_string_length(value);
	const unsigned char *plain = at;

	str_add_char(out, '"');
	for (; at < end; at++) {
		bool line_end = end - at > 2 && at[0] == 0xe2 && at[1] == 0x80 && (at[2] == 0xa8 || at[2] == 0xa9);

		if (*at >= 0x20 && *at != 0x7f && strchr("\"\\<>&", *at) == NULL && !line_end)
			continue;
		str_add_bytes(out, plain, (size_t)(at - plain));
		if (line_end) {
			str_addf(out, "\\u20%02x", at[2] - 0x80);
			at += 2;
		} else if (*at == '"' || *at == '\\') {
			str_add_char(out, '\\');
			str_add_char(out, (char)*at);
		} else if (*at == '\n') {
			str_add(out, "\\n");
		} else {
			str_addf(out, "\\u%04x", *at);
		}
		plain = at + 1;
	}
	str_add_bytes(out, plain, (size_t)(end - plain));
	str_add_char(out, '"');
}

/* With as few digits as give the same number back, and so that it stays one with a fraction: 1.0, not 1. */
static void
print_real(double value, struct str *out)
{
	char digits[32];

	for (int precision = 15; precision <= 17; precision++) {
		snprintf(digits, sizeof digits, "%.*g", precision, value);
		if (!(strtod(digits, NULL) < value) && !(strtod(digits, NULL) > value))
			break;
	}
	str_add(out, digits);
	if (strpbrk(digits, ".e") == NULL)
		str_add(out, ".0");
}

static void
print_object(json_t *object, struct str *out)
{
	const char *name, *comma = "";
	json_t *member;

	str_add_char(out, '{');
	json_object_foreach(object, name, member) {
		json_t *key = json_string_nocheck(name);

		CHECK(key != NULL);
		str_add(out, comma);
		print_text(key, out);
		json_decref(key);
		str_add_char(out, ':');
		json_print(json_of(member), out);
		comma = ",";
	}
	str_add_char(out, '}');
}

static void
print_array(const json_t *array, struct str *out)
{
	size_t i;
	json_t *element;

	str_add_char(out, '[');
	json_array_foreach(array, i, element) {
		if (i > 0)
			str_add_char(out, ',');
		json_print(json_of(element), out);
	}
	str_add_char(out, ']');
}

void
json_print(const struct json *value, struct str *out)
{
	json_t *json = value_of(value);

	switch (json_typeof(json)) {
	case JSON_OBJECT:
		print_object(json, out);
		break;
	case JSON_ARRAY:
		print_array(json, out);
		break;
	case JSON_STRING:
		print_text(json, out);
		break;
	case JSON_INTEGER:
		str_addf(out, "%lld", (long long)json_integer_value(json));
		break;
	case JSON_REAL:
		print_real(json_real_value(json), out);
		break;
	case JSON_TRUE:
		str_add(out, "true");
		break;
	case JSON_FALSE:
		str_add(out, "false");
		break;
	case JSON_NULL:
		str_add(out, "null");
		break;
	}
}

const char *
json_text(struct arena *arena, const struct json *value)
{
	struct str out;

	str_init(&out, arena);
	json_print(value, &out);
	return out.data;
}

enum json_kind
json_kind(const struct json *value)
{
	static const enum json_kind kinds[] = {
		[JSON_OBJECT] = JSON_KIND_OBJECT, [JSON_ARRAY] = JSON_KIND_ARRAY, [JSON_STRING] = JSON_KIND_TEXT,
		[JSON_INTEGER] = JSON_KIND_WHOLE, [JSON_REAL] = JSON_KIND_REAL, [JSON_TRUE] = JSON_KIND_BOOL,
		[JSON_FALSE] = JSON_KIND_BOOL, [JSON_NULL] = JSON_KIND_NULL
	};

	return value == NULL ? JSON_KIND_NONE : kinds[json_typeof(value_of(value))];
}

bool
json_is_object(const struct json *value)
{
	return value != NULL && json_typeof(value_of(value)) == JSON_OBJECT;
}

bool
json_is_array(const struct json *value)
{
	return value != NULL && json_typeof(value_of(value)) == JSON_ARRAY;
}

struct json *
json_get(const struct json *object, const char *name)
{
	return json_of(json_object_get(value_of(object), name));
}

const char *
json_get_text(const struct json *object, const char *name)
{
	return json_value_text(json_get(object, name));
}

bool
json_get_u64(const struct json *object, const char *name, uint64_t *number)
{
	return json_value_u64(json_get(object, name), number);
}

bool
json_get_bool(const struct json *object, const char *name, bool fallback)
{
	const json_t *value = value_of(json_get(object, name));

	return json_is_boolean(value) ? json_is_true(value) : fallback;
}

size_t
json_count(const struct json *value)
{
	const json_t *json = value_of(value);

	return json_is_object(value) ? json_object_size(json) : json_array_size(json);
}

struct json *
json_at(const struct json *array, size_t index)
{
	return json_of(json_array_get(value_of(array), index));
}

const char *
json_value_text(const struct json *value)
{
	return json_string_value(value_of(value));
}

bool
json_value_u64(const struct json *value, uint64_t *number)
{
	const json_t *json = value_of(value);

	if (!json_is_integer(json) || json_integer_value(json) < 0)
		return false;
	*number = (uint64_t)json_integer_value(json);
	return true;
}

void
json_each(const struct json *object, json_member *each, void *arg)
{
	const char *name;
	json_t *member;

	json_object_foreach(value_of(object), name, member)
		if (!each(arg, name, json_of(member)))
			return;
}

static bool
scalar_as_input(const json_t *value, struct str *out)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		str_add(out, json_string_value(value));
		return true;
	case JSON_INTEGER:
		str_addf(out, "%lld", (long long)json_integer_value(value));
		return true;
	case JSON_REAL:
		print_real(json_real_value(value), out);
		return true;
	default:
		return false;
	}
}

static const char *
list_as_input(struct arena *arena, const json_t *array)
{
	struct str out;
	size_t i;
	json_t *element;

	str_init(&out, arena);
	json_array_foreach(array, i, element) {
		if (i > 0)
			str_add_char(&out, ',');
		if (!scalar_as_input(element, &out))
			return NULL;
	}
	return out.data;
}

const char *
json_as_input(struct arena *arena, const struct json *value)
{
	const json_t *json = value_of(value);
	struct str out;

	if (json == NULL || json_is_object(value))
		return NULL;
	if (json_is_array(value))
		return list_as_input(arena, json);
	str_init(&out, arena);
	if (!scalar_as_input(json, &out))
		str_add(&out, json_is_true(json) ? "1" : "");
	return out.data;
}
