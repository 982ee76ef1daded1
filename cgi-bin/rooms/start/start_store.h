/* SPDX-License-Identifier: BSD-2-Clause */
/* start_store.h - what a company has done already. */
#ifndef HARK_ROOMS_START_START_STORE_H
#define HARK_ROOMS_START_START_STORE_H

#include "core/field.h"
#include "edge/db.h"

struct start_facts {
	uint64_t agents;
	bool has_looks;              /* the branding was saved */
	bool has_queues;             /* somebody beside the first agent, who is in one from the start */
	bool has_hours;              /* a calendar was changed, or chats keep to the hours */
	bool has_canned;
	bool has_answered;           /* an agent has or had a chat */
	const char *seen_host;       /* where a widget was seen last, or "" */
};

/* One statement of looks into indexes. */
enum got start_facts_load(struct db *db, struct arena *arena, tenant_id tenant, struct start_facts *facts) MUST_USE;

#endif
