/* SPDX-License-Identifier: BSD-2-Clause */
/* net_smtp.h - handing one mail to a mail server (RFC 5321, by libcurl). */
#ifndef HARK_EDGE_NET_SMTP_H
#define HARK_EDGE_NET_SMTP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/check.h"
#include "core/clock.h"

enum net_smtp_security {
	NET_SMTP_PLAIN,
	NET_SMTP_OFFERED,        /* STARTTLS when the server offers it; its certificate is not looked at, since who could forge it could
	                          * also take the offer away */
	NET_SMTP_STARTTLS,       /* STARTTLS (RFC 3207) or nothing */
	NET_SMTP_TLS             /* TLS from the first byte (RFC 8314) */
};

struct net_smtp_server {
	const char *host;        /* a name, an IPv4 address, or an IPv6 one in brackets; perhaps ":port" behind it */
	enum net_smtp_security security;
	const char *user;        /* "" for none */
	const char *password;
	const char *hello;       /* how we call ourselves: a host name */
	bool may_be_private;     /* the address is the operator's own choice */
	clock_ms timeout;        /* for all of it; 0: a minute */
};

struct net_smtp_mail {
	const char *from;        /* addresses of text_is_email() */
	const char *to;
	const char *bytes;       /* of mail_compose() */
	size_t len;
};

enum net_smtp_outcome {
	NET_SMTP_SENT,           /* the server has taken it over */
	NET_SMTP_LATER,          /* it may take it another time: it is away, busy, or does not let us in */
	NET_SMTP_REFUSED         /* it does not want this mail: 5xx to sender, receiver or text */
};

struct net_smtp_answer {
	int status;              /* the server's last code; 0 when there was none */
	const char *words;       /* the server's own, or why it was not reached; one line */
};

enum net_smtp_outcome net_smtp_send(struct arena *arena, const struct net_smtp_server *server, const struct net_smtp_mail *mail,
	struct net_smtp_answer *answer) MUST_USE;

#endif
