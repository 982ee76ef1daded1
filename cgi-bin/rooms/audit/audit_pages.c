/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_pages.c - the audit log as a page, as CSV and as JSON: of a company, and of the host. */
#include "rooms/audit/audit.h"

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/audit/audit_views.h"
#include "rooms/audit/audit_words.h"
#include "web/csv_file.h"
#include "web/filter.h"
#include "web/form.h"
#include "web/reply.h"

static handler audit_page, audit_csv, audit_api;

const struct route audit_routes[] = {
	{ GET, "/admin/audit", MAY_READ_AUDIT, audit_page, 0, NULL },
	{ GET, "/admin/audit.csv", MAY_READ_AUDIT, audit_csv, 0, NULL },
	{ GET, "/api/v1/audit", MAY_READ_AUDIT, audit_api, ROUTE_JSON, NULL },
	{ .path = NULL }
};

const struct route audit_host_routes[] = {
	{ GET, "/host/audit", MAY_HOST_READ, audit_page, ROUTE_HOST, NULL },
	{ GET, "/host/audit.csv", MAY_HOST_READ, audit_csv, ROUTE_HOST, NULL },
	{ GET, "/api/v1/host/audit", MAY_HOST_READ, audit_api, ROUTE_HOST | ROUTE_JSON, NULL },
	{ .path = NULL }
};

#define AUDIT_ROWS 50
#define AUDIT_ROWS_MOST 200      /* of the interface */
#define AUDIT_EXPORT_MOST 1000000
#define AUDIT_HOST_EXPORT_MOST 100000    /* sorted on the way, because it comes of three parts */

/* What a request asks of which log. */
struct look {
	bool is_host;
	tenant_id tenant;            /* the host's: of one tenant, or 0 */
	struct audit_filter filter;
	struct form form;            /* what is wrong with the query */
};

/* What people call the parts of the question that they see, for problems. */
static const struct field look_fields[] = {
	{ .name = "from", .label = N_("From") }, { .name = "to", .label = N_("To") }, { .name = "by", .label = N_("Who") },
	{ .name = "before" }, { .name = "id" }, { .name = "actor" }, { .name = "tenant" }, { .name = "per_page" }, FIELD_END
};

static const char *
read_word(struct req *r, const char *name)
{
	const char *word = req_query(r, name);

	return word != NULL ? text_trim(r->arena, word) : "";
}

static void
read_day(struct req *r, struct form *form, const char *name, int days, clock_ms *moment)
{
	const char *day = req_query(r, name);

	if (!text_is_blank(day) && !clock_day_start(day, days, moment))
		form_problem(r, form, name, N_("must be a day such as %s"), "2026-11-20");
}

static const char *
read_kind(struct req *r, struct form *form, const char *name)
{
	const char *kind = read_word(r, name);
	struct str all;

	if (text_is_blank(kind))
		return kind;
	str_init(&all, r->arena);
	for (size_t i = 0; i < audit_kind_count; i++) {
		if (text_equal(kind, audit_kinds[i].name))
			return kind;
		str_add_item(&all, audit_kinds[i].name);
	}
	form_problem(r, form, name, N_("must be one of: %s"), all.data);
	return "";
}

static void
read_number(struct req *r, struct form *form, const char *name, uint64_t most, uint64_t *number)
{
	const char *text = req_query(r, name);
	uint64_t read;

	if (text_is_blank(text))
		return;
	if (text_to_u64(text, &read) && read >= 1 && read <= most)
		*number = read;
	else
		form_problem(r, form, name, N_("must be a number from 1 to %s"), arena_printf(r->arena, "%llu", (unsigned long long)most));
}

/* False: the query has problems; the rest of it is read. */
static bool
look_read(struct req *r, struct look *look, uint64_t most)
{
	struct audit_filter *filter = &look->filter;

	*look = (struct look){ .is_host = (r->route->flags & ROUTE_HOST) != 0, .tenant = r->tenant, .filter = { .most = most } };
	form_init(&look->form, look_fields);
	filter->words = read_word(r, "q");
	filter->noun = read_word(r, "noun");
	filter->action = read_word(r, "action");
	filter->actor_kind = read_kind(r, &look->form, "by");
	read_day(r, &look->form, "from", 0, &filter->from);
	read_day(r, &look->form, "to", 1, &filter->to);
	if (filter->from != 0 && filter->to != 0 && filter->from >= filter->to)
		form_problem(r, &look->form, "from", FILTER_DAYS_TURNED, NULL);
	read_number(r, &look->form, "id", INT64_MAX, &filter->noun_id);
	read_number(r, &look->form, "actor", INT64_MAX, &filter->actor_id);
	read_number(r, &look->form, "before", INT64_MAX, &filter->before_id);
	if (look->is_host)
		read_number(r, &look->form, "tenant", INT64_MAX, &look->tenant.id);
	return form_is_good(&look->form);
}

static enum got
look_list(struct req *r, const struct look *look, struct db_rows *rows)
{
	if (look->is_host)
		return audit_host_list(r->db, r->arena, look->tenant, &look->filter, rows);
	return audit_list(r->db, r->arena, look->tenant, &look->filter, rows);
}

static enum got
look_kinds(struct req *r, const struct look *look, struct db_rows *rows)
{
	return look->is_host ? audit_host_kinds(r->db, r->arena, rows) : audit_kinds_of(r->db, r->arena, look->tenant, rows);
}

static int
audit_page(struct req *r)
{
	struct look look;
	struct db_rows rows = { 0 }, kinds = { 0 };

	if (!look_read(r, &look, AUDIT_ROWS + 1))
		page_set(r->page, "Filter.Problem", form_sentence(r, &look.form, 0));
	if (look_list(r, &look, &rows) == GOT_ERROR || look_kinds(r, &look, &kinds) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	audit_filter_show(r, &look.filter, &kinds);
	audit_rows_show(r, &rows, AUDIT_ROWS);
	if (look.is_host && look.tenant.id != 0)
		page_set_u64(r->page, "Audit.Tenant", look.tenant.id);
	page_set_bool(r->page, "Audit.IsHost", look.is_host);
	page_set_bool(r->page, "Audit.Keep", !look.is_host && req_may(r, MAY_MANAGE_SETTINGS));
	page_set(r->page, "Title", locale_text(N_("Audit log")));
	return reply_page(r, look.is_host ? "host/audit" : "audit/log");
}

struct export {
	struct csv_file file;
	bool is_host;
};

static bool
csv_row(void *arg, const void *data)
{
	const struct audit_row *row = data;
	struct export *export = arg;
	struct csv_file *file = &export->file;

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
	if (export->is_host) {
		csv_file_u64(file, row->tenant_id);
		csv_file_text(file, row->tenant_name);
	}
	return csv_file_end_row(file);
}

#define CSV_HEAD "id,at,actor_kind,actor,address,action,noun,noun_id,name,difference"

static int
audit_csv(struct req *r)
{
	struct look look;
	struct export export;

	if (!look_read(r, &look, AUDIT_EXPORT_MOST))
		return reply_json_status(r, 422, form_json(r, &look.form));
	export.is_host = look.is_host;
	csv_file_open(&export.file, r, "audit.csv", look.is_host ? CSV_HEAD ",tenant_id,tenant" : CSV_HEAD);
	if (!look.is_host)
		return csv_file_reply(&export.file, audit_each(r->db, look.tenant, &look.filter, csv_row, &export));
	look.filter.most = AUDIT_HOST_EXPORT_MOST;
	return csv_file_reply(&export.file, audit_host_each(r->db, look.tenant, &look.filter, csv_row, &export));
}

static int
audit_api(struct req *r)
{
	struct look look;
	struct json *answer = json_new_object(r->arena), *items = json_new_array(r->arena);
	const struct audit_row *row;
	struct db_rows rows = { 0 };
	size_t i;

	look_read(r, &look, AUDIT_ROWS);
	read_number(r, &look.form, "per_page", AUDIT_ROWS_MOST, &look.filter.most);
	if (!form_is_good(&look.form))
		return reply_json_status(r, 422, form_json(r, &look.form));
	if (look_list(r, &look, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, row = rows.rows; i < rows.count; i++)
		json_add(items, look.is_host ? audit_host_json(r->arena, &row[i]) : audit_json(r->arena, &row[i]));
	json_set(answer, "items", items);
	if (rows.count == look.filter.most)
		json_set_u64(answer, "next_before", row[rows.count - 1].id);
	return reply_json(r, answer);
}
