/* SPDX-License-Identifier: BSD-2-Clause */
/* status_views.h - statuses and their log as page values, JSON and CSV. */
#ifndef HARK_ROOMS_PEOPLE_STATUS_STATUS_VIEWS_H
#define HARK_ROOMS_PEOPLE_STATUS_STATUS_VIEWS_H

#include "rooms/people/status/status_store.h"

/* Log.Rows.N.{Agent,AgentId,Status,Name,Span,IsNow,Why,By,At,AtIso}. */
void status_rows_show(struct req *r, const struct db_rows *entries, size_t most);

/* Choices.N.{Value,Label,Selected}: what may be chosen, the company's own after Away. */
enum got status_choices_show(struct req *r, const struct agent *agent);

/* {"status","away_id","since","why","away_statuses"} of an agent. */
enum got status_json(struct req *r, const struct agent *agent, struct json **json);

#endif
