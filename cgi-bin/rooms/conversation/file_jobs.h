/* SPDX-License-Identifier: BSD-2-Clause */
/* file_jobs.h - the job behind file_order_preview(). */
#ifndef HARK_ROOMS_CONVERSATION_FILE_JOBS_H
#define HARK_ROOMS_CONVERSATION_FILE_JOBS_H

#include "rooms/conversation/conversation.h"

#define FILE_PREVIEW_LEASE (2 * CLOCK_MINUTE)    /* the tool has 20 seconds */

job_function file_make_preview;

#endif
