/* SPDX-License-Identifier: BSD-2-Clause */
/* filter.h - lists that are narrowed by their query: days read from it, and links that ask the same again. */
#ifndef HARK_WEB_FILTER_H
#define HARK_WEB_FILTER_H

#include "web/req.h"

/* A day of the filter's form ("2026-11-20", in the zone of who asks), moved by `days`. One that is malformed is told on the page
 * (Filter.Problem) and left out, as one that is not given. */
void filter_day(struct req *r, const char *name, int days, clock_ms *moment);

/* `path` with those parameters of the query that are in `kept` (ends with NULL) and not blank; `before`, unless it is NULL, names the
 * last row of this page: the question continued behind it. */
const char *filter_link(struct req *r, const char *path, const char *const *kept, const char *before);

#endif
