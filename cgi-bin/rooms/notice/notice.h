/* SPDX-License-Identifier: BSD-2-Clause */
/* notice.h - mails of Hark to people: ordered in the transaction of their cause, written in the reader's language, sent by a job.
 *
 * They go through the company's own mail server when it has named one, else through the installation's.
 */
#ifndef HARK_ROOMS_NOTICE_NOTICE_H
#define HARK_ROOMS_NOTICE_NOTICE_H

#include "edge/locale.h"
#include "edge/mail.h"
#include "rooms/tenant/tenant.h"
#include "web/job.h"
#include "web/resource.h"
#include "web/route.h"

struct notice {
	tenant_id tenant;
	const char *template;            /* a name of notice_text.c: "password_code" */
	struct mail_address to;          /* address: text_is_email(); else the order is dropped, and logged */
	const char *locale;              /* of the reader; "" as the company */
	const struct locale_value *values;   /* for {name} in the template, at most NOTICE_VALUES_MAX; {name}, {company} and {address} of the
	                                      * company are there by themselves; {time} and {until} are moments by clock_iso() */
	clock_ms expires_at;             /* not sent later, 0 for always: a code that is over helps nobody */
};

#define NOTICE_VALUES_MAX 12

/* Orders a mail, in the caller's transaction. Its values may be secrets: they are kept sealed until the mail is gone. */
enum got notice_send(struct db *db, struct arena *arena, const struct crypt_keys *keys, const struct notice *notice) MUST_USE;

/* How a company sends its mails. */
struct mail_settings {
	const char *sender_name;         /* "" is the company's name */
	const char *sender_address;      /* with a server of its own the sender, else where answers go; "" for none */
	const char *server;              /* host name or IPv4 address; "" is the installation's server */
	uint64_t port;
	const char *security;            /* tls, starttls, none */
	const char *user;
	const char *password;
};
extern const struct resource mail_resource;

extern const struct route notice_routes[];
extern const struct job_kind notice_jobs[];

#endif
