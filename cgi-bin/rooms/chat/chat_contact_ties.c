/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_contact_ties.c - what contacts are to chats: who may see whom, the chats with somebody, and two contacts that become one. */
#include "rooms/chat/chat_store.h"

#include "rooms/channel/channel.h"
#include "rooms/chat/chat_console.h"
#include "rooms/chat/chat_history_views.h"
#include "rooms/contact/contact.h"

#define CONTACT_CHATS 20             /* on the page of a contact; the history has the others */

/* The queues whose chats the actor may see; NULL in the filter is all. */
static enum got
seen_queues(struct req *r, struct field_set *queues)
{
	*queues = (struct field_set){ .ids = NULL };
	if (!req_may(r, MAY_SEE_QUEUE_CHATS))
		return GOT_ONE;
	return queue_ids_of_agent(r->db, r->arena, r->tenant, r->actor.id, queues);
}

static const char *
scope(struct req *r, struct db_value *values)
{
	struct field_set queues;

	if (chat_may_see_all(r))
		return NULL;
	if (seen_queues(r, &queues) == GOT_ERROR)
		return "1 = 0";
	return chat_contact_scope(r, &queues, values);
}

static enum got
show_chats(struct req *r, uint64_t contact)
{
	struct history_filter filter = { .outcome = "", .words = "", .contact_id = contact, .viewer = r->actor.id, .most = CONTACT_CHATS + 1 };
	struct field_set queues;
	struct db_rows rows = { 0 };

	if (!req_may(r, MAY_READ_HISTORY))
		return GOT_NONE;
	if (!chat_may_see_all(r)) {
		if (seen_queues(r, &queues) == GOT_ERROR)
			return GOT_ERROR;
		filter.queues = &queues;
	}
	if (conversation_history(r->db, r->arena, r->tenant, &filter, &rows) == GOT_ERROR)
		return GOT_ERROR;
	page_set_bool(r->page, "Contact.ShowsChats", true);
	page_set_bool(r->page, "Contact.HasMore", rows.count > CONTACT_CHATS);
	return chat_history_rows(r, "Contact.Chats", &rows, CONTACT_CHATS);
}

static enum got
move(struct req *r, uint64_t from, uint64_t to)
{
	if (conversation_move_contact(r->db, r->tenant, from, to) == GOT_ERROR || visitor_move_contact(r->db, r->tenant, from, to) == GOT_ERROR
		|| identity_move_contact(r->db, r->tenant, from, to) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

const struct contact_ties chat_contact_ties = { scope, show_chats, move };
