/* SPDX-License-Identifier: BSD-2-Clause */
/* queue_resource.c - queues as settings. */
#include "rooms/people/people_store.h"

static const struct field_via queue_agents_via = { "queue_agent", "queue_id", "agent_id" };

const struct field queue_fields[] = {
	FIELD_U64(struct queue, id, FIELD_KEY),
	FIELD_TEXT(struct queue, name, FIELD_FORM | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LIST | FIELD_SEARCH,
		.max = 80, .label = N_("Name"), .placeholder = N_("Sales")),
	FIELD_TEXT(struct queue, description, FIELD_FORM | FIELD_LIST | FIELD_SEARCH, .max = 255, .label = N_("Description")),
	FIELD_BOOL(struct queue, for_chat, FIELD_FORM | FIELD_LIST | FIELD_FILTER, .preset = "1", .label = N_("For chats"),
		.help = N_("Widgets and chats can use this queue.")),
	FIELD_BOOL(struct queue, for_inbox, FIELD_FORM | FIELD_LIST | FIELD_FILTER, .preset = "1", .label = N_("For the inbox"),
		.help = N_("Tickets can use this queue.")),
	FIELD_SET(struct queue, agents, FIELD_FORM | FIELD_LIST | FIELD_FILTER, .label = N_("Agents"),
		.help = N_("Who is offered the chats of this queue."), .of = "agent", .via = &queue_agents_via),
	FIELD_TIME(struct queue, created_at, FIELD_READONLY, .label = N_("Created")),
	FIELD_TIME(struct queue, updated_at, FIELD_READONLY, .label = N_("Changed")),
	FIELD_TIME(struct queue, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

static bool
is_last_for_chat(struct req *r, const struct queue *queue)
{
	uint64_t others = 0;

	return queue->for_chat
		&& (queue_count_for_chat(r->db, r->tenant, queue->id, &others) != GOT_ONE || others == 0);
}

static void
queue_check(struct req *r, struct form *form, const void *old, void *new)
{
	const struct queue *before = old, *row = new;

	if (!row->for_chat && !row->for_inbox)
		form_problem(r, form, "for_chat", N_("or the inbox must be chosen"), NULL);
	else if (before != NULL && before->for_chat && !row->for_chat && is_last_for_chat(r, before))
		form_problem(r, form, "for_chat", N_("must stay: this is the last queue for chats"), NULL);
}

static void
queue_saved(struct req *r, const void *old, const void *new)
{
	const struct queue *before = old, *row = new;

	if (before != NULL)
		agent_ring_rights(r, &before->agents);
	agent_ring_rights(r, &row->agents);
}

/* The plan of the company says how many. */
static enum got
queue_may_add(struct req *r, struct form *form, const void *row)
{
	(void)row;
	return limit_may_add(r, form, LIMIT_QUEUES);
}

static enum got
queue_list_load(struct req *r)
{
	return limit_page(r, LIMIT_QUEUES);
}

static bool
queue_may_delete(struct req *r, struct form *form, const void *row)
{
	if (is_last_for_chat(r, row))
		form_problem(r, form, "", N_("This is the last queue for chats: make another one first."), NULL);
	return form_is_good(form);
}

static enum got
queue_after_delete(struct req *r, const void *old)
{
	const struct queue *row = old;

	agent_ring_rights(r, &row->agents);
	return GOT_ONE;
}

const struct resource queue_resource = {
	.noun = "queue",
	.plural = "queues",
	.title = N_("Queues"),
	.title_one = N_("queue"),
	.help = N_("A queue is a group of agents, such as Sales or Support. Chats wait in a queue until one of its agents takes them."),
	.fields = queue_fields,
	.size = sizeof(struct queue),
	.name_field = "name",
	.sort = "name",
	.may_read = MAY_MANAGE_QUEUES,
	.may_write = MAY_MANAGE_QUEUES,
	.check = queue_check,
	.may_add = queue_may_add,
	.list_load = queue_list_load,
	.saved = queue_saved,
	.may_delete = queue_may_delete,
	.after_delete = queue_after_delete
};
