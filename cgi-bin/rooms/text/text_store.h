/* SPDX-License-Identifier: BSD-2-Clause */
/* text_store.h - the rows of own texts, and the languages that a company says them in. */
#ifndef HARK_ROOMS_TEXT_TEXT_STORE_H
#define HARK_ROOMS_TEXT_TEXT_STORE_H

#include "rooms/text/text.h"

/* The live texts of two languages (which may be the same): message, language, wording, wording_many. */
enum got text_said(struct db *db, struct arena *arena, tenant_id tenant, const char *language, const char *other,
	struct db_rows *texts) MUST_USE;

/* All live texts of a language, for its page. */
enum got text_all(struct db *db, struct arena *arena, tenant_id tenant, const char *language, struct db_rows *texts) MUST_USE;

/* How many live texts there are in each language. */
struct text_count {
	const char *language;
	uint64_t count;
};
enum got text_counts(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *counts) MUST_USE;

/* In a transaction: the languages that are said, and nobody else changes them meanwhile. */
enum got text_languages_lock(struct db *db, struct arena *arena, tenant_id tenant, const char **languages) MUST_USE;
enum got text_languages_set(struct db *db, tenant_id tenant, const char *languages) MUST_USE;

#endif
