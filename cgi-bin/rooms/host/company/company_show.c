/* SPDX-License-Identifier: BSD-2-Clause */
/* company_show.c - one tenant: what it is, may use and uses, and what can be done with it now. */
#include "rooms/host/company/company_show.h"

#include "core/text.h"
#include "edge/locale.h"
#include "edge/locale_date.h"
#include "rooms/host/company/company_chart.h"
#include "rooms/host/company/company_views.h"
#include "rooms/host/view/view.h"
#include "rooms/people/people.h"
#include "web/moment.h"

static void
add_fact(struct req *r, const char *label, const char *text)
{
	struct page_node *fact;

	if (text_is_blank(text))
		return;
	fact = page_add(r->page, "Company.Facts");
	page_set(fact, "Label", locale_text(label));
	page_set(fact, "Text", text);
}

static void
add_moment(struct req *r, const char *label, clock_ms moment)
{
	struct page_node *fact;

	if (moment == 0)
		return;
	fact = page_add(r->page, "Company.Facts");
	page_set(fact, "Label", locale_text(label));
	moment_show(r, fact, "Text", moment);
}

static enum got
show_owner(struct req *r, const struct tenant *tenant)
{
	struct agent owner = { 0 };
	enum got got = agent_first_administrator(r->db, r->arena, tenant_of(tenant), &owner);

	if (got == GOT_ONE)
		add_fact(r, N_("Owner"), arena_printf(r->arena, "%s <%s>", agent_name(r->arena, &owner), owner.email));
	page_set_bool(r->page, "Company.HasOwner", got == GOT_ONE);
	return got == GOT_ERROR ? got : GOT_ONE;
}

static enum got
show_consent(struct req *r, const struct tenant *tenant)
{
	struct support_access access = { 0 };
	enum got got = support_access_find(r->db, r->arena, tenant_of(tenant), r->now, &access);

	page_set_bool(r->page, "Company.Consents", got == GOT_ONE);
	if (got == GOT_ONE && access.until_at != 0)
		page_set(r->page, "Company.ConsentUntil", locale_fill(r->arena, N_("Allowed until %s"), locale_moment(r->arena, access.until_at)));
	return got == GOT_ERROR ? got : GOT_ONE;
}

static void
show_facts(struct req *r, const struct tenant *tenant, const struct limits *limits)
{
	add_fact(r, N_("Company code"), tenant->code);
	add_fact(r, N_("Plan"), limits->plan_name);
	add_fact(r, N_("External number"), tenant->external_id);
	add_fact(r, N_("Language"), locale_label(tenant->locale));
	add_fact(r, N_("Time zone"), tenant->time_zone);
	add_moment(r, N_("Created at"), tenant->created_at);
	add_moment(r, N_("Suspended"), tenant->suspended_at);
	add_moment(r, N_("Is erased"), tenant->delete_at);
	add_fact(r, N_("Reason"), tenant->state_reason);
}

static const char *
amount_text(struct req *r, const struct limit_state *state, uint64_t amount)
{
	return state->limit == LIMIT_STORAGE ? company_bytes(r->arena, amount)
		: arena_printf(r->arena, "%llu", (unsigned long long)amount);
}

static void
show_limit(struct req *r, const struct limit_state *state)
{
	struct page_node *node = page_add(r->page, "Limits");

	page_set(node, "Label", locale_text(limit_info[state->limit].label));
	page_set(node, "Text", amount_text(r, state, state->used));
	page_set_bool(node, "Limited", state->most != LIMIT_NONE);
	if (state->most == LIMIT_NONE)
		return;
	page_set(node, "Text", locale_fill_two(r->arena, N_("%s of %s"), amount_text(r, state, state->used), amount_text(r, state, state->most)));
	/* Per cent, so that no browser counts with what is too big for it. */
	page_set_u64(node, "Part", state->used == 0 ? 0 : state->used >= state->most ? 100
		: state->used / (state->most / 100 + 1) < 100 ? state->used * 100 / state->most : 100);
	page_set_bool(node, "Full", state->used > 0 && state->used >= state->most);
}

static enum got
show_limits(struct req *r, const struct tenant *tenant)
{
	struct limit_state states[LIMIT_COUNT];
	size_t i, count = 0;

	if (limit_states(r->db, r->arena, tenant_of(tenant), r->now, states, &count) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0; i < count; i++)
		show_limit(r, &states[i]);
	return GOT_ONE;
}

static void
show_domain(struct req *r, const struct tenant *tenant, const struct domain *domain)
{
	struct page_node *node = page_add(r->page, "Domains");
	const unsigned long long id = tenant->id, domain_id = domain->id;
	bool is_verified = text_equal(domain->state, "verified");

	page_set(node, "Host", domain->host);
	page_set(node, "State", domain->state);
	page_set(node, "Label", locale_text(is_verified ? N_("Verified") : N_("Not verified yet")));
	moment_show(r, node, "Checked", domain->checked_at);
	if (!text_is_blank(domain->problem))
		page_set(node, "Problem", locale_text(domain->problem));
	if (!is_verified) {
		page_setf(node, "Check", "/host/tenants/%llu/domains/%llu/check", id, domain_id);
		page_setf(node, "Verify", "/host/tenants/%llu/domains/%llu/verify", id, domain_id);
	}
	page_setf(node, "Remove", "/host/tenants/%llu/domains/%llu/remove", id, domain_id);
}

static enum got
show_domains(struct req *r, const struct tenant *tenant)
{
	struct db_rows rows = { 0 };
	const struct domain *domain;
	size_t i;

	if (domain_all(r->db, r->arena, tenant_of(tenant), &rows) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0, domain = rows.rows; i < rows.count; i++)
		show_domain(r, tenant, &domain[i]);
	return GOT_ONE;
}

/* What this operator may do with a tenant in this state. */
static void
show_rights(struct req *r, const struct tenant *tenant)
{
	bool is_active = text_equal(tenant->state, "active"), is_suspended = text_equal(tenant->state, "suspended");

	page_set_bool(r->page, "May.Manage", req_may(r, MAY_HOST_TENANTS) && (is_active || is_suspended));
	page_set_bool(r->page, "May.Suspend", req_may(r, MAY_HOST_SUSPEND) && is_active);
	page_set_bool(r->page, "May.Resume", req_may(r, MAY_HOST_SUSPEND) && is_suspended);
	page_set_bool(r->page, "May.Delete", req_may(r, MAY_HOST_DELETE) && (is_active || is_suspended));
	page_set_bool(r->page, "May.Undelete", req_may(r, MAY_HOST_DELETE) && text_equal(tenant->state, "deleting"));
	page_set_bool(r->page, "May.SignIn", req_may(r, MAY_HOST_SIGN_IN) && (is_active || is_suspended));
	page_set_bool(r->page, "May.View", req_may(r, MAY_HOST_VIEW_AS) && (is_active || is_suspended));
}

enum got
company_show(struct req *r, const struct tenant *tenant)
{
	struct limits limits = { 0 };

	if (tenant_limits(r->db, r->arena, tenant_of(tenant), &limits) != GOT_ONE)
		return GOT_ERROR;
	show_facts(r, tenant, &limits);
	if (show_owner(r, tenant) == GOT_ERROR || show_consent(r, tenant) == GOT_ERROR || show_limits(r, tenant) == GOT_ERROR
		|| show_domains(r, tenant) == GOT_ERROR || company_chart_show(r, tenant_of(tenant)) == GOT_ERROR)
		return GOT_ERROR;
	show_rights(r, tenant);
	page_set(r->page, "Title", tenant->name);
	page_setf(r->page, "Company.Path", "/host/tenants/%llu", (unsigned long long)tenant->id);
	page_set_u64(r->page, "Company.Id", tenant->id);
	page_set(r->page, "Company.Name", tenant->name);
	page_set(r->page, "Company.State", tenant->state);
	page_set(r->page, "Company.StateLabel", company_state_label(tenant->state));
	return GOT_ONE;
}

void
company_act_frame(struct req *r, const char *title, const char *name)
{
	const char *path = arena_printf(r->arena, "/host/tenants/%llu", (unsigned long long)req_id(r));

	page_set(r->page, "Title", locale_fill(r->arena, title, name));
	page_set(r->page, "Act.Path", r->path);
	page_set(r->page, "Act.Back", path);
	page_set(r->page, "Act.BackLabel", locale_text(N_("Back to the company")));
}
