/* SPDX-License-Identifier: BSD-2-Clause */
/* usage_pages.c - what all tenants used, and the figures of each day for billing. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/company/company_views.h"
#include "rooms/host/usage/host_usage.h"
#include "web/reply.h"

static handler usage_show, usage_csv, company_usage_csv;

const struct route host_usage_routes[] = {
	{ GET, "/host/usage", MAY_HOST_READ, usage_show, ROUTE_HOST, NULL },
	{ GET, "/host/usage.csv", MAY_HOST_READ, usage_csv, ROUTE_HOST, NULL },
	{ GET, "/host/tenants/:id/usage.csv", MAY_HOST_READ, company_usage_csv, ROUTE_HOST, NULL },
	{ .path = NULL }
};

/* Only for problems: the span is read from the query. */
static const struct field no_fields[] = { FIELD_END };

static void
show_row(struct req *r, const struct company_usage *usage)
{
	struct page_node *node = page_add(r->page, "Usage");

	page_set(node, "Name", usage->name);
	page_setf(node, "Path", "/host/tenants/%llu", (unsigned long long)usage->id);
	page_set_u64(node, "Messages", usage->messages);
	page_set_u64(node, "Chats", usage->chats);
	page_set_u64(node, "Agents", usage->agents);
	page_set_u64(node, "PeakChats", usage->peak_chats);
	page_set(node, "Storage", company_bytes(r->arena, usage->storage_bytes));
	page_set_u64(node, "AiTokens", usage->ai_tokens);
}

static int
usage_show(struct req *r)
{
	struct usage_span span = { .tenant = { 0 } };
	const struct company_usage *usage;
	struct db_rows rows = { 0 };
	struct form form;
	size_t i;

	form_init(&form, no_fields);
	page_set(r->page, "Title", locale_text(N_("Usage")));
	if (usage_query_read(r, &form, &span)) {
		if (company_usage(r->db, r->arena, &span, &rows) == GOT_ERROR)
			return reply_got(r, GOT_ERROR);
		page_set(r->page, "Span.From", usage_day_text(r->arena, span.from));
		page_set(r->page, "Span.To", usage_day_text(r->arena, span.to - CLOCK_DAY));
	} else {
		page_set(r->page, "Span.From", req_query(r, "from"));
		page_set(r->page, "Span.To", req_query(r, "to"));
		page_set(r->page, "Span.Field", form.problems[0].field);
		page_set(r->page, "Span.Problem", form.problems[0].message);
	}
	for (i = 0, usage = rows.rows; i < rows.count; i++)
		show_row(r, &usage[i]);
	page_set_bool(r->page, "Span.IsCut", rows.count == COMPANY_USAGE_MOST);
	return reply_page_status(r, form_is_good(&form) ? 200 : 422, "host/usage");
}

static int
usage_csv(struct req *r)
{
	struct usage_span span = { .tenant = { 0 } };
	struct form form;

	form_init(&form, no_fields);
	if (!usage_query_read(r, &form, &span))
		return usage_show(r);
	return usage_csv_reply(r, &span);
}

static int
company_usage_csv(struct req *r)
{
	struct usage_span span = { .tenant = { req_id(r) } };
	struct tenant tenant = { 0 };
	struct form form;
	enum got got = tenant_by_id(r->db, r->arena, span.tenant, &tenant);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&form, no_fields);
	if (!usage_query_read(r, &form, &span))
		return reply_error(r, 422, "invalid", N_("The first or the last day is wrong: both are written as 2026-11-20."));
	return usage_csv_reply(r, &span);
}
