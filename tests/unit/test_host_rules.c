/* SPDX-License-Identifier: BSD-2-Clause */
/* test_host_rules.c - rights of operators and of roles are apart, and where operators may come from and go to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/check.h"
#include "core/str.h"
#include "rooms/host/host.h"
#include "rooms/host/host_rules.h"
#include "web/permission.h"

/* All names of a table in one text. */
static const char *
names_of(struct arena *arena, const struct permission_info *table)
{
	struct str names;

	str_init(&names, arena);
	for (; table->name != NULL; table++)
		str_addf(&names, "%s ", table->name);
	return names.data;
}

static void
no_role_gives_a_right_of_the_host(void **state)
{
	struct arena *arena = arena_new();
	const char *texts[] = { "*", "* *", names_of(arena, permission_host_table), "host.read", "host.* chat.work", "host" };
	const struct permission_info *info;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(texts); i++)
		for (info = permission_host_table; info->name != NULL; info++)
			assert_false(permission_has(permission_set_of(texts[i]), info->permission));
	for (info = permission_host_table; info->name != NULL; info++) {
		assert_true(permission_is_host(info->permission));
		assert_int_equal(permission_set_of(info->name), 0);
		assert_true(permission_has(permission_host_set_of("*"), info->permission));
		assert_string_equal(permission_name(info->permission), info->name);
	}
	assert_true(permission_is_host(MAY_HOST_SIGNED_IN));
	assert_false(permission_has(permission_host_set_of("*") | permission_set_of("*"), MAY_HOST_SIGNED_IN));
	assert_int_equal(permission_host_set_of("host.signed-in"), 0);
	arena_free(arena);
}

static void
no_operator_has_a_right_in_a_tenant(void **state)
{
	struct arena *arena = arena_new();
	const char *texts[] = { "*", names_of(arena, permission_table), "chat.work" };
	const struct permission_info *info;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(texts); i++)
		for (info = permission_table; info->name != NULL; info++) {
			assert_false(permission_is_host(info->permission));
			assert_false(permission_has(permission_host_set_of(texts[i]), info->permission));
		}
	assert_int_equal(permission_host_set_of("*") & permission_set_of("*"), 0);
	arena_free(arena);
}

static void
next_stays_in_the_panel(void **state)
{
	static const char *const good[] = { "/host", "/host/tenants", "/host/tenants?q=a&page=2", "/host?x" };
	static const char *const bad[] = {
		"", "/", "host", "//evil.example", "/hostile", "/host\\evil", "/admin", "/host/sign-in", "/host/sign-out", "/host/a b",
		"/host/\r\nX: y", "/host/\xc3\xa9", "https://evil.example/host"
	};
	char big[2100];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(good); i++)
		assert_true(host_next_is_safe(good[i]));
	for (i = 0; i < COUNT_OF(bad); i++)
		assert_false(host_next_is_safe(bad[i]));
	assert_false(host_next_is_safe(NULL));
	memset(big, 'a', sizeof(big));
	memcpy(big, "/host/", 6);
	big[sizeof(big) - 1] = '\0';
	assert_false(host_next_is_safe(big));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_role_gives_a_right_of_the_host),
		cmocka_unit_test(no_operator_has_a_right_in_a_tenant),
		cmocka_unit_test(next_stays_in_the_panel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
