/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram.h - bots of Telegram as chats: what people write to a bot comes in by its hook, what agents answer goes out by a job.
 * Source of the rules: https://core.telegram.org/bots/api (Bot API). docs/channels.md tells the whole.
 */
#ifndef HARK_ROOMS_TELEGRAM_TELEGRAM_H
#define HARK_ROOMS_TELEGRAM_TELEGRAM_H

#include "web/job.h"
#include "web/route.h"

extern const struct route telegram_routes[];     /* POST /hook/telegram/KEY */
extern const struct job_kind telegram_jobs[];    /* telegram.connect, .receive, .send, .say */

#endif
