/* SPDX-License-Identifier: BSD-2-Clause */
/* audit.h - reading the audit log: who changed what, when, from where, with the values before and after. web/audit.h writes it. */
#ifndef HARK_ROOMS_AUDIT_AUDIT_H
#define HARK_ROOMS_AUDIT_AUDIT_H

#include "web/job.h"
#include "web/resource.h"
#include "web/route.h"

/* For how long entries are kept. */
struct audit_setting {
	uint64_t keep_days;
};
extern const struct resource audit_setting_resource;

extern const struct route audit_routes[];
extern const struct job_kind audit_jobs[];       /* audit.sweep: entries that are older than the company keeps them */

#endif
