/* SPDX-License-Identifier: BSD-2-Clause */
/* company_store.h - all tenants of the installation with what they use now, as the host's list shows them. */
#ifndef HARK_ROOMS_HOST_COMPANY_STORE_H
#define HARK_ROOMS_HOST_COMPANY_STORE_H

#include "rooms/host/host.h"

struct company {
	struct tenant tenant;
	const char *plan_name;
	uint64_t agents;                 /* live ones */
	uint64_t chats;                  /* that agents have now */
	uint64_t storage_bytes;
};

/* The orders of a list: code, name, state, created_at; with "-" in front descending. */
struct company_query {
	const char *search;              /* in code, name and external id; "" all */
	const char *state;               /* "" all */
	const char *plan;                /* its code; "" all */
	const char *sort;
	uint64_t page;                   /* from 1 */
	uint64_t per_page;
};

bool company_sort_is_known(const char *sort);

/* The companies of the page, and how many there are on all pages. GOT_ONE or GOT_ERROR. */
enum got company_list(struct db *db, struct arena *arena, const struct company_query *query, struct db_rows *companies,
	uint64_t *total) MUST_USE;
/* All of them, one at a time. */
enum got company_stream(struct db *db, struct arena *arena, const struct company_query *query, db_each_row *each, void *arg) MUST_USE;

/* What each tenant used from a day up to another: the sums of the counters, the most of the rest; those that used most first. */
struct company_usage {
	uint64_t id;
	const char *code;
	const char *name;
	uint64_t messages;
	uint64_t chats;
	uint64_t agents;
	uint64_t peak_chats;
	uint64_t storage_bytes;
	uint64_t ai_tokens;
};
#define COMPANY_USAGE_MOST 200
enum got company_usage(struct db *db, struct arena *arena, const struct usage_span *span, struct db_rows *rows) MUST_USE;

#endif
