/* SPDX-License-Identifier: BSD-2-Clause */
/* command_operator.c - hark operator: who may use the host's panel, keys for its API, and links that sign in as a company's owner. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "programs/command.h"
#include "rooms/audit/audit.h"
#include "rooms/host/host.h"
#include "rooms/people/people.h"
#include "web/audit.h"

static command_function operator_create_run, operator_passwd_run, operator_reset_run, operator_list_run, operator_delete_run, key_create_run, key_list_run,
	key_delete_run, log_run, link_run;

#define EMAIL_OPTION { "email", "ADDRESS", "The operator's e-mail address.", true }
#define PASSWORD_OPTION { "password-file", "FILE", "Its first line is the password; - is standard input.", false }
#define RIGHTS "Names of rights, with commas or spaces: host.read host.tenants host.suspend host.delete host.sign_in host.view_as" \
	" host.operators; * is all."

const struct command operator_commands[] = {
	{ "operator", "create", "Makes somebody who may use the host's panel.", operator_create_run, COMMAND_SITE, {
		EMAIL_OPTION,
		{ "name", "NAME", "The name, also for companies that are viewed.", true },
		{ "permissions", "RIGHTS", RIGHTS " * by itself.", false },
		PASSWORD_OPTION } },
	{ "operator", "passwd", "Sets an operator's password and ends the operator's sessions.", operator_passwd_run, COMMAND_SITE, {
		EMAIL_OPTION, PASSWORD_OPTION } },
	{ "operator", "reset-2fa", "Takes an operator's second factor and recovery codes away and ends the operator's sessions and views.",
		operator_reset_run, COMMAND_SITE, { EMAIL_OPTION } },
	{ "operator", "list", "Lists the operators.", operator_list_run, 0, { { NULL, NULL, NULL, false } } },
	{ "operator", "delete", "Deletes an operator. Sessions, views and keys end.", operator_delete_run, COMMAND_SITE, { EMAIL_OPTION } },
	{ "operator", "key create", "Makes a key for the host's API, which acts for an operator. It is printed once and stored as a hash.",
		key_create_run, COMMAND_SITE, {
		EMAIL_OPTION,
		{ "name", "NAME", "What the key is for.", true },
		{ "permissions", "RIGHTS", RIGHTS " Never more than the operator's.", true } } },
	{ "operator", "key list", "Lists the keys for the host's API.", key_list_run, 0, { { NULL, NULL, NULL, false } } },
	{ "operator", "key delete", "Takes a key back at once.", key_delete_run, COMMAND_SITE, {
		{ "id", "NUMBER", "Its number in the list.", true } } },
	{ "operator", "log", "Lists what operators and this command did, and what happened to the installation, newest first.", log_run, 0, {
		{ "tenant", "CODE", "Only in this company.", false },
		{ "before", "NUMBER", "Older than the entry of this number.", false },
		{ "most", "NUMBER", "So many entries; 50 by itself, at most 1000.", false } } },
	{ "tenant", "sign-in-link", "Prints an address that signs in once, within a minute, as the owner of a company.", link_run,
		COMMAND_SITE, {
		{ "tenant", "CODE", "The company's code.", true },
		{ "account", "ACCOUNT", "Another agent than the first administrator.", false } } },
	{ .noun = NULL }
};

/* What a transaction of this file works on. */
struct work {
	struct req *r;
	struct operator operator;
	struct operator_key key;
	const char *password;
	const char *secret;
};

static enum got
audit_operator(const struct work *work, const char *action, const struct operator *before, const struct operator *after)
{
	const struct audit_entry entry = {
		.action = action, .noun = "operator", .noun_id = work->operator.id, .noun_name = work->operator.email,
		.difference = audit_difference(work->r->arena, operator_fields, before, after)
	};

	return audit_write(work->r, &entry);
}

static enum got
audit_key(const struct work *work, const char *action)
{
	const struct audit_entry entry = {
		.action = action, .noun = "operator_key", .noun_id = work->key.id, .noun_name = work->key.name
	};

	return audit_write(work->r, &entry);
}

/* The operator of --email; else the exit code of a complaint. */
static int
operator_find(struct command_run *run, struct operator *operator)
{
	enum got got = operator_by_email(run->db, run->arena, command_value(run, "email"), operator);

	if (got == GOT_ERROR)
		return command_fail_db(run);
	if (got == GOT_NONE)
		return command_fail(run, EXIT_FAILED, "there is no operator “%s”", command_value(run, "email"));
	return EXIT_SUCCESS;
}

const char *
command_operator_password(const struct command_run *run, const char *email)
{
	const char *password = command_password(run), *detail, *problem;
	const char *const known[] = { email, NULL };

	if (password == NULL)
		return NULL;
	if (password[0] == '\0')
		return command_fail(run, EXIT_USAGE, "--password-file FILE is needed"), NULL;
	problem = people_password_problem(password, known, &detail);
	if (problem != NULL)
		return command_fail(run, EXIT_FAILED, "the password %s", locale_fill(run->arena, problem, detail)), NULL;
	return password;
}

static enum got
operator_create_do(struct db *db, void *arg)
{
	struct work *work = arg;

	if (operator_create(db, work->r->arena, &work->operator, work->password, work->r->now) != GOT_ONE)
		return GOT_ERROR;
	return audit_operator(work, "operator.create", NULL, &work->operator);
}

enum got
command_operator_create(const struct command_run *run, struct operator *operator, const char *password)
{
	struct work work = { .r = command_operator(run), .operator = *operator, .password = password };
	enum got got = db_transaction(run->db, operator_create_do, &work);

	*operator = work.operator;
	return got;
}

static int
operator_create_run(struct command_run *run)
{
	struct req *r = command_operator(run);
	const char *rights = command_value(run, "permissions"), *password;
	struct operator operator = { .id = 0 };
	struct form form;

	command_param(r, "name", command_value(run, "name"));
	command_param(r, "email", command_value(run, "email"));
	command_param(r, "permissions", rights != NULL ? rights : "*");
	form_init(&form, operator_fields);
	if (!form_read(r, &form, &operator, false))
		return command_fail_form(run, &form);
	password = command_operator_password(run, operator.email);
	if (password == NULL)
		return EXIT_FAILED;
	if (command_operator_create(run, &operator, password) != GOT_ONE) {
		if (db_is_duplicate(run->db))
			return command_fail(run, EXIT_FAILED, "there is an operator “%s” already", operator.email);
		return command_fail_db(run);
	}
	json_set(run->answer, "operator", operator_json(run->arena, &operator));
	command_say(run, "created: operator %s (%llu) with the rights %s%s", operator.email, (unsigned long long)operator.id, operator.permissions,
		rights != NULL ? "" : ", which is all, because --permissions is not given");
	return EXIT_SUCCESS;
}

static enum got
operator_passwd_do(struct db *db, void *arg)
{
	struct work *work = arg;

	if (operator_set_password(db, work->r->arena, work->operator.id, work->password, work->r->now) != GOT_ONE)
		return GOT_ERROR;
	return audit_operator(work, "operator.password", &work->operator, &work->operator);
}

static int
operator_passwd_run(struct command_run *run)
{
	struct work work = { .r = command_operator(run) };
	int code = operator_find(run, &work.operator);

	if (code != EXIT_SUCCESS)
		return code;
	work.password = command_operator_password(run, work.operator.email);
	if (work.password == NULL)
		return EXIT_FAILED;
	if (db_transaction(run->db, operator_passwd_do, &work) != GOT_ONE)
		return command_fail_db(run);
	json_set(run->answer, "operator", operator_json(run->arena, &work.operator));
	command_say(run, "changed: the password of %s", work.operator.email);
	return EXIT_SUCCESS;
}

static enum got
operator_reset_do(struct db *db, void *arg)
{
	struct work *work = arg;

	(void)db;
	if (operator_reset_factor(work->r, work->operator.id) != GOT_ONE)
		return GOT_ERROR;
	return audit_operator(work, "operator.reset_2fa", &work->operator, &work->operator);
}

static int
operator_reset_run(struct command_run *run)
{
	struct work work = { .r = command_operator(run) };
	int code = operator_find(run, &work.operator);

	if (code != EXIT_SUCCESS)
		return code;
	if (!work.operator.two_factor)
		return command_fail(run, EXIT_FAILED, "%s has no second factor", work.operator.email);
	if (db_transaction(run->db, operator_reset_do, &work) != GOT_ONE)
		return command_fail_db(run);
	work.operator.two_factor = false;
	json_set(run->answer, "operator", operator_json(run->arena, &work.operator));
	command_say(run, "reset: the second factor of %s", work.operator.email);
	return EXIT_SUCCESS;
}

static int
operator_list_run(struct command_run *run)
{
	struct json *list = json_new_array(run->arena);
	struct db_rows rows = { 0 };
	const struct operator *operator;
	size_t i;

	if (operator_all(run->db, run->arena, &rows) == GOT_ERROR)
		return command_fail_db(run);
	for (i = 0, operator = rows.rows; i < rows.count; i++, operator++) {
		json_add(list, operator_json(run->arena, operator));
		command_say(run, "%6llu  %-32s %-24s %-3s %s", (unsigned long long)operator->id, operator->email, operator->name,
			operator->two_factor ? "2fa" : "-", operator->permissions);
	}
	json_set(run->answer, "operators", list);
	return EXIT_SUCCESS;
}

static enum got
operator_delete_do(struct db *db, void *arg)
{
	struct work *work = arg;

	if (operator_delete(db, work->operator.id, work->r->now) != GOT_ONE)
		return GOT_ERROR;
	return audit_operator(work, "operator.delete", &work->operator, NULL);
}

static int
operator_delete_run(struct command_run *run)
{
	struct work work = { .r = command_operator(run) };
	int code = operator_find(run, &work.operator);

	if (code != EXIT_SUCCESS)
		return code;
	if (db_transaction(run->db, operator_delete_do, &work) != GOT_ONE)
		return command_fail_db(run);
	command_say(run, "deleted: operator %s", work.operator.email);
	return EXIT_SUCCESS;
}

static enum got
key_create_do(struct db *db, void *arg)
{
	struct work *work = arg;

	if (operator_key_create(db, work->r->arena, &work->key, work->r->now, &work->secret) != GOT_ONE)
		return GOT_ERROR;
	return audit_key(work, "operator_key.create");
}

/* Name and rights of the key; else the exit code of a complaint. */
static int
key_read(struct command_run *run, struct work *work)
{
	const char *may = work->operator.permissions;
	struct form form;

	command_param(work->r, "name", command_value(run, "name"));
	command_param(work->r, "permissions", command_value(run, "permissions"));
	form_init(&form, operator_key_fields);
	if (!form_read(work->r, &form, &work->key, false))
		return command_fail_form(run, &form);
	if (!text_equal(work->key.permissions, "*") && (permission_host_set_of(work->key.permissions) & ~permission_host_set_of(may)) != 0)
		return command_fail(run, EXIT_FAILED, "permissions must not allow more than the operator may do, who has: %s", may);
	work->key.operator_id = work->operator.id;
	work->key.operator_name = work->operator.name;
	return EXIT_SUCCESS;
}

static int
key_create_run(struct command_run *run)
{
	struct work work = { .r = command_operator(run) };
	int code = operator_find(run, &work.operator);

	if (code == EXIT_SUCCESS)
		code = key_read(run, &work);
	if (code != EXIT_SUCCESS)
		return code;
	if (db_transaction(run->db, key_create_do, &work) != GOT_ONE)
		return command_fail_db(run);
	json_set(run->answer, "key", operator_key_json(run->arena, &work.key));
	json_set_text(run->answer, "secret", work.secret);
	command_say(run, "%s", work.secret);
	return EXIT_SUCCESS;
}

static int
key_list_run(struct command_run *run)
{
	struct json *list = json_new_array(run->arena);
	struct db_rows rows = { 0 };
	const struct operator_key *key;
	size_t i;

	if (operator_key_all(run->db, run->arena, &rows) == GOT_ERROR)
		return command_fail_db(run);
	for (i = 0, key = rows.rows; i < rows.count; i++, key++) {
		json_add(list, operator_key_json(run->arena, key));
		command_say(run, "%6llu  %-24s %-24s %s", (unsigned long long)key->id, key->name, key->operator_name, key->permissions);
	}
	json_set(run->answer, "keys", list);
	return EXIT_SUCCESS;
}

static int
key_delete_run(struct command_run *run)
{
	struct operator_key key = { 0 };
	uint64_t id = 0;
	enum got got;

	if (!text_to_u64(command_value(run, "id"), &id))
		return command_fail(run, EXIT_USAGE, "--id must be a number");
	got = operator_key_take_back(command_operator(run), id, &key);
	if (got == GOT_NONE)
		return command_fail(run, EXIT_FAILED, "there is no key %s", command_value(run, "id"));
	if (got == GOT_ERROR)
		return command_fail_db(run);
	command_say(run, "deleted: key %s", key.name);
	return EXIT_SUCCESS;
}

/* The number of an option, or `preset` without it; false after a complaint. */
static bool
number_read(const struct command_run *run, const char *option, uint64_t preset, uint64_t *number)
{
	const char *value = command_value(run, option);

	*number = preset;
	if (value == NULL || (text_to_u64(value, number) && *number > 0))
		return true;
	command_fail(run, EXIT_USAGE, "--%s must be a number", option);
	return false;
}

static int
log_print(struct command_run *run, tenant_id tenant, const struct audit_filter *filter)
{
	struct json *list = json_new_array(run->arena);
	const struct audit_row *entry;
	struct db_rows rows = { 0 };
	size_t i;

	if (audit_host_list(run->db, run->arena, tenant, filter, &rows) == GOT_ERROR)
		return command_fail_db(run);
	for (i = 0, entry = rows.rows; i < rows.count; i++, entry++) {
		json_add(list, audit_host_json(run->arena, entry));
		command_say(run, "%8llu  %s  %-20s %-24s %s%s%s", (unsigned long long)entry->id, clock_iso(run->arena, entry->at), entry->actor_name,
			entry->action, entry->tenant_name, entry->tenant_name[0] != '\0' ? ": " : "", entry->noun_name);
	}
	json_set(run->answer, "entries", list);
	return EXIT_SUCCESS;
}

static int
log_run(struct command_run *run)
{
	struct audit_filter filter = { .words = "", .noun = "", .actor_kind = "", .action = "" };
	struct tenant tenant = { 0 };
	int code;

	if (!number_read(run, "before", 0, &filter.before_id) || !number_read(run, "most", 50, &filter.most))
		return EXIT_USAGE;
	if (filter.most > 1000)
		return command_fail(run, EXIT_USAGE, "--most is at most 1000");
	if (command_value(run, "tenant") != NULL && !command_tenant(run, &tenant, &code))
		return code;
	return log_print(run, tenant_of(&tenant), &filter);
}

static int
link_run(struct command_run *run)
{
	struct tenant tenant = { 0 };
	struct host_sign_in_link link = { .account = NULL };
	enum got got = tenant_by_code(run->db, run->arena, command_value(run, "tenant"), &tenant);

	if (got == GOT_ERROR)
		return command_fail_db(run);
	if (got == GOT_NONE)
		return command_fail(run, EXIT_FAILED, "there is no tenant “%s”", command_value(run, "tenant"));
	got = host_sign_in_link(command_operator(run), &tenant, command_value(run, "account"), &link);
	if (got == GOT_ERROR)
		return command_fail_db(run);
	if (got == GOT_NONE)
		return command_fail(run, EXIT_FAILED, "%s", command_value(run, "account") != NULL ? "there is no agent of that account"
			: "the tenant has no administrator");
	json_set_text(run->answer, "url", link.url);
	json_set_text(run->answer, "account", link.account);
	json_set_text(run->answer, "expires_at", clock_iso(run->arena, link.expires_at));
	command_say(run, "%s", link.url);
	return EXIT_SUCCESS;
}
