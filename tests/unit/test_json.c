/* SPDX-License-Identifier: BSD-2-Clause */
/* test_json.c - what is read, what is refused, and that what is printed may stand in a page. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "edge/json.h"

static struct json *
parse(struct arena *arena, const char *text)
{
	const char *problem = NULL;
	struct json *value = json_parse(arena, text, strlen(text), &problem);

	assert_true((value == NULL) == (problem != NULL));
	return value;
}

static void
prints_what_it_was_given(void **state)
{
	struct arena *arena = arena_new();
	struct json *object = json_new_object(arena), *array = json_new_array(arena), *empty = json_new_object(arena);

	(void)state;
	json_set_text(object, "t", "a\"\\\n\t\x01/");
	json_set_text(object, "none", NULL);
	json_set_u64(object, "u", 9007199254740993u);
	json_set_u64(object, "max", UINT64_MAX);
	json_set_i64(object, "i", INT64_MIN);
	json_set_bool(object, "b", true);
	json_add_text(array, "x");
	json_add_u64(array, 7);
	json_add(array, empty);
	json_set(object, "a", array);
	assert_string_equal(json_text(arena, object), "{\"t\":\"a\\\"\\\\\\n\\u0009\\u0001/\",\"none\":null,\"u\":9007199254740993,"
		"\"max\":\"18446744073709551615\",\"i\":-9223372036854775808,\"b\":true,\"a\":[\"x\",7,{}]}");
	arena_free(arena);
}

static void
may_stand_in_a_script(void **state)
{
	struct arena *arena = arena_new();
	struct json *object = json_new_object(arena);
	static const char hostile[] = "</script><!--&\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa\x7f";

	(void)state;
	json_set_text(object, hostile, hostile);
	assert_string_equal(json_text(arena, object), "{\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\\u2029\xe2\x80\xaa\\u007f\":"
		"\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\\u2029\xe2\x80\xaa\\u007f\"}");
	assert_string_equal(json_get_text(parse(arena, json_text(arena, object)), hostile), hostile);
	arena_free(arena);
}

static void
numbers_keep_their_kind(void **state)
{
	struct arena *arena = arena_new();
	static const char text[] = "[-0.0,1.0,0.1,1e+300,1.5,0,-7,0.30000000000000004]";

	(void)state;
	assert_string_equal(json_text(arena, parse(arena, text)), text);
	arena_free(arena);
}

static void
repairs_bad_utf8(void **state)
{
	struct arena *arena = arena_new();
	struct json *object = json_new_object(arena);

	(void)state;
	json_set_text(object, "t", "a\xff" "b");
	assert_string_equal(json_get_text(object, "t"), "a\xef\xbf\xbd" "b");
	arena_free(arena);
}

static void
refuses(void **state)
{
	static const char *const bad[] = { "", "{", "{\"a\":1,\"a\":2}", "[1,]", "\"\\u0000\"", "\"\xff\"", "\"\\ud800\"", "nul",
		"1e999", "[1] [2]", "{a:1}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]" };
	struct arena *arena = arena_new();
	const char *problem = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_null(parse(arena, bad[i]));
	assert_null(json_parse(arena, "{\n \"a\": x}", 10, &problem));
	assert_non_null(strstr(problem, "line 2"));
	assert_null(json_parse(arena, "[1]\0", 4, &problem));
	assert_non_null(parse(arena, "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"));
	assert_non_null(parse(arena, "[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[\"]"));
	arena_free(arena);
}

static void
looks_up(void **state)
{
	struct arena *arena = arena_new();
	struct json *value = parse(arena, "{\"t\":\"x\",\"n\":9223372036854775807,\"neg\":-1,\"yes\":true,\"no\":false,\"a\":[1,\"b\"],\"r\":1.5}");
	uint64_t number = 3;

	(void)state;
	assert_true(json_is_object(value));
	assert_false(json_is_array(value));
	assert_true(json_is_array(json_get(value, "a")));
	assert_false(json_is_object(NULL));
	assert_string_equal(json_get_text(value, "t"), "x");
	assert_null(json_get_text(value, "n"));
	assert_null(json_get_text(value, "none"));
	assert_true(json_get_u64(value, "n", &number));
	assert_true(number == INT64_MAX);
	assert_false(json_get_u64(value, "neg", &number));
	assert_false(json_get_u64(value, "t", &number));
	assert_true(json_get_bool(value, "yes", false));
	assert_false(json_get_bool(value, "no", true));
	assert_true(json_get_bool(value, "t", true));
	assert_int_equal(json_count(value), 7);
	assert_int_equal(json_count(json_get(value, "a")), 2);
	assert_int_equal(json_count(NULL), 0);
	assert_string_equal(json_value_text(json_at(json_get(value, "a"), 1)), "b");
	assert_null(json_at(json_get(value, "a"), 2));
	assert_null(json_get(NULL, "x"));
	assert_null(json_get(json_get(value, "a"), "x"));
	arena_free(arena);
}

static bool
collect(void *arg, const char *name, struct json *value)
{
	(void)value;
	str_add(arg, name);
	return strcmp(name, "b") != 0;
}

static void
visits_members(void **state)
{
	struct arena *arena = arena_new();
	struct str names;

	(void)state;
	str_init(&names, arena);
	json_each(parse(arena, "{\"a\":1,\"b\":2,\"c\":3}"), collect, &names);
	assert_string_equal(names.data, "ab");
	json_each(parse(arena, "[1]"), collect, &names);
	json_each(NULL, collect, &names);
	assert_string_equal(names.data, "ab");
	arena_free(arena);
}

static void
becomes_input(void **state)
{
	static const struct { const char *json, *input; } cases[] = {
		{ "\"x y\"", "x y" }, { "12", "12" }, { "-3", "-3" }, { "1.5", "1.5" }, { "true", "1" }, { "false", "" }, { "null", "" },
		{ "[1,2,\"c\"]", "1,2,c" }, { "[]", "" }, { "{}", NULL }, { "[[1]]", NULL }, { "[null]", NULL },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *input = json_as_input(arena, parse(arena, cases[i].json));

		if (cases[i].input == NULL)
			assert_null(input);
		else
			assert_string_equal(input, cases[i].input);
	}
	assert_null(json_as_input(arena, NULL));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_what_it_was_given),
		cmocka_unit_test(may_stand_in_a_script),
		cmocka_unit_test(numbers_keep_their_kind),
		cmocka_unit_test(repairs_bad_utf8),
		cmocka_unit_test(refuses),
		cmocka_unit_test(looks_up),
		cmocka_unit_test(visits_members),
		cmocka_unit_test(becomes_input),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
