/* SPDX-License-Identifier: BSD-2-Clause */
/* reply.c - statuses, headers, pages, JSON and errors. */
#include "web/reply.h"

#include <stdarg.h>
#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "web/gate.h"
#include "web/moment.h"
#include "web/route.h"
#include "web/throttle.h"

#define NOTICE_COOKIE "hark-notice"

static const char page_policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
	"connect-src 'self'; media-src 'self' blob:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/* What is no page loads nothing and is framed nowhere. */
static const char other_policy[] = "default-src 'none'; frame-ancestors 'none'";

static const struct {
	int status;
	const char *text;
} status_texts[] = {
	{ 200, "OK" }, { 201, "Created" }, { 204, "No Content" }, { 303, "See Other" }, { 304, "Not Modified" },
	{ 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" },
	{ 405, "Method Not Allowed" }, { 409, "Conflict" }, { 413, "Content Too Large" }, { 414, "URI Too Long" },
	{ 415, "Unsupported Media Type" }, { 421, "Misdirected Request" }, { 422, "Unprocessable Content" },
	{ 429, "Too Many Requests" }, { 500, "Internal Server Error" }, { 503, "Service Unavailable" }
};

static const char *
status_text(int status)
{
	size_t i;

	for (i = 0; i < COUNT_OF(status_texts); i++)
		if (status_texts[i].status == status)
			return status_texts[i].text;
	return "Unknown";
}

void
reply_header(struct req *r, const char *name, const char *value)
{
	CHECK(strpbrk(value, "\r\n") == NULL);
	str_addf(&r->headers, "%s: %s\r\n", name, value);
}

/* A header of ours, unless the handler has set its own. */
static void
header_default(struct req *r, struct str *head, const char *name, const char *value)
{
	if (strstr(r->headers.data, name) == NULL)
		str_addf(head, "%s: %s\r\n", name, value);
}

/* Everything before the body. */
static void
reply_head(struct req *r, int status, const char *type, struct str *head)
{
	r->status = status;
	str_init(head, r->arena);
	str_addf(head, "Status: %d %s\r\n", status, status_text(status));
	if (type != NULL)
		str_addf(head, "Content-Type: %s\r\n", type);
	header_default(r, head, "Cache-Control", "no-store");
	header_default(r, head, "Content-Security-Policy", type != NULL && text_starts_with(type, "text/html") ? page_policy : other_policy);
	header_default(r, head, "X-Content-Type-Options", "nosniff");
	header_default(r, head, "Referrer-Policy", "same-origin");
	header_default(r, head, "X-Request-Id", r->id);
	str_add_bytes(head, r->headers.data, r->headers.len);
	str_add(head, "\r\n");
}

static int
reply_send(struct req *r, int status, const char *type, const struct str *body)
{
	struct str head;

	reply_head(r, status, type, &head);
	if (body != NULL)
		str_add_bytes(&head, body->data, body->len);
	if (r->fcgi != NULL && !fcgi_write(r->fcgi, head.data, head.len))
		log_info("gone", "the client left before the reply");
	return status;
}

void
reply_cookie(struct req *r, const char *name, const char *value, clock_ms life)
{
	struct str cookie;

	str_init(&cookie, r->arena);
	str_addf(&cookie, "%s%s=%s; Path=/; HttpOnly; SameSite=Lax", r->is_https ? "__Host-" : "", name, value);
	if (life != 0)
		str_addf(&cookie, "; Max-Age=%lld", life < 0 ? 0LL : (long long)(life / CLOCK_SECOND));
	if (r->is_https)
		str_add(&cookie, "; Secure");
	reply_header(r, "Set-Cookie", cookie.data);
}

/* The notice's text and its signature, so that nobody else can put words on our pages. */
static const char *
notice_seal(struct req *r, const char *payload)
{
	unsigned char mac[CRYPT_HASH_LEN];

	crypt_mac(r->site->keys->form, sizeof(r->site->keys->form), payload, strlen(payload), mac);
	return text_to_base64url(r->arena, mac, 16);
}

void
reply_notice(struct req *r, const char *message, const char *undo_path)
{
	const char *payload = arena_printf(r->arena, "%s\n%s", message, undo_path != NULL ? undo_path : "");

	reply_cookie(r, NOTICE_COOKIE, arena_printf(r->arena, "%s.%s", notice_seal(r, payload),
		text_to_base64url(r->arena, payload, strlen(payload))), CLOCK_MINUTE);
}

/* Shows the notice that the last request left, once. */
static void
page_notice(struct req *r)
{
	const char *cookie = req_cookie(r, NOTICE_COOKIE);
	char *payload, *end;
	size_t len;

	if (cookie == NULL || strlen(cookie) < 24 || cookie[22] != '.')
		return;
	reply_cookie(r, NOTICE_COOKIE, "", -1);
	payload = (char *)text_from_base64url(r->arena, cookie + 23, &len);
	if (payload == NULL || (end = strchr(payload, '\n')) == NULL
		|| !crypt_equal_text(arena_text_of(r->arena, cookie, 22), notice_seal(r, payload)))
		return;
	*end = '\0';
	page_set(r->page, "Notice.Text", locale_text(payload));
	if (end[1] != '\0')
		page_set(r->page, "Notice.Undo", end + 1);
}

/* Groups with more entries fold, so that the others stay in sight. */
#define MENU_GROUP_SHORT 3

/* "/admin/texts/all" stands for what is beside it, too. */
static bool
menu_is_here(const struct req *r, const struct menu_entry *entry)
{
	size_t len = strlen(entry->path) - (text_ends_with(entry->path, "/all") ? strlen("/all") : 0);

	return strncmp(r->path, entry->path, len) == 0 && (r->path[len] == '\0' || r->path[len] == '/')
		&& (strchr(entry->path + 1, '/') != NULL || r->path[len] == '\0');
}

/* The control panel's menu, by groups, with what this agent may open. */
static void
page_menu(struct req *r)
{
	const struct menu_entry *entry;
	struct page_node *group = NULL, *item;
	const char *last = NULL;
	size_t count = 0;

	for (entry = r->site->menu; entry->path != NULL; entry++) {
		if (!menu_shows(r, entry))
			continue;
		if (last == NULL || strcmp(last, entry->group) != 0) {
			group = page_add(r->page, "Menu");
			page_set(group, "Label", locale_text(entry->group));
			last = entry->group;
			count = 0;
		}
		item = page_add(group, "Items");
		page_set(item, "Label", locale_text(entry->label));
		page_set(item, "Path", entry->path);
		page_set_bool(item, "Current", menu_is_here(r, entry));
		if (menu_is_here(r, entry))
			page_set_bool(group, "Current", true);
		if (++count > MENU_GROUP_SHORT && strncmp(entry->path, "/admin/", 7) == 0)
			page_set_bool(group, "Folds", true);
	}
}

/* Is there a page at this path? */
static bool
path_is_served(const struct req *r, const char *path)
{
	const struct route *const *table, *route;

	for (table = r->site->routes; *table != NULL; table++)
		for (route = *table; route->path != NULL; route++)
			if (route->method == GET && strcmp(route->path, path) == 0)
				return true;
	return false;
}

/* What stands behind one's name. */
static void
page_own_menu(struct req *r)
{
	const struct menu_entry *entry;
	struct page_node *item;

	for (entry = r->site->own_menu; entry != NULL && entry->path != NULL; entry++) {
		if (!req_may(r, entry->permission) || !path_is_served(r, entry->path))
			continue;
		item = page_add(r->page, "User.Links");
		page_set(item, "Label", locale_text(entry->label));
		page_set(item, "Path", entry->path);
	}
}

/* The page to come back to in another language. */
static const char *
page_itself(struct req *r)
{
	if (r->method != GET || r->route == NULL)
		return route_page(r);
	return text_is_blank(r->query) ? r->path : arena_printf(r->arena, "%s?%s", r->path, r->query);
}

static void
page_languages(struct req *r)
{
	struct page_node *item;
	size_t i;

	for (i = 0; locale_names[i] != NULL; i++) {
		item = page_add(r->page, "Languages");
		page_set(item, "Value", locale_names[i]);
		page_set(item, "Label", locale_label(locale_names[i]));
		page_set_bool(item, "Current", strcmp(locale_names[i], locale_name()) == 0);
	}
	page_set(r->page, "Language.Label", locale_label(locale_name()));
	page_set(r->page, "Language.Next", page_itself(r));
}

/* The picture's path changes with the picture, so that browsers may keep it for good. */
static void
page_user(struct req *r)
{
	page_set(r->page, "User.Name", r->actor.name);
	page_set(r->page, "User.Alias", r->actor.alias);
	page_set_u64(r->page, "User.Id", r->actor.id);
	page_set(r->page, "User.Initials", text_initials(r->arena, r->actor.name));
	if (!text_is_blank(r->actor.avatar))
		page_setf(r->page, "User.Avatar", "/avatar/%llu?v=%s", (unsigned long long)r->actor.id, store_version(r->arena, r->actor.avatar));
	page_set_bool(r->page, "User.MayChat", req_may(r, MAY_CHAT));
	page_own_menu(r);
	if (text_starts_with(r->path, "/admin"))
		page_menu(r);
}

/* An operator: in the panel of the host, or on a page of a company that has agreed to be viewed. */
static void
page_host(struct req *r)
{
	page_set(r->page, r->actor.kind == ACTOR_VIEW ? "View.Name" : "Host.Name", r->actor.name);
	if (r->actor.kind == ACTOR_VIEW)
		moment_show_time(r, r->page, "View.Until", r->actor.until);
	page_menu(r);
}

/* Why nothing can be changed: on every page of those who are signed in. */
static void
page_life(struct req *r)
{
	if (r->tenant_state == NULL || strcmp(r->tenant_state, "active") == 0)
		return;
	page_set(r->page, "Life.State", r->tenant_state);
	page_set(r->page, "Life.Reason", r->tenant_reason);
	moment_show_date(r, r->page, "Life.DeleteAt", r->tenant_delete_at);
	page_set(r->page, "Life.Contact", r->site->conf->host_contact);
}

static void
page_frame(struct req *r)
{
	page_set(r->page, "Locale", locale_name());
	page_set(r->page, "Dir", locale_direction(locale_name()));
	page_set(r->page, "Site.Name", "Hark");
	page_set(r->page, "Site.Version", HARK_VERSION);
	page_set(r->page, "Site.Help", r->site->conf->help_url[0] != '\0' ? r->site->conf->help_url : "/help");
	page_set(r->page, "Site.Support", r->site->conf->support_url);
	page_set(r->page, "Tenant.Name", r->tenant_name);
	page_set(r->page, "Form.Token", r->actor.form_token != NULL ? r->actor.form_token : gate_form_token(r, r->actor.session));
	page_set_bool(r->page, "May.Change", !req_only_reads(r));
	page_languages(r);
	if (r->actor.kind == ACTOR_HOST || r->actor.kind == ACTOR_VIEW)
		page_host(r);
	if (r->actor.kind == ACTOR_AGENT) {
		page_user(r);
		page_life(r);
	}
	if (r->site->frame != NULL)
		r->site->frame(r);
}

int
reply_page_status(struct req *r, int status, const char *name)
{
	struct str body;

	page_frame(r);
	page_notice(r);
	str_init(&body, r->arena);
	if (!page_render(r->site->pages, r->page, name, &body)) {
		str_add(&body, "This page cannot be shown. Reference: ");
		str_add(&body, r->id);
		return reply_send(r, 500, "text/plain; charset=utf-8", &body);
	}
	return reply_send(r, status, "text/html; charset=utf-8", &body);
}

int
reply_page(struct req *r, const char *name)
{
	return reply_page_status(r, 200, name);
}

int
reply_redirect(struct req *r, const char *format, ...)
{
	va_list args;
	const char *path;

	va_start(args, format);
	path = arena_vprintf(r->arena, format, args);
	va_end(args);
	CHECK(path[0] == '/' && path[1] != '/' && path[1] != '\\');
	reply_header(r, "Location", path);
	return reply_send(r, 303, NULL, NULL);
}

int
reply_json_status(struct req *r, int status, const struct json *value)
{
	struct str body;

	str_init(&body, r->arena);
	json_print(value, &body);
	return reply_send(r, status, "application/json; charset=utf-8", &body);
}

int
reply_json(struct req *r, const struct json *value)
{
	return reply_json_status(r, 200, value);
}

int
reply_nothing(struct req *r)
{
	return reply_send(r, 204, NULL, NULL);
}

int
reply_not_modified(struct req *r)
{
	return reply_send(r, 304, NULL, NULL);
}

int
reply_bytes(struct req *r, const char *type, const char *bytes, size_t len)
{
	struct str body;

	str_init(&body, r->arena);
	str_add_bytes(&body, bytes, len);
	return reply_send(r, 200, type, &body);
}

static int
error_json(struct req *r, int status, struct json *error)
{
	json_set_text(error, "request", r->id);
	return reply_json_status(r, status, error);
}

int
reply_error(struct req *r, int status, const char *word, const char *message)
{
	struct json *error;

	r->reason = word;
	if (req_wants_json(r)) {
		error = json_new_object(r->arena);
		json_set_text(error, "error", word);
		json_set_text(error, "message", locale_text(message));
		return error_json(r, status, error);
	}
	page_set_u64(r->page, "Error.Status", (uint64_t)status);
	page_set(r->page, "Error.Message", locale_text(message));
	page_set(r->page, "Error.Request", r->id);
	page_set(r->page, "Title", locale_text(N_("Something is not right")));
	return reply_page_status(r, status, "shell/error");
}

int
reply_field_error(struct req *r, int status, const char *field, const char *message, const char *limit)
{
	struct json *error = json_new_object(r->arena);

	r->reason = "invalid";
	json_set_text(error, "error", "invalid");
	json_set_text(error, "field", field);
	json_set_text(error, "message", locale_fill(r->arena, message, limit));
	json_set_text(error, "limit", limit);
	return error_json(r, status, error);
}

int
reply_not_found(struct req *r)
{
	return reply_error(r, 404, "not_found", N_("There is nothing at this address. It may have been deleted or moved."));
}

int
reply_forbidden(struct req *r)
{
	if (r->route != NULL && (r->route->flags & ROUTE_HOST) != 0)
		return reply_error(r, 403, "forbidden",
			N_("Your rights as an operator, or those of the key, do not allow this. They are given by the command on the server."));
	return reply_error(r, 403, "forbidden",
		N_("You do not have the right to do this. Ask an administrator of your company for it."));
}

int
reply_too_often(struct req *r, uint64_t retry_after)
{
	const uint64_t minutes = throttle_minutes(retry_after);
	const char *message = locale_plural("Too many attempts. Try again in %s minute.",
		"Too many attempts. Try again in %s minutes.", minutes);

	reply_header(r, "Retry-After", arena_printf(r->arena, "%llu", (unsigned long long)retry_after));
	return reply_error(r, 429, "too_often", locale_fill(r->arena, message, arena_printf(r->arena, "%llu", (unsigned long long)minutes)));
}

int
reply_got(struct req *r, enum got got)
{
	if (got == GOT_NONE)
		return reply_not_found(r);
	if (crypt_was_busy()) {
		reply_header(r, "Retry-After", "5");
		return reply_error(r, 503, "busy", N_("Too many people sign in at this moment. Try again in a few seconds."));
	}
	if (!db_is_down(r->db))
		return reply_error(r, 500, "failed", N_("Something went wrong on our side. Try again; the reference helps support to find it."));
	reply_header(r, "Retry-After", "5");
	return reply_error(r, 503, "try_again", N_("The service is restarting. Try again in a few seconds."));
}
