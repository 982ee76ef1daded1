/* SPDX-License-Identifier: BSD-2-Clause */
/* test_multipart.c - forms with files, in pieces of every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "web/multipart.h"

static bool
say_begin(void *arg, const char *name, const char *file_name)
{
	str_addf(arg, "[%s|%s|", name, file_name != NULL ? file_name : "-");
	return true;
}

static bool
say_data(void *arg, const char *bytes, size_t len)
{
	str_add_bytes(arg, bytes, len);
	return true;
}

static bool
say_end(void *arg)
{
	str_add(arg, "]");
	return true;
}

/* What the listener is told, or "bad". */
static const char *
told(struct arena *arena, const char *body, size_t len, size_t piece)
{
	struct str *out = ARENA_NEW(arena, struct str);
	const struct multipart_listener listener = { out, say_begin, say_data, say_end };
	struct multipart *multipart = multipart_new(arena, "multipart/form-data; boundary=xyz", &listener);
	size_t at, part;

	str_init(out, arena);
	for (at = 0; at < len; at += part) {
		part = len - at < piece ? len - at : piece;
		if (!multipart_feed(multipart, body + at, part))
			return "bad";
	}
	return multipart_is_whole(multipart) ? out->data : "cut";
}

#define WHOLE "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n" \
	"--xyz\r\ncontent-disposition: form-data; filename=\"q;name=x.png\"; name=\"f\"\r\nContent-Type: image/png\r\n\r\n" \
	"\r\n--xy\r\n--xyz\r\nContent-Disposition: form-data; name=\"e\"\r\n\r\n\r\n--xyz--\r\nepilogue"

static void
every_way_to_cut_it_gives_the_same(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t piece = 1; piece <= strlen(WHOLE); piece++)
		assert_string_equal(told(arena, WHOLE, strlen(WHOLE), piece), "[a|-|1\r\n2][f|q;name=x.png|\r\n--xy][e|-|]");
	for (size_t len = 0; len < strlen(WHOLE) - 10; len++)
		assert_string_not_equal(told(arena, WHOLE, len, 7), "[a|-|1\r\n2][f|q;name=x.png|\r\n--xy][e|-|]");
	arena_free(arena);
}

static void
what_is_malformed_is_refused(void **state)
{
	static const char *const bodies[] = {
		"--xyz\r\n\r\n\r\nx\r\n--xyz--\r\n",
		"--xyz\r\nContent-Disposition: form-data\r\n\r\nx\r\n--xyz--\r\n",
		"--xyz\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--xyz--\r\n",
		"--xyz\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nx\r\n--xyz--\r\n",
		"--xyzzy"
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		assert_string_equal(told(arena, bodies[i], strlen(bodies[i]), 9), "bad");
	assert_string_equal(told(arena, "no boundary at all", 18, 5), "cut");
	arena_free(arena);
}

static void
heads_and_parts_have_a_limit(void **state)
{
	struct arena *arena = arena_new();
	struct str body;

	(void)state;
	str_init(&body, arena);
	str_add(&body, "--xyz\r\nContent-Disposition: form-data; name=\"");
	while (body.len < 2 * MULTIPART_HEAD_MAX)
		str_add(&body, "aaaaaaaa");
	assert_string_equal(told(arena, body.data, body.len, 1000), "bad");
	str_clear(&body);
	for (size_t i = 0; i <= MULTIPART_PARTS_MAX; i++)
		str_add(&body, "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n");
	str_add(&body, "--xyz--\r\n");
	assert_string_equal(told(arena, body.data, body.len, 1000), "bad");
	arena_free(arena);
}

static void
other_bodies_are_none(void **state)
{
	static const struct multipart_listener nobody = { NULL, say_begin, say_data, say_end };
	static const char *const types[] = { "application/json", "multipart/form-data", "multipart/form-data; boundary=",
		"multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x", "multipart/mixed; boundary=a" };
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		assert_null(multipart_new(arena, types[i], &nobody));
	assert_null(multipart_new(arena, NULL, &nobody));
	assert_non_null(multipart_new(arena, "Multipart/Form-Data; boundary=\"a b\"", &nobody));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_to_cut_it_gives_the_same), cmocka_unit_test(what_is_malformed_is_refused),
		cmocka_unit_test(heads_and_parts_have_a_limit), cmocka_unit_test(other_bodies_are_none)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
