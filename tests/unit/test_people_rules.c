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
#include "rooms/people/factor/factor.h"
#include "rooms/people/key/key_rules.h"
#include "rooms/people/people.h"
#include "rooms/people/people_rules.h"
#include "web/factor.h"

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
	static const char *const anna[] = { "anna", "anna@example.com", NULL };
	char most[CRYPT_PASSWORD_MAX + 2];
	const char *detail;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(most) - 1; i++)
		most[i] = (char)('a' + i % 26);
	most[sizeof(most) - 1] = '\0';
	assert_non_null(people_password_problem(NULL, anna, &detail));
	assert_non_null(people_password_problem("", anna, &detail));
	assert_non_null(people_password_problem("1x2y3z4", anna, &detail));
	assert_string_equal(detail, "8");
	assert_null(people_password_problem("1x2y3z4w", anna, &detail));
	assert_null(detail);
	assert_non_null(people_password_problem("😀😁", anna, &detail));
	assert_non_null(people_password_problem("пароль7", anna, &detail));
	assert_null(people_password_problem("мой пароль", anna, &detail));
	assert_non_null(people_password_problem(most, anna, &detail));
	assert_string_equal(detail, "1024");
	most[CRYPT_PASSWORD_MAX] = '\0';
	assert_null(people_password_problem(most, anna, &detail));
}

static void
password_is_no_first_guess(void **state)
{
	static const char *const known[] = { "anna.weber", "a.weber-sales@example.com", "acme", "Acme & Sons Ltd", "", "x", NULL };
	static const char *const bad[] = {
		"anna.weber", "ANNA.WEBER", "a.weber-sales@example.com", "A.Weber-Sales", "a.weber-sales", "acmeacme", "Acme & Sons Ltd", "annaacme",
		"acme2024!", "Weber@Acme", "password", "PassWord", "12345678", "qwertyuiop", "aaaaaaaaaaaaaaaa",
		"😀😀😀😀😀😀😀😀", "acme😀😁😂acme"
	};
	static const char *const good[] = { "anna.weber's cat", "my acme parrot", "correct horse", "1x2y3z4w" };
	const char *detail;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(bad); i++)
		if (people_password_problem(bad[i], known, &detail) == NULL)
			fail_msg("%s is taken", bad[i]);
	for (i = 0; i < COUNT_OF(good); i++)
		assert_null(people_password_problem(good[i], known, &detail));
	assert_null(people_password_problem("acmeacme", NULL, &detail));
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

static void
common_passwords_are_found(void **state)
{
	static const char *const common[] = { "12345678", "Password1", "QWERTYUIOP", "zxcvbnmz", "zzzzzzzz1x" };
	size_t i;

	(void)state;
	assert_true(people_password_list_is_sorted());
	for (i = 0; i + 1 < COUNT_OF(common); i++)
		if (!people_password_is_common(common[i]))
			fail_msg("%s", common[i]);
	assert_false(people_password_is_common(common[i]));
	assert_false(people_password_is_common(""));
}

static void
devices_have_names(void **state)
{
	static const struct {
		const char *user_agent, *browser, *system;
	} cases[] = {
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", "Chrome", "Windows" },
		{ "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge", "Windows" },
		{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15", "Safari", "macOS" },
		{ "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox", "Linux" },
		{ "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36", "Samsung Internet", "Android" },
		{ "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/126.0 Mobile/15E148 Safari/604.1", "Chrome", "iPhone" },
		{ "<script>alert(1)</script>", "", "" }, { "", "", "" }, { NULL, "", "" }
	};
	const char *browser, *system;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++) {
		session_device(cases[i].user_agent, &browser, &system);
		assert_string_equal(browser, cases[i].browser);
		assert_string_equal(system, cases[i].system);
	}
}

static void
keys_do_no_more_than_their_makers(void **state)
{
	const permission_set rights = permission_set_of("queues.manage api.use");
	const struct api_key maker = { .scopes = "queues.manage api.use", .expires_at = 1000 };
	const struct api_key all_maker = { .scopes = "*" };
	struct api_key key = { .scopes = "queues.manage", .expires_at = 1000 };
	const char *field;

	(void)state;
	assert_true(people_key_rights("*", rights) == rights);
	assert_true(people_key_rights("queues.manage people.manage", rights) == permission_set_of("queues.manage"));

	assert_null(api_key_problem(&key, rights, NULL, &field));
	assert_null(api_key_problem(&key, rights, &maker, &field));
	key.expires_at = 1001;
	assert_non_null(api_key_problem(&key, rights, &maker, &field));
	assert_string_equal(field, "expires");
	key.expires_at = 0;
	assert_non_null(api_key_problem(&key, rights, &maker, &field));
	assert_null(api_key_problem(&key, rights, NULL, &field));
	key.scopes = "people.manage";
	assert_non_null(api_key_problem(&key, rights, NULL, &field));
	assert_string_equal(field, "scopes");
	key.scopes = "*";
	assert_null(api_key_problem(&key, rights, NULL, &field));
	assert_null(api_key_problem(&key, rights, &all_maker, &field));
	assert_non_null(api_key_problem(&key, rights, &maker, &field));
	assert_non_null(api_key_problem(&key, permission_set_of("queues.manage"), NULL, &field));
	assert_string_equal(field, "");
	key.scopes = "";
	assert_non_null(api_key_problem(&key, rights, NULL, &field));
}

static void
recovery_codes_are_read_as_people_type(void **state)
{
	unsigned char one[CRYPT_HASH_LEN], other[CRYPT_HASH_LEN];
	struct arena *arena = arena_new();
	const char *code = recovery_code(arena);

	(void)state;
	assert_int_equal(strlen(code), 19);
	assert_string_not_equal(code, recovery_code(arena));
	assert_true(recovery_hash(arena, "5.7", "0123-4567-89ab-cdef", one));
	assert_true(recovery_hash(arena, "5.7", " OI2345 6789ABCDEF ", other));
	assert_memory_equal(one, other, sizeof(one));
	assert_true(recovery_hash(arena, "5.8", "0123-4567-89ab-cdef", other));
	assert_memory_not_equal(one, other, sizeof(one));
	assert_false(recovery_hash(arena, "5.7", "0123-4567-89ab-cde", one));
	assert_false(recovery_hash(arena, "5.7", "0123-4567-89ab-cdef0", one));
	assert_false(recovery_hash(arena, "5.7", "0123-4567-89ab-cdeu", one));
	assert_false(recovery_hash(arena, "5.7", "", one));
	assert_false(recovery_hash(arena, "5.7", NULL, one));
	arena_free(arena);
}

static void
second_factors_are_asked_and_required(void **state)
{
	struct agent_factor row = { .two_factor = false };

	(void)state;
	assert_false(agent_factor_of(&row).is_asked);
	row.two_factor = true;
	assert_true(agent_factor_of(&row).is_asked && agent_factor_of(&row).is_required);
	row.two_factor_own = true;
	assert_true(agent_factor_of(&row).is_asked && !agent_factor_of(&row).is_required);
	row.roles = 1;
	assert_true(agent_factor_of(&row).is_required);
	row.two_factor = false;
	assert_true(agent_factor_of(&row).is_asked);
	assert_false(factor_is_set_up(&(struct factor){ .sealed = row.totp_sealed }));
	assert_false(factor_is_set_up(&(struct factor){ .sealed = "" }));
	assert_true(factor_is_set_up(&(struct factor){ .sealed = "x" }));
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
		cmocka_unit_test(nobody_gives_what_he_has_not),
		cmocka_unit_test(common_passwords_are_found),
		cmocka_unit_test(devices_have_names),
		cmocka_unit_test(keys_do_no_more_than_their_makers),
		cmocka_unit_test(recovery_codes_are_read_as_people_type),
		cmocka_unit_test(second_factors_are_asked_and_required)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
