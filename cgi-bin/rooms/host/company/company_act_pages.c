/* SPDX-License-Identifier: BSD-2-Clause */
/* company_act_pages.c - what the host does with a tenant: plan, suspend, resume, delete with grace, sign-in link, view. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/company/company_form.h"
#include "rooms/host/company/company_show.h"
#include "rooms/host/view/view.h"
#include "web/reply.h"

static handler act_show, act_do, resume_do, undelete_do, link_do, view_do;

const struct route company_act_routes[] = {
	{ GET, "/host/tenants/:id/plan", MAY_HOST_TENANTS, act_show, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/plan", MAY_HOST_TENANTS, act_do, ROUTE_HOST, NULL },
	{ GET, "/host/tenants/:id/suspend", MAY_HOST_SUSPEND, act_show, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/suspend", MAY_HOST_SUSPEND, act_do, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/resume", MAY_HOST_SUSPEND, resume_do, ROUTE_HOST, NULL },
	{ GET, "/host/tenants/:id/delete", MAY_HOST_DELETE, act_show, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/delete", MAY_HOST_DELETE, act_do, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/undelete", MAY_HOST_DELETE, undelete_do, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/sign-in-link", MAY_HOST_SIGN_IN, link_do, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/view", MAY_HOST_VIEW_AS, view_do, ROUTE_HOST, NULL },
	{ .path = NULL }
};

typedef enum got act_function(struct req *r, struct form *form, const struct company_input *input, struct tenant *tenant);

static act_function do_plan, do_suspend, do_delete;

/* The forms of this file; the last part of the path says which. */
static const struct act {
	const char *word;
	enum company_form form;
	act_function *run;
	const char *title;           /* with the company's name for %s */
	const char *lead;
	const char *button;
	const char *done;
	bool is_danger;
} acts[] = {
	{ "plan", COMPANY_PLAN, do_plan, N_("Plan of %s"),
		N_("What is over the limits of the new plan stays; only more is refused."), N_("Change the plan"), N_("Saved."), false },
	{ "suspend", COMPANY_SUSPEND, do_suspend, N_("Suspend %s"),
		N_("Widgets disappear, chats of visitors end, agents can only read. Nothing is lost, and it can be resumed at any time."),
		N_("Suspend"), N_("Suspended."), true },
	{ "delete", COMPANY_DELETE, do_delete, N_("Delete %s"),
		N_("At once it is as if suspended, and only its administrators can read. When the days are over, all its people, chats and files are erased and cannot be brought back."),
		N_("Delete"), N_("Deleted. Until it is erased, that can be taken back here."), true }
};

static enum got
do_plan(struct req *r, struct form *form, const struct company_input *input, struct tenant *tenant)
{
	return tenant_set_plan(r, form, tenant, input->plan);
}

static enum got
do_suspend(struct req *r, struct form *form, const struct company_input *input, struct tenant *tenant)
{
	return tenant_suspend(r, form, tenant, input->reason);
}

static enum got
do_delete(struct req *r, struct form *form, const struct company_input *input, struct tenant *tenant)
{
	const struct tenant_deletion deletion = { .confirm = input->confirm, .days = input->days, .reason = input->reason };

	return tenant_delete(r, form, tenant, &deletion);
}

static const struct act *
act_of(const struct req *r)
{
	size_t i;

	for (i = 0; i < COUNT_OF(acts) - 1; i++)
		if (strcmp(acts[i].word, r->segments[3]) == 0)
			break;
	return &acts[i];
}

/* The tenant and the form of this request. */
struct doing {
	const struct act *act;
	struct tenant tenant;
	struct company_input input;
	struct form form;
};

static enum got
doing_find(struct req *r, struct doing *doing)
{
	enum got got = tenant_by_id(r->db, r->arena, (tenant_id){ req_id(r) }, &doing->tenant);
	const struct field *fields;

	doing->act = act_of(r);
	if (got != GOT_ONE)
		return got;
	fields = company_fields_of(r, doing->act->form);
	if (fields == NULL)
		return GOT_ERROR;
	form_init(&doing->form, fields);
	company_input_of(&doing->tenant, &doing->input);
	return GOT_ONE;
}

static int
act_page(struct req *r, int status, const struct doing *doing)
{
	form_show(r, &doing->form, &doing->input);
	company_act_frame(r, doing->act->title, doing->tenant.name);
	page_set(r->page, "Act.Lead", locale_text(doing->act->lead));
	page_set(r->page, "Act.Button", locale_text(doing->act->button));
	page_set_bool(r->page, "Act.Danger", doing->act->is_danger);
	return reply_page_status(r, status, "host/act");
}

static int
act_show(struct req *r)
{
	struct doing doing;
	enum got got = doing_find(r, &doing);

	return got == GOT_ONE ? act_page(r, 200, &doing) : reply_got(r, got);
}

static int
company_redirect(struct req *r, const char *notice)
{
	reply_notice(r, notice, NULL);
	return reply_redirect(r, "/host/tenants/%llu", (unsigned long long)req_id(r));
}

static int
act_do(struct req *r)
{
	struct doing doing;
	struct tenant tenant;
	enum got got = doing_find(r, &doing);

	if (got != GOT_ONE)
		return reply_got(r, got);
	if (!form_read(r, &doing.form, &doing.input, false))
		return act_page(r, 422, &doing);
	tenant = doing.tenant;
	got = doing.act->run(r, &doing.form, &doing.input, &tenant);
	if (got == GOT_NONE && !form_is_good(&doing.form))
		return act_page(r, 422, &doing);
	return got == GOT_ONE ? company_redirect(r, doing.act->done) : reply_got(r, got);
}

/* Steps without a form of their own: what speaks against them stands on the company's page. */
static int
step_reply(struct req *r, enum got got, const struct form *form, const char *notice)
{
	struct tenant tenant = { 0 };

	if (got == GOT_ONE)
		return company_redirect(r, notice);
	if (got == GOT_ERROR || form_is_good(form))
		return reply_got(r, got);
	got = tenant_by_id(r->db, r->arena, (tenant_id){ req_id(r) }, &tenant);
	if (got == GOT_ONE)
		got = company_show(r, &tenant);
	if (got != GOT_ONE)
		return reply_got(r, got);
	page_set(r->page, "Company.Problem", form->problems[0].message);
	return reply_page_status(r, 409, "host/company");
}

static int
resume_do(struct req *r)
{
	struct tenant tenant = { .id = req_id(r) };
	struct form form;

	form_init(&form, tenant_fields);
	return step_reply(r, tenant_resume(r, &form, &tenant), &form, N_("Resumed."));
}

static int
undelete_do(struct req *r)
{
	struct tenant tenant = { .id = req_id(r) };
	struct form form;

	form_init(&form, tenant_fields);
	return step_reply(r, tenant_undelete(r, &form, &tenant), &form, N_("Taken back."));
}

/* The address is shown once, on the answer itself: it is good for a minute and stands nowhere else. */
static int
link_do(struct req *r)
{
	struct tenant tenant = { 0 };
	struct host_sign_in_link link = { .account = NULL };
	struct form form;
	enum got got = tenant_by_id(r->db, r->arena, (tenant_id){ req_id(r) }, &tenant);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&form, tenant_fields);
	got = host_sign_in_link(r, &tenant, NULL, &link);
	if (got == GOT_NONE)
		form_problem(r, &form, "", N_("The company has no administrator who could sign in."), NULL);
	if (got != GOT_ONE)
		return step_reply(r, got, &form, NULL);
	company_act_frame(r, N_("Sign in to %s"), tenant.name);
	page_set(r->page, "Link.Url", link.url);
	page_set(r->page, "Link.SignsIn", locale_fill(r->arena, N_("This address signs in as %s."), link.agent_name));
	return reply_page(r, "host/link");
}

static int
view_do(struct req *r)
{
	struct tenant tenant = { 0 };
	struct support_access access = { 0 };
	const char *url = NULL;
	struct form form;
	enum got got = tenant_by_id(r->db, r->arena, (tenant_id){ req_id(r) }, &tenant);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&form, tenant_fields);
	got = support_access_find(r->db, r->arena, tenant_of(&tenant), r->now, &access);
	if (got == GOT_NONE)
		form_problem(r, &form, "",
			N_("The company has not allowed it. Its administrators do so in their control panel, under “Support access”."), NULL);
	if (got == GOT_ONE)
		got = host_view_link(r, &tenant, &url);
	if (got != GOT_ONE)
		return step_reply(r, got, &form, NULL);
	company_act_frame(r, N_("View %s"), tenant.name);
	page_set(r->page, "Link.Url", url);
	return reply_page(r, "host/link");
}
