/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_news.h - gathering what must be told after the commit; doubles are kept once. */
#ifndef HARK_ROOMS_ROUTING_ROUTING_NEWS_H
#define HARK_ROOMS_ROUTING_ROUTING_NEWS_H

#include "rooms/routing/routing.h"

void routing_news_offer(struct routing *routing, uint64_t conversation, uint64_t agent);
void routing_news_offer_end(struct routing *routing, uint64_t conversation, uint64_t agent, const char *reason, const char *by);
/* `queue` and `agent`: where it was and who had it before, 0 for the same or nobody. */
void routing_news_conversation(struct routing *routing, uint64_t conversation, uint64_t queue, uint64_t agent);
/* Adds a message to the conversation; that is to be told, too. */
enum got routing_add_message(struct routing *routing, uint64_t conversation, struct message *message) MUST_USE;
void routing_news_agent(struct routing *routing, uint64_t agent);
/* Why the agent has this status, for the own console. */
void routing_news_status(struct routing *routing, uint64_t agent);
void routing_news_queue(struct routing *routing, uint64_t queue);

#endif
