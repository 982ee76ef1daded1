/* SPDX-License-Identifier: BSD-2-Clause */
/* host_log_store.h - what operators did in all tenants, and what happened to the installation itself. */
#ifndef HARK_ROOMS_HOST_HOST_LOG_STORE_H
#define HARK_ROOMS_HOST_HOST_LOG_STORE_H

#include "rooms/host/host.h"

struct host_log {
	uint64_t id;
	clock_ms at;
	uint64_t tenant_id;              /* 0: the installation */
	const char *tenant_name;
	const char *actor_kind;
	const char *actor_name;
	const char *address;
	const char *action;
	const char *noun_name;
	const char *difference;          /* JSON: {"name":["before","after"]} */
};

struct host_log_query {
	uint64_t tenant;                 /* of this one by operators and commands; 0: of all tenants by them, and what is of no tenant */
	uint64_t before;                 /* older than the entry with this id; 0: from the newest */
	uint64_t most;
};

/* Newest first. */
enum got host_log_read(struct db *db, struct arena *arena, const struct host_log_query *query, struct db_rows *entries) MUST_USE;

#endif
