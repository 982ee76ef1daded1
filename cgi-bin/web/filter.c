/* SPDX-License-Identifier: BSD-2-Clause */
/* filter.c - the query of a list. */
#include "web/filter.h"

#include "core/text.h"
#include "edge/locale.h"

static void
filter_day(struct req *r, const char *name, int days, clock_ms *moment)
{
	const char *day = req_query(r, name);

	if (!text_is_blank(day) && !clock_day_start(day, days, moment))
		page_set(r->page, "Filter.Problem", locale_text(N_("A date must look like 2026-11-20.")));
}

void
filter_days(struct req *r, clock_ms *from, clock_ms *to)
{
	filter_day(r, "from", 0, from);
	filter_day(r, "to", 1, to);
	if (*from != 0 && *to != 0 && *from >= *to)
		page_set(r->page, "Filter.Problem", locale_text(FILTER_DAYS_TURNED));
}

const char *
filter_link(struct req *r, const char *path, const char *const *kept, const char *before)
{
	struct str link;
	char mark = '?';

	str_init(&link, r->arena);
	str_add(&link, path);
	for (; *kept != NULL; kept++) {
		if (text_is_blank(req_query(r, *kept)))
			continue;
		str_addf(&link, "%c%s=", mark, *kept);
		text_url_encode(&link, req_query(r, *kept));
		mark = '&';
	}
	if (before != NULL)
		str_addf(&link, "%cbefore=%s", mark, before);
	return link.data;
}
