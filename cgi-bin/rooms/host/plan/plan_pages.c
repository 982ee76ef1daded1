/* SPDX-License-Identifier: BSD-2-Clause */
/* plan_pages.c - what the host sells: plans with their limits. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/company/company_views.h"
#include "rooms/host/host_question.h"
#include "rooms/host/plan/plan_form.h"
#include "web/reply.h"

static handler plans_show, plan_new, plan_create, plan_show, plan_change, plan_delete_show, plan_delete_do;

const struct route plan_routes[] = {
	{ GET, "/host/plans", MAY_HOST_READ, plans_show, ROUTE_HOST, NULL },
	{ GET, "/host/plans/new", MAY_HOST_TENANTS, plan_new, ROUTE_HOST, NULL },
	{ POST, "/host/plans", MAY_HOST_TENANTS, plan_create, ROUTE_HOST, NULL },
	{ GET, "/host/plans/:id", MAY_HOST_TENANTS, plan_show, ROUTE_HOST, NULL },
	{ POST, "/host/plans/:id", MAY_HOST_TENANTS, plan_change, ROUTE_HOST, NULL },
	{ GET, "/host/plans/:id/delete", MAY_HOST_TENANTS, plan_delete_show, ROUTE_HOST, NULL },
	{ POST, "/host/plans/:id/delete", MAY_HOST_TENANTS, plan_delete_do, ROUTE_HOST, NULL },
	{ .path = NULL }
};

static enum got
show_plan(struct req *r, const struct plan *plan)
{
	struct page_node *node = page_add(r->page, "Plans"), *limit;
	uint64_t tenants = 0;
	size_t i;

	if (plan_tenants(r->db, plan->id, &tenants) == GOT_ERROR)
		return GOT_ERROR;
	page_set(node, "Code", plan->code);
	page_set(node, "Name", plan->name);
	page_set_u64(node, "Tenants", tenants);
	if (req_may(r, MAY_HOST_TENANTS))
		page_setf(node, "Path", "/host/plans/%llu", (unsigned long long)plan->id);
	for (i = 0; i < LIMIT_COUNT; i++) {
		if (plan->limits[i] == LIMIT_NONE)
			continue;
		limit = page_add(node, "Limits");
		page_set(limit, "Label", locale_text(limit_info[i].label));
		page_set(limit, "Text", i == LIMIT_STORAGE ? company_bytes(r->arena, plan->limits[i] * limit_info[i].unit)
			: limit_show(r->arena, plan->limits[i]));
	}
	return GOT_ONE;
}

static int
plans_page(struct req *r, int status)
{
	struct db_rows rows = { 0 };
	const struct plan *plan;
	size_t i;

	if (plan_all(r->db, r->arena, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, plan = rows.rows; i < rows.count; i++)
		if (show_plan(r, &plan[i]) == GOT_ERROR)
			return reply_got(r, GOT_ERROR);
	page_set_bool(r->page, "May.Manage", req_may(r, MAY_HOST_TENANTS));
	page_set(r->page, "Title", locale_text(N_("Plans")));
	return reply_page_status(r, status, "host/plans");
}

static int
plans_show(struct req *r)
{
	return plans_page(r, 200);
}

static int
plan_page(struct req *r, int status, const struct form *form, const struct plan_input *input)
{
	uint64_t id = req_id(r);

	form_show(r, form, input);
	page_set(r->page, "Title", id == 0 ? locale_text(N_("New plan")) : input->name);
	page_set(r->page, "Act.Back", "/host/plans");
	page_set(r->page, "Act.BackLabel", locale_text(N_("Plans")));
	page_set(r->page, "Act.Button", locale_text(id == 0 ? N_("Create") : N_("Save")));
	page_set(r->page, "Act.Lead", locale_text(N_("A limit that is left empty does not exist; 0 allows none. A change holds at once for all companies with the plan.")));
	page_set(r->page, "Act.Path", id == 0 ? "/host/plans" : r->path);
	return reply_page_status(r, status, "host/act");
}

static int
plan_new(struct req *r)
{
	struct plan_input input = { .code = "" };
	struct form form;

	form_init(&form, plan_input_fields(r, true));
	return plan_page(r, 200, &form, &input);
}

/* Stores what was typed: a new one, or a change of the one that there is. */
static int
plan_store(struct req *r, struct plan *plan)
{
	struct plan_input input = { .code = "" };
	struct form form;
	enum got got = GOT_NONE;

	form_init(&form, plan_input_fields(r, plan->id == 0));
	plan_input_of(r, plan, &input);
	if (plan_form_read(r, &form, &input, plan))
		got = plan_save(r, &form, plan);
	if (!form_is_good(&form))
		return plan_page(r, 422, &form, &input);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("Saved."), NULL);
	return reply_redirect(r, "/host/plans");
}

static int
plan_create(struct req *r)
{
	struct plan plan = { .id = 0 };

	return plan_store(r, &plan);
}

static int
plan_show(struct req *r)
{
	struct plan plan = { .id = 0 };
	struct plan_input input;
	struct form form;
	enum got got = plan_by_id(r->db, r->arena, req_id(r), &plan);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&form, plan_input_fields(r, false));
	plan_input_of(r, &plan, &input);
	page_setf(r->page, "Act.Delete", "/host/plans/%llu/delete", (unsigned long long)plan.id);
	return plan_page(r, 200, &form, &input);
}

static int
plan_change(struct req *r)
{
	struct plan plan = { .id = 0 };
	enum got got = plan_by_id(r->db, r->arena, req_id(r), &plan);

	return got == GOT_ONE ? plan_store(r, &plan) : reply_got(r, got);
}

static int
plan_delete_show(struct req *r)
{
	struct plan plan = { .id = 0 };
	enum got got = plan_by_id(r->db, r->arena, req_id(r), &plan);
	const struct host_question question = {
		.title = N_("Delete the plan %s"), .name = plan.name, .button = N_("Delete"),
		.lead = N_("Its limits are gone for good. It cannot be deleted while a company has it."),
		.back = "/host/plans", .back_label = locale_text(N_("Plans"))
	};

	return got == GOT_ONE ? host_ask(r, &question) : reply_got(r, got);
}

static int
plan_delete_do(struct req *r)
{
	struct plan plan = { .id = 0 };
	struct form form;
	enum got got = plan_by_id(r->db, r->arena, req_id(r), &plan);

	form_init(&form, plan_fields);
	if (got == GOT_ONE)
		got = plan_delete(r, &form, &plan);
	if (!form_is_good(&form)) {
		page_set(r->page, "Problem", form.problems[0].message);
		return plans_page(r, 409);
	}
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("Deleted."), NULL);
	return reply_redirect(r, "/host/plans");
}
