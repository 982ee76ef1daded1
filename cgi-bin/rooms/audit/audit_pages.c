/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_pages.c - the audit log as a page, as CSV and as JSON. */
#include "rooms/audit/audit.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/audit/audit_views.h"
#include "web/csv_file.h"
#include "web/filter.h"
#include "web/reply.h"

static handler audit_page, audit_csv, audit_api;

const struct route audit_routes[] = {
	{ GET, "/admin/audit", MAY_READ_AUDIT, audit_page, 0, NULL },
	{ GET, "/admin/audit.csv", MAY_READ_AUDIT, audit_csv, 0, NULL },
	{ GET, "/api/v1/audit", MAY_READ_AUDIT, audit_api, ROUTE_JSON, NULL },
	{ .path = NULL }
};

#define AUDIT_ROWS 50
#define AUDIT_ROWS_MOST 200      /* of the interface */
#define AUDIT_EXPORT_MOST 1000000

static const char *
read_word(struct req *r, const char *name)
{
	const char *word = req_query(r, name);

	return word != NULL ? text_trim(r->arena, word) : "";
}

static void
read_filter(struct req *r, struct audit_filter *filter)
{
	filter->words = read_word(r, "q");
	filter->noun = read_word(r, "noun");
	filter->actor_kind = read_word(r, "by");
	filter_day(r, "from", 0, &filter->from);
	filter_day(r, "to", 1, &filter->to);
	text_to_u64(req_query(r, "id"), &filter->noun_id);
	text_to_u64(req_query(r, "actor"), &filter->actor_id);
	text_to_u64(req_query(r, "before"), &filter->before_id);
}

/* The entries with the filter of the query, as page values below "Audit" for templates/audit/log.cs. */
static enum got
audit_show(struct req *r)
{
	struct audit_filter filter = { .most = AUDIT_ROWS + 1 };
	struct db_rows rows = { 0 }, nouns = { 0 };

	read_filter(r, &filter);
	if (audit_list(r->db, r->arena, r->tenant, &filter, &rows) == GOT_ERROR
		|| audit_nouns(r->db, r->arena, r->tenant, &nouns) == GOT_ERROR)
		return GOT_ERROR;
	audit_filter_show(r, &filter, &nouns);
	return audit_rows_show(r, &rows, AUDIT_ROWS);
}

static int
audit_page(struct req *r)
{
	if (audit_show(r) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	page_set_bool(r->page, "Audit.Keep", req_may(r, MAY_MANAGE_SETTINGS));
	page_set(r->page, "Title", locale_text(N_("Audit log")));
	return reply_page(r, "audit/log");
}

static bool
csv_row(void *arg, const void *data)
{
	const struct audit_row *row = data;
	struct csv_file *file = arg;

	csv_file_u64(file, row->id);
	csv_file_text(file, clock_iso(file->arena, row->at));
	csv_file_text(file, row->actor_kind);
	csv_file_text(file, row->actor_name);
	csv_file_text(file, row->address);
	csv_file_text(file, row->action);
	csv_file_text(file, row->noun);
	csv_file_u64(file, row->noun_id);
	csv_file_text(file, row->noun_name);
	csv_file_text(file, row->difference);
	return csv_file_end_row(file);
}

static int
audit_csv(struct req *r)
{
	struct audit_filter filter = { .most = AUDIT_EXPORT_MOST };
	struct csv_file file;

	read_filter(r, &filter);
	csv_file_open(&file, r, "audit.csv", "id,at,actor_kind,actor,address,action,noun,noun_id,name,difference");
	return csv_file_reply(&file, audit_each(r->db, r->tenant, &filter, csv_row, &file));
}

static int
audit_api(struct req *r)
{
	struct audit_filter filter = { .most = AUDIT_ROWS };
	struct json *answer = json_new_object(r->arena), *items = json_new_array(r->arena);
	const struct audit_row *row;
	struct db_rows rows = { 0 };
	size_t i;

	read_filter(r, &filter);
	if (req_has(r, "per_page") && (!text_to_u64(req_query(r, "per_page"), &filter.most) || filter.most < 1
		|| filter.most > AUDIT_ROWS_MOST))
		return reply_field_error(r, 422, "per_page", N_("must be from 1 to %s"), "200");
	if (audit_list(r->db, r->arena, r->tenant, &filter, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, row = rows.rows; i < rows.count; i++)
		json_add(items, audit_json(r, &row[i]));
	json_set(answer, "items", items);
	if (rows.count == filter.most)
		json_set_u64(answer, "next_before", row[rows.count - 1].id);
	return reply_json(r, answer);
}
