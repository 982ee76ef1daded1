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

/* Has every able agent refused it? Then the refusals wear off, so that the chat is not stuck. */
static bool
all_refused(const struct offer *offers, size_t offer_count, const struct able_agent *agents, size_t agent_count)
{
	const struct offer *offer;
	size_t i;

	for (i = 0; i < agent_count; i++) {
		offer = offer_of(offers, offer_count, agents[i].id);
		if (offer == NULL || strcmp(offer->state, "refused") != 0)
			return false;
	}
	return true;
}

enum routing_step
routing_step_for(const struct able_agent *agent, const struct offer *offers, size_t offer_count,
	const struct able_agent *agents, size_t agent_count, clock_ms now)
{
	const struct offer *offer = offer_of(offers, offer_count, agent->id);

	if (offer != NULL && strcmp(offer->state, "ringing") == 0)
		return agent->room > 0 ? ROUTING_STEP_KEEP : ROUTING_STEP_WITHDRAW;
	if (agent->room <= 0)
		return ROUTING_STEP_NONE;
	if (offer != NULL && strcmp(offer->state, "refused") == 0
		&& (offer->answered_at > now - ROUTING_RING_AGAIN || !all_refused(offers, offer_count, agents, agent_count)))
		return ROUTING_STEP_NONE;
	return ROUTING_STEP_RING;
}
