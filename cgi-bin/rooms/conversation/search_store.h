/* SPDX-License-Identifier: BSD-2-Clause */
/* search_store.h - the postings: which conversations have a folded term. */
#ifndef HARK_ROOMS_CONVERSATION_SEARCH_STORE_H
#define HARK_ROOMS_CONVERSATION_SEARCH_STORE_H

#include "rooms/conversation/conversation.h"

/* A conversation whose newest messages are not in the index yet. */
struct unindexed {
	uint64_t tenant_id;
	uint64_t id;
	uint64_t indexed_seq;
	uint64_t last_seq;
	const char *visitor_name;
	const char *visitor_email;
};

/* Of all tenants, those that follow `after` by tenant and id, at most `most`. */
enum got search_unindexed(struct db *db, struct arena *arena, const struct unindexed *after, uint64_t most,
	struct db_rows *conversations) MUST_USE;

enum got search_add_term(struct db *db, tenant_id tenant, const char *term, uint64_t conversation) MUST_USE;
/* Also GOT_ONE when it was not there. */
enum got search_remove_term(struct db *db, tenant_id tenant, const char *term, uint64_t conversation) MUST_USE;
/* Up to `seq`. GOT_NONE: another process has done so since the conversation was read. */
enum got search_indexed(struct db *db, const struct unindexed *conversation, uint64_t seq) MUST_USE;

#endif
