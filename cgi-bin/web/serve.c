/* SPDX-License-Identifier: BSD-2-Clause */
/* serve.c - a worker: accept, take apart, find the route, pass the gate, handle, finish; one log line each. */
#include "web/serve.h"

#include <string.h>
#include <strings.h>

#include "core/address.h"
#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "web/gate.h"
#include "web/reply.h"

static void
refuse_large(struct req *r)
{
	const char *most = arena_printf(r->arena, "%llu", (unsigned long long)r->site->conf->body_max);

	if (req_wants_json(r))
		reply_field_error(r, 413, "body", N_("The request is too large: at most %s bytes."), most);
	else
		reply_error(r, 413, "too_large",
			locale_fill(r->arena, N_("This form is too large: at most %s bytes. Go back: what you typed is still there."), most));
}

/* A body of at most the limit; NULL and a reply when it is longer, or not whole. */
static const char *
read_body(struct req *r, size_t *len)
{
	uint64_t most = r->site->conf->body_max;
	struct str body;
	size_t got;

	str_init(&body, r->arena);
	while ((got = fcgi_read(r->fcgi, str_reserve(&body, 16384), 16384)) > 0) {
		str_grown(&body, got);
		if (body.len > most) {
			refuse_large(r);
			return NULL;
		}
	}
	if (!req_is_whole(r, body.len)) {
		reply_error(r, 400, "cut", N_("The request did not arrive whole. Send it again."));
		return NULL;
	}
	*len = body.len;
	return body.data;
}

/* Is `address` one of the configured proxies? An empty list trusts nobody. */
static bool
proxy_is_trusted(const char *proxies, const char *address)
{
	return !text_is_blank(proxies) && address_list_allows(proxies, address);
}

/* The client's address: the peer's, or behind trusted proxies the last one that is none of them. */
static const char *
client_address(const struct req *r)
{
	const char *peer = req_header(r, "REMOTE_ADDR");
	const char *list = req_header(r, "HTTP_X_FORWARDED_FOR");
	const char *proxies = r->site->conf->trusted_proxies;
	char *rest, *comma;

	if (peer == NULL || strlen(peer) > 45)
		return "";
	if (list == NULL || strlen(list) > 1000 || !proxy_is_trusted(proxies, peer))
		return arena_text(r->arena, peer);
	rest = arena_text(r->arena, list);
	while ((comma = strrchr(rest, ',')) != NULL) {
		peer = text_trim(r->arena, comma + 1);
		if (!proxy_is_trusted(proxies, peer))
			break;
		*comma = '\0';
	}
	if (comma == NULL)
		peer = text_trim(r->arena, rest);
	return strlen(peer) <= 45 && strspn(peer, "0123456789abcdefABCDEF.:") == strlen(peer) ? peer : "";
}

/* Host names compare in lower case and without the port (RFC 9110 section 4.2.3). */
static const char *
request_host(const struct req *r)
{
	const char *header = req_header(r, "HTTP_HOST");
	char *host, *at;

	if (header == NULL || strlen(header) > 260)
		return "";
	host = text_lower(r->arena, header);
	at = strrchr(host, ':');
	if (at != NULL && strspn(at + 1, "0123456789") == strlen(at + 1))
		*at = '\0';
	return host;
}

static void
request_peer(struct req *r)
{
	const char *agent = req_header(r, "HTTP_USER_AGENT");
	size_t len;

	r->host = request_host(r);
	r->address = client_address(r);
	r->is_https = text_starts_with(r->site->conf->base_url, "https:");
	r->user_agent = "";
	if (agent == NULL || !text_is_utf8(agent, strlen(agent)))
		return;
	len = text_prefix(agent, 200);
	r->user_agent = arena_text_of(r->arena, agent, len > 255 ? 0 : len);
}

int
serve_refuse(struct req *r, const char *problem)
{
	if (strcmp(problem, "long") == 0)
		return reply_error(r, 414, "too_long", N_("This address is too long."));
	if (strcmp(problem, "type") == 0)
		return reply_error(r, 415, "content_type", N_("Send a form or JSON."));
	if (strcmp(problem, "many") == 0)
		return reply_error(r, 413, "too_many", locale_fill(r->arena, N_("This form has too many fields: at most %s. Nothing was saved."),
			arena_printf(r->arena, "%d", REQ_PARAMS_MAX)));
	return reply_error(r, 400, "malformed", N_("The request is malformed."));
}

/* The head first: the route decides whether the body is read here or streamed by the handler. */
static bool
parse_head(struct req *r)
{
	const struct serve_input head = {
		.method = req_header(r, "REQUEST_METHOD"),
		.uri = req_header(r, "REQUEST_URI"),
		.cookie = req_header(r, "HTTP_COOKIE"),
	};
	const char *problem, *allowed;

	if (!serve_parse(r, &head, &problem))
		return serve_refuse(r, problem), false;
	gate_greet(r);
	r->route = route_find(r, &allowed);
	if (r->route != NULL)
		return true;
	if (allowed == NULL)
		return reply_not_found(r), false;
	reply_header(r, "Allow", allowed);
	page_set(r->page, "Error.Back", route_page(r));
	return reply_error(r, 405, "method", N_("This address does not take that method.")), false;
}

bool
serve_rest(struct req *r)
{
	struct serve_input body = { .content_type = req_header(r, "CONTENT_TYPE") };
	const char *problem;

	if (r->method == GET || (r->route->flags & ROUTE_STREAM) != 0)
		return true;
	if ((r->route->flags & ROUTE_UPLOAD) != 0 && serve_is_multipart(body.content_type))
		return serve_multipart(r, body.content_type);
	body.body = read_body(r, &body.body_len);
	if (body.body == NULL)
		return false;
	if (serve_body(r, &body, &problem))
		return true;
	return serve_refuse(r, problem), false;
}

static void
serve_request(struct req *r)
{
	gate_greet(r);
	if (!parse_head(r) || !gate_enter(r) || !serve_rest(r) || !gate_pass(r))
		return;
	r->route->handle(r);
	CHECK(r->status != 0);
}

static void
serve_one(const struct site *site, struct arena *arena, struct db *db, struct fcgi *fcgi)
{
	struct req r = { .arena = arena, .site = site, .db = db, .fcgi = fcgi, .now = clock_now() };
	unsigned char random[9];
	clock_ms started = clock_steady();

	(void)crypt_was_busy();          /* of the request before, which went on without a hash */
	crypt_random(random, sizeof(random));
	r.id = text_to_base64url(arena, random, sizeof(random));
	log_request(r.id);
	r.page = page_new(arena);
	str_init(&r.headers, arena);
	r.path = "";
	r.tenant_locale = r.tenant_zone = "";
	r.actor.locale = r.actor.time_zone = "";
	request_peer(&r);
	serve_request(&r);
	if (db_in_transaction(db)) {
		log_error("transaction", "%s left a transaction open", r.route->path);
		db_rollback(db);
	}
	serve_log(&r, clock_steady() - started);
	log_request(NULL);
}

void
serve_loop(const struct site *site, struct arena *process, int listening)
{
	struct arena *arena = arena_new();
	struct db *db = db_new(process, site->conf);
	struct fcgi *fcgi = fcgi_new(process, listening);
	uint64_t left = site->conf->web_requests;

	while (left-- > 0 && fcgi_accept(fcgi)) {
		serve_one(site, arena, db, fcgi);
		fcgi_finish(fcgi);
		arena_reset(arena);
	}
	arena_free(arena);
}
