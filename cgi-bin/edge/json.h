/* SPDX-License-Identifier: BSD-2-Clause */
/* json.h - JSON values (RFC 8259) that live in an arena, by jansson.
 *
 * Reading refuses duplicate keys, bad UTF-8, NUL and depth over 32. A whole number that does not fit is read as a real one.
 */
#ifndef HARK_EDGE_JSON_H
#define HARK_EDGE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/str.h"

struct json;

/* NULL when malformed; *problem then says where and why. */
struct json *json_parse(struct arena *arena, const char *text, size_t len, const char **problem);

/* Empty ones. (json_object() and json_array() are jansson's own: as a shared library it would call ours.) */
struct json *json_new_object(struct arena *arena);
struct json *json_new_array(struct arena *arena);

/* Members of an object. A NULL text or value is null; a number above INT64_MAX is written as a string. */
void json_set_text(struct json *object, const char *name, const char *text);
void json_set_u64(struct json *object, const char *name, uint64_t number);
void json_set_i64(struct json *object, const char *name, int64_t number);
void json_set_bool(struct json *object, const char *name, bool value);
void json_set(struct json *object, const char *name, struct json *value);

/* Elements of an array. */
void json_add(struct json *array, struct json *value);
void json_add_text(struct json *array, const char *text);
void json_add_u64(struct json *array, uint64_t number);

/* Compact text; `<`, `>`, `&`, U+2028 and U+2029 are escaped, so that it may stand inside a script element. */
void json_print(const struct json *value, struct str *out);
const char *json_text(struct arena *arena, const struct json *value);

enum json_kind { JSON_KIND_NONE, JSON_KIND_NULL, JSON_KIND_BOOL, JSON_KIND_WHOLE, JSON_KIND_REAL, JSON_KIND_TEXT, JSON_KIND_ARRAY,
	JSON_KIND_OBJECT };
enum json_kind json_kind(const struct json *value);         /* JSON_KIND_NONE: absent */

/* Looking at what was read. Absent or of another type: NULL, false or the fallback. */
bool json_is_object(const struct json *value);
bool json_is_array(const struct json *value);
struct json *json_get(const struct json *object, const char *name);
const char *json_get_text(const struct json *object, const char *name);
bool json_get_u64(const struct json *object, const char *name, uint64_t *number);
bool json_get_bool(const struct json *object, const char *name, bool fallback);
size_t json_count(const struct json *value);
struct json *json_at(const struct json *array, size_t index);
const char *json_value_text(const struct json *value);      /* of a string; NULL otherwise */
bool json_value_u64(const struct json *value, uint64_t *number);

/* Each member of an object; `each` returns false to stop. */
typedef bool json_member(void *arg, const char *name, struct json *value);
void json_each(const struct json *object, json_member *each, void *arg);

/* The value as a form field would send it: strings as they are, numbers in decimal, true "1", false and null "",
 * arrays of numbers or strings "1,2,3". NULL for objects. */
const char *json_as_input(struct arena *arena, const struct json *value);

#endif
