/* SPDX-License-Identifier: BSD-2-Clause */
/* widget.c - the widget as a noun of the settings engine. */
#include "rooms/widget/widget.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/widget/widget_rules.h"
#include "rooms/widget/widget_store.h"

static const struct field_choice positions[] = {
	{ "right", N_("Right") }, { "left", N_("Left") }, { NULL, NULL }
};

static const struct field_choice offline_buttons[] = {
	{ "gray", N_("Gray") }, { "hidden", N_("Hidden") }, { NULL, NULL }
};

static const struct field_choice displays[] = {
	{ "embedded", N_("In the page") }, { "window", N_("In a window of its own") }, { NULL, NULL }
};

static const struct field_choice languages[] = {
	{ "page", N_("That of the page, else of the browser") }, { "browser", N_("That of the browser") },
	{ "company", N_("That of the company") }, { NULL, NULL }
};

const struct field widget_fields[] = {
	FIELD_U64(struct widget, id, FIELD_KEY),
	FIELD_TEXT(struct widget, widget_key, FIELD_READONLY, .label = N_("Key")),
	FIELD_TEXT(struct widget, name, FIELD_FORM | FIELD_LIST | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_SEARCH, .max = 80,
		.label = N_("Widget name")),
	FIELD_TEXT(struct widget, description, FIELD_FORM | FIELD_LIST | FIELD_SEARCH, .max = 255, .label = N_("Description")),
	FIELD_REFERENCE(struct widget, queue_id, FIELD_FORM | FIELD_LIST | FIELD_REQUIRED | FIELD_FILTER, .of = "queue", .only = "for_chat",
		.label = N_("Queue"), .help = N_("Chats of this widget ring at the agents of this queue.")),
	FIELD_COLOUR(struct widget, button_colour, FIELD_FORM | FIELD_REQUIRED, .label = N_("Button colour"), .preset = "#0b57d0"),
	FIELD_TEXT(struct widget, button_text, FIELD_FORM, .max = 40, .label = N_("Button text"),
		.help = N_("Beside the symbol; empty shows the symbol alone.")),
	FIELD_CHOICE(struct widget, position, FIELD_FORM | FIELD_REQUIRED, .choices = positions, .preset = "right",
		.label = N_("Position")),
	FIELD_CHOICE(struct widget, offline_button, FIELD_FORM | FIELD_REQUIRED, .choices = offline_buttons, .preset = "gray",
		.label = N_("Button when nobody is online")),
	FIELD_CHOICE(struct widget, display, FIELD_FORM | FIELD_REQUIRED, .choices = displays, .preset = "embedded",
		.label = N_("Chat opens"), .help = N_("Visitors can go on browsing without losing the chat either way.")),
	FIELD_CHOICE(struct widget, language, FIELD_FORM | FIELD_REQUIRED, .choices = languages, .preset = "page",
		.label = N_("Language"), .help = N_("The page says it by the attribute lang of its html element, or of the code's script by data-lang. Languages besides those of the product are added under Texts.")),
	FIELD_TEXT(struct widget, title, FIELD_FORM, .max = 80, .label = N_("Window title"), .placeholder = N_("Chat with us"),
		.help = N_("Empty says it in the language of the visitor; its words are under Texts.")),
	FIELD_LONG_TEXT(struct widget, greeting, FIELD_FORM, .max = 500, .label = N_("Greeting"),
		.placeholder = N_("Hello! How can we help you?"),
		.help = N_("Empty says it in the language of the visitor; its words are under Texts.")),
	FIELD_LONG_TEXT(struct widget, allowed_hosts, FIELD_FORM, .max = 4000, .label = N_("Allowed sites"),
		.help = N_("Host names whose pages may show the widget, one a line. Empty allows every site.")),
	FIELD_BOOL(struct widget, typing_preview, FIELD_FORM, .preset = "1", .label = N_("Show agents what visitors type"),
		.help = N_("Agents see the text before it is sent.")),
	FIELD_BOOL(struct widget, enabled, FIELD_FORM | FIELD_LIST | FIELD_FILTER, .preset = "1", .label = N_("Enabled")),
	FIELD_TIME(struct widget, seen_at, FIELD_READONLY, .label = N_("Seen on a site")),
	FIELD_TEXT(struct widget, seen_host, FIELD_READONLY, .label = N_("Site")),
	FIELD_TIME(struct widget, created_at, FIELD_READONLY),
	FIELD_TIME(struct widget, updated_at, FIELD_READONLY),
	FIELD_TIME(struct widget, deleted_at, FIELD_READONLY | FIELD_NULLABLE),
	FIELD_END
};

/* Random, public, 22 characters. */
static char *
widget_new_key(struct arena *arena)
{
	unsigned char bytes[16];

	crypt_random(bytes, sizeof(bytes));
	return text_to_base64url(arena, bytes, sizeof(bytes));
}

static void
check(struct req *r, struct form *form, const void *before, void *row)
{
	struct widget *widget = row;
	const char *bad;

	if (before == NULL)
		widget->widget_key = widget_new_key(r->arena);
	if (!widget_hosts_are_sound(r->arena, widget->allowed_hosts, &bad))
		form_problem(r, form, "allowed_hosts", N_("must hold host names such as www.example.com: %s is none"), bad);
}

/* The form of one widget offers the others. */
static enum got
load(struct req *r, void *row)
{
	const struct widget *widget = row, *widgets;
	struct db_rows rows = { 0 };
	struct page_node *node;
	enum got got = GOT_ONE;
	size_t i;

	if (r->actor.kind == ACTOR_AGENT)
		got = widget_all(r->db, r->arena, r->tenant, &rows);
	widgets = rows.rows;
	for (i = 0; i < rows.count; i++) {
		node = page_add(r->page, "Widgets");
		page_set_u64(node, "Id", widgets[i].id);
		page_set(node, "Name", widgets[i].name);
		page_set_bool(node, "Selected", widgets[i].id == widget->id);
	}
	page_set_u64(r->page, "Widget.Id", widget->id);
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* A way in for chats needs a plan that has people and chats at all, and room for one more widget. */
static enum got
may_add(struct req *r, struct form *form, const void *row)
{
	static const enum limit kinds[] = { LIMIT_AGENTS, LIMIT_CHATS };
	enum got got = limit_check_kinds(r, form, kinds, COUNT_OF(kinds));

	(void)row;
	return got == GOT_ONE ? limit_may_add(r, form, LIMIT_WIDGETS) : got;
}

static enum got
list_load(struct req *r)
{
	return limit_page(r, LIMIT_WIDGETS);
}

/* One must stay, so that the site's pages can always be given a code. */
static bool
may_delete(struct req *r, struct form *form, const void *row)
{
	uint64_t count = 0;

	(void)row;
	if (widget_count(r->db, r->tenant, &count) == GOT_ONE && count > 1)
		return true;
	form_problem(r, form, "", N_("This is the only widget. Add another one before you delete it, or disable it."), NULL);
	return false;
}

const struct resource widget_resource = {
	.noun = "widget",
	.plural = "widgets",
	.title = N_("My widgets"),
	.title_one = N_("widget"),
	.help = N_("A widget is a chat button with its own look and queue. Put its code on the pages of one site or brand."),
	.fields = widget_fields,
	.size = sizeof(struct widget),
	.name_field = "name",
	.sort = "name",
	.may_read = MAY_MANAGE_WIDGETS,
	.may_write = MAY_MANAGE_WIDGETS,
	.check = check,
	.may_add = may_add,
	.list_load = list_load,
	.may_delete = may_delete,
	.load = load,
	.form_template = "widget/form"
};

enum got
widget_start_tenant(struct db *db, struct arena *arena, tenant_id tenant, uint64_t queue, clock_ms now)
{
	struct widget widget = { .queue_id = queue };

	field_preset(arena, widget_fields, &widget);
	widget.name = locale_text(N_("Default Widget"));
	widget.widget_key = widget_new_key(arena);
	return widget_insert(db, tenant, &widget, now);
}
