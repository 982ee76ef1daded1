/* SPDX-License-Identifier: BSD-2-Clause */
/* brand_resource.c - a company's name, logo and colour as settings. */
#include "core/text.h"
#include "edge/image.h"
#include "edge/locale.h"
#include "rooms/tenant/brand/brand_rules.h"
#include "rooms/tenant/tenant.h"
#include "web/form.h"

#define LOGO_MAX (5 << 20)           /* bytes of the file that is sent */
#define LOGO_WIDTH 480               /* pixels: twice what is shown, for fine screens */
#define LOGO_HEIGHT 120

static const struct field brand_fields[] = {
	FIELD_TEXT(struct brand, display_name, FIELD_FORM, .max = 80, .label = N_("Name"),
		.help = N_("Shown instead of the company's name, and as the sender of mails.")),
	FIELD_COLOUR(struct brand, colour, FIELD_FORM, .preset = BRAND_COLOUR, .label = N_("Colour"),
		.help = N_("Of buttons and links. Where it would be hard to read, a darker or lighter shade of it is used.")),
	FIELD_URL(struct brand, help_url, FIELD_FORM, .label = N_("Link to help"), .placeholder = N_("https://example.com/help"),
		.help = N_("Shown on the sign-in page and in everybody's menu.")),
	FIELD_TEXT(struct brand, logo, FIELD_READONLY, .label = N_("Logo")),
	FIELD_END
};

/* The new logo, or none; made only when nothing else is wrong, since it takes a while. */
static void
brand_check(struct req *r, struct form *form, const void *old, void *new)
{
	const struct upload *upload = req_upload(r, "logo");
	struct image_order order = { .tool = r->site->conf->image_tool, .width = LOGO_WIDTH, .height = LOGO_HEIGHT };
	struct brand *row = new;
	const char *problem, *detail;
	struct image image;

	(void)old;
	if (upload == NULL && req_param(r, "no_logo") != NULL)
		row->logo = "";
	if (upload != NULL && (upload->is_too_large || store_spool_size(upload->spool) > LOGO_MAX))
		form_problem(r, form, "logo", N_("must have at most %s MB"), "5");
	if (upload == NULL || !form_is_good(form))
		return;
	order.source = store_spool_open(upload->spool, r->arena);
	problem = image_problem(order.source < 0 ? IMAGE_FAILED : image_make(r->site->store, r->arena, r->tenant, &order, &image), &detail);
	if (problem != NULL)
		form_problem(r, form, "logo", problem, detail);
	else
		row->logo = image.stored;
}

static void
brand_settle(struct req *r, const void *old, void *new, bool is_stored)
{
	const struct brand *before = old;
	struct brand *row = new;

	store_settle(r->site->store, r->tenant, before->logo, &row->logo, is_stored);
}

/* Before the form is shown: what the pages make of the colour. */
static enum got
brand_warn(struct req *r, void *row)
{
	const struct brand *brand = row;
	const char *shade;

	if (!brand_is_readable(r->arena, brand->colour, &shade))
		page_set(r->page, "Brand.Warning", locale_fill(r->arena,
			N_("This colour is hard to read on white: links and other text use %s instead."), shade));
	return GOT_ONE;
}

const struct resource brand_resource = {
	.noun = "brand",
	.plural = "settings/brand",
	.title = N_("Branding"),
	.title_one = N_("branding"),
	.help = N_("How your company looks to its people when they sign in and work, and on the page that holds the chat alone."),
	.fields = brand_fields,
	.size = sizeof(struct brand),
	.may_read = MAY_MANAGE_SETTINGS,
	.may_write = MAY_MANAGE_SETTINGS,
	.is_single = true,
	.takes_files = true,
	.form_template = "tenant/brand",
	.load = brand_warn,
	.check = brand_check,
	.settle = brand_settle
};

enum got
brand_load(struct db *db, struct arena *arena, const struct crypt_keys *keys, tenant_id tenant, struct brand *brand)
{
	return resource_single_load(db, arena, keys, tenant, &brand_resource, brand);
}
