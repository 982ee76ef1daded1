/* SPDX-License-Identifier: BSD-2-Clause */
/* routing.c - accepting, refusing, transferring and closing: each an order with transactions of its own. */
#include "rooms/routing/routing.h"

#include <string.h>

#include "core/log.h"
#include "rooms/routing/routing_news.h"
#include "rooms/routing/routing_store.h"

/* An order on its way through a transaction, which may be tried more than once. */
struct order {
	struct routing *routing;
	size_t news_before;
	enum routing_outcome outcome;
	uint64_t queue;                  /* to be settled after the commit */
	uint64_t other_queue;
	const struct routing_take *take;
	const struct routing_transfer *transfer;
	const struct routing_close *close;
	const struct agent *agent;
	uint64_t conversation;
};

/* Runs `work`, then settles the queues that it touched. */
static enum routing_outcome
order_run(struct order *order, db_work *work)
{
	struct routing *routing = order->routing;

	order->news_before = routing->news.count;
	order->outcome = ROUTING_FAILED;
	if (db_transaction(routing->db, work, order) == GOT_ERROR) {
		routing->news.count = order->news_before;
		return ROUTING_FAILED;
	}
	if (order->outcome != ROUTING_DONE)
		return order->outcome;
	/* Whoever waits there has another place now. */
	if (order->queue != 0)
		routing_news_queue(routing, order->queue);
	if (order->other_queue != 0 && order->other_queue != order->queue)
		routing_news_queue(routing, order->other_queue);
	/* What settling misses here, the sweep finds: the order itself is done. */
	if (order->queue != 0 && routing_settle(routing, order->queue) == GOT_ERROR)
		log_warning("routing", "queue %llu was not settled", (unsigned long long)order->queue);
	if (order->other_queue != 0 && order->other_queue != order->queue
		&& routing_settle(routing, order->other_queue) == GOT_ERROR)
		log_warning("routing", "queue %llu was not settled", (unsigned long long)order->other_queue);
	return ROUTING_DONE;
}

void
routing_announce(struct routing *routing, const struct conversation *conversation, struct bell *bell)
{
	routing_news_conversation(routing, conversation->id, 0, 0);
	if (routing_settle(routing, conversation->queue_id) == GOT_ERROR)
		log_warning("routing", "queue %llu was not settled", (unsigned long long)conversation->queue_id);
	routing_tell(routing, bell);
}

/* Ends the transaction without a change. */
static enum got
refuse(struct order *order, enum routing_outcome outcome)
{
	order->outcome = outcome;
	return GOT_NONE;
}

/* The same order again: it is told again, since the process that carried it out may have died before it rang. */
static enum got
done_before(struct order *order, uint64_t conversation)
{
	routing_news_conversation(order->routing, conversation, 0, 0);
	return refuse(order, ROUTING_DONE);
}

/* Locks the conversation; GOT_NONE (and the outcome) when it is gone or closed. */
static enum got
order_lock(struct order *order, uint64_t id, struct conversation *conversation)
{
	struct routing *routing = order->routing;
	enum got got;

	routing->news.count = order->news_before;
	memset(conversation, 0, sizeof(*conversation));
	got = conversation_lock(routing->db, routing->arena, routing->tenant, id, conversation);
	if (got == GOT_NONE)
		return refuse(order, ROUTING_NOT_FOUND);
	if (got == GOT_ONE && conversation_is_closed(conversation))
		return refuse(order, ROUTING_CLOSED);
	return got;
}

/* Writes an event of the conversation and remembers to tell it. */
static enum got
order_event(struct routing *routing, uint64_t conversation, const char *what, struct json *details)
{
	struct message event = message_event(routing->arena, what, details);

	return routing_add_message(routing, conversation, &event);
}

/* The end, which those who are not on the web site must be told by their provider. */
static enum got
close_event(struct routing *routing, const struct conversation *conversation, struct json *details)
{
	struct message event = message_event(routing->arena, "closed", details);

	if (routing_add_message(routing, conversation->id, &event) != GOT_ONE)
		return GOT_ERROR;
	return delivery_order(routing->db, routing->arena, routing->tenant, conversation, &event, routing->now);
}

static struct json *
named(struct routing *routing, const char *name)
{
	struct json *details = json_new_object(routing->arena);

	json_set_text(details, "name", name);
	return details;
}

/* Everybody at whom the chat rings is told that it is over; their offers become `state`. */
static enum got
end_offers(struct routing *routing, uint64_t conversation, const char *state, const char *by)
{
	struct db_rows rows = { 0 };
	const struct offer *offers;
	size_t i;

	if (offer_all(routing, conversation, &rows) == GOT_ERROR)
		return GOT_ERROR;
	offers = rows.rows;
	for (i = 0; i < rows.count; i++)
		if (strcmp(offers[i].state, "ringing") == 0)
			routing_news_offer_end(routing, conversation, offers[i].agent_id,
				strcmp(state, "taken") == 0 ? "accepted" : "withdrawn", by);
	return offer_end(routing, conversation, state);
}

/* Counts the chat off whoever has it. */
static enum got
release_agent(struct routing *routing, const struct conversation *conversation)
{
	if (conversation->agent_id == 0)
		return GOT_ONE;
	routing_news_agent(routing, conversation->agent_id);
	return agent_leave_chat(routing->db, routing->tenant, conversation->agent_id) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* It is not for who orders it: somebody else has it, or nobody. */
static enum got
refuse_taken(struct order *order, const struct conversation *conversation)
{
	struct routing *routing = order->routing;
	struct agent owner = { 0 };

	if (conversation->agent_id == 0)
		return refuse(order, ROUTING_NOT_YOURS);
	if (agent_by_id(routing->db, routing->arena, routing->tenant, conversation->agent_id, &owner) == GOT_ERROR)
		return GOT_ERROR;
	routing->by = owner.alias;
	return refuse(order, ROUTING_TAKEN);
}

/* A chat that nobody has is one more of the tenant's; one that changes hands is counted already. */
static enum got
give_count(struct routing *routing, const struct conversation *conversation)
{
	struct limit_state state;

	if (conversation->agent_id != 0)
		return GOT_ONE;
	return limit_take_chat(routing->db, routing->tenant, routing->now, &state);
}

/* Gives the locked chat to the agent. */
static enum got
give(struct order *order, struct conversation *conversation, const struct agent *agent, bool force)
{
	struct routing *routing = order->routing;
	uint64_t before = conversation->agent_id;
	enum got got = give_count(routing, conversation);

	if (got == GOT_NONE)
		return refuse(order, ROUTING_LIMIT);
	if (got == GOT_ERROR)
		return got;
	got = agent_take_chat(routing->db, routing->tenant, agent->id, force);
	if (got == GOT_NONE)
		return refuse(order, ROUTING_FULL);
	if (got == GOT_ERROR || release_agent(routing, conversation) == GOT_ERROR
		|| offer_set(routing, conversation->id, agent->id, "accepted") == GOT_ERROR
		|| end_offers(routing, conversation->id, "taken", agent->alias) == GOT_ERROR)
		return GOT_ERROR;
	CHECK(conversation_may_become(conversation->state, "active"));
	conversation->state = "active";
	conversation->agent_id = agent->id;
	if (conversation->accepted_at == 0)
		conversation->accepted_at = routing->now;
	if (conversation_set_state(routing->db, routing->tenant, conversation) != GOT_ONE)
		return GOT_ERROR;
	routing_news_conversation(routing, conversation->id, 0, before);
	routing_news_agent(routing, agent->id);
	order->queue = conversation->queue_id;
	return GOT_ONE;
}

static enum got
accept_work(struct db *db, void *arg)
{
	struct order *order = arg;
	const struct routing_take *take = order->take;
	struct conversation conversation;
	enum got got = order_lock(order, take->conversation, &conversation);

	if (got != GOT_ONE)
		return got;
	if (conversation.agent_id == take->agent->id)
		return done_before(order, take->conversation);
	if (conversation.agent_id != 0 && !take->force)
		return refuse_taken(order, &conversation);
	got = give(order, &conversation, take->agent, take->force);
	if (got == GOT_ONE)
		got = agent_answered(db, order->routing->tenant, take->agent->id, order->routing->now);
	if (got == GOT_ONE)
		got = order_event(order->routing, conversation.id, take->word, named(order->routing, take->agent->alias));
	if (got == GOT_ONE)
		order->outcome = ROUTING_DONE;
	return got;
}

enum routing_outcome
routing_accept(struct routing *routing, const struct routing_take *take)
{
	struct order order = { .routing = routing, .take = take };

	return order_run(&order, accept_work);
}

static enum got
refuse_work(struct db *db, void *arg)
{
	struct order *order = arg;
	struct routing *routing = order->routing;
	struct conversation conversation;
	enum got got = order_lock(order, order->conversation, &conversation);

	(void)db;
	if (got != GOT_ONE)
		return got;
	if (conversation.agent_id != 0)
		return refuse_taken(order, &conversation);
	got = offer_refuse(routing, conversation.id, order->agent->id);
	if (got != GOT_ONE)
		return got == GOT_NONE ? done_before(order, conversation.id) : got;
	conversation.refusals++;
	if (agent_answered(routing->db, routing->tenant, order->agent->id, routing->now) == GOT_ERROR
		|| conversation_set_state(routing->db, routing->tenant, &conversation) == GOT_ERROR
		|| order_event(routing, conversation.id, "refused", named(routing, order->agent->alias)) != GOT_ONE)
		return GOT_ERROR;
	routing_news_offer_end(routing, conversation.id, order->agent->id, "refused", order->agent->alias);
	order->queue = conversation.queue_id;
	order->outcome = ROUTING_DONE;
	return GOT_ONE;
}

enum routing_outcome
routing_refuse(struct routing *routing, uint64_t conversation, const struct agent *agent)
{
	struct order order = { .routing = routing, .conversation = conversation, .agent = agent };

	return order_run(&order, refuse_work);
}

/* Back into a queue: it waits again, and whoever gave it away is asked last. */
static enum got
give_back(struct order *order, struct conversation *conversation, uint64_t queue)
{
	struct routing *routing = order->routing;
	uint64_t before = conversation->agent_id;

	if (release_agent(routing, conversation) == GOT_ERROR
		|| end_offers(routing, conversation->id, "withdrawn", "") == GOT_ERROR
		|| offer_set(routing, conversation->id, order->transfer->from->id, "refused") == GOT_ERROR)
		return GOT_ERROR;
	routing_news_conversation(routing, conversation->id, conversation->queue_id, before);
	order->other_queue = conversation->queue_id;
	order->queue = queue;
	conversation->state = "waiting";
	conversation->agent_id = 0;
	conversation->queue_id = queue;
	conversation->waiting_since = conversation->created_at;
	return conversation_set_state(routing->db, routing->tenant, conversation);
}

/* The note for colleagues, when there is one. */
static enum got
transfer_note(struct routing *routing, const struct conversation *conversation, const struct routing_transfer *transfer)
{
	struct message note = {
		.kind = "note", .author_kind = "agent", .author_id = transfer->from->id, .author_name = transfer->from->alias,
		.body = transfer->note
	};

	if (transfer->note == NULL || transfer->note[0] == '\0')
		return GOT_ONE;
	return routing_add_message(routing, conversation->id, &note);
}

/* Tells the story: who gave it to whom, and the note. */
static enum got
transfer_story(struct routing *routing, const struct conversation *conversation, const struct routing_transfer *transfer,
	const char *to)
{
	struct json *details = named(routing, transfer->from->alias);

	json_set_text(details, "to", to);
	if (order_event(routing, conversation->id, "transferred", details) != GOT_ONE)
		return GOT_ERROR;
	return transfer_note(routing, conversation, transfer);
}

static enum got
transfer_to_agent(struct order *order, struct conversation *conversation)
{
	struct routing *routing = order->routing;
	const struct routing_transfer *transfer = order->transfer;
	struct agent agent = { 0 };
	enum got got = agent_by_id(routing->db, routing->arena, routing->tenant, transfer->to_agent, &agent);

	if (got == GOT_NONE || (got == GOT_ONE && agent.deleted_at != 0))
		return refuse(order, ROUTING_NOT_FOUND);
	if (got == GOT_ERROR)
		return got;
	if (conversation->agent_id == agent.id)
		return transfer_note(routing, conversation, transfer);
	got = agent_may_chat(routing->db, routing->arena, routing->tenant, agent.id);
	if (got == GOT_NONE || (got == GOT_ONE && !agent_is_online(&agent, routing->now) && !transfer->force))
		return refuse(order, ROUTING_NOT_ALLOWED);
	if (got == GOT_ERROR)
		return got;
	got = give(order, conversation, &agent, transfer->force);
	return got == GOT_ONE ? transfer_story(routing, conversation, transfer, agent.alias) : got;
}

static enum got
transfer_to_queue(struct order *order, struct conversation *conversation)
{
	struct routing *routing = order->routing;
	struct queue queue = { 0 };
	enum got got = queue_by_id(routing->db, routing->arena, routing->tenant, order->transfer->to_queue, &queue);

	if (got == GOT_NONE || (got == GOT_ONE && (queue.deleted_at != 0 || !queue.for_chat)))
		return refuse(order, ROUTING_NOT_FOUND);
	if (got == GOT_ONE)
		got = give_back(order, conversation, queue.id);
	return got == GOT_ONE ? transfer_story(routing, conversation, order->transfer, queue.name) : got;
}

static enum got
transfer_work(struct db *db, void *arg)
{
	struct order *order = arg;
	const struct routing_transfer *transfer = order->transfer;
	struct conversation conversation;
	enum got got = order_lock(order, transfer->conversation, &conversation);

	(void)db;
	if (got != GOT_ONE)
		return got;
	if (conversation.agent_id != transfer->from->id && !transfer->may_force)
		return refuse_taken(order, &conversation);
	got = transfer->to_agent != 0 ? transfer_to_agent(order, &conversation) : transfer_to_queue(order, &conversation);
	if (got == GOT_ONE)
		order->outcome = ROUTING_DONE;
	return got;
}

enum routing_outcome
routing_transfer(struct routing *routing, const struct routing_transfer *transfer)
{
	struct order order = { .routing = routing, .transfer = transfer };

	return order_run(&order, transfer_work);
}

static enum got
close_work(struct db *db, void *arg)
{
	struct order *order = arg;
	struct routing *routing = order->routing;
	const struct routing_close *closing = order->close;
	struct conversation conversation;
	struct json *details = named(routing, closing->name);
	enum got got = order_lock(order, closing->conversation, &conversation);

	(void)db;
	if (got == GOT_NONE && order->outcome == ROUTING_CLOSED)
		return done_before(order, closing->conversation);
	if (got != GOT_ONE)
		return got;
	if ((closing->only_of_agent != 0 && conversation.agent_id != closing->only_of_agent) || (closing->only_waiting && conversation.agent_id != 0))
		return refuse_taken(order, &conversation);
	if (release_agent(routing, &conversation) == GOT_ERROR
		|| end_offers(routing, conversation.id, "withdrawn", "") == GOT_ERROR)
		return GOT_ERROR;
	CHECK(conversation_may_become(conversation.state, "closed"));
	conversation.state = "closed";
	conversation.close_reason = conversation.accepted_at == 0 && strcmp(closing->reason, "visitor") == 0
		? "abandoned" : closing->reason;
	conversation.closed_at = routing->now;
	json_set_text(details, "reason", conversation.close_reason);
	if (conversation_set_state(routing->db, routing->tenant, &conversation) != GOT_ONE
		|| close_event(routing, &conversation, details) != GOT_ONE)
		return GOT_ERROR;
	routing_news_conversation(routing, conversation.id, 0, 0);
	order->queue = conversation.queue_id;
	order->outcome = ROUTING_DONE;
	return GOT_ONE;
}

enum routing_outcome
routing_close(struct routing *routing, const struct routing_close *close)
{
	struct order order = { .routing = routing, .close = close };

	return order_run(&order, close_work);
}

/* The chat of an agent who is gone waits again, before everybody who waits there: it was answered once. */
static enum got
return_work(struct db *db, void *arg)
{
	struct order *order = arg;
	struct routing *routing = order->routing;
	struct conversation conversation;
	clock_ms oldest = 0;
	enum got got = order_lock(order, order->conversation, &conversation);

	(void)db;
	if (got != GOT_ONE)
		return got;
	if (conversation.agent_id != order->agent->id)
		return refuse(order, ROUTING_NOT_FOUND);
	if (release_agent(routing, &conversation) == GOT_ERROR
		|| end_offers(routing, conversation.id, "withdrawn", "") == GOT_ERROR
		|| routing_oldest_waiting(routing, conversation.queue_id, &oldest) == GOT_ERROR)
		return GOT_ERROR;
	CHECK(conversation_may_become(conversation.state, "waiting"));
	conversation.state = "waiting";
	conversation.agent_id = 0;
	conversation.waiting_since = oldest != 0 && oldest <= conversation.created_at ? oldest - 1 : conversation.created_at;
	if (conversation_set_state(routing->db, routing->tenant, &conversation) != GOT_ONE
		|| order_event(routing, conversation.id, "agent_gone", named(routing, order->agent->alias)) != GOT_ONE)
		return GOT_ERROR;
	routing_news_conversation(routing, conversation.id, 0, order->agent->id);
	order->queue = conversation.queue_id;
	order->outcome = ROUTING_DONE;
	return GOT_ONE;
}

enum routing_outcome
routing_return(struct routing *routing, uint64_t conversation, const struct agent *agent)
{
	struct order order = { .routing = routing, .conversation = conversation, .agent = agent };

	return order_run(&order, return_work);
}

enum got
routing_agent_changed(struct routing *routing, uint64_t agent)
{
	struct field_set queues = { 0 };
	enum got got = queue_ids_of_agent(routing->db, routing->arena, routing->tenant, agent, &queues);
	size_t i;

	routing_news_agent(routing, agent);
	routing_news_status(routing, agent);
	for (i = 0; i < queues.count && got != GOT_ERROR; i++)
		got = routing_settle(routing, queues.ids[i]);
	return got;
}

enum got
routing_set_status(struct routing *routing, const struct status_change *change)
{
	enum got got = agent_set_status(routing->db, routing->arena, routing->tenant, change, routing->now);

	if (got != GOT_ONE)
		return got;
	return routing_agent_changed(routing, change->agent) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

void
routing_agent_left(struct req *r, uint64_t agent)
{
	struct routing routing = { .db = r->db, .arena = r->arena, .tenant = r->tenant, .now = r->now };

	if (routing_agent_changed(&routing, agent) == GOT_ERROR)
		log_warning("routing", "the queues of agent %llu were not settled", (unsigned long long)agent);
	routing_tell(&routing, r->site->bell);
}
