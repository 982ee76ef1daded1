/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_console.h - what the console's handlers share. */
#ifndef HARK_ROOMS_CHAT_CHAT_CONSOLE_H
#define HARK_ROOMS_CHAT_CHAT_CONSOLE_H

#include "rooms/chat/chat_visit.h"
#include "rooms/people/people.h"

#define CONSOLE_OPEN_MAX 20          /* conversations that are open in tabs */

/* The agent who asks. */
struct console {
	struct agent me;
	struct field_set queues;
	struct field_set offers;            /* that ring; only known of who may not see the chats of the queues */
	struct conversation conversation;   /* of ":id", when chat_console_enter_chat() was asked */
};

/* Loads the agent; false after a reply. */
bool chat_console_enter(struct req *r, struct console *console);
/* The same, and the conversation of ":id", which the agent must be able to see. */
bool chat_console_enter_chat(struct req *r, struct console *console);

/* May the agent see it: all chats, an own queue's, an own one or one that rings? */
bool chat_may_see(const struct req *r, const struct console *console, const struct conversation *conversation);

/* May the agent see every chat of the company? */
bool chat_may_see_all(const struct req *r);

/* "contact" and "visit" of a conversation; masked unless `is_open`. */
enum got chat_contact_set(struct req *r, const struct conversation *conversation, struct json *json, bool is_open) MUST_USE;

/* A ticket for what the agent may hear, and the open conversations of "1,2,3" (NULL for none; foreign ones are left out). NULL: the
 * database failed. */
const char *chat_console_ticket(struct req *r, const struct console *console, const char *open);

/* Rows of all open conversations that the agent may see. */
enum got chat_console_rows(struct req *r, const struct console *console, struct json **rows) MUST_USE;
enum got chat_console_agents(struct req *r, struct json **agents) MUST_USE;
enum got chat_console_offers(struct req *r, const struct console *console, struct json **offers) MUST_USE;
struct json *chat_console_me(struct req *r, const struct console *console);

#endif
