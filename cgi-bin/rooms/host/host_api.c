/* SPDX-License-Identifier: BSD-2-Clause */
/* host_api.c - usage, plans and host names for the programs of the host: docs/api-host.md. */
#include "rooms/host/host_api.h"

#include "core/text.h"
#include "rooms/host/company/company_domain.h"
#include "rooms/host/plan/plan_form.h"
#include "rooms/host/usage/host_usage.h"
#include "web/reply.h"

static handler usage_all, usage_all_csv, usage_one, usage_one_csv, plan_list, plan_create, plan_show, plan_change, plan_remove,
	domain_list, domain_create, domain_verify, domain_look, domain_drop;

#define API_FLAGS (ROUTE_HOST | ROUTE_JSON)

const struct route host_api_routes[] = {
	{ GET, "/api/v1/host/usage", MAY_HOST_READ, usage_all, API_FLAGS, NULL },
	{ GET, "/api/v1/host/usage.csv", MAY_HOST_READ, usage_all_csv, API_FLAGS, NULL },
	{ GET, "/api/v1/host/tenants/:id/usage", MAY_HOST_READ, usage_one, API_FLAGS, NULL },
	{ GET, "/api/v1/host/tenants/:id/usage.csv", MAY_HOST_READ, usage_one_csv, API_FLAGS, NULL },
	{ GET, "/api/v1/host/plans", MAY_HOST_READ, plan_list, API_FLAGS, NULL },
	{ POST, "/api/v1/host/plans", MAY_HOST_TENANTS, plan_create, API_FLAGS, NULL },
	{ GET, "/api/v1/host/plans/:id", MAY_HOST_READ, plan_show, API_FLAGS, NULL },
	{ PATCH, "/api/v1/host/plans/:id", MAY_HOST_TENANTS, plan_change, API_FLAGS, NULL },
	{ DELETE, "/api/v1/host/plans/:id", MAY_HOST_TENANTS, plan_remove, API_FLAGS, NULL },
	{ GET, "/api/v1/host/tenants/:id/domains", MAY_HOST_READ, domain_list, API_FLAGS, NULL },
	{ POST, "/api/v1/host/tenants/:id/domains", MAY_HOST_TENANTS, domain_create, API_FLAGS, NULL },
	{ POST, "/api/v1/host/tenants/:id/domains/:domain/verify", MAY_HOST_TENANTS, domain_verify, API_FLAGS, NULL },
	{ POST, "/api/v1/host/tenants/:id/domains/:domain/check", MAY_HOST_TENANTS, domain_look, API_FLAGS, NULL },
	{ DELETE, "/api/v1/host/tenants/:id/domains/:domain", MAY_HOST_TENANTS, domain_drop, API_FLAGS, NULL },
	{ .path = NULL }
};

enum got
host_api_tenant(struct req *r, struct tenant *tenant)
{
	return tenant_by_id(r->db, r->arena, (tenant_id){ req_id(r) }, tenant);
}

int
host_api_refuse(struct req *r, enum got got, const struct form *form)
{
	size_t i;

	if (got == GOT_ERROR || form_is_good(form))
		return reply_got(r, got);
	for (i = 0; i < form->problem_count; i++)
		if (form->problems[i].field[0] == '\0')
			return reply_error(r, 409, "conflict", form->problems[i].message);
	return reply_json_status(r, 422, form_json(r, form));
}

void
host_api_has(struct req *r, struct form *form, const char *name)
{
	if (!req_has(r, name))
		form_problem(r, form, name, N_("is required"), NULL);
}

/* Only for problems: the span is read from the query. */
static const struct field no_fields[] = { FIELD_END };

static bool
wants_csv(const struct req *r)
{
	const char *accept = req_header(r, "HTTP_ACCEPT");

	return accept != NULL && text_starts_with(accept, "text/csv");
}

static int
usage_json_reply(struct req *r, const struct usage_span *span)
{
	struct json *reply = json_new_object(r->arena), *days = json_new_array(r->arena);
	const struct tenant_usage *usage;
	struct db_rows rows = { 0 };
	size_t i;

	if (usage_days(r->db, r->arena, span, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, usage = rows.rows; i < rows.count; i++)
		json_add(days, usage_json(r->arena, &usage[i]));
	json_set_text(reply, "from", usage_day_text(r->arena, span->from));
	json_set_text(reply, "to", usage_day_text(r->arena, span->to - CLOCK_DAY));
	json_set(reply, "days", days);
	return reply_json(r, reply);
}

static int
usage_reply(struct req *r, uint64_t tenant, bool is_csv)
{
	struct usage_span span = { .tenant = { tenant } };
	struct form form;

	form_init(&form, no_fields);
	if (!usage_query_read(r, &form, &span))
		return host_api_refuse(r, GOT_NONE, &form);
	return is_csv ? usage_csv_reply(r, &span) : usage_json_reply(r, &span);
}

static int
usage_all(struct req *r)
{
	return usage_reply(r, 0, wants_csv(r));
}

static int
usage_all_csv(struct req *r)
{
	return usage_reply(r, 0, true);
}

static int
usage_of_tenant(struct req *r, bool is_csv)
{
	struct tenant tenant = { 0 };
	enum got got = host_api_tenant(r, &tenant);

	return got == GOT_ONE ? usage_reply(r, tenant.id, is_csv) : reply_got(r, got);
}

static int
usage_one(struct req *r)
{
	return usage_of_tenant(r, wants_csv(r));
}

static int
usage_one_csv(struct req *r)
{
	return usage_of_tenant(r, true);
}

static int
plan_list(struct req *r)
{
	struct json *reply = json_new_object(r->arena), *items = json_new_array(r->arena);
	const struct plan *plan;
	struct db_rows rows = { 0 };
	size_t i;

	if (plan_all(r->db, r->arena, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, plan = rows.rows; i < rows.count; i++)
		json_add(items, plan_json(r->arena, &plan[i]));
	json_set(reply, "items", items);
	return reply_json(r, reply);
}

static int
plan_store(struct req *r, struct plan *plan, int status)
{
	struct plan_input input = { .code = NULL };
	struct form form;
	enum got got = GOT_NONE;

	form_init(&form, plan_input_fields(r, plan->id == 0));
	if (plan_form_read(r, &form, &input, plan))
		got = plan_save(r, &form, plan);
	if (got != GOT_ONE)
		return host_api_refuse(r, got, &form);
	if (status == 201)
		reply_header(r, "Location", arena_printf(r->arena, "/api/v1/host/plans/%llu", (unsigned long long)plan->id));
	return reply_json_status(r, status, plan_json(r->arena, plan));
}

static int
plan_create(struct req *r)
{
	struct plan plan = plan_blank(LIMIT_NONE);

	return plan_store(r, &plan, 201);
}

static int
plan_show(struct req *r)
{
	struct plan plan = { .id = 0 };
	enum got got = plan_by_id(r->db, r->arena, req_id(r), &plan);

	return got == GOT_ONE ? reply_json(r, plan_json(r->arena, &plan)) : reply_got(r, got);
}

static int
plan_change(struct req *r)
{
	struct plan plan = plan_blank(LIMIT_KEEP);

	plan.id = req_id(r);
	return plan_store(r, &plan, 200);
}

static int
plan_remove(struct req *r)
{
	struct plan plan = { .id = 0 };
	struct form form;
	enum got got = plan_by_id(r->db, r->arena, req_id(r), &plan);

	form_init(&form, plan_fields);
	if (got == GOT_ONE)
		got = plan_delete(r, &form, &plan);
	return got == GOT_ONE ? reply_nothing(r) : host_api_refuse(r, got, &form);
}

static int
domain_list(struct req *r)
{
	struct json *reply = json_new_object(r->arena), *items = json_new_array(r->arena);
	const struct domain *domain;
	struct db_rows rows = { 0 };
	enum got got = company_enter(r);
	size_t i;

	if (got != GOT_ONE)
		return reply_got(r, got);
	if (domain_all(r->db, r->arena, r->tenant, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, domain = rows.rows; i < rows.count; i++)
		json_add(items, domain_json(r->arena, &domain[i]));
	json_set(reply, "items", items);
	return reply_json(r, reply);
}

/* The host name as it is stored now. */
static int
reply_domain(struct req *r, int status, uint64_t id)
{
	struct domain domain = { 0 };
	enum got got = domain_by_id(r->db, r->arena, r->tenant, id, &domain);

	return got == GOT_ONE ? reply_json_status(r, status, domain_json(r->arena, &domain)) : reply_got(r, got);
}

static int
domain_create(struct req *r)
{
	struct domain domain = { 0 };
	const char *host = req_param(r, "host");
	struct form form;
	enum got got = company_enter(r);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&form, domain_fields);
	got = domain_add(r, &form, host != NULL ? host : "", &domain);
	return got == GOT_ONE ? reply_domain(r, 201, domain.id) : host_api_refuse(r, got, &form);
}

/* By the operator's word. */
static int
domain_verify(struct req *r)
{
	struct domain domain = { 0 };
	struct form form;
	enum got got = company_domain_find(r, &domain);

	form_init(&form, domain_fields);
	if (got == GOT_ONE)
		got = domain_force(r, &form, &domain, false);
	if (!form_is_good(&form))
		return reply_error(r, 409, "conflict", form.problems[0].message);
	return got == GOT_ONE ? reply_domain(r, 200, domain.id) : reply_got(r, got);
}

static int
domain_look(struct req *r)
{
	struct domain domain = { 0 };
	struct form form;
	enum got got = company_domain_find(r, &domain);

	form_init(&form, domain_fields);
	if (got == GOT_ONE)
		got = domain_check_soon(r, &form, &domain);
	return got == GOT_ONE ? reply_domain(r, 200, domain.id) : host_api_refuse(r, got, &form);
}

static int
domain_drop(struct req *r)
{
	struct domain domain = { 0 };
	enum got got = company_domain_find(r, &domain);

	if (got == GOT_ONE)
		got = domain_remove(r, &domain);
	return got == GOT_ONE ? reply_nothing(r) : reply_got(r, got);
}
