/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_visit.h - what the visitor's handlers share. */
#ifndef HARK_ROOMS_CHAT_CHAT_VISIT_H
#define HARK_ROOMS_CHAT_CHAT_VISIT_H

#include "rooms/chat/chat_send.h"
#include "rooms/visit/visit.h"
#include "rooms/widget/widget.h"
#include "web/form.h"

/* One request of a visitor: where, who, about what. */
struct visit {
	struct widget widget;
	struct visitor visitor;
	struct conversation conversation;
	const char *token;               /* only when it is new */
	const char *text;                /* of the first message */
	const char *client_id;
	struct chat_upload *upload;      /* the file of the message, or NULL */
};

/* Name, e-mail, text and page of a new chat, into the visitor and `visit`. */
bool chat_visit_read_start(struct req *r, struct form *form, struct visit *visit);

/* The visitor's newest conversation, when there is one. */
enum got chat_visit_load(struct req *r, struct visit *visit) MUST_USE;

/* Creates visitor, conversation and first message, or adds the text to the open chat; replies. */
int chat_visit_start(struct req *r, struct visit *visit);

/* Did the conversation get no more messages in the last seconds than it may? False after a reply (429). Asked before a body is received. */
bool chat_visit_may_send(struct req *r, const struct conversation *conversation);
/* Stores a message of the visitor, tells it, replies. */
int chat_visit_send(struct req *r, struct visit *visit, struct message *message);

/* The visitor is here: remembers page and time, and says "returned" when it had left. */
enum got chat_visit_here(struct req *r, struct visit *visit) MUST_USE;

int chat_visit_reply_hello(struct req *r, struct visit *visit);
/* Conversation, what is missing (after or before a seq), and a ticket. `messages` false: without them. */
int chat_visit_reply_sync(struct req *r, struct visit *visit, bool messages);

#endif
