/* SPDX-License-Identifier: BSD-2-Clause */
/* command_migrate.c - hark migrate: brings the schema of the database to the version of this program. */
#include "edge/migrate.h"
#include "programs/command.h"

static command_function migrate_command_run;

const struct command migrate_commands[] = {
	{ "migrate", NULL, "Brings the database's schema to the version of this program. It can be run at any time, also after it was"
		" killed.", migrate_command_run, COMMAND_ANY_SCHEMA, {
		{ "status", NULL, "Only list the steps and what has become of them.", false },
		{ "dry-run", NULL, "Only list the steps that would be run.", false } } },
	{ .noun = NULL }
};

static const char *const state_words[] = {
	[MIGRATE_DONE] = "done", [MIGRATE_WAITING] = "waiting", [MIGRATE_HALF] = "half done", [MIGRATE_CHANGED] = "changed since",
	[MIGRATE_UNKNOWN] = "of a newer program"
};

static struct json *
step_json(struct arena *arena, const struct migrate_step *step)
{
	struct json *json = json_new_object(arena);

	json_set_u64(json, "version", step->version);
	json_set_text(json, "name", step->name);
	json_set_text(json, "state", state_words[step->state]);
	json_set_u64(json, "statements", step->statement_count);
	json_set_u64(json, "statements_done", step->statements_done);
	json_set_text(json, "finished_at", step->finished_at != 0 ? clock_iso(arena, step->finished_at) : NULL);
	return json;
}

/* The steps, or only those that wait. */
static void
report_show(const struct command_run *run, const struct migrate_report *report, bool only_waiting)
{
	struct json *steps = json_new_array(run->arena);
	size_t i;

	for (i = 0; i < report->count; i++) {
		const struct migrate_step *step = &report->steps[i];

		if (only_waiting && step->state == MIGRATE_DONE)
			continue;
		json_add(steps, step_json(run->arena, step));
		command_say(run, "%-40s %s (%llu of %llu statements)", step->name, state_words[step->state],
			(unsigned long long)step->statements_done, (unsigned long long)step->statement_count);
	}
	json_set(run->answer, "steps", steps);
	json_set_bool(run->answer, "is_current", report->is_current);
}

static int
report_fail(const struct command_run *run, const struct migrate_report *report)
{
	const char *problem = report->problem != NULL ? report->problem : "the schema is not the one of this program";

	return command_fail(run, report->is_busy ? EXIT_TRY_AGAIN : command_code_of_db(run), "%s", problem);
}

static int
migrate_command_run(struct command_run *run)
{
	const bool status = command_is_on(run, "status"), dry = command_is_on(run, "dry-run");
	struct migrate_report report = { .steps = NULL };
	enum got got;

	if (status && dry)
		return command_fail(run, EXIT_USAGE, "--status and --dry-run exclude each other");
	got = status || dry ? migrate_status(run->db, run->arena, run->conf->schema_dir, &report)
		: migrate_run(run->db, run->arena, run->conf->schema_dir, &report);
	report_show(run, &report, dry);
	if (got == GOT_ERROR || report.is_refused)
		return report_fail(run, &report);
	if (dry && report.is_current)
		command_say(run, "nothing would be done");
	else if (!status && !dry)
		command_say(run, got == GOT_ONE ? "the schema is now the one of this program" : "there was nothing to do");
	json_set_text(run->answer, "result", status || dry ? "looked" : got == GOT_ONE ? "migrated" : "nothing to do");
	return EXIT_SUCCESS;
}
