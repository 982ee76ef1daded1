/* SPDX-License-Identifier: BSD-2-Clause */
/* test_people_rules.c - who is online, where a sign-in may lead, which passwords are good enough. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/check.h"
#include "edge/crypt.h"
#include "rooms/people/people.h"
#include "rooms/people/people_rules.h"

static void
online_needs_status_and_presence(void **state)
{
	struct agent agent = { .status = "online", .seen_at = 1000000 };

	(void)state;
	assert_true(agent_is_online(&agent, 1000000));
	assert_true(agent_is_online(&agent, 1000000 + AGENT_GONE_AFTER - 1));
	assert_false(agent_is_online(&agent, 1000000 + AGENT_GONE_AFTER));
	agent.status = "away";
	assert_false(agent_is_online(&agent, 1000000));
	agent.status = NULL;
	assert_false(agent_is_online(&agent, 1000000));
}

static void
next_stays_on_this_site(void **state)
{
	static const char *const good[] = { "/", "/admin", "/admin/agents?q=a&page=2", "/console#c12", "/sign-in-help" };
	static const char *const bad[] = {
		"", "admin", "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/", "javascript:alert(1)",
		"/a\\b", "/a b", "/a\r\nSet-Cookie: x=1", "/a\tb", "/\xc3\xa9", " /admin", "/sign-in", "/sign-in?next=/x", "/sign-out",
		"/\x7f"
	};
	char big[2100];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(good); i++)
		assert_true(people_next_is_safe(good[i]));
	for (i = 0; i < COUNT_OF(bad); i++)
		assert_false(people_next_is_safe(bad[i]));
	assert_false(people_next_is_safe(NULL));
	memset(big, 'a', sizeof(big));
	big[0] = '/';
	big[sizeof(big) - 1] = '\0';
	assert_false(people_next_is_safe(big));
}

static void
home_follows_rights(void **state)
{
	(void)state;
	assert_string_equal(people_home(permission_set_of("*")), "/admin");
	assert_string_equal(people_home(permission_set_of("chat.work history.read")), "/console");
	assert_string_equal(people_home(permission_set_of("chat.work queues.manage")), "/admin");
	assert_string_equal(people_home(0), "/admin");
}

static void
password_limits(void **state)
{
	char most[CRYPT_PASSWORD_MAX + 2];
	const char *detail;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(most) - 1; i++)
		most[i] = (char)('a' + i % 26);
	most[sizeof(most) - 1] = '\0';
	assert_non_null(people_password_problem(NULL, "anna", "anna@example.com", &detail));
	assert_non_null(people_password_problem("", "anna", "anna@example.com", &detail));
	assert_non_null(people_password_problem("1x2y3z4", "anna", "anna@example.com", &detail));
	assert_string_equal(detail, "8");
	assert_null(people_password_problem("1x2y3z4w", "anna", "anna@example.com", &detail));
	assert_null(detail);
	assert_non_null(people_password_problem(most, "anna", "anna@example.com", &detail));
	assert_string_equal(detail, "1024");
	most[CRYPT_PASSWORD_MAX] = '\0';
	assert_null(people_password_problem(most, "anna", "anna@example.com", &detail));
}

static void
password_is_no_first_guess(void **state)
{
	static const char *const bad[] = {
		"anna.weber", "ANNA.WEBER", "anna.weber@example.com", "Anna.Weber@Example.com", "a.weber-sales", "password", "PassWord",
		"12345678", "qwertyuiop", "aaaaaaaaaaaaaaaa"
	};
	const char *detail;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(bad); i++)
		assert_non_null(people_password_problem(bad[i], "anna.weber",
			i == 4 ? "a.weber-sales@example.com" : "anna.weber@example.com", &detail));
	assert_null(people_password_problem("anna.weber's cat", "anna.weber", "anna.weber@example.com", &detail));
	assert_null(people_password_problem("correct horse", NULL, NULL, &detail));
}

static void
nobody_gives_what_he_has_not(void **state)
{
	const permission_set all = permission_set_of("*");
	const permission_set people = permission_set_of("people.manage chat.work");

	(void)state;
	assert_true(people_rights_cover(all, people));
	assert_true(people_rights_cover(people, people));
	assert_true(people_rights_cover(people, 0));
	assert_false(people_rights_cover(people, all));
	assert_false(people_rights_cover(people, permission_set_of("roles.manage")));
	assert_false(people_rights_cover(0, people));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(online_needs_status_and_presence),
		cmocka_unit_test(next_stays_on_this_site),
		cmocka_unit_test(home_follows_rights),
		cmocka_unit_test(password_limits),
		cmocka_unit_test(password_is_no_first_guess),
		cmocka_unit_test(nobody_gives_what_he_has_not)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
