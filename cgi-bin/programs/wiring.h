/* SPDX-License-Identifier: BSD-2-Clause */
/* wiring.h - which rooms there are: their routes, resources, menu entries and jobs, put together once for all programs. */
#ifndef HARK_PROGRAMS_WIRING_H
#define HARK_PROGRAMS_WIRING_H

#include "web/job.h"
#include "web/req.h"

/* What a process shares, made from the configuration: keys, templates, files, bell, tables. NULL when a secret is missing, *problem
 * says which. */
struct site *wiring_site(struct arena *arena, const struct conf *conf, const char **problem);

/* The job tables of all rooms; ends with NULL. */
extern const struct job_kind *const wiring_jobs[];

/* 0 when the database's schema is the one of this program. Else the exit code and *problem: 78 when it is not, with the command to run, or
 * when the database does not let us in; 75 when it does not answer. */
int wiring_check_schema(struct arena *arena, const struct conf *conf, const char **problem);

/* What hark-web and hark-jobs begin with: configuration (the log is opened by it, with the program's name), schema and site. The exit code
 * after a complaint, else 0. */
int wiring_start(struct arena *arena, const char *program, const char *config, struct site **site);

/* Everything that a new tenant starts with, in the caller's transaction: roles, queue, working hours, widget. */
enum got wiring_start_tenant(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now) MUST_USE;

#endif
