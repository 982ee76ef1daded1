/* SPDX-License-Identifier: BSD-2-Clause */
/* session_identify.c - who asks: the owner of the session's cookie, or of the API key. */
#include <string.h>

#include "core/address.h"
#include "core/log.h"
#include "core/text.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"
#include "web/audit.h"
#include "web/gate.h"
#include "web/throttle.h"

#define SECRET_MAX 200           /* bytes of a token or key that are looked at */

static void
identity_enter(struct req *r, const struct identity *identity)
{
	const struct tenant tenant = {
		.id = identity->tenant_id, .name = identity->tenant_name,
		.locale = identity->tenant_locale, .time_zone = identity->tenant_zone, .text_languages = identity->tenant_languages, .state = identity->tenant_state,
		.state_reason = identity->tenant_reason, .delete_at = identity->tenant_delete_at
	};
	const struct agent agent = { .first_name = identity->first_name, .last_name = identity->last_name };

	tenant_enter(r, &tenant);
	r->actor.id = identity->agent_id;
	r->actor.name = agent_name(r->arena, &agent);
	r->actor.alias = identity->alias;
	r->actor.avatar = identity->avatar;
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

static bool
address_is_allowed(const struct req *r, const struct identity *identity)
{
	return address_list_allows(identity->company_addresses, r->address)
		&& address_list_allows(identity->allowed_addresses, r->address);
}

/* The request is nobody's again, and knows why. */
static enum got
turn_away(struct req *r, const char *why)
{
	r->actor = (struct actor){ .kind = ACTOR_NOBODY };
	r->refusal = why;
	return GOT_NONE;
}

/* A key that is used from elsewhere stays, but is told once an hour. */
static enum got
key_refuse_address(struct req *r, const struct identity *identity)
{
	static const struct throttle_rule once_an_hour = { "api_key.address", 1, CLOCK_HOUR };
	const struct audit_entry entry = {
		.action = "api_key.address", .noun = "api_key", .noun_id = identity->key_id, .noun_name = r->address
	};
	uint64_t retry_after;
	enum got got = throttle_count(r, &once_an_hour, arena_printf(r->arena, "%llu|%s", (unsigned long long)identity->key_id,
		address_holder(r->arena, r->address)), &retry_after);

	if (got == GOT_ONE)
		got = audit_write(r, &entry);
	return got == GOT_ERROR ? GOT_ERROR : turn_away(r, N_("This key may not be used from your address."));
}

/* Nothing asks for a second factor here: a key is made by somebody who gave it. */
static enum got
identify_key(struct req *r, const char *key)
{
	unsigned char hash[CRYPT_HASH_LEN];
	struct identity identity = { 0 };
	enum got got;

	if (strlen(key) > SECRET_MAX)
		return GOT_NONE;
	crypt_sha256(key, strlen(key), hash);
	got = api_key_identify(r->db, r->arena, hash, r->now, &identity);
	if (got != GOT_ONE)
		return got;
	if (identity_is_foreign(r, &identity) || !permission_has(permission_set_of(identity.permissions), MAY_USE_API))
		return GOT_NONE;
	if (identity.company_keys != NULL && identity.company_keys[0] == '\0')
		return turn_away(r, N_("Your company does not allow API keys."));
	identity_enter(r, &identity);
	r->actor.kind = ACTOR_API;
	r->actor.key = identity.key_id;
	r->actor.is_read_only = identity.read_only;
	if (!address_is_allowed(r, &identity))
		return key_refuse_address(r, &identity);
	r->actor.is_limited = !people_rights_cover(permission_set_of(identity.scopes), r->actor.permissions);
	r->actor.permissions = people_key_rights(identity.scopes, r->actor.permissions);
	r->actor.api_minute = identity.api_minute;
	if (r->now - identity.seen_at >= SESSION_SEEN_EVERY
		&& api_key_seen(r->db, r->tenant, hash, r->now) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

/* The session ends: it was taken to where it may not be, or the list has changed. */
static enum got
session_refuse_address(struct req *r)
{
	const struct audit_entry entry = {
		.action = "session.address", .noun = "agent", .noun_id = r->actor.id, .noun_name = r->address
	};

	log_info("session_address", "agent %llu from %s", (unsigned long long)r->actor.id, r->address);
	if (session_end(r->db, r->tenant, r->actor.session) == GOT_ERROR || audit_write(r, &entry) != GOT_ONE
		|| session_gone(r, r->actor.id) == GOT_ERROR)
		return GOT_ERROR;
	return turn_away(r, N_("You may not be signed in from this address. Ask an administrator of your company."));
}

/* Who has to have a second factor by now signs in again, so that the password comes before the set-up, whoever sits at the browser. */
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
	if (!address_is_allowed(r, &identity))
		return session_refuse_address(r);
	if (identity.owes_factor)
		return turn_away(r, N_("Your company asks for a second factor now. Sign in again to set it up: this takes two minutes."));
	r->actor.form_token = gate_numbered_form_token(r, "session", identity.session_id);
	r->actor.confirmed_at = identity.confirmed_at;
	if (r->now - identity.seen_at >= SESSION_SEEN_EVERY
		&& session_seen(r->db, r->tenant, hash, r->now) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

enum got
people_identify(struct req *r)
{
	const struct tenant nobodys = { .id = 0 };
	const bool is_by_host = r->tenant.id != 0;
	const char *key = req_key(r), *token = req_cookie(r, SESSION_COOKIE);
	enum got got = GOT_NONE;

	if (key != NULL)
		got = identify_key(r, key);
	else if (token != NULL)
		got = identify_session(r, token);
	if (r->refusal != NULL && !is_by_host)
		tenant_enter(r, &nobodys);
	return got;
}
