/* SPDX-License-Identifier: BSD-2-Clause */
/* brand_pages.c - a company's looks on its pages. The request's tenant is that of the domain or of the session, never one that is asked
 * for: nobody reaches the logo of another company. */
#include <string.h>

#include "core/text.h"
#include "edge/image.h"
#include "rooms/tenant/brand/brand_rules.h"
#include "rooms/tenant/tenant.h"
#include "web/reply.h"

static handler css_show, logo_show;

const struct route brand_routes[] = {
	{ GET, "/brand.css", MAY_PUBLIC, css_show, 0, NULL },
	{ GET, "/brand/logo", MAY_PUBLIC, logo_show, 0, NULL },
	{ .path = NULL }
};

static enum got
brand_of_request(struct req *r, struct brand *brand)
{
	*brand = (struct brand){ .display_name = "", .colour = "", .logo = "", .help_url = "" };
	return r->tenant.id == 0 ? GOT_NONE : brand_load(r->db, r->arena, r->site->keys, r->tenant, brand);
}

static int
css_show(struct req *r)
{
	struct brand brand;
	const char *css;

	if (brand_of_request(r, &brand) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	css = brand_css(r->arena, brand.colour);
	reply_header(r, "Cache-Control", text_equal(req_query(r, "v"), text_is_blank(brand.colour) ? "" : brand.colour + 1)
		? "private, max-age=31536000, immutable" : "private, no-cache");
	return reply_bytes(r, "text/css; charset=utf-8", css, strlen(css));
}

int
brand_reply_logo(struct req *r)
{
	struct brand brand;
	enum got got = brand_of_request(r, &brand);

	if (got != GOT_ONE || text_is_blank(brand.logo))
		return reply_got(r, got == GOT_ERROR ? GOT_ERROR : GOT_NONE);
	return reply_file(r, &(struct reply_file){ .stored = brand.logo, .name = "logo.webp", .type = IMAGE_TYPE, .is_inline = true,
		.is_lasting = text_equal(req_query(r, "v"), store_version(r->arena, brand.logo)) });
}

static int
logo_show(struct req *r)
{
	return brand_reply_logo(r);
}

static void
show(struct req *r, const char *logo_path)
{
	struct brand brand;

	if (brand_of_request(r, &brand) != GOT_ONE)
		return;
	if (!text_is_blank(brand.display_name)) {
		r->tenant_name = brand.display_name;
		page_set(r->page, "Tenant.Name", brand.display_name);
	}
	if (!text_is_blank(brand.logo))
		page_setf(r->page, "Brand.Logo", "%s?v=%s", logo_path, store_version(r->arena, brand.logo));
	if (text_is_colour(brand.colour) && !text_equal(brand.colour, BRAND_COLOUR))
		page_setf(r->page, "Brand.Css", "/brand.css?v=%s", brand.colour + 1);
	if (!text_is_blank(brand.help_url))
		page_set(r->page, "Brand.Help", brand.help_url);
}

void
brand_show(struct req *r)
{
	show(r, "/brand/logo");
}

void
brand_show_visitor(struct req *r, const char *key)
{
	show(r, arena_printf(r->arena, "/visit/%s/logo", key));
}
