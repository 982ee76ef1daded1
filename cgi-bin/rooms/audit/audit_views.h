/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_views.h - entries of the audit log as page values and JSON. */
#ifndef HARK_ROOMS_AUDIT_AUDIT_VIEWS_H
#define HARK_ROOMS_AUDIT_AUDIT_VIEWS_H

#include "rooms/audit/audit_log_store.h"
#include "web/req.h"

/* The filter as it was given, with nouns and actions to choose from: `kinds` as the store gives them. */
void audit_filter_show(struct req *r, const struct audit_filter *filter, const struct db_rows *kinds);

/* At most `most` rows, and the way to the older ones when there are more. */
void audit_rows_show(struct req *r, const struct db_rows *rows, size_t most);

struct json *audit_json(struct arena *arena, const struct audit_row *row);

#endif
