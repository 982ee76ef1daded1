/* SPDX-License-Identifier: BSD-2-Clause */
/* host_usage.c - which days, and their download. */
#include "rooms/host/usage/host_usage.h"

#include "core/text.h"
#include "web/csv_file.h"
#include "web/reply.h"

static void
day_read(struct req *r, struct form *form, const char *name, clock_ms *day)
{
	const char *text = req_query(r, name);

	if (!text_is_blank(text) && !usage_day(text, day))
		form_problem(r, form, name, N_("must be a day such as %s"), "2026-11-20");
}

bool
usage_span_read(struct req *r, struct form *form, struct usage_span *span)
{
	const clock_ms today = r->now - r->now % CLOCK_DAY;
	clock_ms last = today;

	span->from = today - (USAGE_DAYS_PRESET - 1) * CLOCK_DAY;
	day_read(r, form, "to", &last);
	if (last < span->from)
		span->from = last;
	day_read(r, form, "from", &span->from);
	span->to = last + CLOCK_DAY;
	if (form_is_good(form) && span->from >= span->to)
		form_problem(r, form, "from", N_("must not be after the last day"), NULL);
	if (form_is_good(form) && span->to - span->from > USAGE_DAYS_MOST * CLOCK_DAY)
		form_problem(r, form, "from", N_("must be at most %s days before the last day"), "400");
	return form_is_good(form);
}

static bool
csv_day(void *arg, const void *row)
{
	struct csv_file *csv = arg;

	csv_file_line(csv, usage_csv_row(csv->arena, row));
	return csv_file_end_row(csv);
}

int
usage_csv_reply(struct req *r, const struct usage_span *span)
{
	struct csv_file csv;

	csv_file_open(&csv, r, "usage.csv", usage_csv_head());
	return csv_file_reply(&csv, usage_stream(r->db, span, csv_day, &csv));
}
