/* SPDX-License-Identifier: BSD-2-Clause */
/* test_widget_rules.c - hosts that may show a widget, colours that can be read, names of browsers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/check.h"
#include "rooms/visit/visit.h"
#include "rooms/widget/widget_rules.h"

static void
hosts_become_frame_ancestors(void **state)
{
	struct arena *arena = arena_new();
	const char *bad;

	(void)state;
	assert_string_equal(widget_frame_ancestors(arena, ""), "*");
	assert_string_equal(widget_frame_ancestors(arena, "shop.example\n *.shop.example:8443 \n"),
		"https://shop.example http://shop.example https://*.shop.example:8443 http://*.shop.example:8443");
	assert_true(widget_hosts_are_sound(arena, "shop.example\n\nwww.shop.example", &bad));
	assert_false(widget_hosts_are_sound(arena, "shop.example\nhttps://shop.example", &bad));
	assert_string_equal(bad, "https://shop.example");
	assert_false(widget_hosts_are_sound(arena, "a; script-src *", &bad));
	assert_false(widget_hosts_are_sound(arena, "'unsafe-inline'", &bad));
	assert_false(widget_hosts_are_sound(arena, "a.example:", &bad));
	arena_free(arena);
}

static void
browsers_have_names(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(visitor_browser(arena, "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
		"Firefox 145, Linux");
	assert_string_equal(visitor_browser(arena, "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0"),
		"Edge 142, Windows");
	assert_string_equal(visitor_browser(arena, "curl/8"), "");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts_become_frame_ancestors), cmocka_unit_test(browsers_have_names)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
