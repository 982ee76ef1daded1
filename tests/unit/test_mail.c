/* SPDX-License-Identifier: BSD-2-Clause */
/* test_mail.c - composed mails: one header each, CR LF everywhere, soft breaks; the words of all mails in all languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/locale.h"
#include "edge/mail.h"
#include "rooms/notice/notice_rules.h"
#include "rooms/notice/notice_text.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct mail
mail_of(const char *name, const char *subject, const char *text)
{
	return (struct mail){ .from = { name, "desk@acme.example" }, .to = { name, "anna@home.example" }, .reply_to = "",
		.subject = subject, .text = text, .id = "1.2@acme.example", .date = 1790000000000 };
}

static const char *
composed(const struct mail *mail)
{
	struct str out;

	str_init(&out, arena);
	assert_true(mail_compose(arena, mail, &out));
	return out.data;
}

/* So many lines of the head begin with the name. */
static size_t
header_count(const char *mail, const char *name)
{
	const char *end = strstr(mail, "\r\n\r\n"), *at;
	size_t count = 0, len = strlen(name);

	for (at = mail; at < end; at = strstr(at, "\r\n") + 2)
		count += strncasecmp(at, name, len) == 0 && at[len] == ':';
	return count;
}

static void
lines_are_sound(const char *mail)
{
	const char *at;
	size_t len = 0;

	for (at = mail; *at != '\0'; at++) {
		if (*at == '\n')
			assert_true(at > mail && at[-1] == '\r');
		if (*at == '\r')
			assert_int_equal(at[1], '\n');
		len = *at == '\n' ? 0 : len + 1;
		assert_true(len <= 998);
	}
}

static void
hostile_names_stay_in_their_header(void **state)
{
	static const char *const names[] = {
		"a\r\nBcc: x@evil.example", "a\nBcc: x@evil.example", "a\rBcc: x@evil.example", "\r\n\r\nbody", "<x@evil.example>, y",
		"\"; \\", "=?utf-8?q?=0D=0ABcc:_x?=", "\xff\xfe", "\xe2\x80\xa8line", "\xc2\x85next", "", " ", "J\xc3\xb6rg \xf0\x9f\x98\x80", "a@b"
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(names); i++) {
		const struct mail mail = mail_of(names[i], names[i], names[i]);
		const char *text = composed(&mail);

		lines_are_sound(text);
		assert_int_equal(header_count(text, "Bcc"), 0);
		assert_int_equal(header_count(text, "From"), 1);
		assert_int_equal(header_count(text, "To"), 1);
		assert_int_equal(header_count(text, "Subject"), 1);
		assert_int_equal(header_count(text, "Auto-Submitted"), 1);
	}
}

static void
bodies_keep_no_line_end_but_crlf(void **state)
{
	char *longest = arena_alloc(arena, 20001);
	const char *const texts[] = { "\n.\n", "\n.\r\n", "\r.\r", "a\rb", ".", "..", "\r\n.\r\nMAIL FROM:<a@b>\r\n", longest };
	size_t i;

	(void)state;
	memset(longest, 'x', 20000);
	longest[20000] = '\0';
	for (i = 0; i < COUNT_OF(texts); i++) {
		struct mail mail = mail_of("Anna", "s", texts[i]);

		lines_are_sound(composed(&mail));
		mail.html = texts[i];
		lines_are_sound(composed(&mail));
		assert_non_null(strstr(composed(&mail), "multipart/alternative"));
	}
}

static void
addresses_are_one(void **state)
{
	static const char *const bad[] = { "", "a", "a@b\r\nRCPT TO:<c@d>", "a@b, c@d", "<a@b>", "a b@c", "a@b>", NULL };
	struct str out;
	size_t i;

	(void)state;
	str_init(&out, arena);
	for (i = 0; i < COUNT_OF(bad); i++) {
		struct mail mail = mail_of("Anna", "s", "t");

		mail.to.address = bad[i];
		assert_false(mail_compose(arena, &mail, &out));
		mail = mail_of("Anna", "s", "t");
		mail.from.address = bad[i];
		assert_false(mail_compose(arena, &mail, &out));
		mail = mail_of("Anna", "s", "t");
		mail.reply_to = bad[i];
		assert_int_equal(mail_compose(arena, &mail, &out), bad[i] == NULL || bad[i][0] == '\0');
		str_clear(&out);
	}
}

static void
text_flows(void **state)
{
	(void)state;
	assert_string_equal(mail_flow(arena, "short\n\n-- \nAcme\n"), "short\n\n-- \nAcme\n");
	assert_string_equal(mail_flow(arena, "From me\n> no quote\n  in\ntrail  \n"), " From me\n > no quote\n   in\ntrail\n");
	assert_string_equal(mail_flow(arena, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cc"),
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \nbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cc\n");
	assert_string_equal(mail_flow(arena, "https://desk.example.com/forgot/code?token=0123456789012345678901234567890123456789 x"),
		"https://desk.example.com/forgot/code?token=0123456789012345678901234567890123456789 \nx\n");
	assert_string_equal(mail_flow(arena, ""), "");
	assert_string_equal(mail_line(arena, " a\t\tb\n c ", 99), "a b c");
	assert_string_equal(mail_line(arena, "\xc3\xa9\xc3\xa9\xc3\xa9", 2), "\xc3\xa9\xc3\xa9");
	assert_string_equal(mail_line(arena, NULL, 2), "");
}

/* The names in braces, in order. */
static const char *
places_of(const char *text)
{
	struct str out;
	const char *at, *end;

	str_init(&out, arena);
	for (at = text; (at = strchr(at, '{')) != NULL && (end = strchr(at, '}')) != NULL; at = end)
		str_add_bytes(&out, at, (size_t)(end - at) + 1);
	return out.data;
}

/* Each name of the English text stands in the translation. */
static void
translation_has_places(const char *text)
{
	const char *at, *end;

	for (at = text; (at = strchr(at, '{')) != NULL && (end = strchr(at, '}')) != NULL; at = end)
		assert_non_null(strstr(locale_text(text), arena_text_of(arena, at, (size_t)(end - at) + 1)));
	assert_int_equal(strlen(places_of(text)), strlen(places_of(locale_text(text))));
}

static void
words_are_whole_in_each_language(void **state)
{
	const char *build = getenv("HARK_BUILD");
	size_t i, k;

	(void)state;
	locale_open(arena_printf(arena, "%s/locale", build != NULL ? build : "."));
	for (i = 0; locale_names[i] != NULL; i++) {
		const struct notice_template *template;

		locale_use(locale_names[i]);
		for (template = notice_templates; template->name != NULL; template++) {
			translation_has_places(template->subject);
			for (k = 0; k < NOTICE_LINES_MAX && template->lines[k] != NULL; k++)
				translation_has_places(template->lines[k]);
		}
	}
	locale_use("en");
}

static void
values_are_one_line(void **state)
{
	static const struct locale_value values[] = {
		{ "name", "Anna\n\nYour bank" }, { "company", "Acme\r\n-- \r\nx" }, { "code", "1" }, { "account", "{link}" }, { "link", "L" },
		{ NULL, NULL }
	};
	const char *subject, *text;

	(void)state;
	notice_write(arena, notice_template_named("password_code"), values, &subject, &text);
	assert_non_null(strstr(text, "Hello Anna Your bank,\n\n"));
	assert_non_null(strstr(text, "“{link}” at Acme -- x."));
	assert_non_null(strstr(text, "\n-- \nAcme -- x\n"));
	assert_null(notice_template_named("none"));
}

static void
servers(void **state)
{
	const struct conf conf = { .mail_from = "no-reply@host.example", .smtp_url = "smtp://127.0.0.1:25", .smtp_starttls = "optional",
		.smtp_user = "", .smtp_private = "localhost:2526, mail.lan:25" };
	struct mail_settings settings = { .server = "", .security = "tls", .user = "", .password = "" };
	struct net_smtp_server server;

	(void)state;
	assert_true(notice_server(arena, &conf, &settings, &server));
	assert_string_equal(server.host, "127.0.0.1:25");
	assert_true(server.may_be_private);
	assert_int_equal(server.security, NET_SMTP_OFFERED);
	settings.server = "smtp.acme.example";
	assert_true(notice_server(arena, &conf, &settings, &server));
	assert_string_equal(server.host, "smtp.acme.example:465");
	assert_false(server.may_be_private);
	assert_int_equal(server.security, NET_SMTP_TLS);
	settings.server = "MAIL.lan";
	settings.security = "none";
	assert_true(notice_server(arena, &conf, &settings, &server));
	assert_true(server.may_be_private);
	settings.port = 2526;
	assert_false(notice_port_is_allowed(arena, &conf, &settings));
	settings.server = "localhost";
	assert_true(notice_port_is_allowed(arena, &conf, &settings));
	settings.port = 6379;
	assert_false(notice_port_is_allowed(arena, &conf, &settings));
	assert_true(notice_host_is_sound("a-b.example"));
	assert_false(notice_host_is_sound("a/b"));
	assert_false(notice_host_is_sound("[::1]"));
	assert_false(notice_host_is_sound("a..b"));
	assert_false(notice_host_is_sound(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(hostile_names_stay_in_their_header, setup, teardown),
		cmocka_unit_test_setup_teardown(bodies_keep_no_line_end_but_crlf, setup, teardown),
		cmocka_unit_test_setup_teardown(addresses_are_one, setup, teardown),
		cmocka_unit_test_setup_teardown(text_flows, setup, teardown),
		cmocka_unit_test_setup_teardown(words_are_whole_in_each_language, setup, teardown),
		cmocka_unit_test_setup_teardown(values_are_one_line, setup, teardown),
		cmocka_unit_test_setup_teardown(servers, setup, teardown)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
