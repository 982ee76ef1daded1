/* SPDX-License-Identifier: BSD-2-Clause */
/* company_api.c - tenants for the programs of the host: docs/api-host.md. */
#include <string.h>

#include "core/text.h"
#include "rooms/host/company/company_form.h"
#include "rooms/host/company/company_views.h"
#include "rooms/host/host_api.h"
#include "rooms/host/view/view.h"
#include "rooms/people/people.h"
#include "web/reply.h"

static handler api_list, api_create, api_show, api_change, api_delete, api_restore, api_suspend, api_resume, api_link,
	api_view;

#define API_FLAGS (ROUTE_HOST | ROUTE_JSON)

const struct route company_api_routes[] = {
	{ GET, "/api/v1/host/tenants", MAY_HOST_READ, api_list, API_FLAGS, NULL },
	{ POST, "/api/v1/host/tenants", MAY_HOST_TENANTS, api_create, API_FLAGS, NULL },
	{ GET, "/api/v1/host/tenants/:id", MAY_HOST_READ, api_show, API_FLAGS, NULL },
	{ PATCH, "/api/v1/host/tenants/:id", MAY_HOST_TENANTS, api_change, API_FLAGS, NULL },
	{ DELETE, "/api/v1/host/tenants/:id", MAY_HOST_DELETE, api_delete, API_FLAGS, NULL },
	{ POST, "/api/v1/host/tenants/:id/restore", MAY_HOST_DELETE, api_restore, API_FLAGS, NULL },
	{ POST, "/api/v1/host/tenants/:id/suspend", MAY_HOST_SUSPEND, api_suspend, API_FLAGS, NULL },
	{ POST, "/api/v1/host/tenants/:id/resume", MAY_HOST_SUSPEND, api_resume, API_FLAGS, NULL },
	{ POST, "/api/v1/host/tenants/:id/sign-in-link", MAY_HOST_SIGN_IN, api_link, API_FLAGS, NULL },
	{ POST, "/api/v1/host/tenants/:id/view-link", MAY_HOST_VIEW_AS, api_view, API_FLAGS, NULL },
	{ .path = NULL }
};

/* The limits and what is used of them: {"agents":{"used":3,"most":5},…} */
static enum got
add_limits(struct req *r, const struct tenant *tenant, struct json *json)
{
	struct limit_state states[LIMIT_COUNT];
	struct json *limits = json_new_object(r->arena);
	size_t i, count = 0;

	if (limit_states(r->db, r->arena, tenant_of(tenant), r->now, states, &count) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0; i < count; i++)
		json_set(limits, limit_info[states[i].limit].key, limit_json(r->arena, &states[i]));
	json_set(json, "limits", limits);
	return GOT_ONE;
}

/* The tenant as it is stored now. */
static int
reply_tenant(struct req *r, int status, uint64_t id)
{
	struct tenant tenant = { 0 };
	struct json *json;
	enum got got = tenant_by_id(r->db, r->arena, (tenant_id){ id }, &tenant);

	if (got != GOT_ONE)
		return reply_got(r, got);
	json = tenant_json(r->arena, &tenant);
	if (add_limits(r, &tenant, json) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return reply_json_status(r, status, json);
}

static int
api_list(struct req *r)
{
	struct json *reply = json_new_object(r->arena), *items = json_new_array(r->arena);
	const struct company *company;
	struct company_query query;
	struct db_rows rows = { 0 };
	struct form form;
	uint64_t total = 0, i;

	form_init(&form, tenant_fields);
	company_query_read(r, &form, &query);
	if (!form_is_good(&form))
		return host_api_refuse(r, GOT_NONE, &form);
	if (company_list(r->db, r->arena, &query, &rows, &total) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, company = rows.rows; i < rows.count; i++)
		json_add(items, company_json(r->arena, &company[i]));
	json_set(reply, "items", items);
	json_set_u64(reply, "page", query.page);
	json_set_u64(reply, "per_page", query.per_page);
	json_set_u64(reply, "pages", (total + query.per_page - 1) / query.per_page);
	json_set_u64(reply, "total", total);
	return reply_json(r, reply);
}

static int
api_create(struct req *r)
{
	struct company_input input = { .code = NULL };
	const struct field *fields = company_fields_of(r, COMPANY_NEW);
	struct tenant_opening opening = { .owner = 0 };
	struct form form;
	enum got got;

	if (fields == NULL)
		return reply_got(r, GOT_ERROR);
	form_init(&form, fields);
	field_preset(r->arena, fields, &input);
	form_read(r, &form, &input, true);
	host_api_has(r, &form, "name");
	host_api_has(r, &form, "code");
	got = company_open(r, &form, &input, &opening);
	if (got != GOT_ONE)
		return host_api_refuse(r, got, &form);
	reply_header(r, "Location", arena_printf(r->arena, "/api/v1/host/tenants/%llu", (unsigned long long)opening.tenant.id));
	return reply_tenant(r, opening.exists ? 200 : 201, opening.tenant.id);
}

static int
api_show(struct req *r)
{
	return reply_tenant(r, 200, req_id(r));
}

static bool
changes_state(const struct company_input *input)
{
	return input->state != NULL || input->reason != NULL;
}

/* What can be seen to be wrong before anything is stored: the parts of a change are stored one after the other. */
static enum got
check_change(struct req *r, struct form *form, const struct company_input *input, const struct tenant *tenant)
{
	struct plan plan = { .id = 0 };
	enum got got = input->plan != NULL ? plan_by_code(r->db, r->arena, input->plan, &plan) : GOT_ONE;

	if (got == GOT_NONE)
		got = plan_refuse(r, form);
	if (text_equal(input->state, "active") && !text_is_blank(input->reason))
		form_problem(r, form, "reason", N_("is only for a company that is suspended"), NULL);
	if (changes_state(input) && !text_equal(tenant->state, "active") && !text_equal(tenant->state, "suspended"))
		form_problem(r, form, "", N_("This company is being deleted. Undelete it first."), NULL);
	if (got == GOT_ERROR)
		return got;
	return form_is_good(form) ? GOT_ONE : GOT_NONE;
}

static enum got
change_all(struct req *r, struct form *form, const struct company_input *input, struct tenant *tenant)
{
	enum got got = check_change(r, form, input, tenant);

	if (got == GOT_ONE)
		got = company_change(r, form, input, tenant);
	if (got == GOT_ONE && input->plan != NULL)
		got = tenant_set_plan(r, form, tenant, input->plan);
	if (got == GOT_ONE && changes_state(input))
		got = company_set_state(r, form, input, tenant);
	return got;
}

static int
api_change(struct req *r)
{
	struct tenant tenant = { 0 };
	struct company_input input = { .name = NULL };
	struct form form;
	enum got got = host_api_tenant(r, &tenant);
	const struct field *fields = company_fields_of(r, COMPANY_CHANGE);

	if (got != GOT_ONE || fields == NULL)
		return reply_got(r, fields == NULL ? GOT_ERROR : got);
	form_init(&form, fields);
	form_read(r, &form, &input, true);
	if (changes_state(&input) && !req_may(r, MAY_HOST_SUSPEND))
		return reply_forbidden(r);
	if (!form_is_good(&form))
		return host_api_refuse(r, GOT_NONE, &form);
	got = change_all(r, &form, &input, &tenant);
	return got == GOT_ONE ? reply_tenant(r, 200, tenant.id) : host_api_refuse(r, got, &form);
}

/* {"code": "acme"} says that it is meant; days and reason may be given. */
static int
api_delete(struct req *r)
{
	struct tenant tenant = { 0 };
	struct tenant_deletion deletion;
	struct company_input input = { .days = TENANT_GRACE_DAYS };
	struct form form;
	enum got got = host_api_tenant(r, &tenant);
	const struct field *fields = company_fields_of(r, COMPANY_DELETE_API);

	if (got != GOT_ONE || fields == NULL)
		return reply_got(r, fields == NULL ? GOT_ERROR : got);
	form_init(&form, fields);
	form_read(r, &form, &input, true);
	if (!form_is_wrong(&form, "code") && !text_equal(input.code, tenant.code))
		form_problem(r, &form, "code", N_("must be the code of the company"), NULL);
	deletion = (struct tenant_deletion){ .confirm = input.code, .days = input.days, .reason = input.reason };
	got = form_is_good(&form) ? tenant_delete(r, &form, &tenant, &deletion) : GOT_NONE;
	return got == GOT_ONE ? reply_tenant(r, 200, tenant.id) : host_api_refuse(r, got, &form);
}

static int
api_step(struct req *r, enum got got, const struct form *form)
{
	return got == GOT_ONE ? reply_tenant(r, 200, req_id(r)) : host_api_refuse(r, got, form);
}

static int
api_restore(struct req *r)
{
	struct tenant tenant = { .id = req_id(r) };
	struct form form;

	form_init(&form, tenant_fields);
	return api_step(r, tenant_undelete(r, &form, &tenant), &form);
}

static int
api_suspend(struct req *r)
{
	struct tenant tenant = { .id = req_id(r) };
	struct company_input input = { .reason = NULL };
	const struct field *fields = company_fields_of(r, COMPANY_SUSPEND);
	struct form form;

	if (fields == NULL)
		return reply_got(r, GOT_ERROR);
	form_init(&form, fields);
	if (!form_read(r, &form, &input, true))
		return host_api_refuse(r, GOT_NONE, &form);
	return api_step(r, tenant_suspend(r, &form, &tenant, input.reason), &form);
}

static int
api_resume(struct req *r)
{
	struct tenant tenant = { .id = req_id(r) };
	struct form form;

	form_init(&form, tenant_fields);
	return api_step(r, tenant_resume(r, &form, &tenant), &form);
}

static int
api_link(struct req *r)
{
	struct tenant tenant = { 0 };
	struct host_sign_in_link link = { 0 };
	struct json *json = json_new_object(r->arena);
	enum got got = host_api_tenant(r, &tenant);

	if (got != GOT_ONE)
		return reply_got(r, got);
	got = host_sign_in_link(r, &tenant, req_param(r, "account"), &link);
	if (got == GOT_NONE)
		return reply_error(r, 409, "no_agent", N_("The company has no such agent, or no administrator."));
	if (got == GOT_ERROR)
		return reply_got(r, got);
	json_set_text(json, "url", link.url);
	json_set_text(json, "account", link.account);
	json_set_text(json, "expires_at", clock_iso(r->arena, link.expires_at));
	return reply_json_status(r, 201, json);
}

/* Whoever opens the address views as the operator of the key, when the company still agrees then. */
static int
api_view(struct req *r)
{
	struct tenant tenant = { 0 };
	struct support_access access = { 0 };
	struct json *json = json_new_object(r->arena);
	const char *url;
	enum got got = host_api_tenant(r, &tenant);

	if (got != GOT_ONE)
		return reply_got(r, got);
	got = support_access_find(r->db, r->arena, tenant_of(&tenant), r->now, &access);
	if (got == GOT_NONE)
		return reply_error(r, 409, "no_consent",
			N_("The company has not allowed it. Its administrators do so in their control panel, under “Support access”."));
	if (got == GOT_ERROR || host_view_link(r, &tenant, &url) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	json_set_text(json, "url", url);
	json_set_text(json, "expires_at", clock_iso(r->arena, r->now + ENTER_LINK_LIFE));
	json_set_text(json, "allowed_by", access.agent_name);
	json_set_text(json, "allowed_until", access.until_at != 0 ? clock_iso(r->arena, access.until_at) : NULL);
	return reply_json_status(r, 201, json);
}
