/* SPDX-License-Identifier: BSD-2-Clause */
/* job_store.c - the job table: a row is due, running under a lease, or dead. */
#include "web/job_store.h"

#include "core/text.h"

#define FIRST_LEASE CLOCK_MINUTE
#define PROBLEM_MAX 500          /* characters that are kept */

static const struct field job_fields[] = {
	FIELD_U64(struct job, id, FIELD_KEY),
	FIELD_U64(struct job, tenant_id, 0),
	FIELD_TEXT(struct job, kind, 0),
	FIELD_U64(struct job, subject, 0),
	FIELD_TEXT(struct job, payload, 0),
	FIELD_U64(struct job, tries, 0),
	FIELD_END
};

static const struct field job_tenant_fields[] = {
	FIELD_U64(struct job_tenant, tenant_id, 0),
	FIELD_END
};

enum got
job_add(struct db *db, const struct job_order *order, clock_ms now)
{
	enum got got = db_run(db, "INSERT IGNORE INTO job (tenant_id, kind, subject, payload, once_key, due_at, created_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(order->tenant), db_text(order->kind), db_u64(order->subject),
			db_text(order->payload != NULL ? order->payload : ""), db_text(order->once),
			db_time(order->due_at > 0 ? order->due_at : now), db_time(now)), NULL);

	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* Is there anything at all? Then whose it is: one look into the index for each tenant with jobs, and not one for each job that is due. */
enum got
job_due_tenants(struct db *db, struct arena *arena, clock_ms now, struct db_rows *tenants)
{
	const struct db_value *args = DB_ARGS(db_time(now), db_time(now));
	uint64_t any;
	enum got got = db_number(db, "SELECT 1 FROM job WHERE (state = 'due' AND due_at <= ?) OR (state = 'running' AND lease_until < ?) LIMIT 1",
		args, &any);

	if (got != GOT_ONE)
		return got;
	return db_all(db, arena, job_tenant_fields, sizeof(struct job_tenant), tenants,
		"SELECT tenant_id FROM job FORCE INDEX (tenant_due) WHERE state = 'due' GROUP BY tenant_id HAVING MIN(due_at) <= ?"
		" UNION SELECT tenant_id FROM job WHERE state = 'running' AND lease_until < ? LIMIT 500", args);
}

/* The once_key is freed when the job is taken: what comes later asks for a new one. Timers (tenant 0) keep theirs. */
static enum got
job_mark(struct db *db, const struct job *job, clock_ms now)
{
	return db_run(db, "UPDATE job SET state = 'running', lease_until = ?, tries = tries + 1,"
		" once_key = IF(tenant_id = 0, once_key, NULL) WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_time(now + FIRST_LEASE), db_u64(job->tenant_id), db_u64(job->id)), NULL);
}

/* First what a dead process left, of which there is little, then what is due. Two statements: one for both would sort, and lock, all that is
 * due, and other processes would see none of it. The server would rather walk what is due of all tenants: the index is named. */
static enum got
job_find(struct db *db, struct arena *arena, uint64_t tenant, clock_ms now, struct job *job)
{
	const struct db_value *args = DB_ARGS(db_u64(tenant), db_time(now));
	enum got got = db_one(db, arena, job_fields, job,
		"SELECT id, tenant_id, kind, subject, payload, tries FROM job FORCE INDEX (tenant_due)"
		" WHERE tenant_id = ? AND state = 'running' AND lease_until < ? ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED", args);

	if (got == GOT_NONE)
		got = db_one(db, arena, job_fields, job,
			"SELECT id, tenant_id, kind, subject, payload, tries FROM job FORCE INDEX (tenant_due)"
			" WHERE tenant_id = ? AND state = 'due' AND due_at <= ? ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED", args);
	return got;
}

enum got
job_take(struct db *db, struct arena *arena, uint64_t tenant, clock_ms now, struct job *job)
{
	enum got got;

	if (!db_begin(db))
		return GOT_ERROR;
	got = job_find(db, arena, tenant, now, job);
	if (got == GOT_ONE)
		got = job_mark(db, job, now);
	if (got != GOT_ONE) {
		db_rollback(db);
		return got;
	}
	return db_commit(db) ? GOT_ONE : GOT_ERROR;
}

enum got
job_done(struct db *db, const struct job *job)
{
	return db_run(db, "DELETE FROM job WHERE tenant_id = ? AND id = ?", DB_ARGS(db_u64(job->tenant_id), db_u64(job->id)), NULL);
}

enum got
job_again(struct db *db, const struct job *job, clock_ms due_at, const char *problem, bool is_dead)
{
	const struct db_value kept = { .type = DB_TYPE_TEXT, .data = problem, .len = text_prefix(problem, PROBLEM_MAX) };

	return db_run(db, "UPDATE job SET state = ?, due_at = ?, tries = ?, problem = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_text(is_dead ? "dead" : "due"), db_time(due_at), db_u64(job->tries), kept,
			db_u64(job->tenant_id), db_u64(job->id)), NULL);
}

enum got
job_lease(struct db *db, const struct job *job, clock_ms until)
{
	return db_run(db, "UPDATE job SET lease_until = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_time(until), db_u64(job->tenant_id), db_u64(job->id)), NULL);
}

enum got
job_start_timer(struct db *db, const struct job_kind *kind, clock_ms now)
{
	const struct job_order order = { .kind = kind->kind, .once = kind->kind, .due_at = now };

	if (db_run(db, "UPDATE job SET state = 'due', due_at = ?, tries = 0 WHERE tenant_id = 0 AND once_key = ? AND state = 'dead'",
		DB_ARGS(db_time(now), db_text(kind->kind)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	return job_add(db, &order, now);
}

static const struct field job_dead_fields[] = {
	FIELD_U64(struct job_dead, id, FIELD_KEY),
	FIELD_U64(struct job_dead, tenant_id, 0),
	FIELD_TEXT(struct job_dead, tenant_code, 0),
	FIELD_TEXT(struct job_dead, kind, 0),
	FIELD_U64(struct job_dead, subject, 0),
	FIELD_TEXT(struct job_dead, problem, 0),
	FIELD_TIME(struct job_dead, died_at, 0),
	FIELD_END
};

#define DEAD_LETTERS "SELECT j.id, j.tenant_id, COALESCE(t.code, '') AS tenant_code, j.kind, j.subject, j.problem, j.due_at AS died_at" \
	" FROM job j LEFT JOIN tenant t ON t.id = j.tenant_id WHERE j.state = 'dead'"

enum got
job_dead_all(struct db *db, struct arena *arena, struct db_rows *rows)
{
	return db_all(db, arena, job_dead_fields, sizeof(struct job_dead), rows, DEAD_LETTERS " ORDER BY j.due_at DESC, j.id DESC LIMIT ?",
		DB_ARGS(db_u64(JOB_DEAD_MAX)));
}

enum got
job_dead_by_id(struct db *db, struct arena *arena, uint64_t id, struct job_dead *dead)
{
	return db_one(db, arena, job_dead_fields, dead, DEAD_LETTERS " AND j.id = ?", DB_ARGS(db_u64(id)));
}

enum got
job_dead_retry(struct db *db, const struct job_dead *dead, clock_ms now)
{
	return db_run(db, "UPDATE job SET state = 'due', due_at = ?, tries = 0 WHERE tenant_id = ? AND id = ? AND state = 'dead'",
		DB_ARGS(db_time(now), db_u64(dead->tenant_id), db_u64(dead->id)), NULL);
}

enum got
job_dead_delete(struct db *db, const struct job_dead *dead)
{
	return db_run(db, "DELETE FROM job WHERE tenant_id = ? AND id = ? AND state = 'dead'",
		DB_ARGS(db_u64(dead->tenant_id), db_u64(dead->id)), NULL);
}

void
job_dead_sweep(struct sweep *sweep, clock_ms before)
{
	sweep_rows(sweep, "DELETE FROM job WHERE state = 'dead' AND due_at < ? LIMIT " SWEEP_PORTION, DB_ARGS(db_time(before)));
}
