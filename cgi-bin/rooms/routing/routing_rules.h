/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_rules.h - who may hear a chat ring: decisions without I/O. */
#ifndef HARK_ROOMS_ROUTING_ROUTING_RULES_H
#define HARK_ROOMS_ROUTING_ROUTING_RULES_H

#include "rooms/routing/routing_store.h"

/* A chat that everybody has refused or missed rings again after so long. */
#define ROUTING_RING_AGAIN (30 * CLOCK_SECOND)

/* So many chats at most ring at an agent without a limit at once. */
#define ROUTING_RINGS_MAX 20

/* The room of an agent who is not able any more. */
#define ROUTING_NO_ROOM INT64_MIN

enum routing_step { ROUTING_STEP_NONE, ROUTING_STEP_KEEP, ROUTING_STEP_RING, ROUTING_STEP_WITHDRAW, ROUTING_STEP_MISS };

/* A chat that waits: its offers, and who could take it. */
struct ringing {
	uint64_t conversation;
	const struct offer *offers;
	size_t offer_count;
	const struct able_agent *agents;
	size_t agent_count;
	clock_ms now;
	clock_ms most;                   /* an offer rings so long, then it is missed */
};

/* Sets `room` of each: the limit less active chats less what rings from other queues. */
void routing_count_room(struct able_agent *agents, size_t count);

bool routing_is_able(const struct able_agent *agents, size_t count, uint64_t agent);

/* What to do for this agent and the chat: keep ringing, ring, withdraw, take for missed, or nothing. */
enum routing_step routing_step_for(const struct able_agent *agent, const struct ringing *ringing);

/* When the offer to this agent began to ring; 0 without one. */
clock_ms routing_rings_since(const struct ringing *ringing, uint64_t agent);

#endif
