/* SPDX-License-Identifier: BSD-2-Clause */
/* conversation_jobs.c - the search index follows the messages within a second or two; half-received files are removed. */
#include "rooms/conversation/file_jobs.h"
#include "rooms/conversation/retention_jobs.h"
#include "rooms/conversation/search_store.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "rooms/tenant/tenant.h"

#define TIME_OF_A_RUN (20 * CLOCK_SECOND)   /* well within the lease; the next run goes on */
#define BATCH 100                    /* conversations that one run indexes */
#define MESSAGES 500                 /* messages of one conversation in one run */
#define HALF_RECEIVED CLOCK_DAY      /* nothing is received for longer */

static job_function index_messages, clean_spool;

const struct job_kind conversation_jobs[] = {
	{ "search.index", index_messages, CLOCK_MINUTE, CLOCK_SECOND, NULL },
	{ "file.preview", file_make_preview, FILE_PREVIEW_LEASE, 0, NULL },
	{ "file.look", file_look, CLOCK_MINUTE, 0, NULL },
	{ "files.clean", clean_spool, CLOCK_MINUTE, CLOCK_HOUR, NULL },
	{ "conversation.retention", retention_run, RETENTION_LEASE, RETENTION_EVERY, NULL },
	{ .kind = NULL }
};

/* What the terms of one text are added to. */
struct target {
	struct db *db;
	tenant_id tenant;
	uint64_t conversation;
	enum got got;
};

static void
add_term(void *arg, const char *term)
{
	struct target *target = arg;

	if (target->got == GOT_ONE)
		target->got = search_add_term(target->db, target->tenant, term, target->conversation);
}

static void
add_text(struct arena *arena, const char *text, struct target *target)
{
	if (!text_is_blank(text))
		text_terms(arena, text, add_term, target);
}

/* One conversation being indexed, in a transaction. */
struct indexing {
	struct job_run *run;
	const struct unindexed *conversation;
};

static bool
counts(const struct message *message)
{
	return strcmp(message->kind, "text") == 0 || strcmp(message->kind, "file") == 0;
}

/* The texts and files of a batch, for the days in which they were written: here, because each message comes by exactly once (of two processes
 * that index the same, search_indexed() stops one), and nobody who writes one waits for the row of the day. Last in the transaction, so that its lock is held shortly. */
static enum got
count_usage(struct db *db, tenant_id tenant, const struct db_rows *rows)
{
	const struct message *messages = rows->rows;
	size_t i, first;
	uint64_t count;

	for (first = 0; first < rows->count; first = i) {
		clock_ms day = messages[first].created_at / CLOCK_DAY;

		for (count = 0, i = first; i < rows->count && messages[i].created_at / CLOCK_DAY == day; i++)
			count += counts(&messages[i]);
		if (count > 0 && usage_add_messages(db, tenant, day * CLOCK_DAY, count) == GOT_ERROR)
			return GOT_ERROR;
	}
	return GOT_ONE;
}

static enum got
index_work(struct db *db, void *arg)
{
	struct indexing *indexing = arg;
	struct arena *arena = indexing->run->arena;
	const struct unindexed *conversation = indexing->conversation;
	struct target target = { db, { conversation->tenant_id }, conversation->id, GOT_ONE };
	struct db_rows rows = { 0 };
	const struct message *messages;
	enum got got;
	size_t i;

	got = message_after(db, arena, target.tenant, conversation->id, conversation->indexed_seq, MESSAGES, &rows);
	/* They are being erased: what is gone is not waited for, so that the conversation can go, too. */
	if (got != GOT_ONE)
		return got == GOT_NONE ? search_indexed(db, conversation, conversation->last_seq) : GOT_ERROR;
	if (conversation->indexed_seq == 0) {
		add_text(arena, conversation->visitor_name, &target);
		add_text(arena, conversation->visitor_email, &target);
	}
	messages = rows.rows;
	for (i = 0; i < rows.count; i++)
		if (strcmp(messages[i].kind, "event") != 0)
			add_text(arena, messages[i].body, &target);
	if (target.got != GOT_ONE)
		return GOT_ERROR;
	got = search_indexed(db, conversation, messages[rows.count - 1].seq);
	return got == GOT_ONE ? count_usage(db, target.tenant, &rows) : got;
}

static bool
index_one(struct job_run *run, const struct unindexed *conversation)
{
	struct indexing indexing = { .run = run, .conversation = conversation };

	if (db_transaction(run->db, index_work, &indexing) != GOT_ERROR)
		return true;
	log_warning("index", "conversation %llu of tenant %llu was not indexed", (unsigned long long)conversation->id,
		(unsigned long long)conversation->tenant_id);
	return false;
}

/* Those that cannot be indexed keep no other from it: a run goes past them, however many they are. */
static enum got
index_messages(struct job_run *run)
{
	const clock_ms until = clock_steady() + TIME_OF_A_RUN;
	struct unindexed last = { .id = 0 };
	struct db_rows rows;
	const struct unindexed *conversation;
	size_t i, indexed = 0;

	do {
		rows = (struct db_rows){ 0 };
		if (search_unindexed(run->db, run->arena, &last, BATCH, &rows) == GOT_ERROR)
			return GOT_ERROR;
		for (i = 0, conversation = rows.rows; i < rows.count && indexed < BATCH && clock_steady() < until; i++) {
			last = conversation[i];
			indexed += index_one(run, &last);
		}
	} while (rows.count == BATCH && indexed < BATCH && clock_steady() < until);
	return GOT_ONE;
}

static enum got
clean_spool(struct job_run *run)
{
	store_clean(run->store, run->now - HALF_RECEIVED);
	return GOT_ONE;
}
