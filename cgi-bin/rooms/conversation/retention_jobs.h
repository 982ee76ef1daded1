/* SPDX-License-Identifier: BSD-2-Clause */
/* retention_jobs.h - the job that erases what is not kept any longer. */
#ifndef HARK_ROOMS_CONVERSATION_RETENTION_JOBS_H
#define HARK_ROOMS_CONVERSATION_RETENTION_JOBS_H

#include "web/job.h"

#define RETENTION_LEASE (2 * CLOCK_MINUTE)
#define RETENTION_EVERY CLOCK_MINUTE

job_function retention_run;

#endif
