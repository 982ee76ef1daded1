/* SPDX-License-Identifier: BSD-2-Clause */
/* gate.c - host, who, permission and form token, in this order, before any handler. */
#include "web/gate.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "web/reply.h"
#include "web/throttle.h"

#define FORM_COOKIE "hark-form"      /* binds the form token of those who are not signed in */

/* The host of base_url, without scheme and port. */
static bool
host_is_base(const struct req *r)
{
	const char *base = strstr(r->site->conf->base_url, "://");
	size_t len;

	base = base != NULL ? base + 3 : r->site->conf->base_url;
	len = strcspn(base, ":/");
	return strlen(r->host) == len && strncmp(r->host, base, len) == 0;
}

static enum got
gate_host(struct req *r)
{
	if (host_is_base(r))
		return GOT_ONE;
	return r->site->tenant_of_host(r, r->host);
}

/* Language and time zone of this reply: the agent's, else the tenant's, else what the browser asks for. */
static void
gate_tongue(struct req *r)
{
	const char *zone = r->actor.time_zone;
	const char *locale = r->actor.locale;

	if (text_is_blank(zone))
		zone = r->tenant_zone;
	if (text_is_blank(locale))
		locale = r->actor.kind != ACTOR_NOBODY ? r->tenant_locale
			: locale_pick(req_header(r, "HTTP_ACCEPT_LANGUAGE"));
	clock_use_zone(text_is_blank(zone) ? "UTC" : zone);
	locale_use(text_is_blank(locale) ? "en" : locale);
}

/* A request with a cookie that changes something must come from our own pages. */
static bool
origin_is_ours(const struct req *r)
{
	const char *origin = req_header(r, "HTTP_ORIGIN");
	const char *site = req_header(r, "HTTP_SEC_FETCH_SITE");
	const char *host;
	size_t len;

	if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return false;
	if (origin == NULL)
		return true;
	host = strstr(origin, "://");
	if (host == NULL)
		return false;
	host += 3;
	len = strcspn(host, ":/");
	return strlen(r->host) == len && strncmp(host, r->host, len) == 0;
}

static bool
form_token_is_good(struct req *r)
{
	const char *given = req_header(r, "HTTP_X_HARK_FORM");

	if (given == NULL)
		given = req_param(r, "form");
	return crypt_equal_text(given, gate_form_token(r, r->actor.session));
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

/* Nobody is signed in, and the page wants somebody. */
static bool
gate_ask_sign_in(struct req *r)
{
	struct str to;

	if (req_wants_json(r) || r->method != GET) {
		reply_error(r, 401, "signed_out", N_("You are signed out. Sign in again to go on."));
		return false;
	}
	str_init(&to, r->arena);
	str_add(&to, "/sign-in?next=");
	text_url_encode(&to, r->path);
	reply_redirect(r, "%s", to.data);
	return false;
}

static bool
gate_permission(struct req *r)
{
	if (req_may(r, r->route->permission))
		return true;
	if (r->actor.kind == ACTOR_NOBODY)
		return gate_ask_sign_in(r);
	log_warning("forbidden", "agent %llu may not %s %s", (unsigned long long)r->actor.id, r->method_name,
		r->route->path);
	reply_forbidden(r);
	return false;
}

/* Cookies come by themselves, so whatever changes something by cookie needs our token. */
static bool
gate_form(struct req *r)
{
	if (r->method == GET || r->actor.kind == ACTOR_API || (r->route->flags & ROUTE_NO_FORM) != 0)
		return true;
	if (origin_is_ours(r) && form_token_is_good(r))
		return true;
	log_warning("form_token", "%s %s without a good form token", r->method_name, r->route->path);
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
gate_pass(struct req *r)
{
	enum got got = gate_host(r);

	if (got == GOT_ERROR)
		return reply_got(r, got), false;
	if (got == GOT_NONE)
		return reply_error(r, 421, "host", N_("This address is not served here.")), false;
	if (r->route->permission != MAY_VISIT && r->site->identify(r) == GOT_ERROR)
		return reply_got(r, GOT_ERROR), false;
	gate_tongue(r);
	return gate_permission(r) && gate_rate(r) && gate_form(r) && gate_life(r);
}
