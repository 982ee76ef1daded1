/* SPDX-License-Identifier: BSD-2-Clause */
/* test_conf.c - what a configuration file may say, and the complaint when it says something else. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/check.h"
#include "core/conf.h"
#include "core/text.h"

static struct arena *arena;
static char folder[] = "/tmp/hark-test-conf-XXXXXX";

static int
open_all(void **state)
{
	(void)state;
	arena = arena_new();
	return mkdtemp(folder) == NULL;
}

static int
close_all(void **state)
{
	(void)state;
	(void)rmdir(folder);
	arena_free(arena);
	return 0;
}

static const struct conf *
parsed(const char *text)
{
	const char *problem = NULL;
	const struct conf *conf = conf_parse(arena, "hark.conf", arena_printf(arena, "key_file=/k\n%s", text), &problem);

	if (conf == NULL)
		fail_msg("%s", problem);
	return conf;
}

static const char *
problem_of(const char *text)
{
	const char *problem = NULL;

	assert_null(conf_parse(arena, "hark.conf", text, &problem));
	assert_non_null(problem);
	return problem;
}

static void
defaults(void **state)
{
	const struct conf *conf = parsed("");

	(void)state;
	assert_string_equal(conf->path, "hark.conf");
	assert_string_equal(conf->base_url, "http://localhost");
	assert_int_equal(conf->web_workers, 4);
	assert_int_equal(conf->web_requests, 5000);
	assert_int_equal(conf->upload_max, 20 << 20);
	assert_int_equal(conf->body_max, 1 << 20);
	assert_int_equal(conf->chat_connections, 20000);
	assert_int_equal(conf->chat_memory, 16 << 20);
	assert_string_equal(conf->send_file, "none");
	assert_string_equal(conf->run_dir, "/run/hark");
	assert_string_equal(conf->web_socket, "/run/hark/web.sock");
	assert_string_equal(conf->chat_socket, "/run/hark/chat.sock");
	assert_string_equal(conf->bell_socket, "/run/hark/bell.sock");
	assert_string_equal(conf->log_level, "info");
	assert_true(conf->db_tls_verify);
}

static void
values(void **state)
{
	const struct conf *conf = parsed("# comment = no\n\n  base_url=https://desk.example.com:8443 \r\n"
		"run_dir = /tmp/x y=z//\nchat_socket = /c\nupload_max = 1 GiB\nbody_max=5000\nchat_memory = 64k\n"
		"db_tls_verify = no\ntrusted_proxies = 10.0.0.0/8, ::1\ndb_socket =\ndb_host = db.example.com\n"
		"send_file = x-sendfile\nlog_level=warning\nsmtp_url = smtps://mail.example.com:465\nsmtp_user = desk@example.com\n"
		"smtp_password_file = /p\nsmtp_private = a:25, [::1]:26\nhelp_url = https://help.example.com/x\n");

	(void)state;
	assert_string_equal(conf->base_url, "https://desk.example.com:8443");
	assert_string_equal(conf->run_dir, "/tmp/x y=z");
	assert_string_equal(conf->web_socket, "/tmp/x y=z/web.sock");
	assert_string_equal(conf->chat_socket, "/c");
	assert_int_equal(conf->upload_max, 1 << 30);
	assert_int_equal(conf->body_max, 5000);
	assert_int_equal(conf->chat_memory, 65536);
	assert_false(conf->db_tls_verify);
	assert_string_equal(conf->trusted_proxies, "10.0.0.0/8, ::1");
	assert_string_equal(conf->db_socket, "");
	assert_string_equal(conf->log_level, "warning");
	assert_string_equal(conf->smtp_url, "smtps://mail.example.com:465");
	assert_string_equal(conf->smtp_user, "desk@example.com");
	assert_string_equal(conf->mail_from, "no-reply@desk.example.com");
	assert_string_equal(conf->help_url, "https://help.example.com/x");
}

static void
hosts_are_kept_as_browsers_send_them(void **state)
{
	(void)state;
	assert_string_equal(parsed("base_url = https://Desk.EXAMPLE.com:8443")->base_url, "https://desk.example.com:8443");
	assert_string_equal(parsed("host_url = http://Host.example.com")->host_url, "http://host.example.com");
	assert_string_equal(problem_of("base_url = https://b\303\274cher.example"), "hark.conf:1: key \"base_url\": must be http:// or https://"
		" and a host, perhaps with a port, without a path or a slash at the end");
}

/* Mails cannot be sent in the name of every host. */
static void
senders_are_addresses(void **state)
{
	static const char *const hosts[] = { "http://my_host", "https://a.example." };
	const char *text;

	(void)state;
	assert_string_equal(parsed("base_url = http://192.0.2.7")->mail_from, "no-reply@localhost");
	assert_string_equal(parsed("base_url = http://[::1]:8080")->mail_from, "no-reply@localhost");
	for (size_t i = 0; i < COUNT_OF(hosts); i++) {
		text = arena_printf(arena, "key_file = /k\nbase_url = %s\n", hosts[i]);
		assert_string_equal(problem_of(text),
			"hark.conf: key \"mail_from\": must be given: an e-mail address cannot have the host of base_url");
		assert_string_equal(parsed(arena_printf(arena, "base_url = %s\nmail_from = a@b.example\n", hosts[i]))->mail_from, "a@b.example");
	}
}

static void
complaints_name_place_and_key(void **state)
{
	(void)state;
	assert_string_equal(problem_of("\n# x\nfoo = 1\n"),
		"hark.conf:3: key \"foo\": is not known; the sample configuration has all that are");
	assert_string_equal(problem_of("web_workers = 4\nweb_workers = 4\n"),
		"hark.conf:2: key \"web_workers\": may be given once; it was in line 1");
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(problem_of(arena_printf(arena, "dns_server = %s", ((const char *const[]){ "x", "192.0.2.1:", "192.0.2.1:70000",
			"192.0.2", "::1", ":53" })[i])),
			"hark.conf:1: key \"dns_server\": must be an IPv4 address, perhaps with a port (192.0.2.1:53), or empty");
	assert_string_equal(parsed("dns_server = 192.0.2.1:5353")->dns_server, "192.0.2.1:5353");
	assert_string_equal(problem_of("web_workers = 0"),
		"hark.conf:1: key \"web_workers\": must be a number from 1 to 64");
	assert_string_equal(problem_of("data_dir = var/lib"),
		"hark.conf:1: key \"data_dir\": must be an absolute path (/...)");
	assert_string_equal(problem_of("log_level = loud"),
		"hark.conf:1: key \"log_level\": must be one of: error warning info");
	assert_string_equal(problem_of("base_url = http://localhost\n"),
		"hark.conf: key \"key_file\": is missing: must be an absolute path (/...)");
	assert_string_equal(problem_of("host_url = b.example\n"), "hark.conf:1: key \"host_url\": must be http:// or https:// and a host,"
		" perhaps with a port, without a path or a slash at the end, or empty");
	assert_string_equal(problem_of("key_file = /k\nbase_url = https://a.example\nhost_url = http://b.example\n"),
		"hark.conf: key \"host_url\": must begin with http:// or https:// as base_url does");
	assert_string_equal(problem_of("web_workers 4\n"),
		"hark.conf:1: must be `key = value`, or a comment that starts with #");
}

static void
bad_values(void **state)
{
	static const char *const bad[] = { "web_workers = -1", "web_workers = 4 # four", "web_workers =", "db_port = 65536",
		"upload_max = 1T", "upload_max = M", "upload_max = 18446744073709551615G", "upload_max = 20 M B", "upload_max = 1.5M",
		"db_tls_verify = maybe", "db_tls_verify =", "base_url = localhost", "base_url = https://a/", "base_url = https://a/b",
		"base_url = https://u@a", "base_url =", "trusted_proxies = 10.0.0.256", "trusted_proxies = 10.0.0.1,",
		"trusted_proxies = ,::1", "trusted_proxies = 10.0.0.0/33", "trusted_proxies = proxy.example.com", "log_level =", "log_level = info warning", "send_file = x",
		"db_name = a b", "db_name =", "key_file =", "data_dir = \"/var\"", "db_socket =", "= 1", "=", "[section]",
		"smtp_url =", "smtp_url = http://a", "smtp_url = smtp://", "smtp_url = smtp://u@a", "smtp_url = smtp://a/b", "smtp_user = a b",
		"smtp_user = u", "mail_from = nobody", "mail_from = A <a@b>", "help_url = javascript:x", "smtp_private = a\"",
		"Web_workers = 1", "db_name = \xff", "db_name = a\x1b", "path = /x",
		"web_socket = /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"run_dir = /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
	const char *problem;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		const char *text = arena_printf(arena, "%s\n%s\n", bad[i], text_starts_with(bad[i], "key_file") ? "" : "key_file = /k");

		if (conf_parse(arena, "hark.conf", text, &problem) != NULL)
			fail_msg("%s", bad[i]);
	}
}

/* Standard output or error of what is done, through a file. */
static void
redirect(int stream, const char *path, int *kept)
{
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);

	assert_true(file >= 0);
	(void)fflush(stdout);
	*kept = dup(stream);
	(void)dup2(file, stream);
	(void)close(file);
}

static void
restore(int stream, int kept)
{
	(void)fflush(stdout);
	(void)dup2(kept, stream);
	(void)close(kept);
}

static void
sample_is_accepted(void **state)
{
	const char *path = arena_printf(arena, "%s/sample", folder);
	const struct conf *conf, *plain = parsed("");
	const char *problem = NULL;
	int kept = -1;

	(void)state;
	redirect(STDOUT_FILENO, path, &kept);
	conf_print_sample();
	restore(STDOUT_FILENO, kept);
	conf = conf_read(arena, path, &problem);
	assert_non_null(conf);
	assert_string_equal(conf->path, path);
	assert_string_equal(conf->base_url, plain->base_url);
	assert_string_equal(conf->bell_socket, plain->bell_socket);
	assert_int_equal(conf->upload_max, plain->upload_max);
	(void)unlink(path);
}

static const char *
problem_of_file(const char *path)
{
	const char *problem = NULL;

	assert_null(conf_read(arena, path, &problem));
	return problem;
}

static void
unreadable_files(void **state)
{
	const char *nul = arena_printf(arena, "%s/nul", folder);
	int file = open(nul, O_WRONLY | O_CREAT, 0600);

	(void)state;
	assert_int_equal(write(file, "a\0b", 3), 3);
	(void)close(file);
	assert_string_equal(problem_of_file("/nowhere/hark.conf"), "/nowhere/hark.conf: cannot be read: No such file or directory");
	assert_string_equal(problem_of_file("/dev/zero"), "/dev/zero: cannot be read: is no regular file");
	assert_true(text_ends_with(problem_of_file(folder), "is no regular file"));
	assert_true(text_ends_with(problem_of_file(nul), "has a NUL"));
	(void)unlink(nul);
}

static const char *
secret_of(const char *bytes, size_t len, mode_t mode)
{
	const char *path = arena_printf(arena, "%s/secret", folder);
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	const char *secret, *problem = NULL;

	assert_true(write(file, bytes, len) == (ssize_t)len);
	(void)fchmod(file, mode);
	(void)close(file);
	secret = conf_secret_file(arena, path, &problem);
	assert_int_equal(secret == NULL, problem != NULL);
	(void)unlink(path);
	return secret;
}

static void
secrets(void **state)
{
	const struct conf *conf = parsed("db_password_file = /nope\n");
	const char *problem = NULL;

	(void)state;
	assert_string_equal(secret_of("abc\n", 4, 0600), "abc");
	assert_string_equal(secret_of("abc\r\n", 5, 0640), "abc");
	assert_string_equal(secret_of(" a\n\n", 4, 0400), " a\n");
	assert_null(secret_of("abc\n", 4, 0644));
	assert_null(secret_of("abc\n", 4, 0602));
	assert_null(secret_of("", 0, 0600));
	assert_null(secret_of("\n", 1, 0600));
	assert_null(secret_of("a\0b", 3, 0600));
	assert_null(conf_secret_file(arena, "", &problem));
	assert_null(conf_secret_file(arena, folder, &problem));
	assert_null(conf_secret(arena, conf, "db_password_file", &problem));
	assert_string_equal(problem, "hark.conf:2: key \"db_password_file\": /nope: No such file or directory; it must be a file of one line"
		" that we may read and others may not");
	assert_null(conf_secret(arena, conf, "smtp_password_file", &problem));
	assert_true(text_starts_with(problem, "hark.conf: key \"smtp_password_file\": "));
}

static void
short_keys_are_refused(void **state)
{
	const char *path = arena_printf(arena, "%s/key", folder), *problem = NULL;
	const struct conf *conf = conf_parse(arena, "hark.conf", arena_printf(arena, "key_file = %s\n", path), &problem);
	int file = open(path, O_WRONLY | O_CREAT, 0600);

	(void)state;
	assert_int_equal(write(file, "0123456789abcdef0123456789abcde\n", 32), 32);
	assert_null(conf_secret(arena, conf, "key_file", &problem));
	assert_string_equal(problem, arena_printf(arena, "hark.conf:1: key \"key_file\": %s: has fewer than 32 characters", path));
	assert_int_equal(pwrite(file, "f\n", 2, 31), 2);
	assert_string_equal(conf_secret(arena, conf, "key_file", &problem), "0123456789abcdef0123456789abcdef");
	(void)close(file);
	(void)unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults),
		cmocka_unit_test(values),
		cmocka_unit_test(hosts_are_kept_as_browsers_send_them),
		cmocka_unit_test(senders_are_addresses),
		cmocka_unit_test(complaints_name_place_and_key),
		cmocka_unit_test(bad_values),
		cmocka_unit_test(sample_is_accepted),
		cmocka_unit_test(unreadable_files),
		cmocka_unit_test(secrets),
		cmocka_unit_test(short_keys_are_refused)
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
