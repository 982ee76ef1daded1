/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_presence.h - the agent's console is open, is used, is closed; and the status that the agent chooses there. */
#ifndef HARK_ROOMS_CHAT_CHAT_PRESENCE_H
#define HARK_ROOMS_CHAT_CHAT_PRESENCE_H

#include "rooms/chat/chat_console.h"

/* The console is open, and was used `idle` seconds ago when the request says so: what waited for that is offered. */
enum got chat_presence_here(struct req *r, struct console *console) MUST_USE;

/* The agent does something: counts as activity, written at most once a minute. */
enum got chat_presence_active(struct req *r, struct console *console) MUST_USE;

/* Why the agent has this status; null when nobody else set it. */
enum got chat_presence_why(struct req *r, const struct console *console, struct json **why) MUST_USE;

handler chat_presence_status, chat_presence_gone;

#endif
