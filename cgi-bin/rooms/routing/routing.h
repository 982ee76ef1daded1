/* SPDX-License-Identifier: BSD-2-Clause */
/* routing.h - who gets a waiting chat: offers that ring, acceptance by exactly one, transfer, release, and the sweep that finds
 * what was left behind.
 *
 * States: waiting (nobody to ring) -> offered (rings at one or more) -> active (one agent) -> closed. Every state has an exit: an
 * agent accepts or claims, a supervisor assigns or closes, the visitor ends, the sweep offers again or closes.
 *
 * Each order below runs in transactions of its own, repeated when the server reports a deadlock, and gathers what must be told in
 * `struct routing_news`; the caller rings with routing_tell() afterwards. All end in routing_settle(), which makes the offers of a queue
 * what they should be now; it may run at any time, any number of times.
 */
#ifndef HARK_ROOMS_ROUTING_ROUTING_H
#define HARK_ROOMS_ROUTING_ROUTING_H

#include "edge/db.h"
#include "rooms/conversation/conversation.h"
#include "rooms/people/people.h"
#include "web/job.h"
#include "web/req.h"

/* What changed and must be told after the commit. */
enum routing_news_kind { NEWS_OFFER, NEWS_OFFER_END, NEWS_CONVERSATION, NEWS_MESSAGE, NEWS_AGENT, NEWS_STATUS, NEWS_QUEUE };
struct routing_news_item {
	enum routing_news_kind what;
	uint64_t conversation;
	uint64_t agent;                  /* of OFFER, OFFER_END, AGENT, STATUS; of CONVERSATION: who had it before */
	uint64_t queue;                  /* of QUEUE; of CONVERSATION: where it was before */
	uint64_t seq;                    /* of MESSAGE */
	const char *reason;              /* of OFFER_END: accepted, refused, withdrawn, missed */
	const char *by;                  /* alias of who took it */
};
struct routing_news {
	struct routing_news_item *items; /* in the routing's arena */
	size_t count;
	size_t room;
};

enum routing_outcome {
	ROUTING_DONE,
	ROUTING_TAKEN,                   /* somebody else has it: routing.by */
	ROUTING_NOT_YOURS,               /* who orders it does not have it, and nobody else does */
	ROUTING_FULL,                    /* the agent is at the limit */
	ROUTING_LIMIT,                   /* the tenant is at the limit of its plan */
	ROUTING_CLOSED,
	ROUTING_NOT_ALLOWED,             /* the agent is not online, or may not chat */
	ROUTING_NOT_FOUND,
	ROUTING_FAILED                   /* the database */
};

/* What an order needs: made by the caller, used for one order. */
struct routing {
	struct db *db;
	struct arena *arena;
	tenant_id tenant;
	clock_ms now;
	struct routing_news news;
	const char *by;                  /* after TAKEN: the alias of who has it */
};

/* Makes the offers of the queue's waiting chats what they should be: oldest first to every agent with room who is online and within
 * the working hours (docs/hours.md), which bind what rings, not what people take or give by hand; withdraws those
 * of agents who are not able any more, and those that rang for as long as the company wants: they are missed, and too many of them
 * make the agent away. */
enum got routing_settle(struct routing *routing, uint64_t queue) MUST_USE;

/* After the commit that made a conversation: it rings, and consoles hear of it. Never fails the caller: the sweep finds what it missed. */
void routing_announce(struct routing *routing, const struct conversation *conversation, struct bell *bell);

/* The agent takes a waiting or ringing chat, or with `force` (a supervisor) an active one and over the limit.
 * Taking what one has already is DONE. */
struct routing_take {
	uint64_t conversation;
	const struct agent *agent;
	bool force;
	const char *word;                /* of the event: "accepted" or "claimed" */
};
enum routing_outcome routing_accept(struct routing *routing, const struct routing_take *take) MUST_USE;

enum routing_outcome routing_refuse(struct routing *routing, uint64_t conversation, const struct agent *agent) MUST_USE;

/* To an agent, or (agent 0) back into a queue, where it keeps its place by created_at. Only the agent who has it may, or `may_force`. To who
 * has it already is DONE, and the note is added. */
struct routing_transfer {
	uint64_t conversation;
	const struct agent *from;        /* who does it */
	uint64_t to_agent;
	uint64_t to_queue;
	bool may_force;                  /* a supervisor: from others */
	bool force;                      /* to who is not online, and over the limit */
	const char *note;                /* internal, may be "" */
};
enum routing_outcome routing_transfer(struct routing *routing, const struct routing_transfer *transfer) MUST_USE;

/* From an agent who is gone (deleted, or may not chat any more) back to the front of its queue; the visitor is told that a colleague takes
 * over. NOT_FOUND when the agent has it no more. */
enum routing_outcome routing_return(struct routing *routing, uint64_t conversation, const struct agent *agent) MUST_USE;

/* From a queue that takes no chats any more (deleted, or not for chats) to the company's oldest that does: all that wait there keep their
 * time, ring anew, and their visitors are told the place. Where no queue takes chats they stay, and ring nowhere. */
enum got routing_move(struct routing *routing, uint64_t queue) MUST_USE;

/* Closes with a reason (agent, visitor, abandoned, supervisor) and frees the capacity. Closing a closed one is DONE. */
struct routing_close {
	uint64_t conversation;
	const char *reason;
	const char *name;                /* of who closed it, "" for nobody */
	uint64_t only_of_agent;          /* not 0: only when this agent has it, else TAKEN or NOT_YOURS */
	bool only_waiting;               /* only while nobody has it, else TAKEN */
};
enum routing_outcome routing_close(struct routing *routing, const struct routing_close *close) MUST_USE;

/* After a change of status, limit or queues: settles all queues of the agent, tells the colleagues, and the agent why. */
enum got routing_agent_changed(struct routing *routing, uint64_t agent) MUST_USE;

/* For site.agent_left: the same, told at once. */
void routing_agent_left(struct req *r, uint64_t agent);

/* Position in the queue, 1 is next; 0 when it does not wait. */
enum got routing_position(struct db *db, tenant_id tenant, const struct conversation *conversation, uint64_t *position) MUST_USE;

/* Can anybody of the queue take chats now (online and within working hours; full ones count)? */
enum got routing_is_open(struct routing *routing, uint64_t queue, bool *is_open) MUST_USE;

/* {"message","opens_at"} when nobody of the queue keeps hours now: its own words for that ("" for none), and when the first is back (null:
 * no promise). NULL within the hours, also when nobody is online. */
enum got routing_closed_json(struct routing *routing, uint64_t queue, struct json **json) MUST_USE;

/* Ids of conversations that ring at the agent. */
enum got routing_offers_of(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, struct field_set *offers) MUST_USE;

/* Rings all of the news: reads the rows as they are now. Never fails the caller. */
void routing_tell(struct routing *routing, struct bell *bell);

/* Rings one message that was committed, on the topics of its conversation. */
void routing_tell_message(struct routing *routing, struct bell *bell, const struct conversation *conversation,
	const struct message *message);

/* Sets a status as agent_set_status() does, then as routing_agent_changed(). */
enum got routing_set_status(struct routing *routing, const struct status_change *change) MUST_USE;

/* An agent as the console sees it (docs/api-console.md). `queues` must be filled. */
struct json *routing_agent_json(struct arena *arena, const struct agent *agent, clock_ms now);

/* The conversation as its visitor sees it (docs/api-visit.md). */
enum got routing_visitor_json(struct routing *routing, const struct conversation *conversation, struct json **json) MUST_USE;

/* "5.q3 5.a12 5.t": where agents hear of the conversation. */
const char *routing_topics(struct arena *arena, tenant_id tenant, const struct conversation *conversation);

extern const struct job_kind routing_jobs[];     /* routing.sweep each second; routing.presence: whose status the rules change;
                                                  * agent.gone, agent.left: people's orders */

#endif
