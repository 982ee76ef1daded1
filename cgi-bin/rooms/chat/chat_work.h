/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_work.h - the handlers of an agent's work in a chat; chat_console_routes lists them. */
#ifndef HARK_ROOMS_CHAT_CHAT_WORK_H
#define HARK_ROOMS_CHAT_CHAT_WORK_H

#include "web/route.h"

handler chat_work_accept, chat_work_refuse, chat_work_claim, chat_work_transfer, chat_work_message, chat_work_note, chat_work_file,
	chat_work_resend, chat_work_seen, chat_work_draft, chat_work_end, chat_contact_save, chat_contact_reveal;

#endif
