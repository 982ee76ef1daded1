/* SPDX-License-Identifier: BSD-2-Clause */
/* notice_rules.h - which mail server a company's mails go to, and which ones it may name. */
#ifndef HARK_ROOMS_NOTICE_NOTICE_RULES_H
#define HARK_ROOMS_NOTICE_NOTICE_RULES_H

#include <stdbool.h>

#include "core/conf.h"
#include "edge/net_smtp.h"
#include "rooms/notice/notice.h"

/* The company's own server, or the installation's. False: the installation's password cannot be read (logged). */
bool notice_server(struct arena *arena, const struct conf *conf, const struct mail_settings *settings, struct net_smtp_server *server) MUST_USE;

/* A host name or an IPv4 address? */
bool notice_host_is_sound(const char *host);

/* May a company send through this port of that host: one that mail servers have, or what the operator has allowed (smtp_private)? */
bool notice_port_is_allowed(struct arena *arena, const struct conf *conf, const struct mail_settings *settings);

#endif
