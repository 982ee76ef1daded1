/* SPDX-License-Identifier: BSD-2-Clause */
/* command_plan.c - hark plan: what a company may have, by plans with limits. */
#include <string.h>

#include "core/text.h"
#include "programs/command.h"
#include "rooms/tenant/tenant.h"

static command_function create_run, change_run, list_run, delete_run;

/* The options are the keys of the limits with hyphens: --storage-mb. */
#define LIMIT_OPTIONS \
	{ "agents", "NUMBER", "People with an account. Every limit: empty (“”) is without, 0 allows none.", false }, \
	{ "chats", "NUMBER", "Accepted chats at once.", false }, \
	{ "storage-mb", "NUMBER", "Megabytes of files.", false }, \
	{ "messages-month", "NUMBER", "Texts and files in a month.", false }, \
	{ "ai-tokens-month", "NUMBER", "AI tokens in a month.", false }, \
	{ "accounts", "NUMBER", "Connected mailboxes, numbers and pages.", false }, \
	{ "widgets", "NUMBER", "Widgets.", false }, \
	{ "queues", "NUMBER", "Queues.", false }, \
	{ "api-minute", "NUMBER", "Requests of API keys in a minute.", false }, \
	{ "retention-days", "NUMBER", "Days after which closed conversations are erased.", false }

#define CODE_OPTION { "code", "CODE", "The code of the plan.", true }

const struct command plan_commands[] = {
	{ "plan", "create", "Makes a plan. A limit that is not given does not exist.", create_run, COMMAND_SITE, {
		CODE_OPTION, { "name", "NAME", "What companies read as their plan.", true }, LIMIT_OPTIONS } },
	{ "plan", "change", "Changes what is given of a plan, for all companies that have it.", change_run, COMMAND_SITE, {
		CODE_OPTION, { "name", "NAME", "What companies read as their plan.", false }, LIMIT_OPTIONS } },
	{ "plan", "list", "Lists the plans with their limits.", list_run, 0, { { NULL, NULL, NULL, false } } },
	{ "plan", "delete", "Deletes a plan that no company has.", delete_run, COMMAND_SITE, { CODE_OPTION } },
	{ .noun = NULL }
};

/* "storage_mb" as an option: "storage-mb". */
static const char *
option_of(struct arena *arena, const char *key)
{
	char *option = arena_text(arena, key), *at;

	for (at = option; *at != '\0'; at++)
		if (*at == '_')
			*at = '-';
	return option;
}

/* Takes the limits that are given. */
static void
read_limits(const struct command_run *run, struct req *r, struct form *form, struct plan *plan)
{
	const char *texts[LIMIT_COUNT];
	size_t i;

	for (i = 0; i < LIMIT_COUNT; i++)
		texts[i] = command_value(run, option_of(run->arena, limit_info[i].key));
	plan_limits_read(r, form, texts, plan);
}

static int
save(struct command_run *run, struct plan *plan, const char *result)
{
	struct req *r = command_operator(run);
	struct form form;
	enum got got = GOT_NONE;

	form_init(&form, plan_fields);
	read_limits(run, r, &form, plan);
	if (form_is_good(&form))
		got = plan_save(r, &form, plan);
	if (got != GOT_ONE)
		return command_fail_got(run, got, &form);
	json_set_text(run->answer, "result", result);
	json_set(run->answer, "plan", plan_json(run->arena, plan));
	command_say(run, "%s: plan %s (%llu)", result, plan->code, (unsigned long long)plan->id);
	return EXIT_SUCCESS;
}

static int
create_run(struct command_run *run)
{
	struct plan plan = plan_blank(LIMIT_NONE);

	plan.code = command_value(run, "code");
	plan.name = command_value(run, "name");
	return save(run, &plan, "created");
}

static bool
find(struct command_run *run, struct plan *plan, int *code)
{
	enum got got = plan_by_code(run->db, run->arena, command_value(run, "code"), plan);

	if (got == GOT_ERROR)
		*code = command_fail_db(run);
	else if (got == GOT_NONE)
		*code = command_fail(run, EXIT_FAILED, "there is no plan “%s”", command_value(run, "code"));
	return got == GOT_ONE;
}

static int
change_run(struct command_run *run)
{
	struct plan plan = plan_blank(LIMIT_KEEP), old = { .id = 0 };
	int code = EXIT_FAILED;

	if (!command_has_change(run))
		return EXIT_USAGE;
	if (!find(run, &old, &code))
		return code;
	plan.id = old.id;
	plan.name = command_value(run, "name");
	return save(run, &plan, "changed");
}

static void
say_plan(const struct command_run *run, const struct plan *plan, uint64_t tenants)
{
	struct str text;
	size_t i;

	str_init(&text, run->arena);
	for (i = 0; i < LIMIT_COUNT; i++)
		if (plan->limits[i] != LIMIT_NONE)
			str_addf(&text, " %s=%llu", limit_info[i].key, (unsigned long long)plan->limits[i]);
	command_say(run, "%-16s %4llu companies  %s:%s", plan->code, (unsigned long long)tenants, plan->name,
		text.len > 0 ? text.data : " without limits");
}

static int
list_run(struct command_run *run)
{
	struct json *list = json_new_array(run->arena), *one;
	struct db_rows rows = { 0 };
	const struct plan *plan;
	uint64_t tenants;
	size_t i;

	if (plan_all(run->db, run->arena, &rows) == GOT_ERROR)
		return command_fail_db(run);
	for (i = 0, plan = rows.rows; i < rows.count; i++, plan++) {
		if (plan_tenants(run->db, plan->id, &tenants) == GOT_ERROR)
			return command_fail_db(run);
		one = plan_json(run->arena, plan);
		json_set_u64(one, "tenants", tenants);
		json_add(list, one);
		say_plan(run, plan, tenants);
	}
	json_set(run->answer, "plans", list);
	return EXIT_SUCCESS;
}

static int
delete_run(struct command_run *run)
{
	struct plan plan = { .id = 0 };
	struct form form;
	enum got got;
	int code = EXIT_FAILED;

	if (!find(run, &plan, &code))
		return code;
	form_init(&form, plan_fields);
	got = plan_delete(command_operator(run), &form, &plan);
	if (got != GOT_ONE)
		return command_fail_got(run, got, &form);
	json_set_text(run->answer, "result", "deleted");
	command_say(run, "deleted: plan %s", plan.code);
	return EXIT_SUCCESS;
}
