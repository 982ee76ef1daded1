/* SPDX-License-Identifier: BSD-2-Clause */
/* notice_store.h - the table of mails that go out. */
#ifndef HARK_ROOMS_NOTICE_NOTICE_STORE_H
#define HARK_ROOMS_NOTICE_NOTICE_STORE_H

#include "rooms/notice/notice.h"
#include "web/sweep.h"

struct notice_row {
	uint64_t id;
	const char *template;
	const char *to_name;
	const char *to_address;
	const char *locale;
	const char *sealed;              /* JSON of the values; "" when it is over */
	const char *state;               /* waiting, sent, refused, failed, expired */
	uint64_t tries;                  /* that did not work */
	const char *problem;             /* the server's words */
	clock_ms created_at;
	clock_ms expires_at;
	clock_ms done_at;
};

enum got notice_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct notice_row *row) MUST_USE;

/* The newest mails, at most `most` of them, at most 50; `template` NULL is any. */
enum got notice_newest(struct req *r, const char *template, uint64_t most, struct db_rows *rows) MUST_USE;

/* It is over: sent, refused, failed or expired. GOT_NONE: it was already. */
enum got notice_end(struct db *db, tenant_id tenant, uint64_t id, const char *state, const char *problem) MUST_USE;

/* One more try that did not work. */
enum got notice_try(struct db *db, tenant_id tenant, uint64_t id, const char *problem) MUST_USE;

/* Deletes those of all tenants that were ordered before. */
void notice_sweep_store(struct sweep *sweep, clock_ms before);

/* Where the values of a notice are sealed. */
const char *notice_place(struct arena *arena, tenant_id tenant, const char *address);

#endif
