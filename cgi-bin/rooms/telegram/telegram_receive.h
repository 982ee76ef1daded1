/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_receive.h - taking in one update: whose it is, which chat it belongs to, and what is told afterwards. */
#ifndef HARK_ROOMS_TELEGRAM_TELEGRAM_RECEIVE_H
#define HARK_ROOMS_TELEGRAM_TELEGRAM_RECEIVE_H

#include "rooms/channel/channel.h"
#include "rooms/conversation/conversation.h"
#include "rooms/telegram/telegram_update.h"

/* One update on its way into a chat; the work may run more than once. */
struct receiving {
	struct arena *arena;
	tenant_id tenant;
	clock_ms now;
	const struct account *account;
	const struct telegram_update *update;
	struct inbound inbound;
	struct file *file;               /* of a FILE that was fetched and kept; NULL: it could not be */
	const char *file_problem;        /* a word why: large, kind, storage, gone */
	/* What came of it. */
	struct identity identity;
	struct conversation conversation;    /* id 0: none was touched */
	bool is_new;                     /* it began with this update */
	uint64_t first_seq;              /* of the messages that were added; 0: none */
	bool is_file_dropped;            /* the kept file has no row: it must go */
};

/* Inside a transaction: finds or makes receiving->identity, the update's sender, and locks it until the end: that keeps the order. */
enum got telegram_enter(struct db *db, struct receiving *receiving) MUST_USE;

/* Behind telegram_enter(), in its transaction: finds or makes contact and chat, adds the message, and gives receiving->inbound its end. */
enum got telegram_take(struct db *db, struct receiving *receiving) MUST_USE;

/* After the commit: the chat rings, consoles hear of it. Never fails the caller. */
void telegram_tell(struct db *db, struct bell *bell, struct receiving *receiving);

/* Orders the job that takes in what waits of this person. */
enum got telegram_order_receive(struct db *db, struct arena *arena, tenant_id tenant, uint64_t identity, clock_ms due_at, clock_ms now) MUST_USE;

#endif
