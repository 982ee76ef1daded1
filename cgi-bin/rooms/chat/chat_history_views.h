/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_history_views.h - the history and a transcript as page values. */
#ifndef HARK_ROOMS_CHAT_CHAT_HISTORY_VIEWS_H
#define HARK_ROOMS_CHAT_CHAT_HISTORY_VIEWS_H

#include "rooms/conversation/conversation.h"
#include "web/req.h"

/* "Filter.*", "History.Rows.*" and the next page's address. `rows` may hold one more than `most`. */
enum got chat_history_show(struct req *r, const struct history_filter *filter, const struct db_rows *rows, size_t most) MUST_USE;

/* The first `most` conversations as rows below `path`, such as "History.Rows". */
enum got chat_history_rows(struct req *r, const char *path, const struct db_rows *rows, size_t most) MUST_USE;

/* "Chat.*" and "Messages.*". */
enum got chat_transcript_show(struct req *r, const struct conversation *conversation, const struct db_rows *messages) MUST_USE;

/* The visitor's name, or "Visitor" in the language of the reader. */
const char *chat_visitor_name(const struct conversation *conversation);

#endif
