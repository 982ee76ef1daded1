/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_console_pages.c - the agents' console: its page and what it reads (docs/api-console.md). */
#include "rooms/chat/chat.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/chat/chat_console.h"
#include "rooms/chat/chat_presence.h"
#include "rooms/chat/chat_store.h"
#include "rooms/chat/chat_work.h"
#include "web/asset.h"
#include "web/reply.h"

static handler console_show, console_state, console_ticket, console_sync, console_conversation, console_messages, console_canned,
	console_settings, console_file;

/* Reading the console of a suspended company: these POSTs change nothing of it. */
#define READ_ROUTE(where, does) \
	{ .method = POST, .path = (where), .permission = MAY_CHAT, .handle = (does), .flags = ROUTE_JSON | ROUTE_ALWAYS }

#define JSON_ROUTE(verb, where, does) \
	{ .method = (verb), .path = (where), .permission = MAY_CHAT, .handle = (does), .flags = ROUTE_JSON }

const struct route chat_console_routes[] = {
	{ .method = GET, .path = "/console", .permission = MAY_CHAT, .handle = console_show },
	JSON_ROUTE(GET, "/console/state", console_state),
	READ_ROUTE("/console/ticket", console_ticket),
	READ_ROUTE("/console/sync", console_sync),
	JSON_ROUTE(GET, "/console/conversations/:id", console_conversation),
	JSON_ROUTE(GET, "/console/conversations/:id/messages", console_messages),
	JSON_ROUTE(POST, "/console/conversations/:id/accept", chat_work_accept),
	JSON_ROUTE(POST, "/console/conversations/:id/refuse", chat_work_refuse),
	JSON_ROUTE(POST, "/console/conversations/:id/claim", chat_work_claim),
	JSON_ROUTE(POST, "/console/conversations/:id/transfer", chat_work_transfer),
	JSON_ROUTE(POST, "/console/conversations/:id/message", chat_work_message),
	JSON_ROUTE(POST, "/console/conversations/:id/note", chat_work_note),
	{ .method = POST, .path = "/console/conversations/:id/file", .permission = MAY_CHAT, .handle = chat_work_file,
		.flags = ROUTE_JSON | ROUTE_STREAM },
	JSON_ROUTE(POST, "/console/conversations/:id/resend", chat_work_resend),
	JSON_ROUTE(POST, "/console/conversations/:id/seen", chat_work_seen),
	JSON_ROUTE(POST, "/console/conversations/:id/draft", chat_work_draft),
	JSON_ROUTE(POST, "/console/conversations/:id/end", chat_work_end),
	JSON_ROUTE(POST, "/console/conversations/:id/contact", chat_contact_save),
	{ .method = POST, .path = "/console/conversations/:id/reveal", .permission = MAY_REVEAL_CONTACTS, .handle = chat_contact_reveal,
		.flags = ROUTE_JSON },
	JSON_ROUTE(GET, "/console/canned", console_canned),
	JSON_ROUTE(POST, "/console/status", chat_presence_status),
	JSON_ROUTE(POST, "/console/settings", console_settings),
	READ_ROUTE("/console/gone", chat_presence_gone),
	{ .method = GET, .path = "/console/files/:id", .permission = MAY_SIGNED_IN, .handle = console_file, .flags = ROUTE_JSON },
	{ .path = NULL }
};

#define SETTINGS_MAX 4096

void
chat_show_badge(struct req *r)
{
	enum chat_sight sight = chat_may_see_all(r) ? CHAT_SIGHT_ALL : req_may(r, MAY_SEE_QUEUE_CHATS) ? CHAT_SIGHT_QUEUES : CHAT_SIGHT_RINGING;
	uint64_t count = 0;

	if (r->actor.kind != ACTOR_AGENT || !req_may(r, MAY_CHAT) || strcmp(r->path, "/console") == 0)
		return;
	if (chat_count_ongoing(r->db, r->tenant, r->actor.id, sight, &count) == GOT_ONE && count > 0)
		page_set_u64(r->page, "User.Chats", count);
}

static int
console_show(struct req *r)
{
	page_set(r->page, "Title", locale_text(N_("Console")));
	page_set(r->page, "Strings", asset_strings(r, "console/strings.txt"));
	return reply_page(r, "chat/console");
}

static enum got
set_queues(struct req *r, struct json *state)
{
	struct json *list = json_new_array(r->arena), *one;
	struct db_rows rows = { 0 };
	const struct queue *queues;
	enum got got = queue_all(r->db, r->arena, r->tenant, &rows);
	size_t i;

	queues = rows.rows;
	for (i = 0; i < rows.count; i++) {
		one = json_new_object(r->arena);
		json_set_u64(one, "id", queues[i].id);
		json_set_text(one, "name", queues[i].name);
		json_set_bool(one, "for_chat", queues[i].for_chat);
		json_add(list, one);
	}
	json_set(state, "queues", list);
	return got;
}

static enum got
set_widgets(struct req *r, struct json *state)
{
	struct json *list = json_new_array(r->arena), *one;
	struct db_rows rows = { 0 };
	const struct widget *widgets;
	enum got got = widget_all(r->db, r->arena, r->tenant, &rows);
	size_t i;

	widgets = rows.rows;
	for (i = 0; i < rows.count; i++) {
		one = json_new_object(r->arena);
		json_set_u64(one, "id", widgets[i].id);
		json_set_text(one, "name", widgets[i].name);
		json_add(list, one);
	}
	json_set(state, "widgets", list);
	return got;
}

/* What state and sync share: rows, offers, agents, statuses, ticket. */
static bool
set_live(struct req *r, const struct console *console, const char *open, struct json *state)
{
	struct json *rows, *offers, *agents, *away, *why;
	const char *ticket;

	if (chat_console_rows(r, console, &rows) == GOT_ERROR || chat_console_offers(r, console, &offers) == GOT_ERROR
		|| chat_console_agents(r, &agents) == GOT_ERROR || away_status_json(r->db, r->arena, r->tenant, &away) == GOT_ERROR
		|| chat_presence_why(r, console, &why) == GOT_ERROR || (ticket = chat_console_ticket(r, console, open)) == NULL)
		return false;
	json_set(state, "conversations", rows);
	json_set(state, "offers", offers);
	json_set(state, "agents", agents);
	json_set(state, "away_statuses", away);
	json_set(state, "why", why);
	json_set_text(state, "ticket", ticket);
	return true;
}

/* How many chats the plan allows at once, and how many there are: null without a limit. */
static enum got
set_limit(struct req *r, struct json *tenant)
{
	struct json *json = json_new_object(r->arena);
	struct limit_state state;

	if (limit_state(r->db, r->tenant, LIMIT_CHATS, r->now, &state) == GOT_ERROR)
		return GOT_ERROR;
	json_set_u64(json, "used", state.used);
	json_set_u64(json, "most", state.most);
	json_set_text(json, "text", limit_text(r->arena, &state));
	json_set(tenant, "chats", state.most == LIMIT_NONE ? NULL : json);
	return GOT_ONE;
}

/* Why nothing can be changed, as one text; null when it can. */
static const char *
life_text(struct req *r)
{
	const char *text;

	if (!tenant_is_read_only(r))
		return NULL;
	text = locale_text(text_equal(r->tenant_state, "suspended")
		? N_("The service of this company is suspended: you can read everything, but change nothing.")
		: N_("This company is being deleted: you can read everything, but change nothing."));
	return text_is_blank(r->tenant_reason) ? text : arena_printf(r->arena, "%s (%s)", text, r->tenant_reason);
}

static int
console_state(struct req *r)
{
	struct console console = { 0 };
	struct json *state = json_new_object(r->arena), *tenant = json_new_object(r->arena);

	if (!chat_console_enter(r, &console))
		return r->status;
	if (chat_presence_here(r, &console) == GOT_ERROR || !set_live(r, &console, req_query(r, "open"), state)
		|| set_queues(r, state) == GOT_ERROR || set_widgets(r, state) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	json_set_text(tenant, "name", r->tenant_name);
	json_set_text(tenant, "time_zone", r->tenant_zone);
	json_set_text(state, "time_zone", text_is_blank(r->actor.time_zone) ? r->tenant_zone : r->actor.time_zone);
	json_set(state, "tenant", tenant);
	json_set_text(tenant, "life", life_text(r));
	if (set_limit(r, tenant) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	json_set(state, "me", chat_console_me(r, &console));
	json_set_u64(state, "upload_max", r->site->conf->upload_max);
	json_set(state, "upload_types", chat_upload_types(r->arena));
	return reply_json(r, state);
}

static int
console_ticket(struct req *r)
{
	struct console console = { 0 };
	struct json *json = json_new_object(r->arena);
	const char *ticket;

	if (!chat_console_enter(r, &console))
		return r->status;
	ticket = chat_presence_here(r, &console) == GOT_ERROR ? NULL : chat_console_ticket(r, &console, req_param(r, "open"));
	if (ticket == NULL)
		return reply_got(r, GOT_ERROR);
	json_set_text(json, "ticket", ticket);
	return reply_json(r, json);
}

/* What a client missed, conversation by conversation. */
struct missed {
	struct req *r;
	const struct console *console;
	struct json *messages;
	struct json *more;
	struct json *rows;
	size_t count;
	bool failed;
};

static bool
add_missed(void *arg, const char *name, struct json *value)
{
	struct missed *missed = arg;
	struct req *r = missed->r;
	struct conversation conversation = { 0 };
	struct db_rows rows = { 0 };
	uint64_t id, seq;
	enum got got;

	if (!text_to_u64(name, &id) || !json_value_u64(value, &seq) || ++missed->count > 500)
		return true;
	got = conversation_by_id(r->db, r->arena, r->tenant, id, &conversation);
	if (got == GOT_ONE && !chat_may_see(r, missed->console, &conversation))
		return true;
	if (got == GOT_ONE && conversation_is_closed(&conversation))
		json_add(missed->rows, conversation_row_json(r->arena, &conversation));
	if (got == GOT_ONE && conversation.last_seq > seq)
		got = message_after(r->db, r->arena, r->tenant, id, seq, MESSAGE_SYNC, &rows);
	missed->failed = got == GOT_ERROR;
	if (rows.count > 0)
		json_set(missed->messages, name, message_list_json(r->arena, &rows, false));
	if (rows.count == MESSAGE_SYNC && conversation.last_seq > seq + MESSAGE_SYNC)
		json_add_u64(missed->more, id);
	return !missed->failed;
}

static int
console_sync(struct req *r)
{
	struct console console = { 0 };
	struct json *state = json_new_object(r->arena);
	struct missed missed = { .r = r, .console = &console, .messages = json_new_object(r->arena), .more = json_new_array(r->arena) };

	if (!chat_console_enter(r, &console))
		return r->status;
	if (chat_presence_here(r, &console) == GOT_ERROR || !set_live(r, &console, req_param(r, "open"), state))
		return reply_got(r, GOT_ERROR);
	missed.rows = json_get(state, "conversations");
	if (r->json != NULL && json_is_object(json_get(r->json, "have")))
		json_each(json_get(r->json, "have"), add_missed, &missed);
	if (missed.failed)
		return reply_got(r, GOT_ERROR);
	json_set(state, "messages", missed.messages);
	json_set(state, "more", missed.more);
	json_set(state, "me", chat_console_me(r, &console));
	return reply_json(r, state);
}

static enum got
set_earlier(struct req *r, const struct console *console, struct json *json)
{
	struct db_rows rows = { 0 };
	struct json *list = json_new_array(r->arena);
	const struct conversation *earlier;
	enum got got = conversation_earlier(r->db, r->arena, r->tenant, &console->conversation, &rows);
	size_t i;

	earlier = rows.rows;
	for (i = 0; i < rows.count; i++)
		if (chat_may_see(r, console, &earlier[i]))
			json_add(list, conversation_row_json(r->arena, &earlier[i]));
	json_set(json, "earlier", list);
	return got;
}

static int
console_conversation(struct req *r)
{
	struct console console = { 0 };
	struct json *json = json_new_object(r->arena);
	const char *draft = "", *ticket;

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	ticket = chat_console_ticket(r, &console, req_query(r, "open"));
	if (ticket == NULL || chat_set_messages(r, console.conversation.id, MESSAGE_PAGE, false, json) == GOT_ERROR
		|| chat_contact_set(r, &console.conversation, json, req_may(r, MAY_SEE_CONTACTS)) == GOT_ERROR || set_earlier(r, &console, json) == GOT_ERROR
		|| draft_get(r->db, r->arena, r->tenant, r->actor.id, console.conversation.id, &draft) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	json_set(json, "conversation", conversation_row_json(r->arena, &console.conversation));
	json_set_text(json, "draft", draft);
	json_set_text(json, "ticket", ticket);
	return reply_json(r, json);
}

static int
console_messages(struct req *r)
{
	struct console console = { 0 };
	struct json *json = json_new_object(r->arena);

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	if (chat_set_messages(r, console.conversation.id, MESSAGE_PAGE, false, json) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return reply_json(r, json);
}

static int
console_canned(struct req *r)
{
	struct json *json = json_new_object(r->arena), *list = json_new_array(r->arena), *one;
	struct db_rows rows = { 0 };
	const struct canned *canned;
	size_t i;

	if (canned_search(r->db, r->arena, r->tenant, r->actor.id, req_query(r, "q"), &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	canned = rows.rows;
	for (i = 0; i < rows.count; i++) {
		one = json_new_object(r->arena);
		json_set_u64(one, "id", canned[i].id);
		json_set_text(one, "name", canned[i].name);
		json_set_text(one, "category", canned[i].category);
		json_set_text(one, "shortcut", canned[i].shortcut);
		json_set_text(one, "body", canned[i].body);
		json_set_bool(one, "private", canned[i].agent_id != 0);
		json_add(list, one);
	}
	json_set(json, "canned", list);
	return reply_json(r, json);
}

static int
console_settings(struct req *r)
{
	const char *text = r->json != NULL ? json_text(r->arena, r->json) : "{}";

	if (strlen(text) > SETTINGS_MAX)
		return reply_field_error(r, 413, "settings", N_("The settings are too large: at most %s bytes."), "4096");
	if (agent_set_settings(r->db, r->tenant, r->actor.id, text) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return reply_nothing(r);
}

/* A file of a chat: for agents who may see the chat, and for readers of the history. */
static int
console_file(struct req *r)
{
	struct console console = { 0 };
	struct file file = { 0 };
	enum got got;

	if (!chat_console_enter(r, &console))
		return r->status;
	got = file_by_id(r->db, r->arena, r->tenant, req_id(r), &file);
	if (got == GOT_ONE)
		got = conversation_by_id(r->db, r->arena, r->tenant, file.conversation_id, &console.conversation);
	if (got != GOT_ONE)
		return reply_got(r, got);
	if (!chat_may_see(r, &console, &console.conversation))
		return reply_not_found(r);
	return chat_file_reply(r, &file);
}
