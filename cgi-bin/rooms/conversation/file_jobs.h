/* SPDX-License-Identifier: BSD-2-Clause */
/* file_jobs.h - the jobs behind file_order_preview() and file_keep(). */
#ifndef HARK_ROOMS_CONVERSATION_FILE_JOBS_H
#define HARK_ROOMS_CONVERSATION_FILE_JOBS_H

#include "rooms/conversation/conversation.h"

#define FILE_PREVIEW_LEASE (2 * CLOCK_MINUTE)    /* the tool has 20 seconds */

job_function file_make_preview;

/* Orders the look whether a row names the kept file `stored`, for when every request that could add one has ended. */
enum got file_order_look(struct db *db, tenant_id tenant, const char *stored, clock_ms now) MUST_USE;
job_function file_look;

#endif
