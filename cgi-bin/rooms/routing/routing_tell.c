/* SPDX-License-Identifier: BSD-2-Clause */
/* routing_tell.c - the news of routing, gathered inside transactions and rung after the commit (docs/live.md). */
#include "rooms/routing/routing.h"

#include <string.h>

#include "rooms/routing/routing_news.h"
#include "rooms/routing/routing_store.h"

#define NEWS_FIRST 32                /* items; twice as many each time that they do not fit */

static void
news_grow(struct routing *routing)
{
	struct routing_news *news = &routing->news;
	struct routing_news_item *old = news->items;

	news->room = news->room > 0 ? 2 * news->room : NEWS_FIRST;
	news->items = ARENA_ARRAY(routing->arena, struct routing_news_item, news->room);
	if (news->count > 0)
		memcpy(news->items, old, news->count * sizeof(*old));
}

static void
news_add(struct routing *routing, const struct routing_news_item *item)
{
	struct routing_news *news = &routing->news;
	size_t i;

	for (i = 0; i < news->count; i++)
		if (news->items[i].what == item->what && news->items[i].conversation == item->conversation
			&& news->items[i].agent == item->agent && news->items[i].queue == item->queue && news->items[i].seq == item->seq)
			return;
	if (news->count == news->room)
		news_grow(routing);
	news->items[news->count++] = *item;
}

void
routing_news_offer(struct routing *routing, uint64_t conversation, uint64_t agent)
{
	news_add(routing, &(struct routing_news_item){ .what = NEWS_OFFER, .conversation = conversation, .agent = agent });
}

void
routing_news_offer_end(struct routing *routing, uint64_t conversation, uint64_t agent, const char *reason, const char *by)
{
	news_add(routing, &(struct routing_news_item){ .what = NEWS_OFFER_END, .conversation = conversation, .agent = agent,
		.reason = reason, .by = by });
}

void
routing_news_conversation(struct routing *routing, uint64_t conversation, uint64_t queue, uint64_t agent)
{
	news_add(routing, &(struct routing_news_item){ .what = NEWS_CONVERSATION, .conversation = conversation, .queue = queue,
		.agent = agent });
}

enum got
routing_add_message(struct routing *routing, uint64_t conversation, struct message *message)
{
	if (message_add(routing->db, routing->arena, routing->tenant, conversation, message, routing->now) != GOT_ONE)
		return GOT_ERROR;
	news_add(routing, &(struct routing_news_item){ .what = NEWS_MESSAGE, .conversation = conversation, .seq = message->seq });
	return GOT_ONE;
}

void
routing_news_agent(struct routing *routing, uint64_t agent)
{
	news_add(routing, &(struct routing_news_item){ .what = NEWS_AGENT, .agent = agent });
}

void
routing_news_status(struct routing *routing, uint64_t agent)
{
	news_add(routing, &(struct routing_news_item){ .what = NEWS_STATUS, .agent = agent });
}

void
routing_news_queue(struct routing *routing, uint64_t queue)
{
	news_add(routing, &(struct routing_news_item){ .what = NEWS_QUEUE, .queue = queue });
}

const char *
routing_topics(struct arena *arena, tenant_id tenant, const struct conversation *conversation)
{
	struct str topics;

	str_init(&topics, arena);
	str_add(&topics, bell_topic_of_all(arena, tenant, 't'));
	if (conversation->queue_id != 0)
		str_addf(&topics, " %s", bell_topic(arena, tenant, 'q', conversation->queue_id));
	if (conversation->agent_id != 0)
		str_addf(&topics, " %s", agent_key(arena, tenant, conversation->agent_id));
	return topics.data;
}

static const char *
topic(struct routing *routing, char letter, uint64_t id)
{
	return bell_topic(routing->arena, routing->tenant, letter, id);
}

static struct json *
event(struct routing *routing, const char *type, uint64_t conversation)
{
	struct json *json = json_new_object(routing->arena);

	json_set_text(json, "type", type);
	if (conversation != 0)
		json_set_u64(json, "c", conversation);
	return json;
}

static void
ring(struct routing *routing, struct bell *bell, const char *topics, const struct json *json)
{
	bell_ring(bell, topics, json_text(routing->arena, json));
}

void
routing_tell_message(struct routing *routing, struct bell *bell, const struct conversation *conversation,
	const struct message *message)
{
	const char *topics = routing_topics(routing->arena, routing->tenant, conversation);
	const char *visitor = topic(routing, 'v', conversation->id);
	struct json *json = event(routing, "message", conversation->id);

	json_set_u64(json, "seq", message->seq);
	json_set(json, "message", message_json(routing->arena, message));
	/* What the visitor wrote reads the same on both sides. */
	if (strcmp(message->author_kind, "visitor") == 0 && message_is_for_visitor(message)) {
		ring(routing, bell, arena_printf(routing->arena, "%s %s", topics, visitor), json);
		return;
	}
	ring(routing, bell, topics, json);
	json = event(routing, "message", conversation->id);
	json_set_u64(json, "seq", message->seq);
	json_set(json, "message", message_json_for_visitor(routing->arena, message));
	ring(routing, bell, visitor, json);
}

static void
tell_message(struct routing *routing, struct bell *bell, const struct routing_news_item *item,
	const struct conversation *conversation)
{
	struct db_rows rows = { 0 };

	if (message_after(routing->db, routing->arena, routing->tenant, conversation->id, item->seq - 1, 1, &rows) == GOT_ONE)
		routing_tell_message(routing, bell, conversation, rows.rows);
}

/* What the agent lets visitors see. The picture's path is below "/visit/KEY/". */
static struct json *
visible_agent(struct routing *routing, const struct agent *agent)
{
	struct json *json = json_new_object(routing->arena);

	json_set_text(json, "alias", agent->alias);
	json_set_text(json, "title", agent->show_title ? agent->title : "");
	json_set_text(json, "bio", agent->show_bio ? agent->bio : "");
	json_set_text(json, "picture", agent->show_photo && agent->avatar[0] != '\0' ? agent_avatar_path(routing->arena, agent) + 1 : NULL);
	return json;
}

enum got
routing_visitor_json(struct routing *routing, const struct conversation *conversation, struct json **json)
{
	struct agent agent = { 0 };
	struct json *closed = NULL;
	uint64_t position = 0;

	*json = json_new_object(routing->arena);
	if (routing_position(routing->db, routing->tenant, conversation, &position) == GOT_ERROR)
		return GOT_ERROR;
	/* It rings at nobody: perhaps because of the hour. */
	if (strcmp(conversation->state, "waiting") == 0
		&& routing_closed_json(routing, conversation->queue_id, &closed) == GOT_ERROR)
		return GOT_ERROR;
	json_set_u64(*json, "id", conversation->id);
	json_set_text(*json, "state", conversation->state);
	json_set_text(*json, "close_reason", conversation->close_reason);
	json_set_u64(*json, "position", position);
	json_set_u64(*json, "last_seq", conversation->last_seq);
	json_set_u64(*json, "visitor_seen_seq", conversation->visitor_seen_seq);
	json_set_u64(*json, "agent_seen_seq", conversation->agent_seen_seq);
	json_set(*json, "closed", closed);
	json_set(*json, "agent", NULL);
	if (conversation->agent_id == 0)
		return GOT_ONE;
	if (agent_by_id(routing->db, routing->arena, routing->tenant, conversation->agent_id, &agent) == GOT_ERROR)
		return GOT_ERROR;
	json_set(*json, "agent", visible_agent(routing, &agent));
	return GOT_ONE;
}

/* The visitor hears the state and the place in the queue. */
static void
tell_visitor(struct routing *routing, struct bell *bell, const struct conversation *conversation)
{
	struct json *json;

	if (routing_visitor_json(routing, conversation, &json) != GOT_ONE)
		return;
	json_set_text(json, "type", "state");
	json_set_u64(json, "c", conversation->id);
	ring(routing, bell, topic(routing, 'v', conversation->id), json);
}

static void
tell_conversation(struct routing *routing, struct bell *bell, const struct routing_news_item *item,
	const struct conversation *conversation)
{
	struct json *json = event(routing, "conversation", conversation->id);
	struct str topics;

	json_set(json, "conversation", conversation_row_json(routing->arena, conversation));
	str_init(&topics, routing->arena);
	str_add(&topics, routing_topics(routing->arena, routing->tenant, conversation));
	if (item->queue != 0 && item->queue != conversation->queue_id)
		str_addf(&topics, " %s", topic(routing, 'q', item->queue));
	if (item->agent != 0 && item->agent != conversation->agent_id)
		str_addf(&topics, " %s", topic(routing, 'a', item->agent));
	ring(routing, bell, topics.data, json);
	tell_visitor(routing, bell, conversation);
}

static void
tell_offer(struct routing *routing, struct bell *bell, const struct routing_news_item *item,
	const struct conversation *conversation)
{
	struct json *json = event(routing, item->what == NEWS_OFFER ? "offer" : "offer_end", item->conversation);

	if (item->what == NEWS_OFFER) {
		json_set(json, "conversation", conversation_row_json(routing->arena, conversation));
	} else {
		json_set_text(json, "reason", item->reason);
		json_set_text(json, "by", item->by);
	}
	ring(routing, bell, topic(routing, 'a', item->agent), json);
}

struct json *
routing_agent_json(struct arena *arena, const struct agent *agent, clock_ms now)
{
	struct json *json = json_new_object(arena);
	struct json *queues = json_new_array(arena);
	size_t i;

	for (i = 0; i < agent->queues.count; i++)
		json_add_u64(queues, agent->queues.ids[i]);
	json_set_u64(json, "id", agent->id);
	json_set_text(json, "alias", agent->alias);
	json_set_text(json, "name", agent_name(arena, agent));
	json_set_text(json, "title", agent->title);
	json_set_text(json, "avatar", agent_avatar_path(arena, agent));
	json_set_text(json, "status", strcmp(agent->status, "online") != 0 || agent_is_online(agent, now) ? agent->status : "offline");
	json_set_u64(json, "away_id", agent->away_id);
	json_set_u64(json, "chats", agent->chats);
	if (agent->max_chats != 0)
		json_set_u64(json, "max_chats", agent->max_chats);
	else
		json_set_text(json, "max_chats", NULL);
	json_set(json, "queues", queues);
	return json;
}

/* Colleagues of the agent's queues, supervisors, those who hear of no queue, and the agent's own tabs. */
static void
tell_agent(struct routing *routing, struct bell *bell, const struct routing_news_item *item)
{
	struct agent agent = { 0 };
	struct json *json = event(routing, "agent", 0);
	struct str topics;
	size_t i;

	if (agent_by_id(routing->db, routing->arena, routing->tenant, item->agent, &agent) != GOT_ONE
		|| queue_ids_of_agent(routing->db, routing->arena, routing->tenant, item->agent, &agent.queues) == GOT_ERROR)
		return;
	json_set(json, "agent", routing_agent_json(routing->arena, &agent, routing->now));
	str_init(&topics, routing->arena);
	str_addf(&topics, "%s %s %s", bell_topic_of_all(routing->arena, routing->tenant, 't'), topic(routing, 'p', 0), topic(routing, 'a', agent.id));
	for (i = 0; i < agent.queues.count && i < BELL_TOPICS_MAX - 3; i++)
		str_addf(&topics, " %s", topic(routing, 'q', agent.queues.ids[i]));
	ring(routing, bell, topics.data, json);
}

/* The agent's own tabs hear who set the status and why. */
static void
tell_status(struct routing *routing, struct bell *bell, const struct routing_news_item *item)
{
	struct status_entry entry = { 0 };
	struct json *json = event(routing, "status", 0);

	if (agent_status_entry(routing->db, routing->arena, routing->tenant, item->agent, &entry) == GOT_ERROR)
		return;
	json_set(json, "why", agent_status_why(routing->arena, &entry));
	ring(routing, bell, topic(routing, 'a', item->agent), json);
}

/* All who wait in the queue hear their new place. */
static void
tell_queue(struct routing *routing, struct bell *bell, const struct routing_news_item *item)
{
	struct db_rows rows = { 0 };
	const struct conversation *waiting;
	struct json *json;
	size_t i;

	if (routing_waiting_ids(routing, item->queue, &rows) != GOT_ONE)
		return;
	waiting = rows.rows;
	for (i = 0; i < rows.count; i++) {
		json = event(routing, "state", waiting[i].id);
		json_set_text(json, "state", "waiting");
		json_set_u64(json, "position", i + 1);
		json_set_u64(json, "last_seq", waiting[i].last_seq);
		ring(routing, bell, topic(routing, 'v', waiting[i].id), json);
	}
}

/* `*last` is the conversation that was read last: several items mostly concern the same one. */
static void
tell_item(struct routing *routing, struct bell *bell, const struct routing_news_item *item, struct conversation *last)
{
	if (item->what == NEWS_AGENT) {
		tell_agent(routing, bell, item);
		return;
	}
	if (item->what == NEWS_STATUS) {
		tell_status(routing, bell, item);
		return;
	}
	if (item->what == NEWS_QUEUE) {
		tell_queue(routing, bell, item);
		return;
	}
	if (last->id != item->conversation) {
		*last = (struct conversation){ 0 };
		if (conversation_by_id(routing->db, routing->arena, routing->tenant, item->conversation, last) != GOT_ONE)
			return;
	}
	if (item->what == NEWS_MESSAGE)
		tell_message(routing, bell, item, last);
	else if (item->what == NEWS_CONVERSATION)
		tell_conversation(routing, bell, item, last);
	else
		tell_offer(routing, bell, item, last);
}

void
routing_tell(struct routing *routing, struct bell *bell)
{
	struct conversation last = { 0 };
	size_t i;

	for (i = 0; i < routing->news.count; i++)
		tell_item(routing, bell, &routing->news.items[i], &last);
	routing->news.count = 0;
}
