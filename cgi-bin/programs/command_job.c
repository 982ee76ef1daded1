/* SPDX-License-Identifier: BSD-2-Clause */
/* command_job.c - hark job: dead letters, which are jobs that were given up. */
#include "core/text.h"
#include "programs/command.h"
#include "web/audit.h"
#include "web/job.h"

static command_function job_list_run, job_retry_run, job_delete_run;

#define ID_OPTION { "id", "NUMBER", "Its number in the list.", true }

const struct command job_commands[] = {
	{ "job", "list", "Lists the jobs that were given up, newest first, with what was wrong. They are kept for 90 days.", job_list_run, 0,
		{ { NULL, NULL, NULL, false } } },
	{ "job", "retry", "Lets hark-jobs try a job again that was given up.", job_retry_run, COMMAND_SITE, { ID_OPTION } },
	{ "job", "delete", "Takes a job away that was given up.", job_delete_run, COMMAND_SITE, { ID_OPTION } },
	{ .noun = NULL }
};

static struct json *
job_json(struct arena *arena, const struct job_dead *dead)
{
	struct json *json = json_new_object(arena);

	json_set_u64(json, "id", dead->id);
	json_set_text(json, "tenant", dead->tenant_code);
	json_set_text(json, "kind", dead->kind);
	json_set_u64(json, "subject", dead->subject);
	json_set_text(json, "problem", dead->problem);
	json_set_text(json, "at", clock_iso(arena, dead->died_at));
	return json;
}

static int
job_list_run(struct command_run *run)
{
	struct json *list = json_new_array(run->arena);
	struct db_rows rows = { 0 };
	const struct job_dead *dead;
	size_t i;

	if (job_dead_all(run->db, run->arena, &rows) == GOT_ERROR)
		return command_fail_db(run);
	for (i = 0, dead = rows.rows; i < rows.count; i++, dead++) {
		json_add(list, job_json(run->arena, dead));
		command_say(run, "%8llu  %s  %-20s %-20s %s", (unsigned long long)dead->id, clock_iso(run->arena, dead->died_at),
			dead->tenant_code[0] != '\0' ? dead->tenant_code : "-", dead->kind, dead->problem);
	}
	json_set(run->answer, "jobs", list);
	return EXIT_SUCCESS;
}

struct work {
	struct req *r;
	struct job_dead dead;
	const char *action;
};

static enum got
work_do(struct db *db, void *arg)
{
	struct work *work = arg;
	const struct job_dead *dead = &work->dead;
	const struct audit_entry entry = { .action = work->action, .noun = "job", .noun_id = dead->id, .noun_name = dead->kind };
	enum got got = text_equal(work->action, "job.retry") ? job_dead_retry(db, dead, work->r->now) : job_dead_delete(db, dead);

	return got == GOT_ONE ? audit_write(work->r, &entry) : got;
}

/* The dead letter of --id, with what the audit log calls it; `said` is told. */
static int
job_work(struct command_run *run, const char *action, const char *said)
{
	struct work work = { .r = command_operator(run), .action = action };
	uint64_t id = 0;
	enum got got;

	if (!text_to_u64(command_value(run, "id"), &id))
		return command_fail(run, EXIT_USAGE, "--id must be a number");
	got = job_dead_by_id(run->db, run->arena, id, &work.dead);
	work.r->tenant.id = work.dead.tenant_id;
	if (got == GOT_ONE)
		got = db_transaction(run->db, work_do, &work);
	if (got == GOT_ERROR)
		return command_fail_db(run);
	if (got == GOT_NONE)
		return command_fail(run, EXIT_FAILED, "no job %s was given up", command_value(run, "id"));
	json_set(run->answer, "job", job_json(run->arena, &work.dead));
	command_say(run, "%s: %s", said, work.dead.kind);
	return EXIT_SUCCESS;
}

static int
job_retry_run(struct command_run *run)
{
	return job_work(run, "job.retry", "due now");
}

static int
job_delete_run(struct command_run *run)
{
	return job_work(run, "job.delete", "deleted");
}
