/* SPDX-License-Identifier: BSD-2-Clause */
/* command_tenant.c - hark tenant: companies are made and listed by the operator alone. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "programs/command.h"
#include "programs/wiring.h"
#include "rooms/tenant/tenant.h"

static command_function tenant_create_run, tenant_list_run;

const struct command tenant_commands[] = {
	{ "tenant", "create", "Makes a company with the default roles, a queue and a widget. With the external id of one that is there"
		" already, it says so and changes nothing.", tenant_create_run, COMMAND_SITE, {
		{ "code", "CODE", "What people type as “Company” when they sign in: lower-case letters, digits and hyphens.", true },
		{ "name", "NAME", "The company's name.", true },
		{ "external-id", "ID", "Its number in the billing of the host.", false },
		{ "locale", "LOCALE", "en, fr, pt or es; en by itself.", false },
		{ "time-zone", "ZONE", "Such as Europe/Paris; UTC by itself.", false },
		{ "domain", "HOST", "A host name whose sign-in page does not ask for the company.", false } } },
	{ "tenant", "list", "Lists the companies.", tenant_list_run, 0, { { NULL, NULL, NULL, false } } },
	{ .noun = NULL }
};

struct work {
	struct command_run *run;
	struct tenant tenant;
	const char *domain;
	bool is_new;
	bool domain_is_taken;
};

static bool
is_host(const char *host)
{
	size_t len = strlen(host);

	return len > 0 && len <= 253 && strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-") == len && host[0] != '.'
		&& host[0] != '-';
}

static bool
is_locale(const char *locale)
{
	size_t i;

	for (i = 0; locale_names[i] != NULL; i++)
		if (strcmp(locale, locale_names[i]) == 0)
			return true;
	return false;
}

/* Is it what the options may be? Else the exit code of a complaint. */
static int
work_check(const struct command_run *run, const struct work *work)
{
	const struct tenant *tenant = &work->tenant;
	struct field_problem problem;
	struct tenant copy = *tenant;
	const struct field *field;

	for (field = tenant_fields; field->name != NULL; field++)
		if ((field->flags & FIELD_FORM) != 0
			&& !field_read(run->arena, field, field_show(run->arena, field, tenant), &copy, &problem))
			return command_fail(run, EXIT_USAGE, "the %s %s", field->name,
				locale_fill(run->arena, problem.text, problem.detail));
	if (!text_is_slug(tenant->code))
		return command_fail(run, EXIT_USAGE, "the code must be lower-case letters, digits and inner hyphens");
	if (!is_locale(tenant->locale))
		return command_fail(run, EXIT_USAGE, "the locale must be one of: en, fr, pt, es");
	if (!clock_is_zone(tenant->time_zone))
		return command_fail(run, EXIT_USAGE, "there is no time zone “%s”", tenant->time_zone);
	if (work->domain != NULL && !is_host(work->domain))
		return command_fail(run, EXIT_USAGE, "“%s” is no host name in lower case", work->domain);
	return EXIT_SUCCESS;
}

static enum got
work_do(struct db *db, void *arg)
{
	struct work *work = arg;
	struct command_run *run = work->run;
	enum got got = tenant_create(db, run->arena, &work->tenant, run->now);

	work->is_new = got == GOT_ONE;
	if (got == GOT_ONE)
		got = wiring_start_tenant(db, run->arena, tenant_of(&work->tenant), run->now);
	else if (got == GOT_NONE)
		got = GOT_ONE;
	if (got != GOT_ONE || work->domain == NULL)
		return got;
	got = tenant_add_domain(db, tenant_of(&work->tenant), work->domain, run->now);
	work->domain_is_taken = got == GOT_NONE;
	return got;
}

static int
tenant_create_run(struct command_run *run)
{
	struct work work = { .run = run, .domain = command_value(run, "domain") };
	const char *locale = command_value(run, "locale"), *zone = command_value(run, "time-zone");
	int code;

	work.tenant.code = command_value(run, "code");
	work.tenant.name = command_value(run, "name");
	work.tenant.external_id = command_value(run, "external-id");
	work.tenant.locale = locale != NULL ? locale : "en";
	work.tenant.time_zone = zone != NULL ? zone : "UTC";
	code = work_check(run, &work);
	if (code != EXIT_SUCCESS)
		return code;
	if (db_transaction(run->db, work_do, &work) != GOT_ONE) {
		if (work.domain_is_taken)
			return command_fail(run, EXIT_FAILED, "the host name %s is linked to another tenant", work.domain);
		if (db_is_duplicate(run->db))
			return command_fail(run, EXIT_FAILED, "the code “%s” is taken by another tenant", work.tenant.code);
		return command_fail_db(run);
	}
	json_set_text(run->answer, "result", work.is_new ? "created" : "exists");
	json_set(run->answer, "tenant", tenant_json(run->arena, &work.tenant));
	command_say(run, "%s: tenant %s (%llu)", work.is_new ? "created" : "exists", work.tenant.code,
		(unsigned long long)work.tenant.id);
	return EXIT_SUCCESS;
}

static int
tenant_list_run(struct command_run *run)
{
	struct json *list = json_new_array(run->arena);
	struct db_rows rows = { 0 };
	const struct tenant *tenant;
	size_t i;

	if (tenant_all(run->db, run->arena, &rows) == GOT_ERROR)
		return command_fail_db(run);
	for (i = 0, tenant = rows.rows; i < rows.count; i++, tenant++) {
		json_add(list, tenant_json(run->arena, tenant));
		command_say(run, "%6llu  %-24s %-10s %s", (unsigned long long)tenant->id, tenant->code, tenant->state, tenant->name);
	}
	json_set(run->answer, "tenants", list);
	return EXIT_SUCCESS;
}
