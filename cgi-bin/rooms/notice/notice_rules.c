/* SPDX-License-Identifier: BSD-2-Clause */
/* notice_rules.c - which mail server takes a company's mails. */
#include "rooms/notice/notice_rules.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"

bool
notice_host_is_sound(const char *host)
{
	size_t len = strlen(host);

	return len > 0 && len <= 253 && host[0] != '-' && host[0] != '.' && strstr(host, "..") == NULL
		&& host[strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")] == '\0';
}

/* The port that belongs to the kind of connection when none is given. */
static uint64_t
notice_port(const struct mail_settings *settings)
{
	if (settings->port != 0)
		return settings->port;
	if (text_equal(settings->security, "tls"))
		return 465;
	return text_equal(settings->security, "starttls") ? 587 : 25;
}

static const char *
host_and_port(struct arena *arena, const struct mail_settings *settings)
{
	return arena_printf(arena, "%s:%llu", settings->server, (unsigned long long)notice_port(settings));
}

/* Has the operator named it in smtp_private? */
static bool
is_allowed_inside(struct arena *arena, const struct conf *conf, const struct mail_settings *settings)
{
	return conf_names(arena, conf->smtp_private, host_and_port(arena, settings));
}

bool
notice_port_is_allowed(struct arena *arena, const struct conf *conf, const struct mail_settings *settings)
{
	uint64_t port = notice_port(settings);

	return port == 25 || port == 465 || port == 587 || port == 2525 || is_allowed_inside(arena, conf, settings);
}

static enum net_smtp_security
own_security(const struct mail_settings *settings)
{
	if (text_equal(settings->security, "tls"))
		return NET_SMTP_TLS;
	return text_equal(settings->security, "starttls") ? NET_SMTP_STARTTLS : NET_SMTP_PLAIN;
}

static enum net_smtp_security
house_security(const struct conf *conf)
{
	if (text_starts_with(conf->smtp_url, "smtps://"))
		return NET_SMTP_TLS;
	if (text_equal(conf->smtp_starttls, "required"))
		return NET_SMTP_STARTTLS;
	return text_equal(conf->smtp_starttls, "optional") ? NET_SMTP_OFFERED : NET_SMTP_PLAIN;
}

bool
notice_server(struct arena *arena, const struct conf *conf, const struct mail_settings *settings, struct net_smtp_server *server)
{
	const char *problem = NULL;

	*server = (struct net_smtp_server){ .hello = strrchr(conf->mail_from, '@') + 1 };
	if (!text_is_blank(settings->server)) {
		server->host = host_and_port(arena, settings);
		server->security = own_security(settings);
		server->user = settings->user;
		server->password = settings->password;
		server->may_be_private = is_allowed_inside(arena, conf, settings);
		return true;
	}
	server->host = strstr(conf->smtp_url, "://") + 3;
	server->security = house_security(conf);
	server->user = conf->smtp_user;
	server->may_be_private = true;
	server->password = text_is_blank(conf->smtp_user) ? "" : conf_secret(arena, conf, "smtp_password_file", &problem);
	if (server->password == NULL)
		log_error("secret", "%s", problem);
	return server->password != NULL;
}
