/* SPDX-License-Identifier: BSD-2-Clause */
/* moment.h - moments on pages: `name` as the reader writes it (edge/locale_date.h), `name`Iso for the page's <time datetime>.
 *
 * A moment that never was, 0, sets neither.
 */
#ifndef HARK_WEB_MOMENT_H
#define HARK_WEB_MOMENT_H

#include "core/clock.h"
#include "edge/page.h"
#include "web/req.h"

/* Day and time; with the seconds, for logs. */
void moment_show(const struct req *r, struct page_node *node, const char *name, clock_ms moment);
void moment_show_seconds(const struct req *r, struct page_node *node, const char *name, clock_ms moment);

/* The day alone, the time of day alone. */
void moment_show_date(const struct req *r, struct page_node *node, const char *name, clock_ms moment);
void moment_show_time(const struct req *r, struct page_node *node, const char *name, clock_ms moment);

#endif
