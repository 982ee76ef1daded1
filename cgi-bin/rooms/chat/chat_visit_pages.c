/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_visit_pages.c - the visitor's side of a chat, as JSON (docs/api-visit.md). */
#include "rooms/chat/chat.h"

#include <string.h>

#include "core/address.h"
#include "core/text.h"
#include "edge/image.h"
#include "edge/locale.h"
#include "rooms/chat/chat_file.h"
#include "rooms/chat/chat_store.h"
#include "rooms/chat/chat_visit.h"
#include "web/reply.h"
#include "web/throttle.h"

static handler visit_hello, visit_start, visit_message, visit_file, visit_seen, visit_end, visit_sync, visit_file_show, visit_avatar;

#define VISIT_FLAGS (ROUTE_JSON | ROUTE_NO_FORM)

const struct route chat_visit_routes[] = {
	{ .method = POST, .path = "/visit/:key/hello", .permission = MAY_VISIT, .handle = visit_hello, .flags = VISIT_FLAGS },
	{ .method = POST, .path = "/visit/:key/start", .permission = MAY_VISIT, .handle = visit_start, .flags = VISIT_FLAGS },
	{ .method = POST, .path = "/visit/:key/message", .permission = MAY_VISIT, .handle = visit_message, .flags = VISIT_FLAGS },
	{ .method = POST, .path = "/visit/:key/file", .permission = MAY_VISIT, .handle = visit_file, .flags = VISIT_FLAGS | ROUTE_STREAM },
	{ .method = POST, .path = "/visit/:key/seen", .permission = MAY_VISIT, .handle = visit_seen, .flags = VISIT_FLAGS },
	{ .method = POST, .path = "/visit/:key/end", .permission = MAY_VISIT, .handle = visit_end, .flags = VISIT_FLAGS },
	{ .method = POST, .path = "/visit/:key/sync", .permission = MAY_VISIT, .handle = visit_sync, .flags = VISIT_FLAGS },
	{ .method = GET, .path = "/visit/:key/file/:id", .permission = MAY_VISIT, .handle = visit_file_show, .flags = VISIT_FLAGS },
	{ .method = GET, .path = "/visit/:key/avatar/:id", .permission = MAY_VISIT, .handle = visit_avatar, .flags = VISIT_FLAGS },
	{ .path = NULL }
};

/* New chats of one address and files of one visitor: floods are told to slow down. (Messages are counted by their own rows.) */
static const struct throttle_rule start_rule = { "chat.start", 30, 10 * CLOCK_MINUTE };
static const struct throttle_rule file_rule = { "chat.file", 30, 10 * CLOCK_MINUTE };

static bool
is_allowed(struct req *r, const struct throttle_rule *rule, const char *who)
{
	uint64_t retry_after;
	enum got got = throttle_count(r, rule, who, &retry_after);

	if (got == GOT_ONE)
		return true;
	if (got == GOT_ERROR)
		return reply_got(r, got), false;
	reply_header(r, "Retry-After", arena_printf(r->arena, "%llu", (unsigned long long)retry_after));
	reply_error(r, 429, "slow_down", N_("That was a lot at once. Wait a moment and go on."));
	return false;
}

static const char *
visitor_key(struct req *r, const struct visitor *visitor)
{
	return arena_printf(r->arena, "%llu", (unsigned long long)visitor->id);
}

/* Widget and visitor of the request, or a reply. Whether the widget is on is not asked, as chat_door() does not. */
static bool
visit_enter(struct req *r, struct visit *visit)
{
	enum got got = widget_find(r, req_arg(r, "key"), &visit->widget);

	if (got == GOT_ONE)
		got = visitor_of_request(r, &visit->visitor);
	if (got == GOT_ONE)
		return true;
	if (got == GOT_NONE && visit->widget.id != 0 && text_equal(r->tenant_state, "active"))
		reply_error(r, 403, "token", N_("This browser is not known here any more. Start a new chat."));
	else
		widget_refuse(r, got);
	return false;
}

/* The same, and the conversation that the request names, which must be the visitor's. */
static bool
visit_enter_chat(struct req *r, struct visit *visit)
{
	uint64_t id = 0;
	enum got got;

	if (!visit_enter(r, visit))
		return false;
	text_to_u64(req_param(r, "conversation"), &id);
	got = conversation_by_id(r->db, r->arena, r->tenant, id, &visit->conversation);
	if (got == GOT_ONE && visit->conversation.visitor_id == visit->visitor.id)
		return true;
	reply_got(r, got == GOT_ONE ? GOT_NONE : got);
	return false;
}

/* The short way for messages; what it does not find, the long way explains. */
static bool
visit_enter_message(struct req *r, struct visit *visit)
{
	uint64_t id = 0;
	enum got got;

	text_to_u64(req_param(r, "conversation"), &id);
	got = chat_door(r, req_arg(r, "key"), id, visit);
	if (got == GOT_ERROR)
		return reply_got(r, got), false;
	return got == GOT_ONE || visit_enter_chat(r, visit);
}

static int
visit_hello(struct req *r)
{
	struct visit visit = { 0 };
	enum got got = widget_find(r, req_arg(r, "key"), &visit.widget);

	if (got != GOT_ONE)
		return widget_refuse(r, got);
	if (visitor_of_request(r, &visit.visitor) == GOT_ERROR || chat_visit_load(r, &visit) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	if (!widget_is_on(&visit.widget) && (visit.conversation.id == 0 || conversation_is_closed(&visit.conversation)))
		return widget_refuse(r, GOT_NONE);
	if (visit.visitor.id == 0 && req_header(r, "HTTP_X_HARK_VISITOR") != NULL)
		return reply_error(r, 403, "token", N_("This browser is not known here any more. Start a new chat."));
	return chat_visit_reply_hello(r, &visit);
}

static int
visit_start(struct req *r)
{
	struct visit visit = { 0 };
	struct form form;
	enum got got = widget_enter(r, req_arg(r, "key"), &visit.widget);

	if (got != GOT_ONE)
		return widget_refuse(r, got);
	if (visitor_of_request(r, &visit.visitor) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	form_init(&form, NULL);
	if (!chat_visit_read_start(r, &form, &visit))
		return reply_json_status(r, 422, form_json(r, &form));
	if (!is_allowed(r, &start_rule, address_holder(r->arena, r->address)))
		return r->status;
	return chat_visit_start(r, &visit);
}

static int
visit_message(struct req *r)
{
	struct visit visit = { 0 };
	struct message message = { .kind = "text", .author_kind = "visitor" };

	if (!visit_enter_message(r, &visit) || !chat_read_message(r, &message) || !chat_visit_may_send(r, &visit.conversation))
		return r->status;
	return chat_visit_send(r, &visit, &message);
}

static int
visit_file(struct req *r)
{
	struct visit visit = { 0 };
	struct chat_upload upload = { 0 };

	if (!visit_enter_chat(r, &visit))
		return r->status;
	if (conversation_is_closed(&visit.conversation))
		return reply_error(r, 409, "closed", N_("This chat has ended. Start a new one."));
	if (!chat_visit_may_send(r, &visit.conversation) || !is_allowed(r, &file_rule, visitor_key(r, &visit.visitor))
		|| !chat_file_receive(r, visit.conversation.id, &upload))
		return r->status;
	upload.message.author_kind = "visitor";
	visit.upload = &upload;
	return chat_visit_send(r, &visit, &upload.message);
}

static int
visit_seen(struct req *r)
{
	struct visit visit = { 0 };
	uint64_t seq = 0;
	enum got got;

	if (!visit_enter_chat(r, &visit))
		return r->status;
	text_to_u64(req_param(r, "seq"), &seq);
	got = conversation_seen_by_visitor(r->db, r->tenant, visit.conversation.id, seq);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_ONE)
		chat_tell_seen(r, &visit.conversation, seq, "visitor");
	return reply_nothing(r);
}

static int
visit_end(struct req *r)
{
	struct visit visit = { 0 };
	struct routing routing;

	if (!visit_enter_chat(r, &visit))
		return r->status;
	routing = chat_routing(r);
	if (routing_close(&routing, &(struct routing_close){ .conversation = visit.conversation.id, .reason = "visitor",
		.name = visit.conversation.visitor_name }) != ROUTING_DONE)
		return reply_got(r, GOT_ERROR);
	routing_tell(&routing, r->site->bell);
	return chat_visit_reply_sync(r, &visit, false);
}

static int
visit_sync(struct req *r)
{
	struct visit visit = { 0 };

	if (!visit_enter_chat(r, &visit))
		return r->status;
	if (chat_visit_here(r, &visit) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return chat_visit_reply_sync(r, &visit, true);
}

static int
visit_file_show(struct req *r)
{
	struct visit visit = { 0 };
	struct file file = { 0 };
	enum got got;

	if (!visit_enter_chat(r, &visit))
		return r->status;
	got = file_by_id(r->db, r->arena, r->tenant, req_id(r), &file);
	if (got != GOT_ONE || file.conversation_id != visit.conversation.id)
		return reply_got(r, got == GOT_ONE ? GOT_NONE : got);
	return chat_file_reply(r, &file);
}

/* The picture of an agent who shows it. Whoever asks must know its version, which only visitors of this agent are told. */
static int
visit_avatar(struct req *r)
{
	struct widget widget = { 0 };
	struct agent agent = { 0 };
	enum got got = widget_find(r, req_arg(r, "key"), &widget);

	if (got == GOT_ONE)
		got = agent_by_id(r->db, r->arena, r->tenant, req_id(r), &agent);
	if (got != GOT_ONE)
		return reply_got(r, got);
	if (!agent.show_photo || text_is_blank(agent.avatar) || !text_equal(req_query(r, "v"), store_version(r->arena, agent.avatar)))
		return reply_not_found(r);
	return reply_file(r, &(struct reply_file){ .stored = agent.avatar, .name = "avatar.webp", .type = IMAGE_TYPE, .is_inline = true,
		.is_lasting = true });
}
