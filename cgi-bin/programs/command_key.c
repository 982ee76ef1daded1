/* SPDX-License-Identifier: BSD-2-Clause */
/* command_key.c - hark key: keys for programs, which act with the rights of an agent. */
#include <string.h>

#include "programs/command.h"
#include "rooms/people/people.h"
#include "web/audit.h"

static command_function key_create_run;

const struct command key_commands[] = {
	{ "key", "create", "Makes an API key that acts for an agent. It is printed once and stored as a hash.", key_create_run,
		COMMAND_SITE, {
		{ "tenant", "CODE", "The company's code.", true },
		{ "account", "ACCOUNT", "Account or e-mail address of the agent.", true },
		{ "name", "NAME", "What the key is for.", true } } },
	{ .noun = NULL }
};

struct work {
	struct req *r;
	const char *name;
	struct agent agent;
	const char *key;
};

static enum got
work_do(struct db *db, void *arg)
{
	struct work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = {
		.action = "api_key.create", .noun = "agent", .noun_id = work->agent.id, .noun_name = work->name
	};

	if (api_key_create(db, r->arena, r->tenant, work->agent.id, work->name, r->now, &work->key) != GOT_ONE)
		return GOT_ERROR;
	return audit_write(r, &entry);
}

static int
key_create_run(struct command_run *run)
{
	struct work work = { .name = command_value(run, "name") };
	enum got got;
	int code;

	work.r = command_request(run, &code);
	if (work.r == NULL)
		return code;
	if (strlen(work.name) > 80)
		return command_fail(run, EXIT_USAGE, "the name has at most 80 bytes");
	got = agent_by_account(run->db, run->arena, work.r->tenant, command_value(run, "account"), &work.agent);
	if (got == GOT_NONE)
		return command_fail(run, EXIT_FAILED, "there is no agent “%s”", command_value(run, "account"));
	if (got == GOT_ERROR || db_transaction(run->db, work_do, &work) != GOT_ONE)
		return command_fail_db(run);
	json_set_text(run->answer, "key", work.key);
	json_set_text(run->answer, "name", work.name);
	command_say(run, "%s", work.key);
	return EXIT_SUCCESS;
}
