/* SPDX-License-Identifier: BSD-2-Clause */
/* test_contact_rules.c - masks, tags, languages, and what one contact gives to another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/check.h"
#include "rooms/contact/contact_work.h"

static int
arena_open(void **state)
{
	*state = arena_new();
	return 0;
}

static int
arena_close(void **state)
{
	arena_free(*state);
	return 0;
}

static const char *
tags(void **state, const char *given)
{
	const char *problem, *limit, *clean = contact_tags_clean(*state, given, &problem, &limit);

	assert_null(problem);
	assert_null(limit);
	return clean;
}

static void
masks_leave_nothing_of_short_texts(void **state)
{
	assert_string_equal(contact_mask_email(*state, "anna@weber.example"), "a***@***.example");
	assert_string_equal(contact_mask_email(*state, "a@b.c"), "***");
	assert_string_equal(contact_mask_email(*state, "no address"), "***");
	assert_string_equal(contact_mask_email(*state, ""), "");
	assert_string_equal(contact_mask_phone(*state, "+49 30 123456"), "***456");
	assert_string_equal(contact_mask_phone(*state, "123456"), "***");
	assert_string_equal(contact_mask_address("@anna"), "***");
	assert_string_equal(contact_mask_address(""), "");
}

static void
tags_are_trimmed_and_kept_once(void **state)
{
	assert_string_equal(tags(state, ""), "");
	assert_string_equal(tags(state, " , ,\n"), "");
	assert_string_equal(tags(state, "  key account ,vip,VIP,\nlisboa"), "key account, vip, lisboa");
	assert_string_equal(tags(state, "éclair, Eclair"), "éclair");
	assert_string_equal(tags(state, tags(state, "b,a , c")), "b, a, c");
}

static void
tags_have_limits(void **state)
{
	const char *problem, *limit;

	contact_tags_clean(*state, "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,A", &problem, &limit);
	assert_null(problem);
	contact_tags_clean(*state, "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u", &problem, &limit);
	assert_non_null(problem);
	assert_string_equal(limit, "20");
	assert_string_equal(tags(state, "éééééééééééééééééééééééééééééééééééééééé"), "éééééééééééééééééééééééééééééééééééééééé");
	assert_string_equal(contact_tags_clean(*state, "a,1234567890123456789012345678901234567890x", &problem, &limit),
		"a,1234567890123456789012345678901234567890x");
	assert_string_equal(limit, "40");
}

static void
languages_are_written_as_bcp_47(void **state)
{
	static const char *const wrong[] = { "", "f", "french", "12", "fr-", "-fr", "pt-BRA", "pt-BR-x", "pt--BR", "zh-Hans-CN-x", "é" };
	size_t i;

	assert_string_equal(contact_language_clean(*state, "FR"), "fr");
	assert_string_equal(contact_language_clean(*state, "PT_br"), "pt-BR");
	assert_string_equal(contact_language_clean(*state, "zh-hans"), "zh-Hans");
	assert_string_equal(contact_language_clean(*state, "ZH_HANT_tw"), "zh-Hant-TW");
	assert_string_equal(contact_language_clean(*state, "es-419"), "es-419");
	assert_string_equal(contact_language_clean(*state, "ast"), "ast");
	for (i = 0; i < COUNT_OF(wrong); i++)
		assert_null(contact_language_clean(*state, wrong[i]));
}

static void
a_contact_takes_over_what_it_lacks(void **state)
{
	struct contact keep = { .name = "Anna", .email = "", .phone = "1", .tags = "vip", .remark = "first" };
	const struct contact other = { .name = "Anne", .email = "a@b.example", .phone = "2", .company = "B", .tags = "new", .remark = "second" };

	contact_fill(*state, &keep, &other);
	assert_string_equal(keep.name, "Anna");
	assert_string_equal(keep.email, "a@b.example");
	assert_string_equal(keep.phone, "1");
	assert_string_equal(keep.company, "B");
	assert_string_equal(keep.tags, "vip, new");
	assert_string_equal(keep.remark, "first\nsecond");
	contact_fill(*state, &keep, &(struct contact){ .remark = "first\nsecond" });
	assert_string_equal(keep.remark, "first\nsecond");
}

static void
who_has_no_name_has_a_number(void **state)
{
	assert_string_equal(contact_label(*state, &(struct contact){ .id = 12, .name = "" }), "#12");
	assert_string_equal(contact_label(*state, &(struct contact){ .id = 12, .name = "Anna" }), "Anna");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(masks_leave_nothing_of_short_texts),
		cmocka_unit_test(tags_are_trimmed_and_kept_once),
		cmocka_unit_test(tags_have_limits),
		cmocka_unit_test(languages_are_written_as_bcp_47),
		cmocka_unit_test(a_contact_takes_over_what_it_lacks),
		cmocka_unit_test(who_has_no_name_has_a_number)
	};

	return cmocka_run_group_tests(tests, arena_open, arena_close);
}
