/* SPDX-License-Identifier: BSD-2-Clause */
/* company_pages.c - the host's pages of tenants: the list, a new one, and one with its facts, limits, usage and host names. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/company/company_form.h"
#include "rooms/host/company/company_show.h"
#include "rooms/host/company/company_views.h"
#include "web/csv_file.h"
#include "web/reply.h"

static handler list_show, list_csv, new_show, new_do, company_page, facts_show, facts_do;

const struct route company_routes[] = {
	{ GET, "/host/tenants", MAY_HOST_READ, list_show, ROUTE_HOST, NULL },
	{ GET, "/host/tenants.csv", MAY_HOST_READ, list_csv, ROUTE_HOST, NULL },
	{ GET, "/host/tenants/new", MAY_HOST_TENANTS, new_show, ROUTE_HOST, NULL },
	{ POST, "/host/tenants", MAY_HOST_TENANTS, new_do, ROUTE_HOST, NULL },
	{ GET, "/host/tenants/:id", MAY_HOST_READ, company_page, ROUTE_HOST, NULL },
	{ GET, "/host/tenants/:id/facts", MAY_HOST_TENANTS, facts_show, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/facts", MAY_HOST_TENANTS, facts_do, ROUTE_HOST, NULL },
	{ .path = NULL }
};

static int
list_show(struct req *r)
{
	struct company_query query;
	struct form form;

	form_init(&form, tenant_fields);
	company_query_read(r, &form, &query);
	if (company_list_show(r, &query) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	page_set(r->page, "Title", locale_text(N_("Companies")));
	return reply_page(r, "host/companies");
}

static bool
csv_company(void *arg, const void *row)
{
	const struct company *company = row;
	const struct tenant *tenant = &company->tenant;
	struct csv_file *csv = arg;

	csv_file_u64(csv, tenant->id);
	csv_file_text(csv, tenant->code);
	csv_file_text(csv, tenant->name);
	csv_file_text(csv, tenant->external_id);
	csv_file_text(csv, tenant->state);
	csv_file_text(csv, tenant->plan_code);
	csv_file_u64(csv, company->agents);
	csv_file_u64(csv, company->chats);
	csv_file_u64(csv, company->storage_bytes);
	csv_file_text(csv, clock_iso(csv->arena, tenant->created_at));
	return csv_file_end_row(csv);
}

static int
list_csv(struct req *r)
{
	struct company_query query;
	struct form form;
	struct csv_file csv;

	form_init(&form, tenant_fields);
	company_query_read(r, &form, &query);
	csv_file_open(&csv, r, "tenants.csv", "id,code,name,external_id,state,plan,agents,chats,storage_bytes,created_at");
	return csv_file_reply(&csv, company_stream(r->db, r->arena, &query, csv_company, &csv));
}

static int
new_page(struct req *r, int status, const struct form *form, const struct company_input *input)
{
	form_show(r, form, input);
	page_set(r->page, "Title", locale_text(N_("New company")));
	page_set(r->page, "Act.Path", "/host/tenants");
	page_set(r->page, "Act.Back", "/host/tenants");
	page_set(r->page, "Act.BackLabel", locale_text(N_("Companies")));
	page_set(r->page, "Act.Button", locale_text(N_("Create")));
	return reply_page_status(r, status, "host/act");
}

static int
new_show(struct req *r)
{
	struct company_input input = { 0 };
	const struct field *fields = company_fields_of(r, COMPANY_NEW);
	struct form form;

	if (fields == NULL)
		return reply_got(r, GOT_ERROR);
	form_init(&form, fields);
	field_preset(r->arena, fields, &input);
	return new_page(r, 200, &form, &input);
}

static int
new_do(struct req *r)
{
	struct company_input input = { 0 };
	const struct field *fields = company_fields_of(r, COMPANY_NEW);
	struct tenant_opening opening;
	struct form form;
	enum got got;

	if (fields == NULL)
		return reply_got(r, GOT_ERROR);
	form_init(&form, fields);
	form_read(r, &form, &input, false);
	got = company_open(r, &form, &input, &opening);
	if (got == GOT_NONE && !form_is_good(&form))
		return new_page(r, 422, &form, &input);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, opening.exists ? N_("There is a company with this external number already. Nothing was changed.")
		: N_("Created."), NULL);
	return reply_redirect(r, "/host/tenants/%llu", (unsigned long long)opening.tenant.id);
}

static int
company_page(struct req *r)
{
	struct tenant tenant = { 0 };
	enum got got = tenant_by_id(r->db, r->arena, (tenant_id){ req_id(r) }, &tenant);

	if (got == GOT_ONE)
		got = company_show(r, &tenant);
	if (got != GOT_ONE)
		return reply_got(r, got);
	return reply_page(r, "host/company");
}

static int
facts_page(struct req *r, int status, const struct form *form, const struct company_input *input)
{
	form_show(r, form, input);
	company_act_frame(r, N_("Change %s"), input->name);
	page_set(r->page, "Act.Button", locale_text(N_("Save")));
	return reply_page_status(r, status, "host/act");
}

static int
facts_show(struct req *r)
{
	struct tenant tenant = { 0 };
	struct company_input input;
	struct form form;
	enum got got = tenant_by_id(r->db, r->arena, (tenant_id){ req_id(r) }, &tenant);
	const struct field *fields = company_fields_of(r, COMPANY_FACTS);

	if (got != GOT_ONE || fields == NULL)
		return reply_got(r, fields == NULL ? GOT_ERROR : got);
	form_init(&form, fields);
	company_input_of(&tenant, &input);
	return facts_page(r, 200, &form, &input);
}

static int
facts_do(struct req *r)
{
	struct tenant tenant = { 0 };
	struct company_input input;
	struct form form;
	enum got got = tenant_by_id(r->db, r->arena, (tenant_id){ req_id(r) }, &tenant);
	const struct field *fields = company_fields_of(r, COMPANY_FACTS);

	if (got != GOT_ONE || fields == NULL)
		return reply_got(r, fields == NULL ? GOT_ERROR : got);
	form_init(&form, fields);
	company_input_of(&tenant, &input);
	if (!form_read(r, &form, &input, false))
		return facts_page(r, 422, &form, &input);
	got = company_change(r, &form, &input, &tenant);
	if (got == GOT_NONE && !form_is_good(&form))
		return facts_page(r, 422, &form, &input);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("Saved."), NULL);
	return reply_redirect(r, "/host/tenants/%llu", (unsigned long long)tenant.id);
}
