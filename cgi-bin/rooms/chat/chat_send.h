/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_send.h - what both sides of a chat do alike: messages stored and told, pages of messages, routing orders. */
#ifndef HARK_ROOMS_CHAT_CHAT_SEND_H
#define HARK_ROOMS_CHAT_CHAT_SEND_H

#include "rooms/chat/chat_file.h"
#include "rooms/routing/routing.h"

/* A routing for orders of this request. */
struct routing chat_routing(struct req *r);

/* A UUID or the like: 8 to 36 characters of [A-Za-z0-9-]. */
bool chat_client_id_is_sound(const char *client_id);
/* The complaint about a message's text, with its limit (NULL for none); NULL when it may be sent. */
const char *chat_text_problem(const char *text, const char **limit);
/* client_id and text of a message; false after a reply. */
bool chat_read_message(struct req *r, struct message *message);

/* Stores the message (and its file's row) in one transaction, and tells it. GOT_NONE: it was stored before,
 * *message is that one; or, with seq 0, the conversation is closed. */
enum got chat_send(struct req *r, struct conversation *conversation, struct message *message, struct chat_upload *upload) MUST_USE;

/* Sets "messages" and "more": `most` after the parameter `after`, or before the parameter `before`, or the newest. */
enum got chat_set_messages(struct req *r, uint64_t conversation, uint64_t most, bool for_visitor, struct json *json) MUST_USE;

/* [".png",…]: what may be sent. */
struct json *chat_upload_types(struct arena *arena);

/* Tells the other side that messages up to `seq` were seen. */
void chat_tell_seen(struct req *r, const struct conversation *conversation, uint64_t seq, const char *by);

#endif
