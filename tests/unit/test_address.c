/* SPDX-License-Identifier: BSD-2-Clause */
/* test_address.c - addresses and subnets of both kinds, and which lists let them in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/address.h"
#include "core/check.h"

static void
lists_let_in(void **state)
{
	static const struct {
		const char *list;
		const char *address;
		bool allowed;
	} cases[] = {
		{ NULL, "192.0.2.1", true }, { "", "192.0.2.1", true }, { " \n\t\n", "2001:db8::1", true },
		{ "192.0.2.7", "192.0.2.7", true }, { "192.0.2.7", "192.0.2.8", false },
		{ "192.0.2.0/24", "192.0.2.255", true }, { "192.0.2.0/24", "192.0.3.0", false },
		{ "192.0.2.77/24", "192.0.2.1", true }, { "192.0.2.128/25", "192.0.2.127", false },
		{ "192.0.2.6/31", "192.0.2.7", true }, { "192.0.2.6/31", "192.0.2.8", false },
		{ "0.0.0.0/0", "203.0.113.9", true }, { "0.0.0.0/0", "2001:db8::1", false },
		{ "::/0", "2001:db8::1", true }, { "::/0", "203.0.113.9", false }, { "::/0", "::ffff:203.0.113.9", false }, { "::/80", "127.0.0.1", false },
		{ "::ffff:0:0/96", "203.0.113.9", true }, { "0.0.0.0/0", "203.0.113.9", true }, { "0.0.0.0/0", "2001:db8::1", false },
		{ "2001:db8::/32", "2001:db8:ffff::1", true }, { "2001:db8::/32", "2001:db9::1", false },
		{ "2001:db8::/33", "2001:db8:8000::1", false }, { "2001:DB8::1", "2001:db8:0:0::1", true },
		{ "::ffff:192.0.2.7", "192.0.2.7", true }, { "192.0.2.0/24", "::ffff:192.0.2.9", true },
		{ "::ffff:192.0.2.0/120", "192.0.2.200", true }, { "::ffff:192.0.2.0/120", "192.0.3.200", false },
		{ "10.0.0.0/8\r\n 2001:db8::5 \n\n192.0.2.1", "192.0.2.1", true },
		{ "10.0.0.0/8\n2001:db8::5", "2001:db8::5", true }, { "10.0.0.0/8\n2001:db8::5", "11.0.0.1", false },
		{ "192.0.2.1, 2001:db8::/32", "2001:db8::7", true }, { "192.0.2.1,192.0.2.2", "192.0.2.2", true },
		{ "192.0.2.10, 192.0.2.11", "192.0.2.1", false }, { " , ,", "192.0.2.1", true },
		{ "nonsense\n192.0.2.1", "192.0.2.1", true }, { "nonsense", "192.0.2.1", false },
		{ "192.0.2.1", "", false }, { "192.0.2.1", NULL, false }, { "", NULL, true }, { "0.0.0.0/0", "unknown", false }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++)
		if (address_list_allows(cases[i].list, cases[i].address) != cases[i].allowed)
			fail_msg("%s in %s", cases[i].address, cases[i].list);
}

static void
bad_lines_are_named(void **state)
{
	static const char *const bad[] = {
		"192.0.2", "192.0.2.256", "192.0.2.1/33", "192.0.2.1/", "192.0.2.1/08", "192.0.2.1/-1", "192.0.2.1/24/8", "/24",
		"2001:db8::/129", "2001:db8:::1", "fe80::1%eth0", "desk.example.com", "192.0.2.1 192.0.2.2", "192.0.2.1-192.0.2.9",
		"192.0.2.01", "*", "1", "192.0.2.1/2 4", "::ffff:192.0.2.1/1280", "::ffff:192.0.2.0/24", "::ffff:192.0.2.1/95",
		"0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"
	};
	struct address_problem problem = { 0 };
	char list[200];
	size_t i;

	(void)state;
	assert_true(address_list_is_good(NULL, &problem));
	assert_true(address_list_is_good("", &problem));
	assert_true(address_list_is_good("192.0.2.1\n\n2001:db8::/32\n::ffff:192.0.2.1\n0.0.0.0/0", &problem));
	for (i = 0; i < COUNT_OF(bad); i++) {
		snprintf(list, sizeof(list), "10.0.0.1\n\n  %s \n10.0.0.2", bad[i]);
		if (address_list_is_good(list, &problem))
			fail_msg("%s is taken", bad[i]);
		assert_int_equal(problem.line, 3);
		assert_int_equal(problem.len, strlen(bad[i]));
		assert_memory_equal(problem.text, bad[i], problem.len);
	}
}

static void
servers_are_addresses(void **state)
{
	static const char *const bad[] = { "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:", ":53", "ns.example.com", "192.0.2.0/24", "::1", "" };
	struct sockaddr_in server;
	size_t i;

	(void)state;
	assert_true(address_read_server("192.0.2.53", &server));
	assert_int_equal(ntohl(server.sin_addr.s_addr), 0xc0000235);
	assert_int_equal(ntohs(server.sin_port), 53);
	assert_true(address_read_server("127.0.0.1:5353", &server));
	assert_int_equal(ntohs(server.sin_port), 5353);
	for (i = 0; i < COUNT_OF(bad); i++)
		if (address_read_server(bad[i], &server))
			fail_msg("%s is taken", bad[i]);
}

static void
holders_have_a_network(void **state)
{
	static const struct {
		const char *address;
		const char *holder;
	} cases[] = {
		{ "192.0.2.7", "192.0.2.7" }, { "::ffff:192.0.2.7", "192.0.2.7" }, { "2001:db8:1:2::7", "2001:db8:1:2::/64" },
		{ "2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64" }, { "2001:db8:1:3::7", "2001:db8:1:3::/64" }, { "::1", "::/64" },
		{ "", "" }, { "unknown", "unknown" }
	};
	struct arena *arena = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(address_holder(arena, cases[i].address), cases[i].holder);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_let_in),
		cmocka_unit_test(bad_lines_are_named),
		cmocka_unit_test(servers_are_addresses),
		cmocka_unit_test(holders_have_a_network)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
