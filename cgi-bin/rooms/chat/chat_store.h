/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_store.h - questions across rooms that chats ask often: who writes where, and whose page was closed. */
#ifndef HARK_ROOMS_CHAT_CHAT_STORE_H
#define HARK_ROOMS_CHAT_CHAT_STORE_H

#include "rooms/chat/chat.h"
#include "rooms/chat/chat_visit.h"

struct chat_presence {
	uint64_t tenant_id;
	uint64_t id;
	uint64_t visitor_id;
	const char *state;
	clock_ms seen_at;
	clock_ms company_at;             /* when the company was changed last: perhaps brought back from a suspension */
};

/* One of them being looked after. */
struct chat_presence_work {
	const struct chat_presence *chat;
	struct routing routing;
	struct message event;
};

/* Of all active tenants: open chats whose visitor was last seen before `before`, at most 2000, the longest absent first; active ones whose visitor
 * was said to have left are looked at no more. */
enum got chat_unseen(struct db *db, struct arena *arena, clock_ms before, struct db_rows *chats) MUST_USE;

/* When the daemon of that epoch (edge/bell.h) was first asked about; that is now for another one than the last time. */
enum got chat_live_since(struct db *db, const char *epoch, clock_ms now, clock_ms *since) MUST_USE;

/* Widget, visitor and conversation of a visitor's message in one question, which every message asks: the parts of `visit` that storing and
 * telling it need; sets r->tenant. GOT_NONE: something is not as it should be, and the long way tells what. */
enum got chat_door(struct req *r, const char *key, uint64_t conversation, struct visit *visit) MUST_USE;

/* Whose waiting chats somebody sees: all, those of the own queues, or only those that ring. */
enum chat_sight { CHAT_SIGHT_ALL, CHAT_SIGHT_QUEUES, CHAT_SIGHT_RINGING };

/* The agent's own active chats, and those that wait and are in sight. */
enum got chat_count_ongoing(struct db *db, tenant_id tenant, uint64_t agent, enum chat_sight sight, uint64_t *count) MUST_USE;

/* Ids, names and deleted_at of all that have chats or may get some: the live ones first, then the deleted ones that had chats, and that of the
 * id `asked`. */
enum got chat_agents_ever(struct db *db, struct arena *arena, tenant_id tenant, uint64_t asked, struct db_rows *agents) MUST_USE;
enum got chat_queues_ever(struct db *db, struct arena *arena, tenant_id tenant, uint64_t asked, struct db_rows *queues) MUST_USE;

/* Which contacts the agent who asks may see: those of own chats, of chats that ring, of chats of these queues, and those that the agent has
 * added. A condition on the table contact with its values. */
const char *chat_contact_scope(struct req *r, const struct field_set *queues, struct db_value *values);

#endif
