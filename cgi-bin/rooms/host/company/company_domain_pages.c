/* SPDX-License-Identifier: BSD-2-Clause */
/* company_domain_pages.c - the host names of a tenant, in the hands of the host. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/company/company_domain.h"
#include "rooms/host/company/company_form.h"
#include "rooms/host/company/company_show.h"
#include "rooms/host/host_question.h"
#include "web/reply.h"

static handler domain_new, domain_add_do, domain_check_do, domain_verify_do, domain_remove_show, domain_remove_do;

const struct route company_domain_routes[] = {
	{ GET, "/host/tenants/:id/domains/new", MAY_HOST_TENANTS, domain_new, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/domains", MAY_HOST_TENANTS, domain_add_do, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/domains/:domain/check", MAY_HOST_TENANTS, domain_check_do, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/domains/:domain/verify", MAY_HOST_TENANTS, domain_verify_do, ROUTE_HOST, NULL },
	{ GET, "/host/tenants/:id/domains/:domain/remove", MAY_HOST_TENANTS, domain_remove_show, ROUTE_HOST, NULL },
	{ POST, "/host/tenants/:id/domains/:domain/remove", MAY_HOST_TENANTS, domain_remove_do, ROUTE_HOST, NULL },
	{ .path = NULL }
};

static int
domain_page(struct req *r, int status, const struct form *form, const struct company_input *input)
{
	r->tenant = (tenant_id){ 0 };
	form_show(r, form, input);
	company_act_frame(r, N_("New host name"), NULL);
	page_setf(r->page, "Act.Path", "/host/tenants/%llu/domains", (unsigned long long)req_id(r));
	page_set(r->page, "Act.Lead", locale_text(N_("The company proves that the name is its own, by a DNS record or a file; or you vouch for it afterwards.")));
	page_set(r->page, "Act.Button", locale_text(N_("Add")));
	return reply_page_status(r, status, "host/act");
}

static int
domain_new(struct req *r)
{
	struct company_input input = { 0 };
	const struct field *fields = company_fields_of(r, COMPANY_DOMAIN);
	enum got got = company_enter(r);
	struct form form;

	if (got != GOT_ONE || fields == NULL)
		return reply_got(r, fields == NULL ? GOT_ERROR : got);
	form_init(&form, fields);
	return domain_page(r, 200, &form, &input);
}

static int
domain_reply(struct req *r, const char *notice)
{
	r->tenant = (tenant_id){ 0 };
	reply_notice(r, notice, NULL);
	return reply_redirect(r, "/host/tenants/%llu", (unsigned long long)req_id(r));
}

static int
domain_add_do(struct req *r)
{
	struct company_input input = { 0 };
	const struct field *fields = company_fields_of(r, COMPANY_DOMAIN);
	struct domain domain = { 0 };
	enum got got = company_enter(r);
	struct form form;

	if (got != GOT_ONE || fields == NULL)
		return reply_got(r, fields == NULL ? GOT_ERROR : got);
	form_init(&form, fields);
	if (form_read(r, &form, &input, false))
		got = domain_add(r, &form, input.host, &domain);
	if (!form_is_good(&form))
		return domain_page(r, 422, &form, &input);
	return got == GOT_ONE ? domain_reply(r, N_("Added.")) : reply_got(r, got);
}

static int
domain_check_do(struct req *r)
{
	struct domain domain = { 0 };
	struct form form;
	enum got got = company_domain_find(r, &domain);

	form_init(&form, domain_fields);
	if (got == GOT_ONE)
		got = domain_check_soon(r, &form, &domain);
	if (!form_is_good(&form))
		return reply_error(r, 409, "vouched", form.problems[0].message);
	return got == GOT_ONE ? domain_reply(r, N_("The proof is looked for now; the result stands here in a few seconds.")) : reply_got(r, got);
}

static int
domain_verify_do(struct req *r)
{
	struct domain domain = { 0 };
	struct form form;
	enum got got = company_domain_find(r, &domain);

	form_init(&form, domain_fields);
	if (got == GOT_ONE)
		got = domain_force(r, &form, &domain, false);
	if (!form_is_good(&form))
		return reply_error(r, 409, "taken", N_("Another company has proved that this host name is its own."));
	return got == GOT_ONE ? domain_reply(r, N_("Verified by your word.")) : reply_got(r, got);
}

static int
domain_remove_show(struct req *r)
{
	struct domain domain = { 0 };
	enum got got = company_domain_find(r, &domain);
	const struct host_question question = {
		.title = N_("Remove %s"), .name = domain.host, .button = N_("Remove"),
		.lead = N_("From then on nobody of the company reaches it at this address, and its widgets there stop. To have it back, it must be proved anew."),
		.back = arena_printf(r->arena, "/host/tenants/%llu", (unsigned long long)req_id(r)),
		.back_label = locale_text(N_("Back to the company"))
	};

	r->tenant = (tenant_id){ 0 };
	return got == GOT_ONE ? host_ask(r, &question) : reply_got(r, got);
}

static int
domain_remove_do(struct req *r)
{
	struct domain domain = { 0 };
	enum got got = company_domain_find(r, &domain);

	if (got == GOT_ONE)
		got = domain_remove(r, &domain);
	return got == GOT_ONE ? domain_reply(r, N_("Removed.")) : reply_got(r, got);
}
