/* SPDX-License-Identifier: BSD-2-Clause */
/* host_usage.c - the days of a query, and their download. */
#include "rooms/host/usage/host_usage.h"

#include "web/csv_file.h"
#include "web/reply.h"

bool
usage_query_read(struct req *r, struct form *form, struct usage_span *span)
{
	const struct usage_asked asked = { .from = req_query(r, "from"), .to = req_query(r, "to") };

	return usage_span_read(r, form, &asked, span);
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
