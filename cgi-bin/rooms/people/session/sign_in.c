/* SPDX-License-Identifier: BSD-2-Clause */
/* sign_in.c - the way in and the way out. */
#include "rooms/people/session/sign_in.h"

#include "core/address.h"
#include "core/log.h"
#include "core/text.h"
#include "rooms/people/factor/factor.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"
#include "web/audit.h"
#include "web/device.h"
#include "web/factor.h"
#include "web/reply.h"
#include "web/throttle.h"

#define DEVICE_COOKIE "hark-device"

static const struct throttle_rule account_rule = { "sign_in.account", 10, 15 * CLOCK_MINUTE };
static const struct throttle_rule address_rule = { "sign_in.address", 30, 5 * CLOCK_MINUTE };

/* Who wants in, as far as it is known. */
struct candidate {
	struct tenant tenant;
	struct agent agent;
	bool is_known;
};

/* Attempts are counted by what was typed: names that the database takes for the same one, but text_fold() does not, would be counted each for itself. */
static bool
is_named(struct req *r, const char *typed, const char *name)
{
	return text_equal(text_fold(r->arena, typed), text_fold(r->arena, name));
}

/* The tenant of the domain, or the one that was typed; an unknown one has the id 0, which no agent has. */
static enum got
candidate_tenant(struct req *r, const struct sign_in *input, struct tenant *tenant)
{
	enum got got;

	if (r->tenant.id != 0 && r->actor.kind == ACTOR_NOBODY)
		return tenant_by_id(r->db, r->arena, r->tenant, tenant);
	got = tenant_by_code(r->db, r->arena, input->company, tenant);
	if (got != GOT_ONE || is_named(r, input->company, tenant->code))
		return got;
	*tenant = (struct tenant){ .id = 0 };
	return GOT_NONE;
}

static bool
candidate_find(struct req *r, const struct sign_in *input, struct candidate *candidate)
{
	struct agent agent = { .id = 0 };
	enum got got;

	if (candidate_tenant(r, input, &candidate->tenant) == GOT_ERROR)
		return false;
	got = agent_by_account(r->db, r->arena, tenant_of(&candidate->tenant), input->account, &agent);
	candidate->is_known = got == GOT_ONE && (is_named(r, input->account, agent.account) || is_named(r, input->account, agent.email));
	if (candidate->is_known)
		candidate->agent = agent;
	return got != GOT_ERROR;
}

/* By what the attempts of this browser are counted: the agent whom it knows, or else what was typed, which tells nothing of who there is. */
static const char *
attempt_key(struct req *r, const struct sign_in *input, const struct candidate *candidate)
{
	const struct device device = { DEVICE_COOKIE, agent_key(r->arena, tenant_of(&candidate->tenant), candidate->agent.id),
		candidate->agent.password_hash };
	const char *key = device_key(r, &device);

	if (key != device.who)
		return key;
	return arena_printf(r->arena, "%llu|%s|%s", (unsigned long long)candidate->tenant.id,
		text_fold(r->arena, input->company), text_fold(r->arena, input->account));
}

void
sign_in_remember(struct req *r, tenant_id tenant, const struct agent *agent)
{
	const struct device device = { DEVICE_COOKIE, agent_key(r->arena, tenant, agent->id), agent->password_hash };

	device_remember(r, &device);
}

static enum got
count_attempt(struct req *r, const char *who, uint64_t *retry_after)
{
	enum got got = throttle_count_address(r, &address_rule, retry_after);

	return got == GOT_ONE ? throttle_count(r, &account_rule, who, retry_after) : got;
}

/* One entry whoever it was: those of unknown companies belong to the installation (tenant 0). */
static enum got
audit_refusal(struct req *r, const struct candidate *candidate, const char *account, const char *action, const char *cause)
{
	const tenant_id before = r->tenant;
	const struct audit_entry entry = {
		.difference = cause != NULL ? arena_printf(r->arena, "{\"cause\":[\"\",\"%s\"]}", cause) : NULL,
		.action = action, .noun = "agent", .noun_id = candidate->agent.id,
		.noun_name = account
	};
	enum got got;

	r->tenant = tenant_of(&candidate->tenant);
	got = audit_write(r, &entry);
	r->tenant = before;
	return got;
}

static enum got
audit_attempt(struct req *r, const struct candidate *candidate, const char *account, const char *action)
{
	return audit_refusal(r, candidate, account, action, NULL);
}

static enum crypt_answer
password_answer(const struct sign_in *input, const struct candidate *candidate)
{
	return crypt_password_check(input->password, candidate->is_known ? candidate->agent.password_hash : NULL);
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

/* The hash that the agent has by now, when the password is the one of that, too: another sign-in was faster with a new one. */
static void
password_read_again(struct req *r, const struct sign_in *input, struct candidate *candidate)
{
	struct agent now = { .id = 0 };

	if (agent_by_id(r->db, r->arena, tenant_of(&candidate->tenant), candidate->agent.id, &now) == GOT_ONE
		&& crypt_password_matches(input->password, now.password_hash))
		candidate->agent.password_hash = now.password_hash;
}

/* A hash of another kind or with older parameters becomes one of ours, now that the password is at hand. That can wait for the next time
 * when it fails. */
static void
password_refresh(struct req *r, const struct sign_in *input, struct candidate *candidate)
{
	const char *hash;
	enum got got = GOT_ERROR;

	if (!crypt_password_is_old(candidate->agent.password_hash))
		return;
	hash = crypt_password_hash(r->arena, input->password);
	if (hash != NULL)
		got = agent_replace_hash(r->db, tenant_of(&candidate->tenant), &candidate->agent, hash);
	if (got == GOT_ONE)
		candidate->agent.password_hash = hash;
	else if (got == GOT_NONE)
		password_read_again(r, input, candidate);
	else
		log_warning("rehash", "agent %llu keeps an old hash", (unsigned long long)candidate->agent.id);
}

enum got
sign_in_enter(struct req *r, const struct tenant *tenant, const struct agent *agent)
{
	tenant_enter(r, tenant);
	r->actor.kind = ACTOR_AGENT;
	r->actor.id = agent->id;
	r->actor.name = agent_name(r->arena, agent);
	r->actor.alias = agent->alias;
	r->actor.avatar = agent->avatar;
	r->actor.locale = agent->locale;
	r->actor.time_zone = agent->time_zone;
	r->actor.session = NULL;
	r->actor.form_token = NULL;
	r->actor.confirmed_at = 0;
	return agent_permissions(r->db, r->arena, r->tenant, r->actor.id, &r->actor.permissions);
}

/* What a right password opens, in one transaction. */
struct opening {
	struct req *r;
	const struct candidate *candidate;
	const struct security *limits;
	const struct factor *factor;
	const unsigned char *old_session;   /* of this browser, which ends: a token that somebody planted is worth nothing */
	tenant_id old_tenant;
	const char *token;               /* of the new session */
};

static enum got
open_session(struct opening *opening)
{
	struct req *r = opening->r;
	const struct candidate *candidate = opening->candidate;

	if ((opening->old_session != NULL && session_end(r->db, opening->old_tenant, opening->old_session) == GOT_ERROR)
		|| sign_in_enter(r, &candidate->tenant, &candidate->agent) == GOT_ERROR
		|| session_begin(r, opening->limits, &opening->token) != GOT_ONE)
		return GOT_ERROR;
	return audit_attempt(r, candidate, candidate->agent.account, "sign_in");
}

/* The pending sign-in is a row of the candidate's tenant. */
static enum got
open_half(struct opening *opening)
{
	struct req *r = opening->r;
	const struct candidate *candidate = opening->candidate;
	enum got got;

	r->tenant = tenant_of(&candidate->tenant);
	got = half_begin(r, candidate->agent.id, opening->factor);
	r->tenant = opening->old_tenant;
	return got == GOT_ONE ? audit_attempt(r, candidate, candidate->agent.account, "sign_in_pending") : got;
}

/* Checking a password takes a while. Whoever changes it in between comes first, and then it is wrong, or waits, and then ends what is opened here. */
static enum got
open_store(struct db *db, void *arg)
{
	struct opening *opening = arg;
	enum got got = agent_lock_password(db, tenant_of(&opening->candidate->tenant), &opening->candidate->agent);

	if (got != GOT_ONE)
		return got;
	return opening->factor->is_asked ? open_half(opening) : open_session(opening);
}

static enum sign_in_outcome
sign_in_open(struct req *r, const struct candidate *candidate, const struct security *limits, const struct factor *factor)
{
	struct opening opening = { .r = r, .candidate = candidate, .limits = limits, .factor = factor, .old_session = r->actor.session,
		.old_tenant = r->tenant };
	enum got got = db_transaction(r->db, open_store, &opening);

	if (got != GOT_ONE)
		return got == GOT_NONE ? SIGN_IN_WRONG : SIGN_IN_FAILED;
	if (factor->is_asked)
		return factor_is_set_up(factor) ? SIGN_IN_CODE : SIGN_IN_SET_UP;
	session_cookie(r, opening.token);
	return SIGN_IN_GOOD;
}

/* What follows the password. The tenant of the request is the candidate's while its settings are read. */
static enum sign_in_outcome
candidate_go_on(struct req *r, const struct candidate *candidate)
{
	const tenant_id before = r->tenant;
	struct security security = { 0 };
	struct agent_factor row = { .two_factor = false };
	struct factor factor;
	enum got got;

	r->tenant = tenant_of(&candidate->tenant);
	got = security_load(r, &security);
	if (got == GOT_ONE)
		got = agent_factor_load(r, candidate->agent.id, &row);
	r->tenant = before;
	if (got != GOT_ONE)
		return SIGN_IN_FAILED;
	if (!address_list_allows(security.allowed_addresses, r->address)
		|| !address_list_allows(row.allowed_addresses, r->address))
		return audit_attempt(r, candidate, candidate->agent.account, "sign_in_address") == GOT_ERROR ? SIGN_IN_FAILED
			: SIGN_IN_ADDRESS;
	factor = agent_factor_of(&row);
	return sign_in_open(r, candidate, &security, &factor);
}

enum sign_in_outcome
sign_in_as(struct req *r, const struct tenant *tenant, const struct agent *agent)
{
	const struct candidate candidate = { .tenant = *tenant, .agent = *agent, .is_known = true };

	return candidate_go_on(r, &candidate);
}

static enum sign_in_outcome
sign_in_right(struct req *r, const struct sign_in *input, struct candidate *candidate)
{
	enum sign_in_outcome outcome;

	if (throttle_clear(r, &account_rule, attempt_key(r, input, candidate)) == GOT_ERROR
		|| throttle_forgive_address(r, &address_rule) == GOT_ERROR)
		return SIGN_IN_FAILED;
	password_refresh(r, input, candidate);
	outcome = candidate_go_on(r, candidate);
	if (outcome == SIGN_IN_GOOD)
		sign_in_remember(r, tenant_of(&candidate->tenant), &candidate->agent);
	return outcome;
}

enum sign_in_outcome
sign_in(struct req *r, const struct sign_in *input, uint64_t *retry_after)
{
	struct candidate candidate = { .is_known = false };
	enum sign_in_outcome outcome;
	enum crypt_answer answer;
	const char *cause;
	enum got got;

	*retry_after = 0;
	if (!candidate_find(r, input, &candidate))
		return SIGN_IN_FAILED;
	got = count_attempt(r, attempt_key(r, input, &candidate), retry_after);
	if (got != GOT_ONE)
		return got == GOT_NONE ? SIGN_IN_TOO_OFTEN : SIGN_IN_FAILED;
	answer = password_answer(input, &candidate);
	if (answer == CRYPT_BUSY)
		return SIGN_IN_FAILED;
	if (answer == CRYPT_RIGHT && tenant_is_open(r, &candidate)) {
		outcome = sign_in_right(r, input, &candidate);
		if (outcome != SIGN_IN_WRONG)
			return outcome;
		answer = CRYPT_WRONG;
	}
	cause = answer == CRYPT_RIGHT ? "closed" : candidate.is_known ? "password" : "unknown";
	if (audit_refusal(r, &candidate, input->account, "sign_in_failed", cause) == GOT_ERROR)
		return SIGN_IN_FAILED;
	log_info("sign_in_failed", "tenant %llu agent %llu from %s", (unsigned long long)candidate.tenant.id,
		(unsigned long long)candidate.agent.id, r->address);
	return answer == CRYPT_RIGHT ? SIGN_IN_SUSPENDED : SIGN_IN_WRONG;
}

int
sign_in_go_on(struct req *r, enum sign_in_outcome outcome, const char *next)
{
	if (outcome == SIGN_IN_GOOD)
		return reply_redirect(r, "%s", people_next_is_safe(next) ? next : people_home(r->actor.permissions));
	if (outcome == SIGN_IN_CODE || outcome == SIGN_IN_SET_UP)
		return half_go_on(r, outcome == SIGN_IN_CODE, next);
	if (outcome == SIGN_IN_ADDRESS)
		return reply_error(r, 403, "address", N_("You may not be signed in from this address. Ask an administrator of your company."));
	return reply_got(r, GOT_ERROR);
}

void
sign_out_polls(struct req *r)
{
	if (r->site->bell != NULL)
		bell_cut(r->site->bell, agent_key(r->arena, r->tenant, r->actor.id));
}

enum got
sign_out(struct req *r)
{
	const struct audit_entry entry = {
		.action = "sign_out", .noun = "agent", .noun_id = r->actor.id, .noun_name = r->actor.name
	};

	reply_cookie(r, SESSION_COOKIE, "", -1);
	if (r->actor.session == NULL)
		return GOT_NONE;
	if (session_end(r->db, r->tenant, r->actor.session) == GOT_ERROR || session_gone(r, r->actor.id) == GOT_ERROR)
		return GOT_ERROR;
	return audit_write(r, &entry);
}
