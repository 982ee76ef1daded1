/* SPDX-License-Identifier: BSD-2-Clause */
/* search_store.c - postings and the history that is found by them. */
#include "rooms/conversation/search_store.h"

#include <string.h>

#include "core/text.h"

#define WORDS_MAX 4                  /* words of a search that count */

static const struct field unindexed_fields[] = {
	FIELD_U64(struct unindexed, tenant_id, 0),
	FIELD_U64(struct unindexed, id, FIELD_KEY),
	FIELD_U64(struct unindexed, indexed_seq, 0),
	FIELD_TEXT(struct unindexed, visitor_name, 0),
	FIELD_TEXT(struct unindexed, visitor_email, 0),
	FIELD_END
};

enum got
search_unindexed(struct db *db, struct arena *arena, uint64_t most, struct db_rows *conversations)
{
	return db_all(db, arena, unindexed_fields, sizeof(struct unindexed), conversations,
		"SELECT tenant_id, id, indexed_seq, visitor_name, visitor_email FROM conversation WHERE unindexed = 1 LIMIT ?",
		DB_ARGS(db_u64(most)));
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

/* The words of a search, folded like the index; unused ones are NULL. */
struct words {
	struct arena *arena;
	const char *terms[WORDS_MAX];
	size_t count;
};

static void
collect_word(void *arg, const char *term)
{
	struct words *words = arg;
	size_t i;

	for (i = 0; i < words->count; i++)
		if (strcmp(words->terms[i], term) == 0)
			return;
	if (words->count < WORDS_MAX)
		words->terms[words->count++] = arena_text(words->arena, term);
}

#define COLUMNS "c.id, c.kind, c.channel, c.state, c.close_reason, c.widget_id, c.visitor_id, c.contact_id, c.queue_id, c.agent_id," \
	" c.visitor_name, c.visitor_email, c.start_url, c.start_title, c.last_seq, c.last_text, c.last_by, c.last_at," \
	" c.refusals, c.created_at, c.waiting_since, c.accepted_at, c.first_reply_at, c.closed_at"

/* The server drops the comparisons of constants before it chooses an index. */
#define CONDITIONS " AND c.kind = 'chat' AND c.id < ? AND (? = 0 OR c.created_at >= ?) AND (? = 0 OR c.created_at < ?)" \
	" AND (? = 0 OR c.queue_id = ?) AND (? = 0 OR c.agent_id = ?) AND (? = 0 OR c.contact_id = ?)" \
	" AND (? = '' OR (c.state = 'closed' AND ((? <> 'refused' AND c.close_reason = 'abandoned')" \
	" OR (? <> 'missed' AND c.refusals > 0))))" \
	" AND (? OR c.agent_id = ? OR FIND_IN_SET(c.queue_id, ?))"

#define CONDITION_VALUES(f, seen) db_u64((f)->before_id != 0 ? (f)->before_id : UINT64_MAX), \
	db_time((f)->from), db_time((f)->from), db_time((f)->to), db_time((f)->to), db_u64((f)->queue_id), db_u64((f)->queue_id), \
	db_u64((f)->agent_id), db_u64((f)->agent_id), db_u64((f)->contact_id), db_u64((f)->contact_id), db_text((f)->outcome), db_text((f)->outcome), db_text((f)->outcome), \
	db_bool((f)->queues == NULL), db_u64((f)->viewer), db_text(seen)

/* "3,7": the queues that the viewer may see. */
static const char *
queue_list(struct arena *arena, const struct field_set *queues)
{
	struct str list;
	size_t i;

	str_init(&list, arena);
	for (i = 0; queues != NULL && i < queues->count; i++)
		str_addf(&list, "%s%llu", i > 0 ? "," : "", (unsigned long long)queues->ids[i]);
	return list.data;
}

static enum got
history_by_words(struct db *db, struct arena *arena, tenant_id tenant, const struct history_filter *filter,
	const struct words *words, struct db_rows *conversations)
{
	const char *second = words->terms[1], *third = words->terms[2], *fourth = words->terms[3];

	return db_all(db, arena, conversation_fields, sizeof(struct conversation), conversations,
		"SELECT " COLUMNS " FROM posting p JOIN conversation c ON c.tenant_id = p.tenant_id AND c.id = p.conversation_id"
		" WHERE p.tenant_id = ? AND p.term = ? AND c.tenant_id = ?"
		" AND (? IS NULL OR EXISTS (SELECT 1 FROM posting q WHERE q.tenant_id = p.tenant_id AND q.term = ?"
		" AND q.conversation_id = c.id))"
		" AND (? IS NULL OR EXISTS (SELECT 1 FROM posting q WHERE q.tenant_id = p.tenant_id AND q.term = ?"
		" AND q.conversation_id = c.id))"
		" AND (? IS NULL OR EXISTS (SELECT 1 FROM posting q WHERE q.tenant_id = p.tenant_id AND q.term = ?"
		" AND q.conversation_id = c.id))"
		CONDITIONS " ORDER BY p.conversation_id DESC LIMIT ?",
		DB_ARGS(db_tenant(tenant), db_text(words->terms[0]), db_tenant(tenant), db_text(second), db_text(second), db_text(third),
			db_text(third), db_text(fourth), db_text(fourth), CONDITION_VALUES(filter, queue_list(arena, filter->queues)),
			db_u64(filter->most)));
}

enum got
conversation_history(struct db *db, struct arena *arena, tenant_id tenant, const struct history_filter *filter,
	struct db_rows *conversations)
{
	struct words words = { .arena = arena };

	if (!text_is_blank(filter->words)) {
		text_terms(arena, filter->words, collect_word, &words);
		if (words.count == 0)
			return GOT_NONE;
		return history_by_words(db, arena, tenant, filter, &words, conversations);
	}
	return db_all(db, arena, conversation_fields, sizeof(struct conversation), conversations,
		"SELECT " COLUMNS " FROM conversation c WHERE c.tenant_id = ?" CONDITIONS " ORDER BY c.id DESC LIMIT ?",
		DB_ARGS(db_tenant(tenant), CONDITION_VALUES(filter, queue_list(arena, filter->queues)), db_u64(filter->most)));
}
