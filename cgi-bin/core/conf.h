/* SPDX-License-Identifier: BSD-2-Clause */
/* conf.h - the one configuration file of an installation: `key = value` lines, `#` starts a comment line.
 *
 * A key is known or refused. Secrets are given by file (`*_file`), never in the file itself.
 * The structure is filled once at the start of a program and never changes.
 */
#ifndef HARK_CORE_CONF_H
#define HARK_CORE_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

/* The exit codes of all programs (sysexits.h for the last two). */
enum {
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_TRY_AGAIN = 75,
	EXIT_CONFIGURATION = 78
};

#define CONF_TELEGRAM_URL "https://api.telegram.org"

struct conf {
	const char *path;               /* of this file */
	const size_t *lines;            /* of the keys, for conf_place() */
	const char *base_url;           /* "https://desk.example.com": what browsers see, no slash at the end */
	const char *host_url;           /* the same of the host's panel; "" is base_url */
	const char *host_addresses;     /* where operators may come from (core/address.h), comma separated; "" is anywhere */
	bool operators_need_factor;     /* an operator without a second factor sets one up before anything else */
	const char *db_socket;          /* unix socket of MariaDB, or "" to use db_host */
	const char *db_host;
	uint64_t db_port;
	const char *db_name;
	const char *db_user;
	const char *db_password_file;   /* "" for none (unix_socket authentication) */
	bool db_tls_verify;
	const char *key_file;           /* 32 or more random characters, the installation's secret */
	const char *data_dir;           /* files/ and spool/ live here */
	const char *run_dir;            /* sockets */
	const char *templates_dir;
	const char *static_dir;
	const char *schema_dir;
	const char *locale_dir;
	const char *image_tool;         /* vipsthumbnail (libvips) */
	const char *web_socket;         /* FastCGI; unused when the service manager passes descriptor 3 or 0 */
	const char *chat_socket;        /* HTTP of hark-chat */
	const char *bell_socket;        /* bells to hark-chat */
	uint64_t web_workers;
	uint64_t web_requests;          /* a worker leaves after so many */
	uint64_t upload_max;            /* bytes of one file */
	uint64_t body_max;              /* bytes of a form or JSON body */
	uint64_t message_rate;          /* messages of one conversation in ten seconds before it is told to slow down */
	uint64_t chat_connections;
	uint64_t chat_memory;           /* bytes of remembered events */
	const char *send_file;          /* "x-accel-redirect", "x-sendfile" or "none" */
	const char *dns_server;         /* address or address:port that host names are asked of; "" is the machine's own */
	const char *outgoing_proxy;     /* host:port through which pages of foreign hosts are fetched; "" is none */
	const char *feeds_private;      /* host:port in private networks that calendars may be fetched from, comma separated */
	const char *host_contact;       /* what companies are told when they want more: an address of mail or a page */
	const char *trusted_proxies;    /* addresses whose X-Forwarded-For counts, comma separated */
	const char *smtp_url;           /* "smtp://127.0.0.1:25": where mails go out, smtps:// with TLS from the start */
	const char *smtp_starttls;      /* "none", "optional" or "required" */
	const char *smtp_user;          /* "" for none */
	const char *smtp_password_file;
	const char *smtp_private;       /* host:port in private networks that companies may use as their own, comma separated */
	const char *mail_from;          /* the sender's address; never "" */
	const char *telegram_url;       /* "https://api.telegram.org": the Bot API */
	const char *help_url;           /* behind "Help" on the sign-in page; "" is a page of Hark's own */
	const char *support_url;        /* where people write to who runs this installation; "" for none */
	const char *log_level;          /* error, warning or info */
};

/* Reads `path`, or where that is NULL the file of $HARK_CONFIG or of the default place. On failure returns NULL, and *problem says
 * file, line, key and what is allowed: the program then ends with EXIT_CONFIGURATION. The result lives in `arena`. */
const struct conf *conf_read(struct arena *arena, const char *path, const char **problem);

/* As conf_read(), from memory. Does not look at the file system. */
const struct conf *conf_parse(struct arena *arena, const char *path, const char *text, const char **problem);

/* Prints every key with its default and its comment, as a file that conf_read() accepts. */
void conf_print_sample(void);

/* Is a word among those of a value that are parted by commas? ASCII letters are the same in both cases. */
bool conf_names(struct arena *arena, const char *value, const char *word);

/* Where a key stands, for a complaint about its value: `/etc/hark/hark.conf:7: key "key_file"`; without the line when the
 * file does not name it. And the value of a key that is text. */
const char *conf_place(struct arena *arena, const struct conf *conf, const char *key);
const char *conf_text(const struct conf *conf, const char *key);

/* The bytes of a secret's file, without a newline at the end; NULL when it is missing, empty or readable by everybody, when it holds a
 * NUL, or when it is the one of key_file and too short: *problem says so, with the place of the key that names the file. */
const char *conf_secret(struct arena *arena, const struct conf *conf, const char *key, const char **problem);

/* The same of a file that no key names; *problem begins with its path. */
const char *conf_secret_file(struct arena *arena, const char *file, const char **problem);

#endif
