/* SPDX-License-Identifier: BSD-2-Clause */
/* queue_resource.c - queues as settings. */
#include "edge/locale.h"
#include "rooms/hours/hours.h"
#include "rooms/people/people_store.h"
#include "rooms/people/agent/agent_rights.h"

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
	FIELD_REFERENCE(struct queue, calendar_id, FIELD_FORM | FIELD_LIST | FIELD_NULLABLE, .of = "calendar",
		.label = N_("Working hours"), .help = N_("When the queue is there, within the hours of the company. None is as the company.")),
	FIELD_TEXT(struct queue, hours, FIELD_READONLY | FIELD_LOCAL | FIELD_LIST, .label = N_("Now")),
	FIELD_LONG_TEXT(struct queue, closed_message, FIELD_FORM, .max = 500, .label = N_("Message outside the working hours"),
		.placeholder = N_("Thank you for coming by. We are closed at the moment."),
		.help = N_("Visitors read it in the chat window, with the time when you are back. Empty shows the usual text.")),
	FIELD_TIME(struct queue, created_at, FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct queue, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_TIME(struct queue, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

/* Whether each of them is there now, by a few statements for all. */
static enum got
queue_load_all(struct req *r, void *rows, size_t count)
{
	struct hours_state *states = ARENA_ARRAY(r->arena, struct hours_state, count);
	uint64_t *ids = ARENA_ARRAY(r->arena, uint64_t, count);
	struct queue *queue = rows;
	size_t i;

	for (i = 0; i < count; i++)
		ids[i] = queue[i].id;
	if (hours_of_queues(r, ids, count, states) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0; i < count; i++) {
		states[i].chats_ring = states[i].chats_ring && queue[i].for_chat;
		queue[i].hours = queue[i].deleted_at == 0 ? hours_say(r->arena, &states[i], r->now) : "";
	}
	return GOT_ONE;
}

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
		form_problem(r, form, "for_chat", N_("must be on when “%s” is off"), locale_text(N_("For the inbox")));
	else if (before != NULL && before->for_chat && !row->for_chat && is_last_for_chat(r, before))
		form_problem(r, form, "for_chat", N_("must stay: this is the last queue for chats"), NULL);
	agent_check_members(r, form, before != NULL ? &before->agents : NULL, &row->agents);
}

/* Looks again in the transaction: of two who take the last two queues away at once, one is told. */
static enum got
keep_one_for_chat(struct req *r)
{
	uint64_t left = 0;

	if (queue_lock_for_chat(r->db, r->tenant, &left) != GOT_ONE)
		return GOT_ERROR;
	return left > 0 ? GOT_ONE : GOT_NONE;
}

static enum got
queue_after_save(struct req *r, const void *old, const void *new)
{
	const struct queue *before = old, *row = new;

	return before != NULL && before->for_chat && !row->for_chat ? keep_one_for_chat(r) : GOT_ONE;
}

static void
queue_saved(struct req *r, const void *old, const void *new)
{
	static const struct field_set nobody = { NULL, 0 };
	const struct queue *before = old, *row = new;

	agent_tell_members(r, before != NULL ? &before->agents : &nobody, &row->agents, false);
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
	return hours_note(r) == GOT_ONE ? limit_page(r, LIMIT_QUEUES) : GOT_ERROR;
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
	return ((const struct queue *)old)->for_chat ? keep_one_for_chat(r) : GOT_ONE;
}

static void
queue_deleted(struct req *r, const void *old)
{
	const struct queue *row = old;

	agent_cut_rights(r, &row->agents);
}

const struct resource queue_resource = {
	.noun = "queue",
	.plural = "queues",
	.title = N_("Queues"),
	.title_one = N_("queue"),
	.help = N_("A queue is a group of agents, such as Sales or Support. Chats wait in a queue until one of its agents takes them."),
	.parting = N_("Chats that wait in it go to the oldest of the other queues for chats and ring there."),
	.fields = queue_fields,
	.size = sizeof(struct queue),
	.name_field = "name",
	.sort = "name",
	.may_read = MAY_MANAGE_QUEUES,
	.may_write = MAY_MANAGE_QUEUES,
	.load_all = queue_load_all,
	.check = queue_check,
	.may_add = queue_may_add,
	.list_load = queue_list_load,
	.after_save = queue_after_save,
	.saved = queue_saved,
	.may_delete = queue_may_delete,
	.after_delete = queue_after_delete,
	.deleted = queue_deleted
};
