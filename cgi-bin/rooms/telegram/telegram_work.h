/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_work.h - what the jobs of Telegram share: a bot that is ready to be spoken to; telegram_jobs lists the jobs. */
#ifndef HARK_ROOMS_TELEGRAM_TELEGRAM_WORK_H
#define HARK_ROOMS_TELEGRAM_TELEGRAM_WORK_H

#include "rooms/channel/channel.h"
#include "rooms/telegram/telegram_api.h"

/* So long may a job hold a chat: longer than its slowest call. */
#define TELEGRAM_LEASE (2 * CLOCK_MINUTE)

/* An account and its bot. */
struct telegram_desk {
	struct account account;
	struct telegram_bot bot;
};

/* GOT_NONE: there is no such account. Deleted ones and those that are off are found, too, and those whose token does not open: then it is NULL,
 * and the bot cannot be spoken to until somebody types the token again. */
enum got telegram_desk_open(struct job_run *run, uint64_t account, struct telegram_desk *desk) MUST_USE;
/* May it speak: is it enabled and not deleted? */
bool telegram_desk_is_on(const struct telegram_desk *desk);

/* What is said next is said in the person's language, else the company's, and in the company's words; locale_use("en") ends it. */
void telegram_speak(struct job_run *run, const struct identity *identity);

/* 2 s, 4 s, 8 s … at most five minutes; or what Telegram asks for. */
clock_ms telegram_pause(uint64_t tries, clock_ms retry_after);

job_function telegram_connect, telegram_receive, telegram_send, telegram_say;

#endif
