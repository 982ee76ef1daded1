/* SPDX-License-Identifier: BSD-2-Clause */
/* session_identify.c - who asks: the owner of the session's cookie, or of the API key. */
#include <string.h>
#include <strings.h>

#include "core/text.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/session/session_store.h"
#include "web/gate.h"

#define SECRET_MAX 200           /* bytes of a token or key that are looked at */

/* The key of a program, or NULL. "Authorization" is lost behind some web servers, so there is a header of our own. */
static const char *
request_key(const struct req *r)
{
	const char *key = req_header(r, "HTTP_X_API_KEY");
	const char *header = req_header(r, "HTTP_AUTHORIZATION");

	if (key != NULL)
		return key;
	if (header == NULL || strncasecmp(header, "Bearer ", 7) != 0)
		return NULL;
	return header + 7 + strspn(header + 7, " ");
}

static void
identity_enter(struct req *r, const struct identity *identity)
{
	const struct tenant tenant = {
		.id = identity->tenant_id, .name = identity->tenant_name,
		.locale = identity->tenant_locale, .time_zone = identity->tenant_zone, .state = identity->tenant_state,
		.state_reason = identity->tenant_reason, .delete_at = identity->tenant_delete_at
	};
	const struct agent agent = { .first_name = identity->first_name, .last_name = identity->last_name };

	tenant_enter(r, &tenant);
	r->actor.id = identity->agent_id;
	r->actor.name = agent_name(r->arena, &agent);
	r->actor.alias = identity->alias;
	r->actor.permissions = permission_set_of(identity->permissions);
	r->actor.locale = identity->locale;
	r->actor.time_zone = identity->time_zone;
}

/* On the domain of one tenant, nobody of another is signed in; in a tenant that is being deleted, only who may do everything is. */
static bool
identity_is_foreign(const struct req *r, const struct identity *identity)
{
	if (r->tenant.id != 0 && r->tenant.id != identity->tenant_id)
		return true;
	return text_equal(identity->tenant_state, "deleting")
		&& !people_rights_cover(permission_set_of(identity->permissions), permission_set_of("*"));
}

static enum got
identify_key(struct req *r, const char *key)
{
	unsigned char hash[CRYPT_HASH_LEN];
	struct identity identity = { 0 };
	enum got got;

	if (strlen(key) > SECRET_MAX)
		return GOT_NONE;
	crypt_sha256(key, strlen(key), hash);
	got = api_key_identify(r->db, r->arena, hash, &identity);
	if (got != GOT_ONE)
		return got;
	if (identity_is_foreign(r, &identity) || !permission_has(permission_set_of(identity.permissions), MAY_USE_API))
		return GOT_NONE;
	identity_enter(r, &identity);
	r->actor.kind = ACTOR_API;
	r->actor.api_minute = identity.api_minute;
	if (r->now - identity.seen_at >= SESSION_SEEN_EVERY
		&& api_key_seen(r->db, r->tenant, hash, r->now) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

static enum got
identify_session(struct req *r, const char *token)
{
	unsigned char hash[CRYPT_HASH_LEN];
	struct identity identity = { 0 };
	enum got got;

	if (strlen(token) > SECRET_MAX)
		return GOT_NONE;
	crypt_sha256(token, strlen(token), hash);
	got = session_identify(r->db, r->arena, hash, r->now, &identity);
	if (got != GOT_ONE)
		return got;
	if (identity_is_foreign(r, &identity))
		return GOT_NONE;
	identity_enter(r, &identity);
	r->actor.kind = ACTOR_AGENT;
	r->actor.session = arena_copy(r->arena, hash, sizeof(hash));
	r->actor.form_token = gate_form_token(r, r->actor.session);
	if (r->now - identity.seen_at >= SESSION_SEEN_EVERY
		&& session_seen(r->db, r->tenant, hash, r->now) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

enum got
people_identify(struct req *r)
{
	const char *key = request_key(r);
	const char *token;

	if (key != NULL)
		return identify_key(r, key);
	token = req_cookie(r, SESSION_COOKIE);
	return token != NULL ? identify_session(r, token) : GOT_NONE;
}
