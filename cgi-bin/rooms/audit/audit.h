/* SPDX-License-Identifier: BSD-2-Clause */
/* audit.h - reading the audit log: who changed what, when, from where, with the values before and after. web/audit.h writes it. */
#ifndef HARK_ROOMS_AUDIT_AUDIT_H
#define HARK_ROOMS_AUDIT_AUDIT_H

#include "edge/db.h"
#include "web/job.h"
#include "web/resource.h"
#include "web/route.h"

/* For how long entries are kept. */
struct audit_setting {
	uint64_t keep_days;
};
extern const struct resource audit_setting_resource;

extern const struct route audit_routes[];
extern const struct route audit_host_routes[];  /* the host's log: of operators, their keys, the command, and of the installation */
extern const struct job_kind audit_jobs[];       /* audit.sweep: entries that are older than the company keeps them */

/* An entry. */
struct audit_row {
	uint64_t id;
	uint64_t tenant_id;          /* 0: the installation */
	const char *tenant_name;     /* only in the host's log */
	clock_ms at;
	const char *actor_kind;      /* agent, api, command, host, system, nobody */
	uint64_t actor_id;
	const char *actor_name;
	const char *address;
	const char *action;          /* "queue.create" */
	const char *noun;
	uint64_t noun_id;
	const char *noun_name;
	const char *difference;      /* JSON: {"name":["before","after"]} */
};

/* What is asked for; 0 and "" are no condition, texts are not NULL. */
struct audit_filter {
	const char *words;           /* in the names of actor and noun, the action, the address or the values */
	const char *noun;
	uint64_t noun_id;
	const char *actor_kind;
	uint64_t actor_id;
	const char *action;          /* a whole one, "tenant.plan", or the verb of any noun, "create" */
	clock_ms from;
	clock_ms to;
	uint64_t before_id;          /* older than this entry */
	uint64_t most;               /* rows */
};

/* The host's log, newest first: what operators, their keys and the command did in all tenants, and what happened to the installation
 * itself; of one tenant (not 0) only what they did there. */
enum got audit_host_list(struct db *db, struct arena *arena, tenant_id tenant, const struct audit_filter *filter,
	struct db_rows *rows) MUST_USE;
/* With "tenant":{"id","name"}, or null. */
struct json *audit_host_json(struct arena *arena, const struct audit_row *row);

#endif
