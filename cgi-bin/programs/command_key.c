/* SPDX-License-Identifier: BSD-2-Clause */
/* command_key.c - hark key: keys for programs, which act with the rights of an agent. */
#include "core/text.h"
#include "programs/command.h"
#include "rooms/people/people.h"
#include "web/audit.h"

static command_function key_create_run;

const struct command key_commands[] = {
	{ "key", "create", "Makes an API key that acts for an agent. It is printed once and stored as a hash.", key_create_run,
		COMMAND_SITE, {
		{ "tenant", "CODE", "The company's code.", true },
		{ "account", "ACCOUNT", "Account or e-mail address of the agent.", true },
		{ "name", "NAME", "What the key is for.", true },
		{ "scopes", "RIGHTS", "Names of rights, with commas; all that the agent has by itself.", false },
		{ "read-only", NULL, "The key may only read.", false },
		{ "expires", "DAY", "The last day on which the key works, such as 2030-12-31, in the agent's time zone.", false } } },
	{ .noun = NULL }
};

struct work {
	struct req *r;
	struct api_key key;
	const char *text;
};

static enum got
work_do(struct db *db, void *arg)
{
	struct work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = {
		.action = "api_key.create", .noun = "agent", .noun_id = work->key.agent_id, .noun_name = work->key.name
	};

	if (api_key_create(db, r->arena, r->tenant, &work->key, r->now, &work->text) != GOT_ONE)
		return GOT_ERROR;
	return audit_write(r, &entry);
}

/* What the options say, days in the zone in use, or the exit code of a complaint. */
static int
key_read(const struct command_run *run, struct api_key *key)
{
	const char *scopes = command_value(run, "scopes"), *expires = command_value(run, "expires"), *unknown;

	key->name = command_value(run, "name");
	key->read_only = command_is_on(run, "read-only");
	if (text_length(key->name) > 80)
		return command_fail(run, EXIT_USAGE, "the name has at most 80 characters");
	key->scopes = api_key_scopes(run->arena, scopes != NULL ? scopes : "*", &unknown);
	if (key->scopes == NULL)
		return command_fail(run, EXIT_USAGE, "“%s” is no right", unknown);
	if (key->scopes[0] == '\0')
		return command_fail(run, EXIT_USAGE, "--scopes needs at least one right");
	if (expires == NULL)
		return EXIT_SUCCESS;
	if (!clock_day_start(expires, 1, &key->expires_at))
		return command_fail(run, EXIT_USAGE, "“%s” is no day such as 2030-12-31", expires);
	return key->expires_at > run->now ? EXIT_SUCCESS : command_fail(run, EXIT_USAGE, "%s is over", expires);
}

static int
key_create_run(struct command_run *run)
{
	struct work work = { .key = { .id = 0 } };
	struct agent agent = { 0 };
	enum got got;
	int code;

	work.r = command_request(run, &code);
	if (work.r == NULL)
		return code;
	got = agent_by_account(run->db, run->arena, work.r->tenant, command_value(run, "account"), &agent);
	if (got == GOT_ERROR)
		return command_fail_db(run);
	if (got == GOT_NONE)
		return command_fail(run, EXIT_FAILED, "there is no agent “%s”", command_value(run, "account"));
	clock_use_zone(text_is_blank(agent.time_zone) ? work.r->tenant_zone : agent.time_zone);
	code = key_read(run, &work.key);
	if (code != EXIT_SUCCESS)
		return code;
	work.key.agent_id = agent.id;
	if (db_transaction(run->db, work_do, &work) != GOT_ONE)
		return command_fail_db(run);
	json_set_text(run->answer, "key", work.text);
	json_set_text(run->answer, "name", work.key.name);
	json_set_text(run->answer, "scopes", work.key.scopes);
	command_say(run, "%s", work.text);
	return EXIT_SUCCESS;
}
