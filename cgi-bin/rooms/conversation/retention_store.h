/* SPDX-License-Identifier: BSD-2-Clause */
/* retention_store.h - conversations that are not kept any longer: found, and erased piece by piece. */
#ifndef HARK_ROOMS_CONVERSATION_RETENTION_STORE_H
#define HARK_ROOMS_CONVERSATION_RETENTION_STORE_H

#include "rooms/conversation/conversation.h"

/* Closed before that moment, and wholly in the search index, at most `most`, as struct conversation with id, visitor_name, visitor_email. */
enum got retention_due(struct db *db, struct arena *arena, tenant_id tenant, clock_ms before, uint64_t most,
	struct db_rows *conversations) MUST_USE;

/* Is there one that was closed before that moment, in the index or not: 1 or 0. */
enum got retention_has_old(struct db *db, tenant_id tenant, clock_ms before, uint64_t *has) MUST_USE;

/* Its files, as struct file with id, size, stored, preview. */
enum got retention_files(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, struct db_rows *files) MUST_USE;
enum got retention_drop_file(struct db *db, tenant_id tenant, uint64_t file) MUST_USE;

/* Its messages up to that number. */
enum got retention_drop_messages(struct db *db, tenant_id tenant, uint64_t conversation, uint64_t seq) MUST_USE;

/* The conversation with its drafts and offers. GOT_NONE: it has a message (again), nothing was done. */
enum got retention_drop(struct db *db, tenant_id tenant, uint64_t conversation) MUST_USE;

/* One more was erased on that day. */
enum got retention_count(struct db *db, tenant_id tenant, clock_ms day) MUST_USE;

/* What was counted on a day. */
struct retention_count {
	uint64_t tenant_id;
	clock_ms day;
	uint64_t conversations;
};
/* Of all tenants, of days before that one. */
enum got retention_counts(struct db *db, struct arena *arena, clock_ms day, struct db_rows *counts) MUST_USE;
/* GOT_NONE: another has taken it. */
enum got retention_take_count(struct db *db, const struct retention_count *count) MUST_USE;

#endif
