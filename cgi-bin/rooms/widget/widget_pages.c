/* SPDX-License-Identifier: BSD-2-Clause */
/* widget_pages.c - the loader, the panel's page, and the installation page (docs/api-visit.md). */
#include "rooms/widget/widget.h"

#include <string.h>

#include "core/colour.h"
#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/routing/routing.h"
#include "rooms/text/text.h"
#include "rooms/widget/widget_rules.h"
#include "rooms/widget/widget_store.h"
#include "web/asset.h"
#include "web/reply.h"

static handler loader_show, panel_show, window_show, logo_show, installation_show, widget_switch;

const struct route widget_routes[] = {
	{ .method = GET, .path = "/widget/:key.js", .permission = MAY_VISIT, .handle = loader_show },
	{ .method = GET, .path = "/panel/:key", .permission = MAY_VISIT, .handle = panel_show },
	{ .method = GET, .path = "/chat/:key", .permission = MAY_VISIT, .handle = window_show },
	{ .method = GET, .path = "/visit/:key/logo", .permission = MAY_VISIT, .handle = logo_show },
	{ .method = GET, .path = "/admin/installation", .permission = MAY_MANAGE_WIDGETS, .handle = installation_show },
	{ .method = GET, .path = "/admin/widget", .permission = MAY_MANAGE_WIDGETS, .handle = widget_switch },
	{ .path = NULL }
};

#define SEEN_EVERY CLOCK_HOUR
#define HOST_MAX 253
#define HOST_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"

static const char *const loader_strings[] = {
	N_("Chat with us"), N_("Close the chat"), N_("New messages"), N_("One moment…"), N_("This takes longer than usual."),
	N_("Try again"), NULL
};

enum got
widget_find(struct req *r, const char *key, struct widget *widget)
{
	struct tenant tenant = { 0 };
	enum got got;

	if (key == NULL || strlen(key) != 22)
		return GOT_NONE;
	got = widget_by_key(r->db, r->arena, key, widget, &tenant);
	if (got != GOT_ONE)
		return got;
	/* On a tenant's own domain only that tenant's widgets are served. */
	if (r->tenant.id != 0 && r->tenant.id != tenant.id) {
		widget->id = 0;
		return GOT_NONE;
	}
	r->tenant_state = tenant.state;
	if (strcmp(tenant.state, "active") != 0)
		return GOT_NONE;
	tenant_enter(r, &tenant);
	text_use_visitor(r, widget->language);
	return GOT_ONE;
}

bool
widget_is_on(const struct widget *widget)
{
	return widget->enabled && widget->deleted_at == 0;
}

enum got
widget_enter(struct req *r, const char *key, struct widget *widget)
{
	enum got got = widget_find(r, key, widget);

	return got == GOT_ONE && !widget_is_on(widget) ? GOT_NONE : got;
}

int
widget_refuse(struct req *r, enum got got)
{
	if (got == GOT_NONE && r->tenant_state != NULL && strcmp(r->tenant_state, "active") != 0)
		return reply_error(r, 403, "suspended", N_("This chat is not available at the moment."));
	return reply_got(r, got);
}

/* "en fr de": only the script sees the page's language. When that is another one it asks for itself once more, with ?lang=. */
static const char *
loader_tongues(struct req *r)
{
	const char *const *name;
	struct str list;

	str_init(&list, r->arena);
	for (name = text_languages(r); *name != NULL; name++)
		str_addf(&list, "%s%s", list.len > 0 ? " " : "", *name);
	return list.data;
}

static struct json *
loader_config(struct req *r, const struct widget *widget, bool is_online)
{
	struct json *config = json_new_object(r->arena), *strings = json_new_object(r->arena);
	size_t i;

	for (i = 0; loader_strings[i] != NULL; i++)
		json_set_text(strings, loader_strings[i], locale_text(loader_strings[i]));
	json_set_text(config, "key", widget->widget_key);
	json_set_text(config, "base", r->site->conf->base_url);
	json_set_text(config, "panel", arena_printf(r->arena, "/panel/%s", widget->widget_key));
	json_set_text(config, "colour", widget->button_colour);
	json_set_text(config, "ink", colour_ink_on(widget->button_colour));
	json_set_text(config, "text", widget->button_text);
	json_set_text(config, "position", widget->position);
	json_set_bool(config, "online", is_online);
	json_set_text(config, "offline", widget->offline_button);
	json_set_text(config, "display", widget->display);
	json_set_text(config, "title", widget->title);
	json_set_text(config, "locale", locale_name());
	json_set(config, "strings", strings);
	if (strcmp(widget->language, "page") == 0 && req_query(r, "lang") == NULL)
		json_set_text(config, "tongues", loader_tongues(r));
	return config;
}

/* A validator of the bytes (RFC 9110 section 8.8.3). */
static const char *
etag_of(struct req *r, const struct str *script)
{
	unsigned char hash[CRYPT_HASH_LEN];

	crypt_sha256(script->data, script->len, hash);
	return arena_printf(r->arena, "\"%s\"", text_to_base64url(r->arena, hash, 12));
}

static int
reply_script(struct req *r, const struct str *script)
{
	const char *tag = etag_of(r, script), *known = req_header(r, "HTTP_IF_NONE_MATCH");

	reply_header(r, "Cache-Control", "public, max-age=60");
	reply_header(r, "ETag", tag);
	reply_header(r, "Vary", "Accept-Language");
	reply_header(r, "Cross-Origin-Resource-Policy", "cross-origin");
	if (known != NULL && strstr(known, tag) != NULL)
		return reply_not_modified(r);
	return reply_bytes(r, "text/javascript; charset=utf-8", script->data, script->len);
}

/* The chat is on a site: the first steps of the company say so. Written at most once an hour, and not for our own pages. */
static void
note_seen(struct req *r, const struct widget *widget)
{
	const char *page = req_header(r, "HTTP_REFERER"), *host = page != NULL ? strstr(page, "://") : NULL;
	size_t len;

	if (host == NULL || widget->seen_at > r->now - SEEN_EVERY)
		return;
	host += 3;
	len = strcspn(host, "/:?#");
	if (len == 0 || len > HOST_MAX || (strlen(r->host) == len && strncmp(host, r->host, len) == 0))
		return;
	host = arena_text_of(r->arena, host, len);
	if (strspn(host, HOST_CHARACTERS) == len && widget_set_seen(r->db, r->tenant, widget->id, host, r->now) == GOT_ERROR)
		log_warning("widget", "could not note where widget %llu was seen", (unsigned long long)widget->id);
}

/* Without indents and lines that are comments: the button is on every page of a site. */
static void
add_script(struct str *out, const char *script)
{
	size_t len;

	for (; *script != '\0'; script += len + (script[len] == '\n')) {
		script += strspn(script, "\t");
		len = strcspn(script, "\n");
		if (len == 0 || (strncmp(script, "/*", 2) == 0 && strncmp(script + len - 2, "*/", 2) == 0))
			continue;
		str_add_bytes(out, script, len);
		str_add_char(out, '\n');
	}
}

static int
loader_show(struct req *r)
{
	struct routing routing = { .db = r->db, .arena = r->arena, .now = r->now };
	struct widget widget = { 0 };
	struct str script;
	const char *loader;
	bool is_online;
	enum got got = widget_enter(r, req_arg(r, "key"), &widget);

	str_init(&script, r->arena);
	if (got == GOT_NONE)
		return reply_script(r, &script);
	routing.tenant = r->tenant;
	if (got == GOT_ERROR || routing_is_open(&routing, widget.queue_id, &is_online) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	loader = asset_text(r, "widget/loader.js");
	if (loader == NULL)
		return reply_got(r, GOT_ERROR);
	str_add(&script, "(function run(config){");
	add_script(&script, loader);
	str_add(&script, "})(");
	json_print(loader_config(r, &widget, is_online), &script);
	str_add(&script, ");\n");
	note_seen(r, &widget);
	return reply_script(r, &script);
}

/* The panel's paper is light or dark as the visitor's screen is; these are its deepest shades (static/widget/panel.css). */
#define PAPER_LIGHT "#eef1f4"
#define PAPER_DARK "#262c35"

/* The colour, and forms of it that can be read in a bubble: the variables of the panel's style sheet. */
static struct json *
panel_colours(struct req *r, const char *colour)
{
	struct json *colours = json_new_object(r->arena);
	const char *ink = colour_ink_on(colour);

	json_set_text(colours, "--brand", colour);
	json_set_text(colours, "--brand-ink", ink);
	json_set_text(colours, "--brand-deep", colour_mix(r->arena, colour, strcmp(ink, "#ffffff") == 0 ? "#000000" : "#ffffff", 88));
	json_set_text(colours, "--brand-on-light", colour_readable(r->arena, colour, PAPER_LIGHT));
	json_set_text(colours, "--brand-on-dark", colour_readable(r->arena, colour, PAPER_DARK));
	return colours;
}

static const char *
panel_config(struct req *r, const struct widget *widget)
{
	struct json *config = json_new_object(r->arena);

	json_set_text(config, "key", widget->widget_key);
	json_set(config, "colours", panel_colours(r, widget->button_colour));
	json_set_text(config, "title", widget->title);
	json_set_u64(config, "upload_max", r->site->conf->upload_max);
	json_set_bool(config, "typing_preview", widget->typing_preview);
	return json_text(r->arena, config);
}

/* Also of a widget that is off, or whose company is suspended: a site may have its button still, and the panel says that it is not available, or
 * goes on with the chat that the visitor is in. */
static int
panel_reply(struct req *r, const char *mode, const char *ancestors)
{
	struct widget widget = { 0 };
	enum got got = widget_find(r, req_arg(r, "key"), &widget);

	if (got == GOT_ERROR || widget.id == 0)
		return widget_refuse(r, got);
	if (ancestors == NULL)
		ancestors = widget_frame_ancestors(r->arena, widget.allowed_hosts);
	reply_header(r, "Content-Security-Policy", arena_printf(r->arena, "default-src 'none'; script-src 'self'; style-src 'self';"
		" img-src 'self' blob: data:; connect-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none';"
		" require-trusted-types-for 'script'; frame-ancestors %s", ancestors));
	page_set(r->page, "Widget.Key", widget.widget_key);
	page_set(r->page, "Widget.Title", text_is_blank(widget.title) ? locale_text(N_("Chat with us")) : widget.title);
	page_set(r->page, "Widget.Greeting", text_is_blank(widget.greeting)
		? locale_text(N_("Hello! How can we help you?")) : widget.greeting);
	page_set(r->page, "Mode", mode);
	if (strcmp(mode, "page") == 0)
		brand_show_visitor(r, widget.widget_key);
	page_set(r->page, "Config", panel_config(r, &widget));
	page_set(r->page, "Strings", asset_strings(r, "widget/strings.txt"));
	r->actor.form_token = "";       /* its page has no form of ours: a visitor gets no cookie to bind one */
	return reply_page_status(r, got == GOT_NONE ? 403 : widget_is_on(&widget) ? 200 : 404, "widget/panel");
}

static int
panel_show(struct req *r)
{
	return panel_reply(r, "frame", NULL);
}

static int
window_show(struct req *r)
{
	return panel_reply(r, "page", "'none'");
}

/* Of the company whose widget it is. */
static int
logo_show(struct req *r)
{
	struct widget widget = { 0 };
	enum got got = widget_enter(r, req_arg(r, "key"), &widget);

	return got == GOT_ONE ? brand_reply_logo(r) : reply_got(r, got);
}

static int
installation_show(struct req *r)
{
	struct db_rows rows = { 0 };
	const struct widget *widgets, *chosen;
	struct page_node *node;
	uint64_t id = 0;
	size_t i;

	if (widget_all(r->db, r->arena, r->tenant, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	widgets = chosen = rows.rows;
	text_to_u64(req_query(r, "widget"), &id);
	for (i = 0; i < rows.count; i++) {
		if (widgets[i].id == id)
			chosen = &widgets[i];
		node = page_add(r->page, "Widgets");
		page_set_u64(node, "Id", widgets[i].id);
		page_set(node, "Name", widgets[i].name);
		page_set_bool(node, "Selected", widgets[i].id == id || (id == 0 && i == 0));
	}
	page_set(r->page, "Base", r->site->conf->base_url);
	if (rows.count > 0) {
		page_set(r->page, "Widget.Key", chosen->widget_key);
		page_set_u64(r->page, "Widget.Id", chosen->id);
		page_set(r->page, "Widget.Name", chosen->name);
		page_set_bool(r->page, "Widget.Enabled", chosen->enabled);
	}
	return reply_page(r, "widget/installation");
}

/* The drop-down "My widget": a form without scripts leads to the settings of the chosen one. */
static int
widget_switch(struct req *r)
{
	uint64_t id = 0;

	text_to_u64(req_query(r, "id"), &id);
	return reply_redirect(r, "/admin/widgets/%llu", (unsigned long long)id);
}
