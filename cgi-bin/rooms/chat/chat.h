/* SPDX-License-Identifier: BSD-2-Clause */
/* chat.h - live chat: the visitor's JSON, the agents' console, and the history of chats. */
#ifndef HARK_ROOMS_CHAT_CHAT_H
#define HARK_ROOMS_CHAT_CHAT_H

#include "web/job.h"
#include "web/req.h"
#include "web/route.h"

extern const struct route chat_visit_routes[];       /* /visit/KEY/… (docs/api-visit.md) */
extern const struct route chat_console_routes[];     /* /console… (docs/api-console.md) */
extern const struct route chat_history_routes[];     /* /admin/history… */

extern const struct contact_ties chat_contact_ties;  /* for site.contact_ties */

extern const struct job_kind chat_jobs[];            /* chat.presence */

/* Sets User.Chats of a page, the number beside "Console": chats that wait or are the agent's own. For site.frame. */
void chat_show_badge(struct req *r);

#endif
