/* SPDX-License-Identifier: BSD-2-Clause */
/* command_agent.c - hark agent: people who sign in, made with the same checks and audit entries as by the form. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "programs/command.h"
#include "rooms/people/people.h"
#include "web/audit.h"

static command_function agent_create_run, agent_invite_run, agent_passwd_run, agent_reset_run, agent_list_run;

#define TENANT_OPTION { "tenant", "CODE", "The company's code.", true }
#define PASSWORD_OPTION { "password-file", "FILE", "Its first line is the password; - is standard input.", false }

const struct command agent_commands[] = {
	{ "agent", "create", "Makes an agent. Without a password nobody can sign in as the agent yet.", agent_create_run,
		COMMAND_SITE, { TENANT_OPTION,
		{ "account", "ACCOUNT", "The name to sign in with.", true },
		{ "email", "ADDRESS", "The e-mail address.", true },
		{ "first-name", "NAME", "The first name.", true },
		{ "last-name", "NAME", "The last name.", false },
		{ "alias", "NAME", "What visitors see; the first name by itself.", false },
		{ "title", "TITLE", "Shown to visitors beside the alias.", false },
		{ "role", "ROLES", "Names of roles, with commas; Agents by itself.", false },
		{ "queue", "QUEUES", "Names of queues, with commas.", false },
		{ "max-chats", "NUMBER", "Chats at once; without limit by itself.", false },
		PASSWORD_OPTION,
		{ "password-hash-file", "FILE", "Its first line is a hash from elsewhere: bcrypt, SHA-512-crypt, yescrypt.", false } } },
	{ "agent", "invite", "Invites somebody by mail to become an agent.", agent_invite_run, COMMAND_SITE, { TENANT_OPTION,
		{ "email", "ADDRESS", "Where the mail with the link goes.", true },
		{ "role", "ROLES", "Names of roles, with commas; Agents by itself.", false },
		{ "queue", "QUEUES", "Names of queues, with commas.", false },
		{ "language", "CODE", "Of the mail: en, fr, pt or es; as the company by itself.", false } } },
	{ "agent", "passwd", "Sets an agent's password and ends the agent's sessions.", agent_passwd_run, COMMAND_SITE, {
		TENANT_OPTION, { "account", "ACCOUNT", "Account or e-mail address of the agent.", true }, PASSWORD_OPTION } },
	{ "agent", "reset-2fa", "Takes an agent's second factor and recovery codes away and ends the agent's sessions.", agent_reset_run,
		COMMAND_SITE, { TENANT_OPTION, { "account", "ACCOUNT", "Account or e-mail address of the agent.", true } } },
	{ "agent", "list", "Lists the agents of a company.", agent_list_run, COMMAND_SITE, { TENANT_OPTION } },
	{ .noun = NULL }
};

/* The ids of rows that are named "Sales,Support", as a form would send them; NULL after a complaint. */
static const char *
ids_of_names(const struct command_run *run, struct req *r, const struct resource *resource, const char *names)
{
	struct db_rows rows = { 0 };
	const struct resource_choice *choice;
	struct str ids;
	size_t i, len;

	str_init(&ids, run->arena);
	if (resource_choices(r, resource, &rows) == GOT_ERROR)
		return command_fail_db(run), NULL;
	for (; *names != '\0'; names += len + (names[len] == ',')) {
		const char *name;

		len = strcspn(names, ",");
		name = text_trim(run->arena, arena_text_of(run->arena, names, len));
		for (i = 0, choice = rows.rows; i < rows.count; i++)
			if (text_equal_nocase(choice[i].name, name))
				break;
		if (i == rows.count)
			return command_fail(run, EXIT_FAILED, "there is no %s “%s”", resource->noun, name), NULL;
		str_addf(&ids, "%s%llu", ids.len > 0 ? "," : "", (unsigned long long)choice[i].id);
	}
	return ids.data;
}

static struct json *
agent_json(struct arena *arena, const struct agent *agent)
{
	struct json *json = json_new_object(arena);

	json_set_u64(json, "id", agent->id);
	json_set_text(json, "account", agent->account);
	json_set_text(json, "email", agent->email);
	json_set_text(json, "name", agent_name(arena, agent));
	json_set_text(json, "alias", agent->alias);
	json_set_text(json, "status", agent->status != NULL ? agent->status : "offline");
	return json;
}

/* The ids of --role, or of the role that companies start with for agents: it is called so in the language that the company had then. */
static const char *
role_ids(const struct command_run *run, struct req *r)
{
	const char *asked = command_value(run, "role"), *spoken = arena_text(run->arena, locale_name());
	const char *name = "Agents";
	struct db_rows rows = { 0 };
	const struct resource_choice *choice;
	size_t i, k;

	if (asked != NULL)
		return ids_of_names(run, r, &role_resource, asked);
	if (resource_choices(r, &role_resource, &rows) == GOT_ERROR)
		return command_fail_db(run), NULL;
	for (i = 0; locale_names[i] != NULL; i++) {
		locale_use(locale_names[i]);
		for (k = 0, choice = rows.rows; k < rows.count; k++)
			if (text_equal(choice[k].name, locale_text(N_("Agents"))))
				name = choice[k].name;
	}
	locale_use(spoken);
	return ids_of_names(run, r, &role_resource, name);
}

/* The options as parameters of a form; `password` is "" without one. */
static bool
agent_params(const struct command_run *run, struct req *r, const char *password)
{
	const char *roles = role_ids(run, r), *queues = command_value(run, "queue");
	const char *alias = command_value(run, "alias");

	if (roles == NULL)
		return false;
	queues = ids_of_names(run, r, &queue_resource, queues != NULL ? queues : "");
	if (queues == NULL)
		return false;
	command_param(r, "account", command_value(run, "account"));
	command_param(r, "email", command_value(run, "email"));
	command_param(r, "first_name", command_value(run, "first-name"));
	command_param(r, "last_name", command_value(run, "last-name"));
	command_param(r, "alias", alias != NULL ? alias : command_value(run, "first-name"));
	command_param(r, "title", command_value(run, "title"));
	command_param(r, "max_chats", command_value(run, "max-chats"));
	command_param(r, "show_photo", "1");
	command_param(r, "show_title", "1");
	command_param(r, "roles", roles);
	command_param(r, "queues", queues);
	command_param(r, "password", password);
	return true;
}

static int
agent_save(struct command_run *run, struct req *r, struct form *form, const struct agent *before, struct agent *agent)
{
	enum got got = resource_save(r, &agent_resource, form, before, agent);

	if (got == GOT_ERROR)
		return command_fail_db(run);
	if (got == GOT_NONE)
		return command_fail_form(run, form);
	json_set(run->answer, "agent", agent_json(run->arena, agent));
	return EXIT_SUCCESS;
}

/* The password, or the hash of --password-hash-file; the other one is "". Else the exit code of a complaint. */
static int
agent_secret(const struct command_run *run, const char **password, const char **hash)
{
	*password = *hash = "";
	if (command_value(run, "password-hash-file") == NULL)
		return (*password = command_password(run)) != NULL ? EXIT_SUCCESS : EXIT_FAILED;
	if (command_value(run, "password-file") != NULL)
		return command_fail(run, EXIT_USAGE, "give --password-file or --password-hash-file, not both");
	*hash = command_first_line(run, "password-hash-file");
	if (*hash != NULL && !crypt_password_is_known(*hash))
		return command_fail(run, EXIT_FAILED, "the hash is of a kind that is not known, or costs too much to check");
	return *hash != NULL ? EXIT_SUCCESS : EXIT_FAILED;
}

static void
agent_tell(const struct command_run *run, const struct agent *agent, bool has_password)
{
	json_set_bool(run->answer, "has_password", has_password);
	command_say(run, "created: agent %s (%llu)", agent->account, (unsigned long long)agent->id);
	if (!has_password)
		command_say(run, "without a password: nobody can sign in until \"hark agent passwd --tenant %s --account %s\" sets one",
			command_value(run, "tenant"), agent->account);
}

static int
agent_create_run(struct command_run *run)
{
	struct agent agent = { 0 };
	struct form form;
	const char *password, *hash;
	struct req *r;
	int code;

	r = command_request(run, &code);
	if (r == NULL || (code = agent_secret(run, &password, &hash)) != EXIT_SUCCESS)
		return code;
	if (!agent_params(run, r, password))
		return EXIT_FAILED;
	form_init(&form, agent_fields);
	if (!form_read(r, &form, &agent, false))
		return command_fail_form(run, &form);
	agent.password_hash = hash;
	code = agent_save(run, r, &form, NULL, &agent);
	if (code == EXIT_SUCCESS)
		agent_tell(run, &agent, hash[0] != '\0' || password[0] != '\0');
	return code;
}

/* The options as parameters of a form. */
static bool
invite_params(const struct command_run *run, struct req *r)
{
	const char *roles = role_ids(run, r), *queues = command_value(run, "queue");

	if (roles == NULL)
		return false;
	queues = ids_of_names(run, r, &queue_resource, queues != NULL ? queues : "");
	if (queues == NULL)
		return false;
	command_param(r, "email", command_value(run, "email"));
	command_param(r, "roles", roles);
	command_param(r, "queues", queues);
	command_param(r, "locale", command_value(run, "language"));
	return true;
}

static int
agent_invite_run(struct command_run *run)
{
	struct json *json = json_new_object(run->arena);
	struct invitation invitation = { 0 };
	struct form form;
	struct req *r;
	enum got got;
	int code = EXIT_FAILED;

	r = command_request(run, &code);
	if (r == NULL || !invite_params(run, r))
		return code;
	r->actor.name = r->tenant_name;      /* "Acme invites you" */
	form_init(&form, invitation_fields);
	if (!form_read(r, &form, &invitation, false))
		return command_fail_form(run, &form);
	got = resource_save(r, &invitation_resource, &form, NULL, &invitation);
	if (got != GOT_ONE)
		return got == GOT_NONE ? command_fail_form(run, &form) : command_fail_db(run);
	json_set_u64(json, "id", invitation.id);
	json_set_text(json, "email", invitation.email);
	json_set_text(json, "expires_at", clock_iso(run->arena, invitation.expires_at));
	json_set(run->answer, "invitation", json);
	command_say(run, "invited: %s", invitation.email);
	return EXIT_SUCCESS;
}

static int
agent_passwd_run(struct command_run *run)
{
	struct agent named = { 0 }, before = { 0 }, agent;
	struct form form;
	struct req *r;
	enum got got;
	int code = EXIT_FAILED;

	r = command_request(run, &code);
	if (r == NULL)
		return code;
	got = agent_by_account(run->db, run->arena, r->tenant, command_value(run, "account"), &named);
	if (got == GOT_ONE)
		got = resource_get(r, &agent_resource, named.id, &before);
	if (got == GOT_ERROR)
		return command_fail_db(run);
	if (got == GOT_NONE)
		return command_fail(run, EXIT_FAILED, "there is no agent “%s”", command_value(run, "account"));
	agent = before;
	agent.password = command_password(run);
	if (agent.password == NULL)
		return EXIT_FAILED;
	if (agent.password[0] == '\0')
		return command_fail(run, EXIT_USAGE, "--password-file FILE is needed");
	form_init(&form, agent_fields);
	code = agent_save(run, r, &form, &before, &agent);
	if (code == EXIT_SUCCESS)
		command_say(run, "changed: the password of %s", agent.account);
	return code;
}

struct reset_work {
	struct req *r;
	const struct agent *agent;
};

static enum got
agent_reset(struct db *db, void *arg)
{
	struct reset_work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = {
		.action = "agent.reset_2fa", .noun = "agent", .noun_id = work->agent->id, .noun_name = work->agent->alias
	};
	enum got got = agent_reset_factor(r, work->agent->id);

	(void)db;
	return got == GOT_ONE ? audit_write(r, &entry) : got;
}

static int
agent_reset_run(struct command_run *run)
{
	struct agent agent = { 0 };
	struct reset_work work = { .agent = &agent };
	enum got got;
	int code = EXIT_FAILED;

	work.r = command_request(run, &code);
	if (work.r == NULL)
		return code;
	got = agent_by_account(run->db, run->arena, work.r->tenant, command_value(run, "account"), &agent);
	if (got == GOT_NONE)
		return command_fail(run, EXIT_FAILED, "there is no agent “%s”", command_value(run, "account"));
	if (got == GOT_ERROR || db_transaction(run->db, agent_reset, &work) != GOT_ONE)
		return command_fail_db(run);
	command_say(run, "reset: the second factor of %s", agent.account);
	return EXIT_SUCCESS;
}

static int
agent_list_run(struct command_run *run)
{
	struct json *list = json_new_array(run->arena);
	struct db_rows rows = { 0 };
	const struct agent *agent;
	struct req *r;
	size_t i;
	int code = EXIT_FAILED;

	r = command_request(run, &code);
	if (r == NULL)
		return code;
	if (agent_all(run->db, run->arena, r->tenant, &rows) == GOT_ERROR)
		return command_fail_db(run);
	for (i = 0, agent = rows.rows; i < rows.count; i++, agent++) {
		json_add(list, agent_json(run->arena, agent));
		command_say(run, "%6llu  %-20s %-32s %-8s %s", (unsigned long long)agent->id, agent->account, agent->email,
			agent->status, agent_name(run->arena, agent));
	}
	json_set(run->answer, "agents", list);
	return EXIT_SUCCESS;
}
