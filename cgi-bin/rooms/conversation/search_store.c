/* SPDX-License-Identifier: BSD-2-Clause */
/* search_store.c - postings and the history that is found by them. */
#include "rooms/conversation/search_store.h"

#include <string.h>

#include "core/text.h"

static const struct field unindexed_fields[] = {
	FIELD_U64(struct unindexed, tenant_id, 0),
	FIELD_U64(struct unindexed, id, FIELD_KEY),
	FIELD_U64(struct unindexed, indexed_seq, 0),
	FIELD_U64(struct unindexed, last_seq, 0),
	FIELD_TEXT(struct unindexed, visitor_name, 0),
	FIELD_TEXT(struct unindexed, visitor_email, 0),
	FIELD_END
};

enum got
search_unindexed(struct db *db, struct arena *arena, const struct unindexed *after, uint64_t most, struct db_rows *conversations)
{
	return db_all(db, arena, unindexed_fields, sizeof(struct unindexed), conversations,
		"SELECT tenant_id, id, indexed_seq, last_seq, visitor_name, visitor_email FROM conversation WHERE unindexed = 1"
		" AND (tenant_id > ? OR (tenant_id = ? AND id > ?)) ORDER BY tenant_id, id LIMIT ?",
		DB_ARGS(db_u64(after->tenant_id), db_u64(after->tenant_id), db_u64(after->id), db_u64(most)));
}

enum got
search_add_term(struct db *db, tenant_id tenant, const char *term, uint64_t conversation)
{
	enum got got = db_run(db, "INSERT IGNORE INTO posting (tenant_id, term, conversation_id) VALUES (?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(term), db_u64(conversation)), NULL);

	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

enum got
search_remove_term(struct db *db, tenant_id tenant, const char *term, uint64_t conversation)
{
	enum got got = db_run(db, "DELETE FROM posting WHERE tenant_id = ? AND term = ? AND conversation_id = ?",
		DB_ARGS(db_tenant(tenant), db_text(term), db_u64(conversation)), NULL);

	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

enum got
search_indexed(struct db *db, const struct unindexed *conversation, uint64_t seq)
{
	return db_run(db, "UPDATE conversation SET indexed_seq = ? WHERE tenant_id = ? AND id = ? AND indexed_seq = ?",
		DB_ARGS(db_u64(seq), db_u64(conversation->tenant_id), db_u64(conversation->id), db_u64(conversation->indexed_seq)), NULL);
}

/* The words of a search, folded like the index; unused ones are the first again. */
struct words {
	struct arena *arena;
	const char *terms[HISTORY_WORDS];
	size_t count;
	bool has_more;
};

static void
collect_word(void *arg, const char *term)
{
	struct words *words = arg;
	size_t i;

	for (i = 0; i < words->count; i++)
		if (strcmp(words->terms[i], term) == 0)
			return;
	if (words->count < HISTORY_WORDS)
		words->terms[words->count++] = arena_text(words->arena, term);
	else
		words->has_more = true;
}

#define COLUMNS "c.id, c.kind, c.channel, c.state, c.close_reason, c.widget_id, c.visitor_id, c.contact_id, c.queue_id, c.agent_id," \
	" c.visitor_name, c.visitor_email, c.start_url, c.start_title, c.last_seq, c.last_text, c.last_by, c.last_at," \
	" c.refusals, c.created_at, c.waiting_since, c.accepted_at, c.first_reply_at, c.closed_at"

/* The server drops the comparisons of constants before it chooses an index, and knows how many rows each constant of IN (…) has: a list that
 * it must take apart, or a table to join, would make it look at each chat. Queues after the first ones are in such a list. */
#define CONDITIONS " AND c.kind = 'chat' AND (? = 0 OR c.created_at >= ?) AND (? = 0 OR c.created_at < ?)" \
	" AND (? = 0 OR c.queue_id = ?) AND (? = 0 OR c.agent_id = ?) AND (? = 0 OR c.contact_id = ?)" \
	" AND (? = '' OR (c.state = 'closed' AND ((? <> 'refused' AND c.close_reason = 'abandoned')" \
	" OR (? <> 'missed' AND c.refusals > 0))))" \
	" AND (? OR c.agent_id = ? OR c.queue_id IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) OR (? AND FIND_IN_SET(c.queue_id, ?)))"
#define QUEUES_LISTED 16             /* the placeholders above */

#define CONDITION_VALUES(arena, f) db_time((f)->from), db_time((f)->from), db_time((f)->to), db_time((f)->to), \
	db_u64((f)->queue_id), db_u64((f)->queue_id), db_u64((f)->agent_id), db_u64((f)->agent_id), db_u64((f)->contact_id), \
	db_u64((f)->contact_id), db_text((f)->outcome), db_text((f)->outcome), db_text((f)->outcome), \
	db_bool((f)->queues == NULL), db_u64((f)->viewer), \
	queue_at(f, 0), queue_at(f, 1), queue_at(f, 2), queue_at(f, 3), queue_at(f, 4), queue_at(f, 5), queue_at(f, 6), queue_at(f, 7), \
	queue_at(f, 8), queue_at(f, 9), queue_at(f, 10), queue_at(f, 11), queue_at(f, 12), queue_at(f, 13), queue_at(f, 14), queue_at(f, 15), \
	db_bool((f)->queues != NULL && (f)->queues->count > QUEUES_LISTED), db_text(other_queues(arena, (f)->queues))

/* One of the queues that the viewer may see, or 0, which none has. */
static struct db_value
queue_at(const struct history_filter *filter, size_t i)
{
	return db_u64(filter->queues != NULL && i < filter->queues->count ? filter->queues->ids[i] : 0);
}

/* Those after the first QUEUES_LISTED. */
static const char *
other_queues(struct arena *arena, const struct field_set *queues)
{
	struct field_set others = { .ids = NULL };

	if (queues != NULL && queues->count > QUEUES_LISTED)
		others = (struct field_set){ .ids = queues->ids + QUEUES_LISTED, .count = queues->count - QUEUES_LISTED };
	return field_set_list(arena, &others);
}

/* The server begins with the rarest word. By id, as the postings are, so that a common word is not sorted. */
static enum got
history_by_words(struct db *db, struct arena *arena, tenant_id tenant, const struct history_filter *filter,
	const struct words *words, struct db_rows *conversations)
{
	const char *const *terms = words->terms;

	return db_all(db, arena, conversation_fields, sizeof(struct conversation), conversations,
		"SELECT " COLUMNS " FROM posting p"
		" JOIN posting p2 ON p2.tenant_id = ? AND p2.term = ? AND p2.conversation_id = p.conversation_id"
		" JOIN posting p3 ON p3.tenant_id = ? AND p3.term = ? AND p3.conversation_id = p.conversation_id"
		" JOIN posting p4 ON p4.tenant_id = ? AND p4.term = ? AND p4.conversation_id = p.conversation_id"
		" JOIN conversation c ON c.tenant_id = ? AND c.id = p.conversation_id"
		" WHERE p.tenant_id = ? AND p.term = ? AND c.id < ?" CONDITIONS " ORDER BY p.conversation_id DESC LIMIT ?",
		DB_ARGS(db_tenant(tenant), db_text(terms[1]), db_tenant(tenant), db_text(terms[2]), db_tenant(tenant), db_text(terms[3]),
			db_tenant(tenant), db_tenant(tenant), db_text(terms[0]), db_u64(filter->before_id != 0 ? filter->before_id : UINT64_MAX),
			CONDITION_VALUES(arena, filter), db_u64(filter->most)));
}

/* When the last chat of the page before began, or, if it was erased meanwhile, the one before it; 0 for the first page. */
static enum got
before_moment(struct db *db, tenant_id tenant, uint64_t id, uint64_t *moment)
{
	*moment = 0;
	if (id == 0)
		return GOT_ONE;
	return db_number(db, "SELECT created_at FROM conversation WHERE tenant_id = ? AND id <= ? ORDER BY id DESC LIMIT 1",
		DB_ARGS(db_tenant(tenant), db_u64(id)), moment);
}

static enum got
history_by_time(struct db *db, struct arena *arena, tenant_id tenant, const struct history_filter *filter, struct db_rows *conversations)
{
	uint64_t before;
	enum got got = before_moment(db, tenant, filter->before_id, &before);

	if (got != GOT_ONE)
		return got;
	return db_all(db, arena, conversation_fields, sizeof(struct conversation), conversations,
		"SELECT " COLUMNS " FROM conversation c WHERE c.tenant_id = ? AND (? = 0 OR c.created_at < ? OR (c.created_at = ? AND c.id < ?))"
		CONDITIONS " ORDER BY c.created_at DESC, c.id DESC LIMIT ?",
		DB_ARGS(db_tenant(tenant), db_u64(before), db_u64(before), db_u64(before), db_u64(filter->before_id),
			CONDITION_VALUES(arena, filter), db_u64(filter->most)));
}

bool
conversation_history_skips(struct arena *arena, const char *text)
{
	struct words words = { .arena = arena };

	text_terms(arena, text, collect_word, &words);
	return words.has_more;
}

enum got
conversation_history(struct db *db, struct arena *arena, tenant_id tenant, const struct history_filter *filter,
	struct db_rows *conversations)
{
	struct words words = { .arena = arena };
	size_t i;

	if (text_is_blank(filter->words))
		return history_by_time(db, arena, tenant, filter, conversations);
	text_terms(arena, filter->words, collect_word, &words);
	if (words.count == 0)
		return GOT_NONE;
	for (i = words.count; i < HISTORY_WORDS; i++)
		words.terms[i] = words.terms[0];
	return history_by_words(db, arena, tenant, filter, &words, conversations);
}
