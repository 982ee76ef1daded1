/* SPDX-License-Identifier: BSD-2-Clause */
/* company_views.h - what the host's pages and API show of tenants. */
#ifndef HARK_ROOMS_HOST_COMPANY_VIEWS_H
#define HARK_ROOMS_HOST_COMPANY_VIEWS_H

#include "rooms/host/company/company_store.h"
#include "web/form.h"

#define COMPANY_ROWS 50              /* of a page */
#define COMPANY_ROWS_MOST 200        /* that the API gives at once */

/* Reads q, state, plan, sort, page and per_page from the query; what is wrong is a problem in `form`, which the API refuses, and left
 * out, so that a page shows the rest. */
void company_query_read(struct req *r, struct form *form, struct company_query *query);

/* The states of tenants with their words for people; ends with a NULL value. */
extern const struct field_choice company_states[];
const char *company_state_label(const char *state);

/* The list as nodes below "List", as shell/list.cs draws them. */
enum got company_list_show(struct req *r, const struct company_query *query) MUST_USE;

/* As tenant_json(), with agents, chats and storage_bytes. */
struct json *company_json(struct arena *arena, const struct company *company);

/* "1.2 GB" in units of 1000, as plans count. */
const char *company_bytes(struct arena *arena, uint64_t bytes);

/* All plans as choices of a field: code and name. */
enum got company_plan_choices(struct req *r, struct field_choice **choices) MUST_USE;

#endif
