/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_history_pages.c - the history of chats: lists with filters, and the transcript. */
#include "rooms/chat/chat.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/chat/chat_console.h"
#include "rooms/chat/chat_history_views.h"
#include "rooms/contact/contact.h"
#include "web/filter.h"
#include "web/reply.h"

static handler history_list, missed_list, transcript_show;

const struct route chat_history_routes[] = {
	{ .method = GET, .path = "/admin/history", .permission = MAY_READ_HISTORY, .handle = history_list },
	{ .method = GET, .path = "/admin/missed", .permission = MAY_READ_HISTORY, .handle = missed_list },
	{ .method = GET, .path = "/admin/history/:id", .permission = MAY_READ_HISTORY, .handle = transcript_show },
	{ .path = NULL }
};

#define HISTORY_ROWS 50
#define TRANSCRIPT_MESSAGES 2000

static void
read_filter(struct req *r, struct history_filter *filter)
{
	const char *words = req_query(r, "q");

	filter_days(r, &filter->from, &filter->to);
	text_to_u64(req_query(r, "queue"), &filter->queue_id);
	text_to_u64(req_query(r, "agent"), &filter->agent_id);
	text_to_u64(req_query(r, "contact"), &filter->contact_id);
	text_to_u64(req_query(r, "before"), &filter->before_id);
	filter->words = words != NULL ? text_trim(r->arena, words) : "";
	filter->most = HISTORY_ROWS + 1;
	filter->viewer = r->actor.id;
}

/* Whose chats they are, when the list is narrowed to one contact that the reader may open. */
static enum got
show_contact(struct req *r, uint64_t id)
{
	struct contact contact = { .id = 0 };
	enum got got;

	if (id == 0)
		return GOT_NONE;
	page_set_u64(r->page, "Filter.Contact", id);
	got = req_may(r, MAY_READ_CONTACTS) ? resource_get(r, resource_seen(r, &contact_resource), id, &contact) : GOT_NONE;
	if (got == GOT_ONE)
		page_set(r->page, "Filter.ContactName", text_is_blank(contact.name) ? locale_text(N_("Visitor")) : contact.name);
	return got;
}

/* A list of the history; `outcome` "" is all of it. */
static int
list(struct req *r, const char *outcome, const char *title)
{
	struct console console = { 0 };
	struct history_filter filter = { .outcome = outcome };
	const struct field_set none = { .count = 0 };
	struct db_rows rows = { 0 };

	if (!chat_console_enter(r, &console))
		return r->status;
	read_filter(r, &filter);
	if (!chat_may_see_all(r))
		filter.queues = req_may(r, MAY_SEE_QUEUE_CHATS) ? &console.queues : &none;
	if (conversation_history(r->db, r->arena, r->tenant, &filter, &rows) == GOT_ERROR
		|| chat_history_show(r, &filter, &rows, HISTORY_ROWS) == GOT_ERROR || show_contact(r, filter.contact_id) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	page_set(r->page, "Title", title);
	page_set(r->page, "History.Path", r->path);
	return reply_page(r, "chat/history");
}

static int
history_list(struct req *r)
{
	return list(r, "", locale_text(N_("Chats")));
}

static int
missed_list(struct req *r)
{
	const char *which = req_query(r, "which");
	bool known = text_equal(which, "missed") || text_equal(which, "refused");

	page_set_bool(r->page, "History.IsMissed", true);
	page_set(r->page, "Filter.Which", known ? which : "");
	return list(r, known ? which : "missed_refused", locale_text(N_("Missed and refused")));
}

/* The ways to what does not fit on the page. */
static void
show_pager(struct req *r, uint64_t before, const struct db_rows *messages)
{
	const struct message *first = messages->rows;

	page_set(r->page, "Transcript.Path", r->path);
	page_set_bool(r->page, "Transcript.IsLater", before != 0);
	if (messages->count > 0 && first->seq > 1)
		page_setf(r->page, "Transcript.Next", "%s?before=%llu", r->path, (unsigned long long)first->seq);
}

static int
transcript_show(struct req *r)
{
	struct console console = { 0 };
	struct db_rows messages = { 0 };
	uint64_t before = 0;

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	text_to_u64(req_query(r, "before"), &before);
	if (message_before(r->db, r->arena, r->tenant, console.conversation.id, before, TRANSCRIPT_MESSAGES, &messages) == GOT_ERROR
		|| chat_transcript_show(r, &console.conversation, &messages) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	show_pager(r, before, &messages);
	page_set(r->page, "Title", locale_fill(r->arena, N_("Chat with %s"), chat_visitor_name(&console.conversation)));
	return reply_page(r, "chat/transcript");
}
