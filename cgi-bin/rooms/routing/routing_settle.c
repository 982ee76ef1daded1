/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_settle.c - makes the offers of a queue what they should be now: the one place that decides at whom a chat rings. */
#include "rooms/routing/routing.h"

#include <string.h>

#include "rooms/routing/routing_news.h"
#include "rooms/routing/routing_rules.h"
#include "rooms/routing/routing_store.h"

/* So many news of one run are enough: what a long queue needs besides, the next sweep does a second later. */
#define NEWS_MANY 500

/* One queue being settled. */
struct settling {
	struct routing *routing;
	uint64_t queue;
	size_t news_before;
	struct able_agent *agents;
	size_t agent_count;
	struct presence presence;
};

static enum got
ring(struct settling *settling, uint64_t conversation, uint64_t agent)
{
	routing_news_offer(settling->routing, conversation, agent);
	return offer_set(settling->routing, conversation, agent, "ringing") == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

static enum got
withdraw(struct settling *settling, uint64_t conversation, uint64_t agent)
{
	routing_news_offer_end(settling->routing, conversation, agent, "withdrawn", "");
	return offer_set(settling->routing, conversation, agent, "withdrawn") == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* It rang for long enough. Whoever leaves too many unanswered is away now, and hears nothing more. */
static enum got
miss(struct settling *settling, struct able_agent *agent, const struct ringing *ringing)
{
	struct routing *routing = settling->routing;
	const struct missed_offer offer = { .agent = agent->id, .offered_at = routing_rings_since(ringing, agent->id) };
	enum got got;

	routing_news_offer_end(routing, ringing->conversation, agent->id, "missed", "");
	if (offer_set(routing, ringing->conversation, agent->id, "missed") == GOT_ERROR)
		return GOT_ERROR;
	got = agent_missed(routing->db, routing->arena, routing->tenant, &settling->presence, &offer, routing->now);
	if (got == GOT_ONE) {
		agent->room = ROUTING_NO_ROOM;
		routing_news_agent(routing, agent->id);
		routing_news_status(routing, agent->id);
	}
	return got;
}

/* Offers that ring at agents who are not able any more are withdrawn. */
static enum got
withdraw_lost(struct settling *settling, const struct conversation *chat, const struct db_rows *offers)
{
	const struct offer *rows = offers->rows;
	size_t i;

	for (i = 0; i < offers->count; i++)
		if (strcmp(rows[i].state, "ringing") == 0
			&& !routing_is_able(settling->agents, settling->agent_count, rows[i].agent_id)
			&& withdraw(settling, chat->id, rows[i].agent_id) == GOT_ERROR)
			return GOT_ERROR;
	return GOT_ONE;
}

static enum got
settle_agent(struct settling *settling, struct able_agent *agent, const struct ringing *ringing, size_t *rings)
{
	enum routing_step step = routing_step_for(agent, ringing);

	if (step == ROUTING_STEP_KEEP || step == ROUTING_STEP_RING) {
		agent->room--;
		++*rings;
	}
	switch (step) {
	case ROUTING_STEP_RING:
		return ring(settling, ringing->conversation, agent->id);
	case ROUTING_STEP_WITHDRAW:
		return withdraw(settling, ringing->conversation, agent->id);
	case ROUTING_STEP_MISS:
		return miss(settling, agent, ringing);
	case ROUTING_STEP_KEEP:
	case ROUTING_STEP_NONE:
		break;
	}
	return GOT_ONE;
}

/* One chat: each able agent with room hears it. *rings: at how many. */
static enum got
settle_chat(struct settling *settling, const struct conversation *chat, const struct db_rows *offers, size_t *rings)
{
	const struct ringing ringing = {
		.conversation = chat->id, .offers = offers->rows, .offer_count = offers->count, .agents = settling->agents, .agent_count = settling->agent_count,
		.now = settling->routing->now, .most = (clock_ms)settling->presence.ring_seconds * CLOCK_SECOND
	};
	size_t i;

	*rings = 0;
	for (i = 0; i < settling->agent_count; i++)
		if (settle_agent(settling, &settling->agents[i], &ringing, rings) == GOT_ERROR)
			return GOT_ERROR;
	return withdraw_lost(settling, chat, offers);
}

static enum got
settle_state(struct settling *settling, struct conversation *chat, size_t rings)
{
	struct routing *routing = settling->routing;
	const char *state = rings > 0 ? "offered" : "waiting";

	if (strcmp(chat->state, state) == 0)
		return GOT_ONE;
	CHECK(conversation_may_become(chat->state, state));
	chat->state = state;
	routing_news_conversation(routing, chat->id, 0, 0);
	return conversation_set_state(routing->db, routing->tenant, chat);
}

static enum got
settle_work(struct db *db, void *arg)
{
	struct settling *settling = arg;
	struct routing *routing = settling->routing;
	struct db_rows agents = { 0 }, chats = { 0 }, offers;
	struct conversation *rows;
	size_t i, rings;

	(void)db;
	routing->news.count = settling->news_before;
	if (routing_waiting(routing, settling->queue, &chats) == GOT_ERROR)
		return GOT_ERROR;
	if (chats.count == 0)
		return GOT_ONE;
	if (routing_agents_on_duty(routing, settling->queue, &agents) == GOT_ERROR)
		return GOT_ERROR;
	settling->agents = agents.rows;
	settling->agent_count = agents.count;
	routing_count_room(settling->agents, settling->agent_count);
	rows = chats.rows;
	for (i = 0; i < chats.count && routing->news.count < NEWS_MANY; i++) {
		memset(&offers, 0, sizeof(offers));
		if (offer_all(routing, rows[i].id, &offers) == GOT_ERROR
			|| settle_chat(settling, &rows[i], &offers, &rings) == GOT_ERROR
			|| settle_state(settling, &rows[i], rings) == GOT_ERROR)
			return GOT_ERROR;
	}
	return GOT_ONE;
}

enum got
routing_settle(struct routing *routing, uint64_t queue)
{
	struct settling settling = { .routing = routing, .queue = queue, .news_before = routing->news.count };
	enum got got = presence_load(routing->db, routing->arena, routing->tenant, &settling.presence);

	if (got == GOT_ONE)
		got = db_transaction(routing->db, settle_work, &settling);
	if (got == GOT_ERROR)
		routing->news.count = settling.news_before;
	return got;
}
