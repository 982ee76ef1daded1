/* SPDX-License-Identifier: BSD-2-Clause */
/* sign_in.c - the way in and the way out. */
#include "rooms/people/session/sign_in.h"

#include "core/log.h"
#include "core/text.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"
#include "rooms/people/session/session_store.h"
#include "web/audit.h"
#include "web/reply.h"
#include "web/throttle.h"

#define NOUN_NAME_MAX 120        /* characters of a typed account that the audit keeps */

static const struct throttle_rule account_rule = { "sign_in.account", 10, 15 * CLOCK_MINUTE };
static const struct throttle_rule address_rule = { "sign_in.address", 30, 5 * CLOCK_MINUTE };

/* Who wants in, as far as it is known. */
struct candidate {
	struct tenant tenant;
	struct agent agent;
	bool is_known;
};

/* The tenant of the domain, or the one that was typed; an unknown one has the id 0, which no agent has. */
static enum got
candidate_tenant(struct req *r, const struct sign_in *input, struct tenant *tenant)
{
	if (r->tenant.id != 0 && r->actor.kind == ACTOR_NOBODY)
		return tenant_by_id(r->db, r->arena, r->tenant, tenant);
	return tenant_by_code(r->db, r->arena, input->company, tenant);
}

static bool
candidate_find(struct req *r, const struct sign_in *input, struct candidate *candidate)
{
	enum got got;

	if (candidate_tenant(r, input, &candidate->tenant) == GOT_ERROR)
		return false;
	got = agent_by_account(r->db, r->arena, tenant_of(&candidate->tenant), input->account, &candidate->agent);
	candidate->is_known = got == GOT_ONE;
	return got != GOT_ERROR;
}

/* Account and e-mail of one agent count together; unknown names count by what was typed. */
static const char *
candidate_key(struct req *r, const struct sign_in *input, const struct candidate *candidate)
{
	if (candidate->is_known)
		return arena_printf(r->arena, "%llu.a%llu", (unsigned long long)candidate->tenant.id,
			(unsigned long long)candidate->agent.id);
	return arena_printf(r->arena, "%llu|%s|%s", (unsigned long long)candidate->tenant.id,
		text_fold(r->arena, input->company), text_fold(r->arena, input->account));
}

static enum got
count_attempt(struct req *r, const char *who, uint64_t *retry_after)
{
	enum got got = throttle_count(r, &address_rule, r->address, retry_after);

	return got == GOT_ONE ? throttle_count(r, &account_rule, who, retry_after) : got;
}

/* One entry whoever it was: those of unknown companies belong to the installation (tenant 0). */
static enum got
audit_attempt(struct req *r, const struct sign_in *input, const struct candidate *candidate, const char *action)
{
	const tenant_id before = r->tenant;
	const struct audit_entry entry = {
		.action = action, .noun = "agent", .noun_id = candidate->agent.id,
		.noun_name = arena_text_of(r->arena, input->account, text_prefix(input->account, NOUN_NAME_MAX))
	};
	enum got got;

	r->tenant = tenant_of(&candidate->tenant);
	got = audit_write(r, &entry);
	r->tenant = before;
	return got;
}

static bool
password_is_right(const struct sign_in *input, const struct candidate *candidate)
{
	const char *hash = candidate->is_known && !text_is_blank(candidate->agent.password_hash)
		? candidate->agent.password_hash : NULL;

	return crypt_password_matches(input->password, hash);
}

/* Who is suspended may come in and read; of a tenant that is being deleted only who may do everything. When that cannot be known: no. */
static bool
tenant_is_open(struct req *r, const struct candidate *candidate)
{
	permission_set rights = 0;

	if (text_equal(candidate->tenant.state, "active") || text_equal(candidate->tenant.state, "suspended"))
		return true;
	return text_equal(candidate->tenant.state, "deleting")
		&& agent_permissions(r->db, r->arena, tenant_of(&candidate->tenant), candidate->agent.id, &rights) == GOT_ONE
		&& people_rights_cover(rights, permission_set_of("*"));
}

/* From here on the request is the agent's. */
static enum got
candidate_enter(struct req *r, const struct candidate *candidate)
{
	tenant_enter(r, &candidate->tenant);
	r->actor.kind = ACTOR_AGENT;
	r->actor.id = candidate->agent.id;
	r->actor.name = agent_name(r->arena, &candidate->agent);
	r->actor.alias = candidate->agent.alias;
	r->actor.locale = candidate->agent.locale;
	r->actor.time_zone = candidate->agent.time_zone;
	return agent_permissions(r->db, r->arena, r->tenant, r->actor.id, &r->actor.permissions);
}

/* A new session, and the old one of this browser ends: a token that somebody planted is worth nothing. */
static enum sign_in_outcome
sign_in_good(struct req *r, const struct sign_in *input, const struct candidate *candidate)
{
	const unsigned char *old = r->actor.session;
	const tenant_id old_tenant = r->tenant;
	const char *token;

	if (old != NULL && session_end(r->db, old_tenant, old) == GOT_ERROR)
		return SIGN_IN_FAILED;
	r->actor.session = NULL;
	if (candidate_enter(r, candidate) == GOT_ERROR
		|| session_create(r, r->tenant, r->actor.id, &token) != GOT_ONE
		|| throttle_clear(r, &account_rule, candidate_key(r, input, candidate)) == GOT_ERROR
		|| audit_attempt(r, input, candidate, "sign_in") == GOT_ERROR)
		return SIGN_IN_FAILED;
	reply_cookie(r, SESSION_COOKIE, token, SESSION_COOKIE_LIFE);
	return SIGN_IN_GOOD;
}

enum sign_in_outcome
sign_in(struct req *r, const struct sign_in *input, uint64_t *retry_after)
{
	struct candidate candidate = { .is_known = false };
	enum got got;
	bool is_right;

	*retry_after = 0;
	if (!candidate_find(r, input, &candidate))
		return SIGN_IN_FAILED;
	got = count_attempt(r, candidate_key(r, input, &candidate), retry_after);
	if (got != GOT_ONE)
		return got == GOT_NONE ? SIGN_IN_TOO_OFTEN : SIGN_IN_FAILED;
	is_right = password_is_right(input, &candidate);
	if (is_right && tenant_is_open(r, &candidate))
		return sign_in_good(r, input, &candidate);
	if (audit_attempt(r, input, &candidate, "sign_in_failed") == GOT_ERROR)
		return SIGN_IN_FAILED;
	log_info("sign_in_failed", "tenant %llu agent %llu from %s", (unsigned long long)candidate.tenant.id,
		(unsigned long long)candidate.agent.id, r->address);
	return is_right ? SIGN_IN_SUSPENDED : SIGN_IN_WRONG;
}

enum got
sign_in_as(struct req *r, const struct tenant *tenant, const struct agent *agent)
{
	const struct candidate candidate = { .tenant = *tenant, .agent = *agent, .is_known = true };
	const struct sign_in input = { .account = agent->account };

	return sign_in_good(r, &input, &candidate) == SIGN_IN_GOOD ? GOT_ONE : GOT_ERROR;
}

void
sign_out_polls(struct req *r)
{
	if (r->site->bell != NULL)
		bell_cut(r->site->bell, arena_printf(r->arena, "%llu.a%llu", (unsigned long long)r->tenant.id,
			(unsigned long long)r->actor.id));
}

enum got
sign_out(struct req *r)
{
	const struct audit_entry entry = {
		.action = "sign_out", .noun = "agent", .noun_id = r->actor.id, .noun_name = r->actor.name
	};
	uint64_t left = 0;

	reply_cookie(r, SESSION_COOKIE, "", -1);
	if (r->actor.session == NULL)
		return GOT_NONE;
	if (session_end(r->db, r->tenant, r->actor.session) == GOT_ERROR
		|| session_count(r->db, r->tenant, r->actor.id, r->now, &left) == GOT_ERROR)
		return GOT_ERROR;
	if (left == 0 && agent_set_status(r->db, r->tenant, r->actor.id, "offline", r->now) == GOT_ERROR)
		return GOT_ERROR;
	sign_out_polls(r);
	if (left == 0 && r->site->agent_left != NULL)
		r->site->agent_left(r, r->actor.id);
	return audit_write(r, &entry);
}
