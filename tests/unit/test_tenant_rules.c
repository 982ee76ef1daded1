/* SPDX-License-Identifier: BSD-2-Clause */
/* test_tenant_rules.c - states of a tenant's life, host names and their proofs, limits as they are typed, days of UTC. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/check.h"
#include "rooms/tenant/domain/domain_rules.h"
#include "rooms/tenant/life/life_rules.h"
#include "rooms/tenant/usage/usage_store.h"

static void
a_life_goes_its_way(void **state)
{
	struct tenant tenant = { .suspended_at = 0 };

	(void)state;
	assert_string_equal(life_before_deletion(&tenant), "active");
	tenant.suspended_at = 1;
	assert_string_equal(life_before_deletion(&tenant), "suspended");
}

static void
host_names_are_names(void **state)
{
	static const char *const bad[] = { "", ".", "localhost", "192.0.2.7", "a.b.7", "-a.example", "a-.example", "a..example", "a b.example",
		"a.example:80", "a.example/x", "b\xc3\xbc.example", "*.example.com", "_hark.example.com" };
	struct arena *arena = arena_new();
	const char *host;
	size_t i;

	(void)state;
	assert_true(domain_host(arena, " Help.Example.COM. ", &host));
	assert_string_equal(host, "help.example.com");
	assert_true(domain_host(arena, "xn--bcher-kva.example", &host));
	assert_true(domain_host(arena, "1.example", &host));
	for (i = 0; i < COUNT_OF(bad); i++)
		assert_false(domain_host(arena, bad[i], &host));
	assert_false(domain_host(arena, NULL, &host));
	arena_free(arena);
}

static void
a_proof_is_the_token_alone(void **state)
{
	(void)state;
	assert_true(domain_proof_is_good("token", 5, "token"));
	assert_true(domain_proof_is_good(" token\r\n", 8, "token"));
	assert_false(domain_proof_is_good("token", 4, "token"));
	assert_false(domain_proof_is_good("tokens", 6, "token"));
	assert_false(domain_proof_is_good("token\0", 6, "token"));
	assert_false(domain_proof_is_good("", 0, ""));
	assert_false(domain_proof_is_good("  ", 2, ""));
}

static void
a_claim_is_looked_at_more_and_more_rarely(void **state)
{
	struct domain domain = { .state = "pending", .proof = "", .created_at = 1 };

	(void)state;
	domain_looked(&domain, "", "no", CLOCK_MINUTE);
	assert_int_equal(domain.check_at, 6 * CLOCK_MINUTE);
	domain_looked(&domain, "", "no", CLOCK_DAY * 2);
	assert_int_equal(domain.check_at, CLOCK_DAY * 2 + 6 * CLOCK_HOUR);
	domain_looked(&domain, "", "no", CLOCK_DAY * 31);
	assert_int_equal(domain.check_at, 0);
	assert_string_equal(domain.state, "pending");
}

static void
a_lost_proof_has_two_weeks(void **state)
{
	struct domain domain = { .state = "pending", .proof = "", .created_at = 1 };
	clock_ms now = CLOCK_DAY;

	(void)state;
	domain_looked(&domain, "dns", "", now);
	assert_string_equal(domain.state, "verified");
	assert_int_equal(domain.verified_at, now);
	domain_looked(&domain, "", "gone", now + CLOCK_HOUR);
	assert_string_equal(domain.state, "verified");
	assert_int_equal(domain.lost_at, now + CLOCK_HOUR);
	domain_looked(&domain, "file", "", now + 2 * CLOCK_HOUR);
	assert_int_equal(domain.lost_at, 0);
	assert_int_equal(domain.verified_at, now);
	domain_looked(&domain, "", "gone", now + 3 * CLOCK_HOUR);
	domain_looked(&domain, "", "gone", now + 3 * CLOCK_HOUR + DOMAIN_LOST_FOR - 1);
	assert_string_equal(domain.state, "verified");
	domain_looked(&domain, "", "gone", now + 3 * CLOCK_HOUR + DOMAIN_LOST_FOR);
	assert_string_equal(domain.state, "pending");
	assert_string_equal(domain.proof, "");
}

static void
limits_are_numbers_or_none(void **state)
{
	struct arena *arena = arena_new();
	uint64_t most;

	(void)state;
	assert_true(limit_read("", &most));
	assert_true(most == LIMIT_NONE);
	assert_string_equal(limit_show(arena, most), "");
	assert_true(limit_read("0", &most));
	assert_int_equal(most, 0);
	assert_string_equal(limit_show(arena, most), "0");
	assert_true(limit_read("1000000000000", &most));
	assert_false(limit_read("1000000000001", &most));
	assert_false(limit_read("-1", &most));
	assert_false(limit_read("five", &most));
	arena_free(arena);
}

static void
limits_say_how_far(void **state)
{
	struct arena *arena = arena_new();
	const struct limit_state agents = { .limit = LIMIT_AGENTS, .used = 3, .most = 5 };
	const struct limit_state files = { .limit = LIMIT_STORAGE, .used = 1500001, .most = 10000000 };

	(void)state;
	assert_string_equal(limit_text(arena, &agents), "Agents: 3 of 5");
	assert_string_equal(limit_text(arena, &files), "Files: 2 of 10 MB");
	arena_free(arena);
}

static void
days_and_months_are_of_utc(void **state)
{
	struct arena *arena = arena_new();
	clock_ms day = 0, moment = 0;

	(void)state;
	assert_true(usage_day("2024-02-29", &day));
	assert_string_equal(usage_day_text(arena, day), "2024-02-29");
	assert_false(usage_day("2023-02-29", &day));
	assert_false(usage_day("2024-2-9", &day));
	assert_false(usage_day("today", &day));
	assert_false(usage_day(NULL, &day));
	assert_true(clock_from_iso("2024-02-29T23:59:59Z", &moment));
	assert_string_equal(usage_day_text(arena, usage_day_of(moment)), "2024-02-29");
	assert_string_equal(usage_day_text(arena, usage_month(moment)), "2024-02-01");
	assert_true(clock_from_iso("2025-01-01T00:00:00Z", &moment));
	assert_int_equal(usage_month(moment), moment);
	arena_free(arena);
}

static void
csv_is_safe_for_spreadsheets(void **state)
{
	struct arena *arena = arena_new();
	struct tenant_usage usage = { .code = "acme", .external_id = "=1+\"2\"", .messages = 7 };

	(void)state;
	assert_string_equal(usage_csv_row(arena, &usage), "\"acme\",\"'=1+\"\"2\"\"\",1970-01-01,7,0,0,0,0,0,0");
	usage.external_id = "＝1+2";
	assert_string_equal(usage_csv_row(arena, &usage), "\"acme\",\"'＝1+2\",1970-01-01,7,0,0,0,0,0,0");
	usage.external_id = NULL;
	assert_string_equal(usage_csv_row(arena, &usage), "\"acme\",\"\",1970-01-01,7,0,0,0,0,0,0");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_life_goes_its_way),
		cmocka_unit_test(host_names_are_names),
		cmocka_unit_test(a_proof_is_the_token_alone),
		cmocka_unit_test(a_claim_is_looked_at_more_and_more_rarely),
		cmocka_unit_test(a_lost_proof_has_two_weeks),
		cmocka_unit_test(limits_are_numbers_or_none),
		cmocka_unit_test(limits_say_how_far),
		cmocka_unit_test(days_and_months_are_of_utc),
		cmocka_unit_test(csv_is_safe_for_spreadsheets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
