/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_file.h - files sent in a chat: streamed to the spool, looked at, kept. */
#ifndef HARK_ROOMS_CHAT_CHAT_FILE_H
#define HARK_ROOMS_CHAT_CHAT_FILE_H

#include "rooms/conversation/conversation.h"
#include "web/req.h"

/* A file that is on disk, and the message that will carry it. */
struct chat_upload {
	struct file file;
	struct message message;
	bool is_over_limit;              /* chat_send() did not store it: the tenant's plan has no room */
};

/* Receives the body of the request: `name` and `client_id` come by the query. False after a reply (413, 415, 422). The file is kept on
 * disk; when its message is certainly not stored, chat_file_forget() removes it at once, else a job does when it has no row in an hour. */
bool chat_file_receive(struct req *r, uint64_t conversation, struct chat_upload *upload);
/* What is told then. */
int chat_file_reply_over(struct req *r);
void chat_file_forget(struct req *r, const struct chat_upload *upload);

/* Sends it as an attachment; with ?preview=1 its preview inline, 404 while there is none. */
int chat_file_reply(struct req *r, const struct file *file);

#endif
