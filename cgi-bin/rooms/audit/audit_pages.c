/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_pages.c - the audit log as a page, as CSV and as JSON. */
#include "rooms/audit/audit.h"

#include <string.h>

#include "core/csv.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/audit/audit_views.h"
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

/* A day of the form; a malformed one is told and left out. */
static void
read_day(struct req *r, const char *name, int days, clock_ms *moment)
{
	const char *day = req_query(r, name);

	if (!text_is_blank(day) && !clock_day_start(day, days, moment))
		page_set(r->page, "Filter.Problem", locale_text(N_("A date must look like 2026-11-20.")));
}

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
	read_day(r, "from", 0, &filter->from);
	read_day(r, "to", 1, &filter->to);
	text_to_u64(req_query(r, "id"), &filter->noun_id);
	text_to_u64(req_query(r, "actor"), &filter->actor_id);
	text_to_u64(req_query(r, "before"), &filter->before_id);
}

enum got
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

struct export {
	struct req *r;
	struct str out;
	struct arena *row_arena;     /* emptied after each row */
	bool begun;
};

static bool
export_begin(struct export *export)
{
	static const char *const heads[] = {
		"id", "at", "actor_kind", "actor", "address", "action", "noun", "noun_id", "name", "difference"
	};
	size_t i;

	export->begun = true;
	if (!reply_stream_begin(export->r, CSV_TYPE, "audit.csv"))
		return false;
	str_add(&export->out, CSV_MARK);
	for (i = 0; i < COUNT_OF(heads); i++)
		csv_cell(&export->out, heads[i], false);
	str_add(&export->out, CSV_END);
	return true;
}

static bool
export_flush(struct export *export)
{
	bool is_good = reply_stream_write(export->r, export->out.data, export->out.len);

	str_clear(&export->out);
	return is_good;
}

static bool
export_row(void *arg, const void *data)
{
	const struct audit_row *row = data;
	struct export *export = arg;
	struct str *out = &export->out;
	struct arena *arena = export->row_arena;

	if (!export->begun && !export_begin(export))
		return false;
	csv_cell(out, arena_printf(arena, "%llu", (unsigned long long)row->id), true);
	csv_cell(out, clock_iso(arena, row->at), false);
	csv_cell(out, row->actor_kind, false);
	csv_cell(out, row->actor_name, false);
	csv_cell(out, row->address, false);
	csv_cell(out, row->action, false);
	csv_cell(out, row->noun, false);
	csv_cell(out, arena_printf(arena, "%llu", (unsigned long long)row->noun_id), true);
	csv_cell(out, row->noun_name, false);
	csv_cell(out, row->difference, false);
	str_add(out, CSV_END);
	arena_reset(arena);
	return out->len < CSV_PIECE || export_flush(export);
}

static void
arena_end(void *arg)
{
	arena_free(arg);
}

static int
audit_csv(struct req *r)
{
	struct audit_filter filter = { .most = AUDIT_EXPORT_MOST };
	struct export export = { .r = r, .row_arena = arena_new() };

	arena_on_release(r->arena, arena_end, export.row_arena);
	str_init(&export.out, r->arena);
	read_filter(r, &filter);
	if (audit_each(r->db, r->tenant, &filter, export_row, &export) == GOT_ERROR && !export.begun)
		return reply_got(r, GOT_ERROR);
	if (export.begun || export_begin(&export))
		export_flush(&export);
	return reply_stream_end(r);
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
