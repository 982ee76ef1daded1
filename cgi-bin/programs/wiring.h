/* SPDX-License-Identifier: BSD-2-Clause */
/* wiring.h - which rooms there are: their routes, resources, menu entries and jobs, put together once for all programs. */
#ifndef HARK_PROGRAMS_WIRING_H
#define HARK_PROGRAMS_WIRING_H

#include "web/job.h"
#include "web/req.h"

/* What a process shares, made from the configuration: keys, templates, files, bell, tables. NULL (logged) when a secret is missing. */
struct site *wiring_site(struct arena *arena, const struct conf *conf);

/* The job tables of all rooms; ends with NULL. */
extern const struct job_kind *const wiring_jobs[];

/* The configuration of --config FILE, of $HARK_CONFIG or of the default place; ends the program with 78 and a complaint. */
const struct conf *wiring_conf(struct arena *arena, const char *path);

/* Ends the program with 78 and the command to run when the database's schema is not the one of this program, and with 75 when the
 * database does not answer. */
void wiring_check_schema(struct arena *arena, const struct conf *conf);

/* Everything that a new tenant starts with, in the caller's transaction: roles, queue, working hours, widget. */
enum got wiring_start_tenant(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now) MUST_USE;

#endif
