/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_history_views.c - the history and a transcript as page values. */
#include "rooms/chat/chat_history_views.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "edge/locale_date.h"
#include "rooms/channel/channel.h"
#include "rooms/chat/chat_store.h"
#include "rooms/contact/contact.h"
#include "rooms/people/people.h"
#include "web/filter.h"
#include "web/moment.h"

/* The names behind the ids of a list: two queries for a whole page. Who or what was deleted keeps its name in the history. */
struct names {
	struct db_rows agents;
	struct db_rows queues;
};

/* Those that `filter` asks for are among them; it may be NULL. */
static enum got
names_load(struct req *r, struct names *names, const struct history_filter *filter)
{
	if (chat_agents_ever(r->db, r->arena, r->tenant, filter != NULL ? filter->agent_id : 0, &names->agents) == GOT_ERROR)
		return GOT_ERROR;
	return chat_queues_ever(r->db, r->arena, r->tenant, filter != NULL ? filter->queue_id : 0, &names->queues);
}

static const char *
agent_named(const struct names *names, uint64_t id)
{
	const struct agent *agents = names->agents.rows;
	size_t i;

	for (i = 0; i < names->agents.count; i++)
		if (agents[i].id == id)
			return agents[i].alias;
	return "";
}

static const char *
queue_named(const struct names *names, uint64_t id)
{
	const struct queue *queues = names->queues.rows;
	size_t i;

	for (i = 0; i < names->queues.count; i++)
		if (queues[i].id == id)
			return queues[i].name;
	return "";
}

const char *
chat_visitor_name(const struct conversation *conversation)
{
	return text_is_blank(conversation->visitor_name) ? locale_text(N_("Visitor")) : conversation->visitor_name;
}

/* "4:05" minutes and seconds, or "1:02:05". */
static const char *
duration(struct req *r, clock_ms span)
{
	long long seconds = span / CLOCK_SECOND;

	if (seconds >= 3600)
		return arena_printf(r->arena, "%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60, seconds % 60);
	return arena_printf(r->arena, "%lld:%02lld", seconds / 60, seconds % 60);
}

/* How it ended or stands, for people. */
static const char *
outcome(const struct conversation *conversation)
{
	static const struct {
		const char *word;
		const char *text;
	} words[] = {
		{ "waiting", N_("Waiting") }, { "offered", N_("Ringing") }, { "active", N_("Ongoing") },
		{ "agent", N_("Ended by the agent") }, { "visitor", N_("Ended by the visitor") }, { "abandoned", N_("Missed") },
		{ "supervisor", N_("Ended by a supervisor") }
	};
	const char *word = conversation_is_closed(conversation) ? conversation->close_reason : conversation->state;
	size_t i;

	for (i = 0; i < COUNT_OF(words); i++)
		if (strcmp(words[i].word, word) == 0)
			return locale_text(words[i].text);
	return "";
}

static void
show_moments(struct req *r, struct page_node *node, const struct conversation *conversation)
{
	clock_ms end = conversation->closed_at != 0 ? conversation->closed_at : r->now;

	moment_show(r, node, "Started", conversation->created_at);
	page_set(node, "Duration", duration(r, end - conversation->created_at));
	if (conversation->accepted_at != 0)
		page_set(node, "Waited", duration(r, conversation->accepted_at - conversation->created_at));
	moment_show(r, node, "Ended", conversation->closed_at);
}

static void
show_conversation(struct req *r, const struct names *names, struct page_node *node, const struct conversation *conversation)
{
	page_set_u64(node, "Id", conversation->id);
	page_set(node, "Channel", channel_name(conversation->channel));
	page_set(node, "Visitor", chat_visitor_name(conversation));
	page_set(node, "Email", req_may(r, MAY_SEE_CONTACTS) ? conversation->visitor_email
		: contact_mask_email(r->arena, conversation->visitor_email));
	page_set(node, "Queue", queue_named(names, conversation->queue_id));
	page_set(node, "Agent", agent_named(names, conversation->agent_id));
	page_set(node, "State", conversation->state);
	page_set(node, "Reason", conversation->close_reason);
	page_set(node, "Outcome", outcome(conversation));
	page_set_bool(node, "Refused", conversation->refusals > 0);
	page_set(node, "Text", conversation->last_text);
	page_set_u64(node, "Count", conversation->last_seq);
	page_set(node, "Url", conversation->start_url);
	page_set(node, "UrlTitle", text_is_blank(conversation->start_title) ? conversation->start_url : conversation->start_title);
	show_moments(r, node, conversation);
}

static const char *
choice_named(struct req *r, const char *name, clock_ms deleted_at)
{
	return deleted_at != 0 ? locale_fill(r->arena, N_("%s (deleted)"), name) : name;
}

static void
show_choices(struct req *r, const struct names *names, const struct history_filter *filter)
{
	const struct agent *agents = names->agents.rows;
	const struct queue *queues = names->queues.rows;
	struct page_node *node;
	size_t i;

	for (i = 0; i < names->queues.count; i++) {
		node = page_add(r->page, "Filter.Queues");
		page_set_u64(node, "Id", queues[i].id);
		page_set(node, "Name", choice_named(r, queues[i].name, queues[i].deleted_at));
		page_set_bool(node, "Selected", queues[i].id == filter->queue_id);
	}
	for (i = 0; i < names->agents.count; i++) {
		node = page_add(r->page, "Filter.Agents");
		page_set_u64(node, "Id", agents[i].id);
		page_set(node, "Name", choice_named(r, agents[i].alias, agents[i].deleted_at));
		page_set_bool(node, "Selected", agents[i].id == filter->agent_id);
	}
}

static void
show_rows(struct req *r, const struct names *names, const char *path, const struct db_rows *rows, size_t most)
{
	const struct conversation *conversations = rows->rows;
	size_t i;

	for (i = 0; i < rows->count && i < most; i++)
		show_conversation(r, names, page_add(r->page, path), &conversations[i]);
}

enum got
chat_history_rows(struct req *r, const char *path, const struct db_rows *rows, size_t most)
{
	struct names names = { 0 };

	if (rows->count > 0 && names_load(r, &names, NULL) == GOT_ERROR)
		return GOT_ERROR;
	show_rows(r, &names, path, rows, most);
	return GOT_ONE;
}

static const char *const kept[] = { "q", "from", "to", "queue", "agent", "which", "contact", NULL };

enum got
chat_history_show(struct req *r, const struct history_filter *filter, const struct db_rows *rows, size_t most)
{
	const struct conversation *conversations = rows->rows;
	struct names names = { 0 };

	if (names_load(r, &names, filter) == GOT_ERROR)
		return GOT_ERROR;
	if (conversation_history_skips(r->arena, filter->words))
		page_set(r->page, "Filter.Note", locale_fill(r->arena, N_("Only the first %s words of a search count."),
			arena_printf(r->arena, "%d", HISTORY_WORDS)));
	page_set(r->page, "Filter.Words", filter->words);
	page_set(r->page, "Filter.From", req_query(r, "from"));
	page_set(r->page, "Filter.To", req_query(r, "to"));
	page_set_bool(r->page, "Filter.On", !text_is_blank(filter->words) || filter->from != 0 || filter->to != 0
		|| filter->queue_id != 0 || filter->agent_id != 0 || filter->contact_id != 0);
	show_choices(r, &names, filter);
	show_rows(r, &names, "History.Rows", rows, most);
	if (rows->count > most)
		page_set(r->page, "History.Next", filter_link(r, r->path, kept,
			arena_printf(r->arena, "%llu", (unsigned long long)conversations[most - 1].id)));
	page_set_bool(r->page, "History.IsLater", filter->before_id != 0);
	return GOT_ONE;
}

/* An event of the transcript in words. */
static const char *
event_text(struct req *r, const struct message *message)
{
	static const struct {
		const char *what;
		const char *text;
	} events[] = {
		{ "accepted", N_("%s accepted the chat") }, { "claimed", N_("%s claimed the chat") },
		{ "refused", N_("%s refused the chat") }, { "transferred", N_("%s passed the chat on") },
		{ "agent_gone", N_("%s is not there any more: the chat waits again") },
		{ "moved", N_("The queue takes no chats any more: the chat waits in %s") },
		{ "closed", N_("%s ended the chat") }, { "left", N_("The visitor left the page") },
		{ "returned", N_("The visitor came back") }, { "started", N_("%s started the chat") },
		{ "unsupported", N_("%s sent something that cannot be shown here") },
		{ "file_large", N_("A file is too large to be fetched: %s") }, { "file_kind", N_("A file is of a kind that is not taken: %s") },
		{ "file_gone", N_("A file could not be fetched: %s") }, { "file_storage", N_("There is no more room for a file: %s") }
	};
	const char *problem, *what, *name, *to;
	struct json *json = json_parse(r->arena, message->body, strlen(message->body), &problem);
	size_t i;

	what = json_get_text(json, "what");
	name = json_get_text(json, "name");
	to = json_get_text(json, "to");
	if (text_equal(what, "closed") && text_is_blank(name))
		return locale_text(N_("The chat ended"));
	for (i = 0; i < COUNT_OF(events); i++) {
		if (!text_equal(what, events[i].what))
			continue;
		name = locale_fill(r->arena, events[i].text, text_is_blank(name) ? locale_text(N_("Visitor")) : name);
		return to == NULL ? name : arena_printf(r->arena, "%s%s %s", name, locale_text(N_(":")), to);
	}
	return what != NULL ? what : "";
}

static void
show_message(struct req *r, const struct message *message)
{
	struct page_node *node = page_add(r->page, "Messages");
	bool is_event = strcmp(message->kind, "event") == 0;

	page_set_u64(node, "Seq", message->seq);
	page_set(node, "Kind", message->kind);
	page_set(node, "By", message->author_kind);
	page_set(node, "Name", text_is_blank(message->author_name) && strcmp(message->author_kind, "visitor") == 0
		? locale_text(N_("Visitor")) : message->author_name);
	page_set(node, "Text", is_event ? event_text(r, message) : message->body);
	page_set(node, "Time", clock_show(r->arena, message->created_at, "%H:%M:%S"));
	page_set(node, "TimeIso", clock_iso(r->arena, message->created_at));
	page_set(node, "Day", locale_date(r->arena, message->created_at));
	page_set(node, "DayIso", clock_day_show(r->arena, clock_local_day(message->created_at)));
	if (message->file_id == 0)
		return;
	page_set_u64(node, "File", message->file_id);
	page_set(node, "FileName", message->file_name);
	page_setf(node, "FileSize", "%llu", (unsigned long long)(message->file_size + 1023) / 1024);
	page_set_bool(node, "IsPicture", message->preview_width > 0);
}

enum got
chat_transcript_show(struct req *r, const struct conversation *conversation, const struct db_rows *messages)
{
	const struct message *rows = messages->rows;
	struct names names = { 0 };
	size_t i;

	if (names_load(r, &names, NULL) == GOT_ERROR)
		return GOT_ERROR;
	show_conversation(r, &names, page_child(r->page, "Chat"), conversation);
	for (i = 0; i < messages->count; i++)
		show_message(r, &rows[i]);
	return GOT_ONE;
}
