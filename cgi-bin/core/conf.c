/* SPDX-License-Identifier: BSD-2-Clause */
/* conf.c - one table that says of each key what it is called, may be, is by itself, and is for. */
#include "core/conf_key.h"

#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"

#ifndef HARK_DATADIR
#define HARK_DATADIR "/usr/share"
#endif
#ifndef HARK_LOCALSTATEDIR
#define HARK_LOCALSTATEDIR "/var"
#endif
#ifndef HARK_LOCALEDIR
#define HARK_LOCALEDIR "/usr/share/locale"
#endif

#define KEY(kind, member, ...) { .name = #member, .type = (kind), .offset = offsetof(struct conf, member), __VA_ARGS__ }

static const struct conf_key keys[] = {
	KEY(TYPE_ORIGIN, base_url, .preset = "http://localhost", .min = 1,
		.comment = "What browsers see, without a slash at the end."),
	KEY(TYPE_ORIGIN, host_url, .preset = "",
		.comment = "Where the host's panel and its API answer, and nothing else does. Empty: below base_url, at /host."),
	KEY(TYPE_ADDRESSES, host_addresses, .preset = "",
		.comment = "Addresses and subnets that operators may come from, parted by commas. Empty: from anywhere."),
	KEY(TYPE_BOOL, operators_need_factor, .preset = "no",
		.comment = "Must operators have a second factor? Who has none yet sets it up after the password."),
	KEY(TYPE_SOCKET, db_socket, .preset = "/run/mysqld/mysqld.sock",
		.comment = "The socket of MariaDB or MySQL on this machine. Empty: db_host is used."),
	KEY(TYPE_WORD, db_host, .preset = "",
		.comment = "The database's host, used when db_socket is empty."),
	KEY(TYPE_NUMBER, db_port, .preset = "3306", .min = 1, .max = 65535,
		.comment = "The port on db_host."),
	KEY(TYPE_WORD, db_name, .preset = "hark", .min = 1,
		.comment = "The name of the database."),
	KEY(TYPE_WORD, db_user, .preset = "hark", .min = 1,
		.comment = "The database's user."),
	KEY(TYPE_PATH, db_password_file, .preset = "",
		.comment = "A file that holds the user's password. Empty: the socket tells the database who we are."),
	KEY(TYPE_BOOL, db_tls_verify, .preset = "yes",
		.comment = "Is the certificate of db_host checked?"),
	KEY(TYPE_PATH, key_file, .required = true, .preset = HARK_SYSCONFDIR "/hark/key", .min = 1,
		.comment = "A file of one line, the installation's secret: 32 or more random characters. Keep a copy of it."),
	KEY(TYPE_PATH, data_dir, .preset = HARK_LOCALSTATEDIR "/lib/hark", .min = 1,
		.comment = "Files of conversations and half-done work live here."),
	KEY(TYPE_PATH, run_dir, .preset = "/run/hark", .min = 1,
		.comment = "Sockets live here."),
	KEY(TYPE_PATH, templates_dir, .preset = HARK_DATADIR "/hark/templates", .min = 1,
		.comment = "The templates of the pages."),
	KEY(TYPE_PATH, static_dir, .preset = HARK_DATADIR "/hark/static", .min = 1,
		.comment = "The files that the web server gives out by itself."),
	KEY(TYPE_PATH, schema_dir, .preset = HARK_DATADIR "/hark/schema", .min = 1,
		.comment = "The steps of the database's schema."),
	KEY(TYPE_PATH, locale_dir, .preset = HARK_LOCALEDIR, .min = 1,
		.comment = "The translations."),
	KEY(TYPE_PATH, image_tool, .preset = "/usr/bin/vipsthumbnail", .min = 1,
		.comment = "The program that makes clean pictures out of those that people send."),
	KEY(TYPE_SOCKET, web_socket, .preset = "",
		.comment = "The FastCGI socket of hark-web. Empty: web.sock in run_dir."),
	KEY(TYPE_SOCKET, chat_socket, .preset = "",
		.comment = "The HTTP socket of hark-chat. Empty: chat.sock in run_dir."),
	KEY(TYPE_SOCKET, bell_socket, .preset = "",
		.comment = "Where hark-chat listens for news. Empty: bell.sock in run_dir."),
	KEY(TYPE_NUMBER, web_workers, .preset = "4", .min = 1, .max = 64,
		.comment = "Processes of hark-web; each serves one request at a time."),
	KEY(TYPE_NUMBER, web_requests, .preset = "5000", .min = 1, .max = 1000000000,
		.comment = "A worker leaves after so many requests, and a new one comes."),
	KEY(TYPE_BYTES, upload_max, .preset = "20M", .min = KIB, .max = 64 * GIB,
		.comment = "The size of one file. The web server has a limit of its own."),
	KEY(TYPE_BYTES, body_max, .preset = "1M", .min = 4 * KIB, .max = GIB,
		.comment = "The size of a form or of an API request."),
	KEY(TYPE_NUMBER, message_rate, .preset = "20", .min = 1, .max = 1000000,
		.comment = "Messages of one conversation in ten seconds; a visitor who writes more is told to slow down."),
	KEY(TYPE_NUMBER, chat_connections, .preset = "20000", .min = 1, .max = 10000000,
		.comment = "Connections that hark-chat holds."),
	KEY(TYPE_BYTES, chat_memory, .preset = "16M", .min = 64 * KIB, .max = 64 * GIB,
		.comment = "What hark-chat remembers of past events."),
	KEY(TYPE_CHOICE, send_file, .preset = "none", .choices = "none x-accel-redirect x-sendfile",
		.comment = "The header by which the web server is asked to send a file."),
	KEY(TYPE_ADDRESSES, trusted_proxies, .preset = "",
		.comment = "Addresses and subnets whose X-Forwarded-For counts, parted by commas."),
	KEY(TYPE_MAIL_SERVER, smtp_url, .preset = "smtp://127.0.0.1:25", .min = 1,
		.comment = "The mail server that takes our mails."),
	KEY(TYPE_CHOICE, smtp_starttls, .preset = "optional", .choices = "none optional required",
		.comment = "Is the connection to smtp:// encrypted? With optional, when the server offers it and without looking at its"
			" certificate: for a server on this machine."),
	KEY(TYPE_USER, smtp_user, .preset = "",
		.comment = "The mail server's user. Empty: it takes our mails without one."),
	KEY(TYPE_PATH, smtp_password_file, .preset = "",
		.comment = "A file that holds the password of smtp_user."),
	KEY(TYPE_WORDS, smtp_private, .preset = "",
		.comment = "Mail servers in private networks, host:port parted by commas, that companies may name as their own."),
	KEY(TYPE_EMAIL, mail_from, .preset = "",
		.comment = "The sender's address of our mails. Empty: no-reply@ the host of base_url."),
	KEY(TYPE_ORIGIN, telegram_url, .preset = CONF_TELEGRAM_URL, .min = 1,
		.comment = "Where Telegram's Bot API is: another one when you run a Bot API server of your own."),
	KEY(TYPE_URL, help_url, .preset = "",
		.comment = "The page behind Help on the sign-in page. Empty: a page of Hark's own."),
	KEY(TYPE_URL, support_url, .preset = "",
		.comment = "A page on which people can chat with or write to who runs this installation."),
	KEY(TYPE_SERVER, dns_server, .preset = "",
		.comment = "The name server that proofs of host names are asked of: address or address:port. Empty: the machine's own."),
	KEY(TYPE_WORD, outgoing_proxy, .preset = "",
		.comment = "The HTTP proxy, host:port, through which files of companies' own hosts are fetched. Empty: none."),
	KEY(TYPE_WORDS, feeds_private, .preset = "",
		.comment = "Servers in private networks, host:port parted by commas, that companies may fetch calendars from."),
	KEY(TYPE_TEXT, host_contact, .preset = "", .max = 200,
		.comment = "Whom companies ask for a larger plan: an e-mail address or the address of a page."),
	KEY(TYPE_CHOICE, log_level, .preset = "info", .choices = "error warning info",
		.comment = "The least important lines that are logged.")
};

/* What the keys' lines have said so far. */
struct reading {
	struct arena *arena;
	const char *path;
	struct conf *conf;
	size_t *seen;                   /* of each key the line that named it; 0: none */
	const char *problem;
};

static const char *
place_of(struct arena *arena, const char *path, size_t line, const char *key)
{
	struct str place;

	str_init(&place, arena);
	str_add(&place, path);
	if (line > 0)
		str_addf(&place, ":%zu", line);
	if (key != NULL)
		str_addf(&place, ": key \"%s\"", key);
	return place.data;
}

static bool
complain(struct reading *reading, size_t line, const char *key, const char *why)
{
	reading->problem = arena_printf(reading->arena, "%s: %s", place_of(reading->arena, reading->path, line, key), why);
	return false;
}

static const struct conf_key *
key_named(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (strcmp(keys[i].name, name) == 0)
			return &keys[i];
	return NULL;
}

static bool
pair_read(struct reading *reading, size_t line, const char *name, const char *value)
{
	const struct conf_key *key = key_named(name);
	size_t i;

	if (key == NULL)
		return complain(reading, line, name, "is not known; the sample configuration has all that are");
	i = (size_t)(key - keys);
	if (reading->seen[i] > 0)
		return complain(reading, line, name,
			arena_printf(reading->arena, "may be given once; it was in line %zu", reading->seen[i]));
	reading->seen[i] = line;
	if (!conf_key_read(reading->arena, key, value, reading->conf))
		return complain(reading, line, name, conf_key_allows(reading->arena, key));
	return true;
}

static bool
line_read(struct reading *reading, size_t line, const char *text)
{
	const char *sign = strchr(text, '=');

	if (text[0] == '\0' || text[0] == '#')
		return true;
	if (!text_is_utf8(text, strlen(text)) || text_has_control(text))
		return complain(reading, line, NULL, "must be UTF-8 text without control characters");
	if (sign == NULL || sign == text)
		return complain(reading, line, NULL, "must be `key = value`, or a comment that starts with #");
	return pair_read(reading, line,
		text_trim(reading->arena, arena_text_of(reading->arena, text, (size_t)(sign - text))),
		text_trim(reading->arena, sign + 1));
}

static bool
lines_read(struct reading *reading, const char *text)
{
	size_t line = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		if (!line_read(reading, ++line, text_trim(reading->arena, arena_text_of(reading->arena, text, len))))
			return false;
		text += len;
		text += *text == '\n';
	}
	return true;
}

/* A socket that the file leaves open lies in run_dir. */
static bool
socket_derive(struct reading *reading, const char **path, const char *name)
{
	if (**path != '\0')
		return true;
	*path = arena_printf(reading->arena, "%s/%s", reading->conf->run_dir, name);
	if (strlen(*path) > SOCKET_MAX)
		return complain(reading, 0, "run_dir", "is too long a path for a socket in it");
	return true;
}

/* A sender that the file leaves open has the host of base_url, unless that is a bare number, which mail servers refuse. */
static void
sender_derive(struct reading *reading)
{
	struct conf *conf = reading->conf;
	const char *host = strstr(conf->base_url, "://") + 3;

	if (*conf->mail_from != '\0')
		return;
	host = arena_text_of(reading->arena, host, strcspn(host, ":/"));
	conf->mail_from = *host == '[' || conf_is_addresses(reading->arena, host) ? "no-reply@localhost"
		: arena_printf(reading->arena, "no-reply@%s", host);
}

/* What only the whole file can show. */
static bool
whole_check(struct reading *reading)
{
	struct conf *conf = reading->conf;

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (keys[i].required && reading->seen[i] == 0)
			return complain(reading, 0, keys[i].name,
				arena_printf(reading->arena, "is missing: %s", conf_key_allows(reading->arena, &keys[i])));
	if (*conf->db_socket == '\0' && *conf->db_host == '\0')
		return complain(reading, 0, "db_host", "must be given when db_socket is empty");
	if (*conf->host_url != '\0' && text_starts_with(conf->host_url, "https:") != text_starts_with(conf->base_url, "https:"))
		return complain(reading, 0, "host_url", "must begin with http:// or https:// as base_url does");
	if (*conf->smtp_user != '\0' && *conf->smtp_password_file == '\0')
		return complain(reading, 0, "smtp_password_file", "must be given with smtp_user");
	sender_derive(reading);
	if (!text_is_email(conf->mail_from))
		return complain(reading, 0, "mail_from", "must be given: an e-mail address cannot have the host of base_url");
	return socket_derive(reading, &conf->web_socket, "web.sock")
		&& socket_derive(reading, &conf->chat_socket, "chat.sock")
		&& socket_derive(reading, &conf->bell_socket, "bell.sock");
}

const struct conf *
conf_parse(struct arena *arena, const char *path, const char *text, const char **problem)
{
	struct reading reading = { .arena = arena, .path = path, .seen = ARENA_ARRAY(arena, size_t, COUNT_OF(keys)) };

	reading.conf = ARENA_NEW(arena, struct conf);
	reading.conf->path = arena_text(arena, path);
	reading.conf->lines = reading.seen;
	for (size_t i = 0; i < COUNT_OF(keys); i++)
		CHECK(conf_key_read(arena, &keys[i], keys[i].preset, reading.conf));
	if (lines_read(&reading, text) && whole_check(&reading))
		return reading.conf;
	*problem = reading.problem;
	return NULL;
}

const char *
conf_place(struct arena *arena, const struct conf *conf, const char *key)
{
	const struct conf_key *known = key_named(key);

	CHECK(known != NULL);
	return place_of(arena, conf->path, conf->lines[known - keys], key);
}

const char *
conf_text(const struct conf *conf, const char *key)
{
	const struct conf_key *known = key_named(key);

	CHECK(known != NULL && known->type != TYPE_NUMBER && known->type != TYPE_BYTES && known->type != TYPE_BOOL);
	return *(const char *const *)((const char *)conf + known->offset);
}

void
conf_print_sample(void)
{
	struct arena *arena = arena_new();

	(void)printf("# The configuration of Hark. A line is `key = value`; a line that starts with # is a comment.\n"
		"# Values are not quoted. What is given here is what holds without the line.\n");
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const struct conf_key *key = &keys[i];

		(void)printf("\n# %s\n# It %s%s.\n%s =%s%s\n", key->comment, conf_key_allows(arena, key),
			key->required ? ", and the line must be there" : "",
			key->name, *key->preset != '\0' ? " " : "", key->preset);
	}
	arena_free(arena);
}

bool
conf_names(struct arena *arena, const char *value, const char *word)
{
	const char *at = value;

	while (*at != '\0') {
		size_t len = strcspn(at, ",");

		if (text_equal_nocase(text_trim(arena, arena_text_of(arena, at, len)), word))
			return true;
		at += len + (at[len] == ',');
	}
	return false;
}
