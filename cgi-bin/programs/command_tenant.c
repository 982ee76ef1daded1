/* SPDX-License-Identifier: BSD-2-Clause */
/* command_tenant.c - hark tenant: companies are made, changed and listed by the operator. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "programs/command.h"
#include "rooms/tenant/tenant.h"

static command_function create_run, list_run, show_run, change_run, plan_run;

#define TENANT_OPTION { "tenant", "CODE", "The code of the company.", true }

const struct command tenant_commands[] = {
	{ "tenant", "create", "Makes a company with the default roles, a queue and a widget. With the external id of one that is there"
		" already, it says so and changes nothing.", create_run, COMMAND_SITE, {
		{ "code", "CODE", "What people type as “Company” when they sign in: lower-case letters, digits and hyphens.", true },
		{ "name", "NAME", "The company's name.", true },
		{ "external-id", "ID", "Its number in the billing of the host.", false },
		{ "plan", "CODE", "The code of its plan; unlimited by itself.", false },
		{ "owner-email", "ADDRESS", "The e-mail address of the first administrator, whose account is made without a password.", false },
		{ "owner-name", "NAME", "The name of the first administrator.", false },
		{ "locale", "LOCALE", "en, fr, pt or es; en by itself.", false },
		{ "time-zone", "ZONE", "Such as Europe/Paris; UTC by itself.", false },
		{ "domain", "HOST", "A host name whose sign-in page does not ask for the company; taken as proved.", false } } },
	{ "tenant", "list", "Lists the companies.", list_run, 0, {
		{ "search", "WORDS", "Only those whose code, name or external id has it.", false },
		{ "state", "STATE", "Only those that are active, suspended, deleting or erasing.", false } } },
	{ "tenant", "show", "Shows one company with its limits and what it uses.", show_run, 0, {
		{ "tenant", "CODE", "The code of the company.", false },
		{ "external-id", "ID", "Or its number in the billing of the host.", false } } },
	{ "tenant", "change", "Changes what is given of a company.", change_run, COMMAND_SITE, {
		TENANT_OPTION,
		{ "name", "NAME", "The company's name.", false },
		{ "external-id", "ID", "Its number in the billing of the host; empty takes it away.", false },
		{ "locale", "LOCALE", "en, fr, pt or es.", false },
		{ "time-zone", "ZONE", "Such as Europe/Paris.", false } } },
	{ "tenant", "plan", "Gives a company another plan. What is over its limits stays; only more is refused.", plan_run, COMMAND_SITE, {
		TENANT_OPTION,
		{ "plan", "CODE", "The code of the plan.", true } } },
	{ .noun = NULL }
};

static int
answer(struct command_run *run, const char *result, const struct tenant *tenant)
{
	json_set_text(run->answer, "result", result);
	json_set(run->answer, "tenant", tenant_json(run->arena, tenant));
	command_say(run, "%s: tenant %s (%llu)", result, tenant->code, (unsigned long long)tenant->id);
	return EXIT_SUCCESS;
}

static int
create_run(struct command_run *run)
{
	struct tenant_opening opening = {
		.plan = command_value(run, "plan"), .domain = command_value(run, "domain"),
		.owner_email = command_value(run, "owner-email"), .owner_name = command_value(run, "owner-name")
	};
	const char *locale = command_value(run, "locale"), *zone = command_value(run, "time-zone");
	struct form form;
	enum got got;

	opening.tenant.code = command_value(run, "code");
	opening.tenant.name = command_value(run, "name");
	opening.tenant.external_id = command_value(run, "external-id");
	opening.tenant.locale = locale != NULL ? locale : "en";
	opening.tenant.time_zone = zone != NULL ? zone : "UTC";
	form_init(&form, tenant_fields);
	got = tenant_open(command_operator(run), &form, &opening);
	if (got != GOT_ONE)
		return command_fail_got(run, got, &form);
	if (opening.owner != 0)
		json_set_u64(run->answer, "owner", opening.owner);
	return answer(run, opening.exists ? "exists" : "created", &opening.tenant);
}

static int
list_run(struct command_run *run)
{
	const char *search = command_value(run, "search"), *state = command_value(run, "state");
	const struct tenant_filter filter = { .after = "", .search = search != NULL ? search : "", .state = state != NULL ? state : "",
		.most = UINT32_MAX };
	struct json *list = json_new_array(run->arena);
	struct db_rows rows = { 0 };
	const struct tenant *tenant;
	size_t i;

	if (tenant_search(run->db, run->arena, &filter, &rows) == GOT_ERROR)
		return command_fail_db(run);
	for (i = 0, tenant = rows.rows; i < rows.count; i++, tenant++) {
		json_add(list, tenant_json(run->arena, tenant));
		command_say(run, "%6llu  %-24s %-10s %-14s %s", (unsigned long long)tenant->id, tenant->code, tenant->state,
			tenant->plan_code != NULL ? tenant->plan_code : "", tenant->name);
	}
	json_set(run->answer, "tenants", list);
	return EXIT_SUCCESS;
}

/* By code or by external id. */
static bool
find(struct command_run *run, struct tenant *tenant, int *code)
{
	const char *id = command_value(run, "external-id");
	enum got got;

	if (command_value(run, "tenant") != NULL)
		return command_tenant(run, tenant, code);
	if (id == NULL)
		return *code = command_fail(run, EXIT_USAGE, "--tenant CODE or --external-id ID is needed"), false;
	got = tenant_by_external_id(run->db, run->arena, id, tenant);
	if (got == GOT_ERROR)
		*code = command_fail_db(run);
	else if (got == GOT_NONE)
		*code = command_fail(run, EXIT_FAILED, "there is no tenant with the external id “%s”", id);
	return got == GOT_ONE;
}

static int
show_run(struct command_run *run)
{
	struct limit_state states[LIMIT_COUNT];
	struct tenant tenant = { .id = 0 };
	struct json *limits = json_new_object(run->arena);
	size_t count, i;
	int code = EXIT_FAILED;

	if (!find(run, &tenant, &code))
		return code;
	if (limit_states(run->db, run->arena, tenant_of(&tenant), run->now, states, &count) == GOT_ERROR)
		return command_fail_db(run);
	command_say(run, "%s: %s, %s, plan %s", tenant.code, tenant.name, tenant.state, tenant.plan_code);
	for (i = 0; i < count; i++) {
		struct json *limit = limit_json(run->arena, &states[i]);

		json_set(limits, limit_info[states[i].limit].key, limit);
		command_say(run, "  %-18s %llu%s%s", limit_info[states[i].limit].key, (unsigned long long)states[i].used
			/ limit_info[states[i].limit].unit, states[i].most == LIMIT_NONE ? "" : " of ",
			states[i].most == LIMIT_NONE ? "" : limit_show(run->arena, states[i].most / limit_info[states[i].limit].unit));
	}
	json_set(run->answer, "tenant", tenant_json(run->arena, &tenant));
	json_set(run->answer, "limits", limits);
	return EXIT_SUCCESS;
}

static int
change_run(struct command_run *run)
{
	struct tenant tenant = { .id = 0 };
	struct form form;
	enum got got;
	int code = EXIT_FAILED;

	if (!command_has_change(run))
		return EXIT_USAGE;
	if (!command_tenant(run, &tenant, &code))
		return code;
	tenant.name = command_value(run, "name");
	tenant.external_id = command_value(run, "external-id");
	tenant.locale = command_value(run, "locale");
	tenant.time_zone = command_value(run, "time-zone");
	form_init(&form, tenant_fields);
	got = tenant_change(command_operator(run), &form, &tenant);
	return got == GOT_ONE ? answer(run, "changed", &tenant) : command_fail_got(run, got, &form);
}

static int
plan_run(struct command_run *run)
{
	struct tenant tenant = { .id = 0 };
	struct form form;
	enum got got;
	int code = EXIT_FAILED;

	if (!command_tenant(run, &tenant, &code))
		return code;
	form_init(&form, tenant_fields);
	got = tenant_set_plan(command_operator(run), &form, &tenant, command_value(run, "plan"));
	return got == GOT_ONE ? answer(run, "changed", &tenant) : command_fail_got(run, got, &form);
}
