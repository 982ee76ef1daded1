/* SPDX-License-Identifier: BSD-2-Clause */
/* domain_pages.c - a company's own host names: adding, proving, removing. */
#include "rooms/tenant/domain/domain_store.h"

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/tenant/domain/domain_rules.h"
#include "web/moment.h"
#include "web/reply.h"

#define REFRESH_FOR CLOCK_MINUTE  /* so long a page looks again by itself after "Check now" */

static handler domains_show, domain_create, domain_check_now, domain_ask, domain_delete;

const struct route domain_routes[] = {
	{ .method = GET, .path = "/admin/domains", .permission = MAY_MANAGE_SETTINGS, .handle = domains_show },
	{ .method = POST, .path = "/admin/domains", .permission = MAY_MANAGE_SETTINGS, .handle = domain_create },
	{ .method = POST, .path = "/admin/domains/:id/check", .permission = MAY_MANAGE_SETTINGS, .handle = domain_check_now },
	{ .method = GET, .path = "/admin/domains/:id/delete", .permission = MAY_MANAGE_SETTINGS, .handle = domain_ask },
	{ .method = POST, .path = "/admin/domains/:id/delete", .permission = MAY_MANAGE_SETTINGS, .handle = domain_delete },
	{ .path = NULL }
};

/* Has somebody asked for a look that did not happen yet? */
static bool
is_awaited(const struct req *r, const struct domain *domain)
{
	return domain->check_at != 0 && domain->check_at <= r->now && r->now - domain->check_at < REFRESH_FOR;
}

static void
show_domain(struct req *r, const struct domain *domain)
{
	struct page_node *node = page_add(r->page, "Domains");
	const bool verified = text_equal(domain->state, "verified");

	page_set_u64(node, "Id", domain->id);
	page_set(node, "Host", domain->host);
	page_set_bool(node, "Verified", verified);
	page_set_bool(node, "Lost", domain->lost_at != 0);
	page_set_bool(node, "Awaited", is_awaited(r, domain));
	page_set_bool(node, "ByHost", text_equal(domain->proof, "host"));
	moment_show(r, node, "Checked", domain->checked_at);
	if (!text_is_blank(domain->problem))
		page_set(node, "Problem", locale_text(domain->problem));
	if (text_is_blank(domain->token))
		return;
	page_set(node, "Token", domain->token);
	page_set(node, "DnsName", domain_dns_name(r->arena, domain));
	page_set(node, "FileUrl", domain_file_url(r->arena, domain));
}

static int
domains_page(struct req *r, const struct form *form, const struct domain *typed)
{
	struct db_rows rows = { 0 };
	const struct domain *domain;
	bool awaited = false;
	size_t i;

	if (domain_all(r->db, r->arena, r->tenant, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, domain = rows.rows; i < rows.count; i++, domain++) {
		show_domain(r, domain);
		awaited = awaited || is_awaited(r, domain);
	}
	if (awaited && form_is_good(form))
		reply_header(r, "Refresh", "2");
	form_show(r, form, typed);
	page_set(r->page, "Title", locale_text(N_("Domains")));
	return reply_page_status(r, form_is_good(form) ? 200 : 422, "tenant/domains");
}

static int
domains_show(struct req *r)
{
	const struct domain blank = { .host = "" };
	struct form form;

	form_init(&form, domain_fields);
	return domains_page(r, &form, &blank);
}

static int
domain_create(struct req *r)
{
	struct domain typed = { .host = "" }, domain = { .id = 0 };
	struct form form;
	enum got got;

	form_init(&form, domain_fields);
	if (!form_read(r, &form, &typed, false))
		return domains_page(r, &form, &typed);
	got = domain_add(r, &form, typed.host, &domain);
	if (got == GOT_NONE && !form_is_good(&form))
		return domains_page(r, &form, &typed);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("Added. Prove in one of the two ways that it is yours."), NULL);
	return reply_redirect(r, "/admin/domains");
}

static int
domain_check_now(struct req *r)
{
	struct domain domain = { .id = 0 };
	struct form form;
	enum got got = domain_by_id(r->db, r->arena, r->tenant, req_id(r), &domain);

	form_init(&form, domain_fields);
	if (got == GOT_ONE)
		got = domain_check_soon(r, &form, &domain);
	if (!form_is_good(&form))
		return reply_error(r, 409, "vouched", form.problems[0].message);
	if (got != GOT_ONE)
		return reply_got(r, got);
	return reply_redirect(r, "/admin/domains");
}

static int
domain_ask(struct req *r)
{
	struct domain domain = { .id = 0 };
	enum got got = domain_by_id(r->db, r->arena, r->tenant, req_id(r), &domain);

	if (got != GOT_ONE)
		return reply_got(r, got);
	page_set_u64(r->page, "Domain.Id", domain.id);
	page_set(r->page, "Domain.Host", domain.host);
	page_set_bool(r->page, "Domain.Verified", text_equal(domain.state, "verified"));
	page_set_bool(r->page, "Domain.Here", text_equal(domain.host, r->host));
	page_set(r->page, "Title", locale_text(N_("Remove the domain?")));
	return reply_page(r, "tenant/domain_delete");
}

static int
domain_delete(struct req *r)
{
	struct domain domain = { .id = 0 };
	enum got got = domain_by_id(r->db, r->arena, r->tenant, req_id(r), &domain);

	if (got == GOT_ONE)
		got = domain_remove(r, &domain);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("Removed."), NULL);
	return reply_redirect(r, "/admin/domains");
}
