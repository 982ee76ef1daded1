/* SPDX-License-Identifier: BSD-2-Clause */
/* retention_jobs.c - closed conversations are erased when they are older than they are kept: docs/tenants.md.
 *
 * A conversation goes in steps that each leave nothing wrong behind: its files, its messages with their postings, then itself. A process
 * that dies in between is followed by one that finds the same conversation again.
 */
#include "rooms/conversation/retention_jobs.h"

#include "core/text.h"
#include "rooms/conversation/retention_store.h"
#include "rooms/conversation/search_store.h"
#include "rooms/tenant/tenant.h"
#include "web/audit.h"

#define TIME_OF_A_RUN (20 * CLOCK_SECOND)   /* then others have their turn; the next run goes on */
#define CONVERSATIONS 100                   /* of one tenant in one run, so that many old ones of one keep nobody waiting */
#define LATE (2 * CLOCK_DAY)
#define MESSAGES 500                        /* of one transaction */
#define MESSAGES_OF_A_RUN 10000             /* so that a run needs little memory */

/* A run, and the conversation that it is erasing. */
struct erasing {
	struct job_run *run;
	clock_ms until;
	size_t messages;                        /* that it has erased */
	tenant_id tenant;
	const struct conversation *conversation;
	bool is_bare;                           /* it has no more messages */
	const struct file *file;
	enum got got;                           /* of the terms */
};

static bool
may_go_on(const struct erasing *erasing)
{
	return erasing->messages < MESSAGES_OF_A_RUN && clock_steady() < erasing->until;
}

static clock_ms
day_of(clock_ms moment)
{
	return moment - moment % CLOCK_DAY;
}

static void
remove_term(void *arg, const char *term)
{
	struct erasing *erasing = arg;

	if (erasing->got != GOT_ERROR)
		erasing->got = search_remove_term(erasing->run->db, erasing->tenant, term, erasing->conversation->id);
}

static void
remove_text(struct erasing *erasing, const char *text)
{
	if (!text_is_blank(text))
		text_terms(erasing->run->arena, text, remove_term, erasing);
}

static enum got
file_work(struct db *db, void *arg)
{
	struct erasing *erasing = arg;
	struct limit_state state;
	enum got got = retention_drop_file(db, erasing->tenant, erasing->file->id);

	if (got != GOT_ONE)
		return got;
	return limit_store_file(db, erasing->tenant, -(int64_t)erasing->file->size, erasing->run->now, &state);
}

/* The bytes go before the row that names them: what is left after a kill is found again. */
static enum got
erase_files(struct erasing *erasing)
{
	struct job_run *run = erasing->run;
	struct db_rows rows = { 0 };
	enum got got = retention_files(run->db, run->arena, erasing->tenant, erasing->conversation->id, &rows);
	const struct file *file = rows.rows;
	size_t i;

	for (i = 0; i < rows.count && got != GOT_ERROR; i++, file++) {
		if (!store_remove(run->store, erasing->tenant, file->stored)
			|| (!text_is_blank(file->preview) && !store_remove(run->store, erasing->tenant, file->preview)))
			return GOT_ERROR;
		erasing->file = file;
		got = db_transaction(run->db, file_work, erasing);
	}
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

static enum got
messages_work(struct db *db, void *arg)
{
	struct erasing *erasing = arg;
	struct db_rows rows = { 0 };
	const struct message *message;
	enum got got = message_after(db, erasing->run->arena, erasing->tenant, erasing->conversation->id, 0, MESSAGES, &rows);
	size_t i;

	erasing->is_bare = rows.count < MESSAGES;
	if (got == GOT_ERROR || rows.count == 0)
		return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
	erasing->got = GOT_ONE;
	for (i = 0, message = rows.rows; i < rows.count; i++)
		remove_text(erasing, message[i].body);
	if (erasing->got == GOT_ERROR)
		return GOT_ERROR;
	erasing->messages += rows.count;
	return retention_drop_messages(db, erasing->tenant, erasing->conversation->id, message[rows.count - 1].seq);
}

/* GOT_NONE: somebody has just written a note. It is as old as its conversation, and goes with it when it is in the index. */
static enum got
last_work(struct db *db, void *arg)
{
	struct erasing *erasing = arg;
	enum got got = retention_drop(db, erasing->tenant, erasing->conversation->id);

	if (got != GOT_ONE)
		return got;
	erasing->got = GOT_ONE;
	remove_text(erasing, erasing->conversation->visitor_name);
	remove_text(erasing, erasing->conversation->visitor_email);
	if (erasing->got == GOT_ERROR)
		return GOT_ERROR;
	return retention_count(db, erasing->tenant, day_of(erasing->run->now));
}

/* When the run ends in the middle, the next one goes on. */
static enum got
erase_one(struct erasing *erasing)
{
	struct db *db = erasing->run->db;
	enum got got = erase_files(erasing);

	for (erasing->is_bare = false; got != GOT_ERROR && !erasing->is_bare && may_go_on(erasing);)
		got = db_transaction(db, messages_work, erasing);
	return got != GOT_ERROR && erasing->is_bare ? db_transaction(db, last_work, erasing) : got;
}

static enum got
erase_tenant(struct erasing *erasing, const struct tenant_retention *retention)
{
	struct job_run *run = erasing->run;
	const clock_ms before = run->now - (clock_ms)retention_days(retention) * CLOCK_DAY;
	struct db_rows rows = { 0 };
	const struct conversation *conversation;
	enum got got;
	size_t i;

	erasing->tenant = (tenant_id){ retention->tenant_id };
	got = retention_due(run->db, run->arena, erasing->tenant, before, CONVERSATIONS, &rows);
	for (i = 0, conversation = rows.rows; i < rows.count && got != GOT_ERROR && may_go_on(erasing); i++) {
		erasing->conversation = &conversation[i];
		got = erase_one(erasing);
	}
	return got;
}

struct telling {
	struct job_run *run;
	const struct retention_count *count;
};

static enum got
tell_work(struct db *db, void *arg)
{
	const struct telling *telling = arg;
	struct arena *arena = telling->run->arena;
	struct req r = { .arena = arena, .db = db, .now = telling->run->now, .tenant = { telling->count->tenant_id },
		.actor = { .kind = ACTOR_SYSTEM, .name = "hark-jobs" } };
	struct json *difference = json_new_object(arena), *pair = json_new_array(arena);
	struct audit_entry entry = { .action = "conversation.erase", .noun = "conversation",
		.noun_name = arena_text_of(arena, clock_iso(arena, telling->count->day), 10) };
	enum got got = retention_take_count(db, telling->count);

	if (got != GOT_ONE)
		return got;
	json_add_text(pair, arena_printf(arena, "%llu", (unsigned long long)telling->count->conversations));
	json_add_text(pair, "0");
	json_set(difference, "conversations", pair);
	entry.difference = json_text(arena, difference);
	return audit_write(&r, &entry);
}

/* One entry for each company and day, when the day is over. */
static enum got
tell_days(struct job_run *run)
{
	struct telling telling = { .run = run };
	struct db_rows rows = { 0 };
	const struct retention_count *count;
	enum got got = retention_counts(run->db, run->arena, day_of(run->now), &rows);
	size_t i;

	for (i = 0, count = rows.rows; i < rows.count && got != GOT_ERROR; i++) {
		telling.count = &count[i];
		got = db_transaction(run->db, tell_work, &telling);
	}
	return got;
}

enum got
retention_late(struct db *db, struct arena *arena, clock_ms now, uint64_t *tenants)
{
	struct db_rows rows = { 0 };
	const struct tenant_retention *retention;
	uint64_t is_late;
	enum got got = tenant_retentions(db, arena, now - LATE, &rows);
	size_t i;

	*tenants = 0;
	for (i = 0, retention = rows.rows; i < rows.count && got != GOT_ERROR; i++) {
		got = retention_has_old(db, (tenant_id){ retention[i].tenant_id }, now - LATE - (clock_ms)retention_days(&retention[i]) * CLOCK_DAY,
			&is_late);
		*tenants += got == GOT_ONE && is_late;
	}
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* Each run begins with another company, so that none is always the last. */
enum got
retention_run(struct job_run *run)
{
	struct erasing erasing = { .run = run, .until = clock_steady() + TIME_OF_A_RUN };
	struct db_rows rows = { 0 };
	const struct tenant_retention *retention;
	enum got got = tell_days(run);
	size_t i, first;

	if (got != GOT_ERROR)
		got = tenant_retentions(run->db, run->arena, run->now, &rows);
	retention = rows.rows;
	first = (size_t)(run->now / RETENTION_EVERY);
	for (i = 0; i < rows.count && got != GOT_ERROR && may_go_on(&erasing); i++)
		got = erase_tenant(&erasing, &retention[(first + i) % rows.count]);
	if (got == GOT_ERROR)
		run->problem = "Old conversations could not be erased.";
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}
