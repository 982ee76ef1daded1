/* SPDX-License-Identifier: BSD-2-Clause */
/* command_key.c - hark key: keys for programs, which act with the rights of an agent. */
#include "core/text.h"
#include "programs/command.h"
#include "rooms/people/people.h"

static command_function key_create_run;

const struct command key_commands[] = {
	{ "key", "create", "Makes an API key that acts for an agent. It is printed once and stored as a hash.", key_create_run,
		COMMAND_SITE, {
		{ "tenant", "CODE", "The company's code.", true },
		{ "account", "ACCOUNT", "Account or e-mail address of the agent.", true },
		{ "name", "NAME", "What the key is for.", true },
		{ "scopes", "RIGHTS", "Names of rights, with commas or spaces; all that the agent has by itself.", false },
		{ "read-only", NULL, "The key may only read.", false },
		{ "expires", "DAY", "The last day on which the key works, such as 2030-12-31, in the agent's time zone.", false } } },
	{ .noun = NULL }
};

/* The options as parameters of the form. */
static void
key_params(const struct command_run *run, struct req *r)
{
	const char *scopes = command_value(run, "scopes");

	command_param(r, "name", command_value(run, "name"));
	command_param(r, "all", scopes == NULL ? "1" : NULL);
	command_param(r, "scopes", scopes);
	command_param(r, "read_only", command_is_on(run, "read-only") ? "1" : NULL);
	command_param(r, "expires", command_value(run, "expires"));
}

static int
key_create_run(struct command_run *run)
{
	struct key_input input = { .name = "" };
	struct api_key key = { .id = 0 };
	struct agent agent = { 0 };
	const char *text;
	struct form form;
	struct req *r;
	enum got got;
	int code;

	r = command_request(run, &code);
	if (r == NULL)
		return code;
	got = agent_by_account(run->db, run->arena, r->tenant, command_value(run, "account"), &agent);
	if (got == GOT_ERROR)
		return command_fail_db(run);
	if (got == GOT_NONE)
		return command_fail(run, EXIT_FAILED, "there is no agent “%s”", command_value(run, "account"));
	clock_use_zone(text_is_blank(agent.time_zone) ? r->tenant_zone : agent.time_zone);
	key_params(run, r);
	key.agent_id = agent.id;
	got = key_form_read(r, &form, &input, &key);
	if (got == GOT_ONE)
		got = key_form_store(r, &form, &key, &text);
	if (got != GOT_ONE)
		return command_fail_got(run, got, &form);
	json_set_text(run->answer, "key", text);
	json_set_text(run->answer, "name", key.name);
	json_set_text(run->answer, "scopes", key.scopes);
	command_say(run, "%s", text);
	return EXIT_SUCCESS;
}
