/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_store.h - offers, and what routing asks of conversations and agents. */
#ifndef HARK_ROOMS_ROUTING_ROUTING_STORE_H
#define HARK_ROOMS_ROUTING_ROUTING_STORE_H

#include "rooms/routing/routing.h"

struct offer {
	uint64_t conversation_id;
	uint64_t agent_id;
	const char *state;               /* ringing, accepted, refused, missed, taken, withdrawn */
	clock_ms offered_at;
	clock_ms answered_at;
};

/* An agent of a queue who is online, and how many chats more may ring. */
struct able_agent {
	uint64_t id;
	uint64_t max_chats;              /* 0: without limit */
	uint64_t chats;
	uint64_t elsewhere;              /* ringing from other queues */
	bool keeps_hours;                /* the company, the queue or the agent keeps working hours: rooms/hours knows which */
	int64_t room;                    /* computed: what may still ring */
};

/* A queue with chats that wait. */
struct waiting_queue {
	uint64_t tenant_id;
	uint64_t queue_id;
	bool takes_chats;                /* false: it was deleted, or is not for chats any more */
};

/* Agents of the queue who are online; nobody of one that takes no chats, or of a company that is not active. */
enum got routing_able_agents(struct routing *routing, uint64_t queue, struct db_rows *agents) MUST_USE;
/* The same without those who are outside their working hours; two statements more where anybody keeps hours. */
enum got routing_agents_on_duty(struct routing *routing, uint64_t queue, struct db_rows *agents) MUST_USE;
/* Waiting and offered chats of the queue, oldest first, at most 50; locked, those of others skipped. */
enum got routing_waiting(struct routing *routing, uint64_t queue, struct db_rows *conversations) MUST_USE;
/* Ids of all that wait in the queue, oldest first, at most 100: for their positions. */
enum got routing_waiting_ids(struct routing *routing, uint64_t queue, struct db_rows *conversations) MUST_USE;
/* Since when the first in the queue waits; 0 when nobody does. */
enum got routing_oldest_waiting(struct routing *routing, uint64_t queue, clock_ms *since) MUST_USE;
/* Ids of the chats that the agent has, newest first. */
enum got routing_active_of(struct routing *routing, uint64_t agent, struct db_rows *conversations) MUST_USE;
/* Of all tenants. */
enum got routing_waiting_queues(struct db *db, struct arena *arena, struct db_rows *queues) MUST_USE;

enum got offer_all(struct routing *routing, uint64_t conversation, struct db_rows *offers) MUST_USE;
enum got offer_set(struct routing *routing, uint64_t conversation, uint64_t agent, const char *state) MUST_USE;
/* GOT_NONE: it does not ring at the agent, or not any more. */
enum got offer_refuse(struct routing *routing, uint64_t conversation, uint64_t agent) MUST_USE;
/* Those that still ring become `state`. */
enum got offer_end(struct routing *routing, uint64_t conversation, const char *state) MUST_USE;

#endif
