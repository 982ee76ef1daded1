/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_presence.c - the agent's console is open, is used, is closed; and the status that the agent chooses there. */
#include "rooms/chat/chat_presence.h"

#include "core/text.h"
#include "edge/bell.h"
#include "web/reply.h"

/* When somebody was last at the keys or the pointer, as the console says: `idle` is in seconds. 0: it says nothing. */
static clock_ms
active_at(const struct req *r)
{
	uint64_t idle;

	if (!text_to_u64(req_param(r, "idle"), &idle) || idle > (uint64_t)(r->now / CLOCK_SECOND))
		return 0;
	return r->now - (clock_ms)idle * CLOCK_SECOND;
}

static enum got
be_here(struct req *r, struct console *console, clock_ms active)
{
	struct routing routing = chat_routing(r);
	bool was_online = agent_is_online(&console->me, r->now);

	if (agent_seen(r->db, r->tenant, console->me.id, active, r->now) == GOT_ERROR)
		return GOT_ERROR;
	console->me.seen_at = r->now;
	if (was_online || !agent_is_online(&console->me, r->now))
		return GOT_ONE;
	if (routing_agent_changed(&routing, console->me.id) == GOT_ERROR)
		return GOT_ERROR;
	routing_tell(&routing, r->site->bell);
	return GOT_ONE;
}

enum got
chat_presence_here(struct req *r, struct console *console)
{
	return be_here(r, console, active_at(r));
}

enum got
chat_presence_active(struct req *r, struct console *console)
{
	return r->now - console->me.active_at < CLOCK_MINUTE ? GOT_ONE : be_here(r, console, r->now);
}

enum got
chat_presence_why(struct req *r, const struct console *console, struct json **why)
{
	struct status_entry entry = { 0 };
	enum got got = agent_status_entry(r->db, r->arena, r->tenant, console->me.id, &entry);

	*why = agent_status_why(r->arena, &entry);
	return got;
}

int
chat_presence_status(struct req *r)
{
	struct console console = { 0 };
	struct routing routing = chat_routing(r);
	struct status_change change = { .agent = r->actor.id, .reason = "agent", .actor = r->actor.id, .actor_name = r->actor.name };
	struct json *json = json_new_object(r->arena);
	enum got got;

	if (!agent_read_status(req_param(r, "status"), &change))
		return reply_field_error(r, 422, "status", N_("Choose Online, Away, an away status of the company, or Offline."), NULL);
	if (agent_seen(r->db, r->tenant, r->actor.id, r->now, r->now) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	got = routing_set_status(&routing, &change);
	if (got == GOT_NONE)
		return reply_field_error(r, 422, "status", N_("This away status is not there any more."), NULL);
	if (got == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	routing_tell(&routing, r->site->bell);
	if (!chat_console_enter(r, &console))
		return r->status;
	json_set(json, "me", chat_console_me(r, &console));
	return reply_json(r, json);
}

/* The last tab of a browser was closed: others are asked soon instead of after the time-out. The status stays as the agent chose it. This may
 * come late, when the page that was loaded again is here already, and another device may be: who still is says so. */
int
chat_presence_gone(struct req *r)
{
	if (agent_gone(r->db, r->tenant, r->actor.id, r->now) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	bell_ring(r->site->bell, agent_key(r->arena, r->tenant, r->actor.id), "{\"type\":\"gone\"}");
	return reply_nothing(r);
}
