/* SPDX-License-Identifier: BSD-2-Clause */
/* gate.c - host, who and permission before the body is read, then the form token, all before any handler. */
#include "web/gate.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "web/reply.h"
#include "web/resource.h"
#include "web/serve.h"
#include "web/throttle.h"

#define FORM_COOKIE "hark-form"      /* binds the form token of those who are not signed in */

bool
gate_is_base(const struct req *r)
{
	return text_is_host_of(r->host, r->site->conf->base_url);
}

/* The panel of the host answers on its own name when it has one, and never on the domain of a tenant. */
static enum got
gate_host(struct req *r)
{
	const struct conf *conf = r->site->conf;

	if ((r->route->flags & ROUTE_HOST) != 0)
		return text_is_host_of(r->host, conf->host_url[0] != '\0' ? conf->host_url : conf->base_url) ? GOT_ONE : GOT_NONE;
	if (gate_is_base(r))
		return GOT_ONE;
	return r->site->tenant_of_host(r, r->host);
}

/* A host name with nothing behind it: the door of the panel has no other page. */
static bool
gate_refuse_host(struct req *r)
{
	if ((r->route->flags & ROUTE_HOST) != 0)
		reply_not_found(r);
	else if (r->segment_count == 0 && r->method == GET && r->site->conf->host_url[0] != '\0'
		&& text_is_host_of(r->host, r->site->conf->host_url))
		reply_redirect(r, "/host");
	else
		reply_error(r, 421, "host", N_("This address is not served here."));
	return false;
}

/* What somebody who is not signed in has chosen, else what the browser asks for. A widget's visitor has chosen nothing here: the cookie
 * is of an agent who shares the browser. */
static const char *
stranger_locale(struct req *r)
{
	const char *chosen = r->route != NULL && r->route->permission == MAY_VISIT ? NULL : locale_known(req_cookie(r, GATE_LANGUAGE_COOKIE));

	return chosen != NULL ? chosen : locale_pick(req_header(r, "HTTP_ACCEPT_LANGUAGE"));
}

void
gate_greet(struct req *r)
{
	clock_use_zone("UTC");
	locale_use(stranger_locale(r));
}

/* Language and time zone of this reply: the agent's, else the tenant's, else the stranger's. */
static void
gate_tongue(struct req *r)
{
	const char *zone = r->actor.time_zone;
	const char *locale = r->actor.locale;

	if (text_is_blank(zone))
		zone = r->tenant_zone;
	if (text_is_blank(locale))
		locale = r->actor.kind != ACTOR_NOBODY && r->tenant.id != 0 ? r->tenant_locale : stranger_locale(r);
	clock_use_zone(text_is_blank(zone) ? "UTC" : zone);
	locale_use(text_is_blank(locale) ? "en" : locale);
	if (r->tenant.id != 0 && !text_is_blank(r->tenant_languages) && r->site->tongue != NULL)
		r->site->tongue(r);
}

/* A request with a cookie that changes something must come from our own pages. */
static bool
origin_is_ours(const struct req *r)
{
	const char *origin = req_header(r, "HTTP_ORIGIN");
	const char *site = req_header(r, "HTTP_SEC_FETCH_SITE");

	if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return false;
	return origin == NULL || (strstr(origin, "://") != NULL && text_is_host_of(r->host, origin));
}

static bool
form_token_is_good(struct req *r)
{
	const char *given = req_header(r, "HTTP_X_HARK_FORM");

	if (given == NULL)
		given = req_body_param(r, "form");
	return crypt_equal_text(given, r->actor.form_token != NULL ? r->actor.form_token : gate_form_token(r, r->actor.session));
}

char *
gate_form_token(struct req *r, const unsigned char *session)
{
	unsigned char mac[CRYPT_HASH_LEN];
	const char *cookie;

	if (session != NULL) {
		crypt_mac(r->site->keys->form, sizeof(r->site->keys->form), session, CRYPT_HASH_LEN, mac);
		return text_to_base64url(r->arena, mac, sizeof(mac));
	}
	cookie = req_cookie(r, FORM_COOKIE);
	if (cookie == NULL || strlen(cookie) != 43) {
		if (r->method != GET)
			return NULL;
		cookie = crypt_token(r->arena);
		reply_cookie(r, FORM_COOKIE, cookie, 0);
	}
	crypt_mac(r->site->keys->form, sizeof(r->site->keys->form), cookie, strlen(cookie), mac);
	return text_to_base64url(r->arena, mac, sizeof(mac));
}

char *
gate_numbered_form_token(struct req *r, const char *table, uint64_t id)
{
	const char *text = arena_printf(r->arena, "%s.%llu", table, (unsigned long long)id);
	unsigned char hash[CRYPT_HASH_LEN];

	crypt_sha256(text, strlen(text), hash);
	return gate_form_token(r, hash);
}

/* A program does not sign in. */
static const char *
signed_out_words(const struct req *r)
{
	if (req_key(r) != NULL)
		return N_("This key is not known here. It may be mistyped, taken back or expired.");
	if (text_starts_with(r->path, "/api/") && r->cookie_count == 0)
		return N_("The key is missing. Send it in the header X-Api-Key.");
	return N_("You are signed out. Sign in again to go on.");
}

/* A form of the settings, sent by a browser from our own page? */
static bool
is_own_form(const struct req *r)
{
	return r->method == POST && r->route->resource != NULL && (r->route->flags & (ROUTE_JSON | ROUTE_UPLOAD)) == 0
		&& req_header(r, "HTTP_ORIGIN") != NULL && origin_is_ours(r);
}

/* What was typed, but no secret. False: nothing. */
static bool
show_typed(struct req *r)
{
	struct page_node *again = page_child(r->page, "Again"), *item;
	const struct param *param;
	const struct field *field;
	bool is_any = false;

	for (param = r->params + r->query_count; param < r->params + r->param_count; param++) {
		field = field_find(r->route->resource->fields, param->name);
		if (strcmp(param->name, "was") != 0 && (field == NULL || (field->flags & (FIELD_FORM | FIELD_SECRET)) != FIELD_FORM))
			continue;
		item = page_add(again, "Items");
		page_set(item, "Name", param->name);
		page_set(item, "Value", param->value);
		is_any = true;
	}
	return is_any;
}

/* A form that cannot be taken now: a page keeps what was typed, to be sent again by somebody who looks at it. */
static void
gate_again(struct req *r, int status, const char *word, const char *message)
{
	if (!show_typed(r)) {
		reply_error(r, status, word, message);
		return;
	}
	r->reason = word;
	page_set(r->page, "Again.Path", r->path);
	page_set(r->page, "Again.Message", locale_text(message));
	page_set_bool(r->page, "Again.SignedOut", r->actor.kind == ACTOR_NOBODY);
	page_set(r->page, "Title", locale_text(N_("Not saved yet")));
	reply_page_status(r, status, "shell/again");
}

/* Nobody is signed in, and the page wants somebody. */
static bool
gate_ask_sign_in(struct req *r)
{
	struct str to;

	if (r->refusal != NULL && req_wants_json(r)) {
		reply_error(r, 403, "refused", r->refusal);
		return false;
	}
	if (r->refusal != NULL)
		reply_notice(r, r->refusal, NULL);
	if (r->refusal == NULL && is_own_form(r)) {
		if (serve_rest(r))
			gate_again(r, 401, "signed_out", N_("You are signed out. Sign in in a new tab, then come back here and send what you typed."));
		return false;
	}
	if (req_wants_json(r) || r->method != GET) {
		reply_error(r, 401, "signed_out", signed_out_words(r));
		return false;
	}
	str_init(&to, r->arena);
	str_add(&to, (r->route->flags & ROUTE_HOST) != 0 ? "/host/sign-in?next=" : "/sign-in?next=");
	text_url_encode(&to, r->path);
	reply_redirect(r, "%s", to.data);
	return false;
}

/* An operator who views a tenant gets pages that belong to a right: nothing that changes, that is a download or somebody's own. */
static bool
view_may(const struct req *r)
{
	if (r->actor.kind != ACTOR_VIEW || (r->route->flags & ROUTE_VIEW) != 0)
		return true;
	return r->method == GET && r->route->permission != MAY_SIGNED_IN && (r->route->flags & (ROUTE_JSON | ROUTE_STREAM)) == 0
		&& strchr(r->route->path, '.') == NULL;
}

static bool
gate_permission(struct req *r)
{
	if (!view_may(r)) {
		reply_error(r, 403, "view_only", N_("You only view this company: its pages can be read, nothing else."));
		return false;
	}
	if (req_may(r, r->route->permission))
		return true;
	if (r->actor.kind == ACTOR_NOBODY)
		return gate_ask_sign_in(r);
	log_warning("forbidden", "%s %llu may not %s %s", r->actor.kind == ACTOR_HOST ? "operator" : "agent", (unsigned long long)r->actor.id, r->method_name,
		r->route->path);
	reply_forbidden(r);
	return false;
}

/* A key that only reads changes nothing, whatever its owner may do. */
static bool
gate_read_only(struct req *r)
{
	if (r->method == GET || !r->actor.is_read_only)
		return true;
	reply_error(r, 403, "read_only", N_("This key may only read."));
	return false;
}

/* What is an agent's own takes no right to change, so that none could be left out for a key: one with some rights of its agent changes none of it. */
static bool
gate_own(struct req *r)
{
	if (r->method == GET || !r->actor.is_limited || r->route->permission != MAY_SIGNED_IN || (r->route->flags & ROUTE_ASKS) != 0)
		return true;
	reply_error(r, 403, "own", N_("Only a key with all rights of its agent may change what is the agent's own."));
	return false;
}

/* Cookies come by themselves, so whatever changes something by cookie needs our token. */
static bool
gate_form(struct req *r)
{
	if (r->method == GET || r->actor.kind == ACTOR_API || (r->route->flags & ROUTE_NO_FORM) != 0)
		return true;
	if (r->actor.kind == ACTOR_HOST && r->actor.session == NULL)       /* by a key */
		return true;
	if (origin_is_ours(r) && form_token_is_good(r))
		return true;
	log_warning("form_token", "%s %s without a good form token", r->method_name, r->route->path);
	if (is_own_form(r)) {
		gate_again(r, 403, "form_token", N_("You have signed in anew since this form was opened. What you typed is still here: send it once more."));
		return false;
	}
	reply_error(r, 403, "form_token",
		N_("This page was open for too long or came from another site. Go back, reload it and try again."));
	return false;
}

/* People of a company that is suspended or deleted may look and change nothing but what is their own. */
static bool
gate_life(struct req *r)
{
	if (r->method == GET || r->actor.kind == ACTOR_NOBODY || r->tenant_state == NULL || strcmp(r->tenant_state, "active") == 0
		|| (r->route->flags & ROUTE_ALWAYS) != 0)
		return true;
	reply_error(r, 403, "suspended", strcmp(r->tenant_state, "suspended") == 0
		? N_("The service of this company is suspended: you can read everything, but change nothing.")
		: N_("This company is being deleted: you can read everything, but change nothing."));
	return false;
}

/* All API keys of a tenant together may ask so often. */
static bool
gate_rate(struct req *r)
{
	const struct throttle_rule rule = { "api", r->actor.api_minute, CLOCK_MINUTE };
	uint64_t retry_after = 0;
	enum got got;

	if (r->actor.kind != ACTOR_API || r->actor.api_minute == 0)
		return true;
	got = throttle_count(r, &rule, arena_printf(r->arena, "%llu", (unsigned long long)r->tenant.id), &retry_after);
	if (got == GOT_ONE)
		return true;
	if (got == GOT_ERROR)
		return reply_got(r, got), false;
	reply_header(r, "Retry-After", arena_printf(r->arena, "%llu", (unsigned long long)retry_after));
	reply_error(r, 429, "api_limit", N_("The plan of this company allows no more API requests in a minute."));
	return false;
}

bool
gate_enter(struct req *r)
{
	enum got got = gate_host(r);

	if (got == GOT_ERROR)
		return reply_got(r, got), false;
	if (got == GOT_NONE)
		return gate_refuse_host(r);
	if (r->route->permission != MAY_VISIT && r->site->identify(r) == GOT_ERROR)
		return reply_got(r, GOT_ERROR), false;
	gate_tongue(r);
	return gate_permission(r) && gate_rate(r) && gate_read_only(r) && gate_own(r);
}

bool
gate_pass(struct req *r)
{
	return gate_form(r) && gate_life(r);
}
