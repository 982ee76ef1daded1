/* SPDX-License-Identifier: BSD-2-Clause */
/* filter.h - lists that are narrowed by their query: days read from it, and links that ask the same again. */
#ifndef HARK_WEB_FILTER_H
#define HARK_WEB_FILTER_H

#include "web/req.h"

#define FILTER_DAYS_TURNED N_("The first day must not be after the last one.")

/* The days `from` and `to` of the filter's form ("2026-11-20", in the zone of who asks), as the moments when the first begins and the last
 * is over. One that is malformed is left out, as one that is not given. What is wrong is told on the page (Filter.Problem). */
void filter_days(struct req *r, clock_ms *from, clock_ms *to);

/* `path` with those parameters of the query that are in `kept` (ends with NULL) and not blank; `before`, unless it is NULL, names the
 * last row of this page: the question continued behind it. */
const char *filter_link(struct req *r, const char *path, const char *const *kept, const char *before);

#endif
