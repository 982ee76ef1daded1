/* SPDX-License-Identifier: BSD-2-Clause */
/* command_tenant_life.c - hark tenant suspend, resume, delete, undelete, and what tenants use. */
#include <stdio.h>
#include <string.h>

#include "core/csv.h"
#include "core/text.h"
#include "programs/command.h"
#include "rooms/tenant/tenant.h"

static command_function suspend_run, resume_run, delete_run, undelete_run, usage_run;

#define TENANT_OPTION { "tenant", "CODE", "The code of the company.", true }

const struct command tenant_life_commands[] = {
	{ "tenant", "suspend", "Suspends a company: its widgets are gone, its people can read but change nothing.", suspend_run, COMMAND_SITE, {
		TENANT_OPTION,
		{ "reason", "TEXT", "What its people are told.", false } } },
	{ "tenant", "resume", "Brings a suspended company back at once.", resume_run, COMMAND_SITE, { TENANT_OPTION } },
	{ "tenant", "delete", "Deletes a company: it is as suspended, and erased when its grace is over.", delete_run, COMMAND_SITE, {
		TENANT_OPTION,
		{ "confirm", "CODE", "The code of the company once more.", true },
		{ "days", "NUMBER", "Days of grace; 30 by itself, 0 erases with the next run of the jobs.", false },
		{ "reason", "TEXT", "What its people are told.", false } } },
	{ "tenant", "undelete", "Brings a deleted company back while its grace lasts.", undelete_run, COMMAND_SITE, { TENANT_OPTION } },
	{ "tenant", "usage", "Prints what companies used on each day (UTC).", usage_run, 0, {
		{ "from", "DAY", "The first day, such as 2026-11-01; 30 days until today by itself.", false },
		{ "to", "DAY", "The last day, at most 400 days from the first; today by itself.", false },
		{ "tenant", "CODE", "Only of this company.", false },
		{ "csv", NULL, "As CSV.", false },
		{ "fresh", NULL, "Count the newest figures first; else they are at most five minutes old.", false } } },
	{ .noun = NULL }
};

static int
answer(struct command_run *run, const char *result, enum got got, const struct form *form, const struct tenant *tenant)
{
	if (got != GOT_ONE)
		return command_fail_got(run, got, form);
	json_set_text(run->answer, "result", result);
	json_set(run->answer, "tenant", tenant_json(run->arena, tenant));
	command_say(run, "%s: tenant %s (%llu)%s%s", result, tenant->code, (unsigned long long)tenant->id,
		tenant->delete_at != 0 ? ", is erased after " : "", tenant->delete_at != 0 ? clock_iso(run->arena, tenant->delete_at) : "");
	return EXIT_SUCCESS;
}

static int
suspend_run(struct command_run *run)
{
	struct tenant tenant = { .id = 0 };
	struct form form;
	int code = EXIT_FAILED;

	if (!command_tenant(run, &tenant, &code))
		return code;
	form_init(&form, tenant_fields);
	return answer(run, "suspended", tenant_suspend(command_operator(run), &form, &tenant, command_value(run, "reason")), &form, &tenant);
}

static int
resume_run(struct command_run *run)
{
	struct tenant tenant = { .id = 0 };
	struct form form;
	int code = EXIT_FAILED;

	if (!command_tenant(run, &tenant, &code))
		return code;
	form_init(&form, tenant_fields);
	return answer(run, "resumed", tenant_resume(command_operator(run), &form, &tenant), &form, &tenant);
}

static int
delete_run(struct command_run *run)
{
	struct tenant_deletion deletion = { .confirm = command_value(run, "confirm"), .days = TENANT_GRACE_DAYS,
		.reason = command_value(run, "reason") };
	const char *days = command_value(run, "days");
	struct tenant tenant = { .id = 0 };
	struct form form;
	int code = EXIT_FAILED;

	if (days != NULL && (!text_to_u64(days, &deletion.days) || deletion.days > TENANT_GRACE_MOST))
		return command_fail(run, EXIT_USAGE, "--days must be a number from 0 to %d", TENANT_GRACE_MOST);
	if (!command_tenant(run, &tenant, &code))
		return code;
	form_init(&form, tenant_fields);
	return answer(run, "deleting", tenant_delete(command_operator(run), &form, &tenant, &deletion), &form, &tenant);
}

static int
undelete_run(struct command_run *run)
{
	struct tenant tenant = { .id = 0 };
	struct form form;
	int code = EXIT_FAILED;

	if (!command_tenant(run, &tenant, &code))
		return code;
	form_init(&form, tenant_fields);
	return answer(run, "undeleted", tenant_undelete(command_operator(run), &form, &tenant), &form, &tenant);
}

/* An export on its way. */
struct export {
	struct command_run *run;
	struct arena *row;           /* emptied after each row */
	struct json *days;           /* with --json */
	bool is_csv;
};

static bool
print_day(void *arg, const void *row)
{
	struct export *export = arg;
	const struct tenant_usage *usage = row;

	if (export->run->is_json) {
		json_add(export->days, usage_json(export->run->arena, usage));
		return true;
	}
	if (export->is_csv)
		printf("%s" CSV_END, usage_csv_row(export->row, usage));
	else
		printf("%s  %-24s %8llu messages %6llu chats %4llu at once %4llu agents %6llu MB\n", usage_day_text(export->row, usage->day),
			usage->code, (unsigned long long)usage->messages, (unsigned long long)usage->chats,
			(unsigned long long)usage->peak_chats, (unsigned long long)usage->agents,
			(unsigned long long)(usage->storage_bytes / 1000000));
	arena_reset(export->row);
	return !ferror(stdout);
}

/* The figures of one tenant or all as they are this moment. */
static enum got
roll(struct command_run *run, tenant_id only)
{
	struct db_rows rows = { 0 };
	const struct tenant *tenant;
	enum got got = GOT_ONE;
	size_t i;

	if (only.id != 0)
		return usage_roll(run->db, only, run->now);
	if (tenant_all(run->db, run->arena, &rows) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0, tenant = rows.rows; i < rows.count && got != GOT_ERROR; i++, tenant++)
		got = usage_roll(run->db, tenant_of(tenant), run->now);
	return got;
}

static int
usage_run(struct command_run *run)
{
	struct export export = { .run = run, .days = json_new_array(run->arena), .is_csv = command_is_on(run, "csv") };
	const struct usage_asked asked = { .from = command_value(run, "from"), .to = command_value(run, "to") };
	struct usage_span span = { .tenant = { 0 } };
	struct tenant tenant = { .id = 0 };
	struct form form;
	enum got got;
	int code = EXIT_FAILED;

	form_init(&form, tenant_usage_fields);
	if (!usage_span_read(command_operator(run), &form, &asked, &span))
		return command_fail_form(run, &form);
	if (command_value(run, "tenant") != NULL && !command_tenant(run, &tenant, &code))
		return code;
	span.tenant = tenant_of(&tenant);
	if (command_is_on(run, "fresh") && roll(run, span.tenant) == GOT_ERROR)
		return command_fail_db(run);
	if (export.is_csv && !run->is_json)
		printf(CSV_MARK "%s" CSV_END, usage_csv_head());
	export.row = arena_new();
	got = usage_stream(run->db, &span, print_day, &export);
	arena_free(export.row);
	if (got == GOT_ERROR)
		return command_fail_db(run);
	json_set(run->answer, "days", export.days);
	return EXIT_SUCCESS;
}
