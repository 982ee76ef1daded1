/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_rules.c - who may hear a chat ring: decisions without I/O. */
#include "rooms/routing/routing_rules.h"

#include <string.h>

void
routing_count_room(struct able_agent *agents, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		int64_t most = agents[i].max_chats != 0 ? (int64_t)(agents[i].max_chats) - (int64_t)agents[i].chats : ROUTING_RINGS_MAX;

		agents[i].room = most - (int64_t)agents[i].elsewhere;
	}
}

bool
routing_is_able(const struct able_agent *agents, size_t count, uint64_t agent)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (agents[i].id == agent)
			return true;
	return false;
}

static const struct offer *
offer_of(const struct offer *offers, size_t count, uint64_t agent)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (offers[i].agent_id == agent)
			return &offers[i];
	return NULL;
}

/* Refused or missed: the agent had the chat and did not take it. */
static bool
was_declined(const struct offer *offer)
{
	return offer != NULL && (strcmp(offer->state, "refused") == 0 || strcmp(offer->state, "missed") == 0);
}

/* Has everybody declined it who has room? Then that wears off, so that the chat is not stuck. */
static bool
all_declined(const struct ringing *ringing)
{
	size_t i;

	for (i = 0; i < ringing->agent_count; i++)
		if (ringing->agents[i].room > 0 && !was_declined(offer_of(ringing->offers, ringing->offer_count, ringing->agents[i].id)))
			return false;
	return true;
}

static enum routing_step
step_of_ringing(const struct able_agent *agent, const struct offer *offer, const struct ringing *ringing)
{
	if (agent->room <= 0)
		return ROUTING_STEP_WITHDRAW;
	return offer->offered_at <= ringing->now - ringing->most ? ROUTING_STEP_MISS : ROUTING_STEP_KEEP;
}

enum routing_step
routing_step_for(const struct able_agent *agent, const struct ringing *ringing)
{
	const struct offer *offer = offer_of(ringing->offers, ringing->offer_count, agent->id);

	if (offer != NULL && strcmp(offer->state, "ringing") == 0)
		return step_of_ringing(agent, offer, ringing);
	if (agent->room <= 0)
		return ROUTING_STEP_NONE;
	if (was_declined(offer) && (offer->answered_at > ringing->now - ROUTING_RING_AGAIN || !all_declined(ringing)))
		return ROUTING_STEP_NONE;
	return ROUTING_STEP_RING;
}

clock_ms
routing_rings_since(const struct ringing *ringing, uint64_t agent)
{
	const struct offer *offer = offer_of(ringing->offers, ringing->offer_count, agent);

	return offer != NULL ? offer->offered_at : 0;
}
