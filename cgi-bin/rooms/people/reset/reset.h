/* SPDX-License-Identifier: BSD-2-Clause */
/* reset.h - a forgotten password: a request, a mail with a code and a link, a new password.
 *
 *	POST /forgot          company, e-mail and a captcha: a row and a job, whoever it is; the browser gets the request's token
 *	job password.forgot   looks whether there is such an agent, and orders the mail
 *	POST /forgot/code     the request's token and the code, or the link's token alone; and the new password
 *
 * Until the mail nothing depends on whether there is such an agent: neither the answer nor the time that it takes.
 */
#ifndef HARK_ROOMS_PEOPLE_RESET_H
#define HARK_ROOMS_PEOPLE_RESET_H

#include "rooms/people/people.h"

#define RESET_LIFE (30 * CLOCK_MINUTE)
#define RESET_CODE_LEN 8         /* digits */

/* Keeps the request and orders its job. *token belongs into the address of the page for the code. */
enum got reset_ask(struct req *r, tenant_id tenant, const char *email, const char **token) MUST_USE;

enum reset_outcome {
	RESET_DONE,
	RESET_WRONG,             /* the code, or what it belongs to: which one is not told */
	RESET_WEAK,              /* the password is like the account: *problem says so; the code is still good */
	RESET_FAILED             /* the database */
};

struct reset_try {
	const char *request;     /* the request's token, with a code; or NULL */
	const char *code;
	const char *link;        /* the link's token; or NULL */
	const char *password;
};

/* Who has the new password, for the sign-in page. */
struct reset_owner {
	const char *company;     /* the code of the tenant */
	const char *account;
};

/* Sets the password, ends every session and poll of the agent, and tells the agent by mail. The request is then used up; `owner` says whose
 * it was. */
enum reset_outcome reset_password(struct req *r, const struct reset_try *input, struct reset_owner *owner, const char **problem) MUST_USE;

/* The account that a link belongs to, for the page; GOT_NONE: the link is used, old or not ours. */
enum got reset_account_of_link(struct req *r, const char *link, const char **account) MUST_USE;

/* The hash of a code, which is worth nothing without the installation's key. */
void reset_code_hash(const struct crypt_keys *keys, const unsigned char request_hash[CRYPT_HASH_LEN], const char *code,
	unsigned char hash[CRYPT_HASH_LEN]);

#endif
