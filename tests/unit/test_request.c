/* SPDX-License-Identifier: BSD-2-Clause */
/* test_request.c - taking requests apart, finding routes, sets of permissions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/check.h"
#include "web/route.h"
#include "web/serve.h"

static int
here(struct req *r)
{
	(void)r;
	return 200;
}

static const struct route routes[] = {
	{ .method = GET, .path = "/", .permission = MAY_PUBLIC, .handle = here },
	{ .method = GET, .path = "/admin/queues/new", .permission = MAY_SIGNED_IN, .handle = here },
	{ .method = GET, .path = "/admin/queues/:id", .permission = MAY_SIGNED_IN, .handle = here },
	{ .method = POST, .path = "/admin/queues/:id", .permission = MAY_SIGNED_IN, .handle = here },
	{ .method = GET, .path = "/widget/:key.js", .permission = MAY_VISIT, .handle = here },
	{ .path = NULL }
};
static const struct route *const tables[] = { routes, NULL };
static const struct site site = { .routes = tables };

static bool
take(struct arena *arena, struct req *r, const char *method, const char *uri)
{
	const struct serve_input input = { .method = method, .uri = uri };
	const char *problem;

	memset(r, 0, sizeof(*r));
	r->arena = arena;
	r->site = &site;
	return serve_parse(r, &input, &problem);
}

static void
malformed_addresses_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "admin", "//", "/a//b", "/a/", "/a/../b", "/a/%2e%2e/b", "/a/./b", "/a%00b", "/a%zz", "/a%ff", "/a\\b", "/a%0d%0ab", "/a?b=%00",
		"/a?b=%ff", "/a?x=1&x=2", "/1/2/3/4/5/6/7/8/9/10/11/12/13"
	};
	struct arena *arena = arena_new();
	struct req r;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(bad); i++)
		assert_false(take(arena, &r, "GET", bad[i]));
	arena_free(arena);
}

static void
routes_are_found_with_their_arguments(void **state)
{
	struct arena *arena = arena_new();
	const char *allowed;
	struct req r;

	(void)state;
	assert_true(take(arena, &r, "GET", "/admin/queues/17?q=a+b%20c&empty"));
	assert_ptr_equal(route_find(&r, &allowed), &routes[2]);
	assert_int_equal(req_id(&r), 17);
	assert_string_equal(req_query(&r, "q"), "a b c");
	assert_string_equal(req_query(&r, "empty"), "");
	assert_true(take(arena, &r, "GET", "/admin/queues/new"));
	assert_ptr_equal(route_find(&r, &allowed), &routes[1]);
	assert_true(take(arena, &r, "GET", "/widget/abc.js"));
	assert_ptr_equal(route_find(&r, &allowed), &routes[4]);
	assert_string_equal(req_arg(&r, "key"), "abc");
	assert_true(take(arena, &r, "GET", "/admin/queues/a%2Fb"));
	assert_ptr_equal(route_find(&r, &allowed), &routes[2]);
	assert_string_equal(req_arg(&r, "id"), "a/b");
	assert_int_equal(req_id(&r), 0);
	assert_true(take(arena, &r, "GET", "/"));
	assert_ptr_equal(route_find(&r, &allowed), &routes[0]);
	arena_free(arena);
}

static void
other_methods_are_told_what_is_allowed(void **state)
{
	struct arena *arena = arena_new();
	const char *allowed;
	struct req r;

	(void)state;
	assert_true(take(arena, &r, "DELETE", "/admin/queues/17"));
	assert_null(route_find(&r, &allowed));
	assert_string_equal(allowed, "GET, POST");
	assert_true(take(arena, &r, "BREW", "/nowhere"));
	assert_null(route_find(&r, &allowed));
	assert_null(allowed);
	assert_true(take(arena, &r, "GET", "/widget/.js"));
	assert_null(route_find(&r, &allowed));
	arena_free(arena);
}

static void
unsound_tables_are_refused(void **state)
{
	static const struct route nobody[] = { { .method = GET, .path = "/a", .handle = here }, { .path = NULL } };
	static const struct route doubled[] = {
		{ .method = GET, .path = "/a", .permission = MAY_PUBLIC, .handle = here },
		{ .method = GET, .path = "/a", .permission = MAY_SIGNED_IN, .handle = here }, { .path = NULL }
	};
	static const struct route *const with_nobody[] = { routes, nobody, NULL };
	static const struct route *const with_double[] = { routes, doubled, NULL };

	(void)state;
	assert_true(route_check(tables));
	assert_false(route_check(with_nobody));
	assert_false(route_check(with_double));
}

/* A form of so many fields; what is wrong with it, or NULL. */
static const char *
form_of(struct arena *arena, struct req *r, size_t fields)
{
	struct serve_input body = { .content_type = "application/x-www-form-urlencoded" };
	const char *problem;
	struct str text;
	size_t i;

	str_init(&text, arena);
	for (i = 0; i < fields; i++)
		str_addf(&text, "agents=%zu&", i);
	body.body = text.data;
	body.body_len = text.len;
	assert_true(take(arena, r, "POST", "/admin/queues/1?page=7"));
	return serve_body(r, &body, &problem) ? NULL : problem;
}

static void
a_form_holds_sets_of_the_greatest_size(void **state)
{
	struct arena *arena = arena_new();
	struct req r;

	(void)state;
	assert_null(form_of(arena, &r, REQ_PARAMS_MAX - 1));
	assert_true(r.param_count >= 3 * FIELD_SET_MAX + 100);
	assert_string_equal(req_param(&r, "page"), "7");
	assert_string_equal(req_param(&r, "agents"), "0");
	assert_string_equal(r.params[r.param_count - 1].value, arena_printf(arena, "%d", REQ_PARAMS_MAX - 2));
	assert_string_equal(form_of(arena, &r, REQ_PARAMS_MAX), "many");
	arena_free(arena);
}

static void
bodies_are_forms_or_objects(void **state)
{
	struct arena *arena = arena_new();
	struct serve_input body = { .content_type = "application/x-www-form-urlencoded;charset=UTF-8", .body = "a=1&a=2&b.c=3" };
	const char *problem;
	struct req r;

	(void)state;
	assert_true(take(arena, &r, "POST", "/admin/queues/1"));
	body.body_len = strlen(body.body);
	assert_true(serve_body(&r, &body, &problem));
	assert_string_equal(req_param_list(&r, "a"), "1,2");
	assert_string_equal(req_param(&r, "b.c"), "3");
	body.content_type = "application/json";
	body.body = "[1]";
	body.body_len = 3;
	assert_false(serve_body(&r, &body, &problem));
	body.content_type = "Application/JSON; Charset=utf-8";
	body.body = "{}";
	body.body_len = 2;
	assert_true(serve_body(&r, &body, &problem));
	body.content_type = "text/plain";
	assert_false(serve_body(&r, &body, &problem));
	assert_string_equal(problem, "type");
	arena_free(arena);
}

static void
permissions_are_read_from_names(void **state)
{
	permission_set set = permission_set_of("chat.work  nonsense history.read");

	(void)state;
	assert_true(permission_has(set, MAY_CHAT));
	assert_true(permission_has(set, MAY_READ_HISTORY));
	assert_false(permission_has(set, MAY_MANAGE_PEOPLE));
	assert_false(permission_has(permission_set_of("nonsense"), MAY_NOBODY));
	assert_true(permission_has(permission_set_of("*"), MAY_MANAGE_PEOPLE));
	assert_int_equal(permission_set_of(NULL), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(malformed_addresses_are_refused), cmocka_unit_test(routes_are_found_with_their_arguments),
		cmocka_unit_test(other_methods_are_told_what_is_allowed), cmocka_unit_test(unsound_tables_are_refused),
		cmocka_unit_test(bodies_are_forms_or_objects), cmocka_unit_test(a_form_holds_sets_of_the_greatest_size), cmocka_unit_test(permissions_are_read_from_names)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
