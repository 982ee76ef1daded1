/* SPDX-License-Identifier: BSD-2-Clause */
/* reset_jobs.c - the mail with the code, when there is somebody to send it to. */
#include <string.h>

#include "core/text.h"
#include "rooms/notice/notice.h"
#include "rooms/people/reset/reset.h"
#include "rooms/people/reset/reset_store.h"

#define MAILS_MOST 5             /* to one agent in an hour */

static job_function forgot_run;

const struct job_kind reset_jobs[] = {
	{ .kind = "password.forgot", .run = forgot_run, .lease = CLOCK_MINUTE },
	{ .kind = NULL }
};

struct letter {
	struct job_run *run;
	const struct agent *agent;
	const char *address;                             /* of the company */
	unsigned char request_hash[CRYPT_HASH_LEN];
	const char *code;
	const char *token;
};

static const char *
code_new(struct arena *arena)
{
	uint64_t number;

	crypt_random(&number, sizeof(number));
	return arena_printf(arena, "%08llu", (unsigned long long)(number % 100000000));
}

static enum got
letter_send(struct db *db, const struct letter *letter)
{
	struct job_run *run = letter->run;
	const struct locale_value values[] = {
		{ "account", letter->agent->account }, { "minutes", "30" },
		{ "code", arena_printf(run->arena, "%.4s %s", letter->code, letter->code + 4) },
		{ "link", arena_printf(run->arena, "%s/forgot/code?token=%s", letter->address, letter->token) }, { NULL, NULL }
	};
	const struct notice notice = {
		.tenant = run->tenant, .template = "password_code", .to = { agent_name(run->arena, letter->agent), letter->agent->email },
		.locale = letter->agent->locale, .values = values, .expires_at = run->now + RESET_LIFE
	};

	return notice_send(db, run->arena, run->keys, &notice);
}

static enum got
letter_store(struct db *db, void *arg)
{
	struct letter *letter = arg;
	struct job_run *run = letter->run;
	unsigned char code_hash[CRYPT_HASH_LEN], link_hash[CRYPT_HASH_LEN];
	const struct reset_secret secret = { run->subject, letter->agent->id, letter->agent->email, code_hash, link_hash };
	enum got got;

	letter->code = code_new(run->arena);
	letter->token = crypt_token(run->arena);
	reset_code_hash(run->keys, letter->request_hash, letter->code, code_hash);
	crypt_sha256(letter->token, strlen(letter->token), link_hash);
	got = reset_fill(db, run->tenant, &secret);
	return got == GOT_ONE ? letter_send(db, letter) : got;
}

/* GOT_NONE: nobody is to be written to. */
static enum got
find_agent(struct job_run *run, struct agent *agent)
{
	struct tenant tenant = { .id = 0 };
	uint64_t lately = 0;
	enum got got = tenant_by_id(run->db, run->arena, run->tenant, &tenant);

	if (got != GOT_ONE || !text_equal(tenant.state, "active"))
		return got == GOT_ERROR ? got : GOT_NONE;
	got = agent_by_email(run->db, run->arena, run->tenant, run->payload, agent);
	if (got != GOT_ONE)
		return got;
	if (reset_count(run->db, run->tenant, agent->id, run->now - CLOCK_HOUR, &lately) != GOT_ONE)
		return GOT_ERROR;
	return lately < MAILS_MOST ? GOT_ONE : GOT_NONE;
}

static enum got
forgot_run(struct job_run *run)
{
	struct agent agent = { .id = 0 };
	struct letter letter = { .run = run, .agent = &agent };
	enum got got = reset_waits(run, letter.request_hash);

	if (got == GOT_ONE)
		got = find_agent(run, &agent);
	if (got == GOT_ONE)
		got = tenant_address(run->db, run->arena, run->conf, run->tenant, &letter.address);
	if (got == GOT_ONE)
		got = db_transaction(run->db, letter_store, &letter);
	run->problem = "The mail with the code could not be ordered.";
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}
