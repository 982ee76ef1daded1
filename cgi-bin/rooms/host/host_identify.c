/* SPDX-License-Identifier: BSD-2-Clause */
/* host_identify.c - who asks: an operator on the routes of the host, one who views on a tenant's pages, or somebody of a tenant. */
#include <string.h>

#include "core/address.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/operator/operator_store.h"
#include "rooms/host/view/view.h"
#include "rooms/people/people.h"
#include "web/gate.h"

#define SECRET_MAX 200           /* bytes of a token or key that are looked at */

static void
identity_enter(struct req *r, const struct operator_identity *identity)
{
	r->actor.kind = ACTOR_HOST;
	r->actor.id = identity->id;
	r->actor.name = identity->name;
	r->actor.permissions = permission_host_set_of(identity->permissions);
}

static enum got
identify_key(struct req *r, const char *key)
{
	unsigned char hash[CRYPT_HASH_LEN];
	struct operator_identity identity = { 0 };
	enum got got;

	if (strlen(key) > SECRET_MAX)
		return GOT_NONE;
	crypt_sha256(key, strlen(key), hash);
	got = operator_key_identify(r->db, r->arena, hash, &identity);
	if (got != GOT_ONE)
		return got;
	identity_enter(r, &identity);
	r->actor.permissions &= permission_host_set_of(identity.scopes);
	if (r->now - identity.seen_at >= OPERATOR_SEEN_EVERY && operator_key_seen(r->db, hash, r->now) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

/* Who has to have a second factor by now signs in again, so that the password comes before the set-up, whoever sits at the browser. */
static enum got
identify_session(struct req *r, const char *token)
{
	unsigned char hash[CRYPT_HASH_LEN];
	struct operator_identity identity = { 0 };
	enum got got;

	if (strlen(token) > SECRET_MAX)
		return GOT_NONE;
	crypt_sha256(token, strlen(token), hash);
	got = operator_session_identify(r->db, r->arena, hash, r->now, &identity);
	if (got != GOT_ONE)
		return got;
	if (r->site->conf->operators_need_factor && !identity.has_factor) {
		r->refusal = N_("This installation asks for a second factor now. Sign in again to set it up: this takes two minutes.");
		return GOT_NONE;
	}
	identity_enter(r, &identity);
	r->actor.session = arena_copy(r->arena, hash, sizeof(hash));
	r->actor.form_token = gate_numbered_form_token(r, "operator_session", identity.session_id);
	r->actor.confirmed_at = identity.confirmed_at;
	if (r->now - identity.seen_at >= OPERATOR_SEEN_EVERY && operator_session_seen(r->db, hash, r->now) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

static enum got
identify_operator(struct req *r)
{
	const char *key = req_key(r), *token = req_cookie(r, OPERATOR_COOKIE);

	if (!address_list_allows(r->site->conf->host_addresses, r->address))
		return GOT_NONE;
	if (key != NULL)
		return identify_key(r, key);
	return token != NULL ? identify_session(r, token) : GOT_NONE;
}

/* A view is of pages of the control panel only: everything else in this browser stays the agent's own. */
static bool
is_viewable(const struct req *r)
{
	return r->segment_count > 0 && strcmp(r->segments[0], "admin") == 0;
}

enum got
host_identify(struct req *r)
{
	const char *token;
	enum got got;

	if ((r->route->flags & ROUTE_HOST) != 0)
		return identify_operator(r);
	token = is_viewable(r) ? req_cookie(r, VIEW_COOKIE) : NULL;
	if (token == NULL || strlen(token) > SECRET_MAX)
		return people_identify(r);
	got = view_identify(r, token);
	return got == GOT_NONE ? people_identify(r) : got;
}
