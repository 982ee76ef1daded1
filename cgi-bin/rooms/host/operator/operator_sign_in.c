/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_sign_in.c - operators' way in and way out. */
#include "rooms/host/operator/operator_sign_in.h"

#include "core/address.h"
#include "core/log.h"
#include "core/text.h"
#include "rooms/host/operator/operator_factor.h"
#include "rooms/host/operator/operator_store.h"
#include "rooms/host/view/view.h"
#include "web/audit.h"
#include "web/device.h"
#include "web/factor.h"
#include "web/reply.h"
#include "web/throttle.h"

static const struct throttle_rule account_rule = { "host.account", 10, 15 * CLOCK_MINUTE };
static const struct throttle_rule address_rule = { "host.address", 30, 5 * CLOCK_MINUTE };

static struct device
operator_device(struct req *r, const char *email, const struct operator *operator)
{
	return (struct device){ "hark-host-device", text_fold(r->arena, email), operator->password_hash };
}

void
operator_remember(struct req *r, const struct operator *operator)
{
	const struct device device = operator_device(r, operator->email, operator);

	device_remember(r, &device);
}

void
operator_enter(struct req *r, const struct operator *operator)
{
	r->actor = (struct actor){ .kind = ACTOR_HOST, .id = operator->id, .name = operator->name, .locale = "", .time_zone = "",
		.permissions = permission_host_set_of(operator->permissions) };
}

static enum got
count_attempt(struct req *r, const char *who, uint64_t *retry_after)
{
	enum got got = throttle_count_address(r, &address_rule, retry_after);

	return got == GOT_ONE ? throttle_count(r, &account_rule, who, retry_after) : got;
}

static enum got
audit_attempt(struct req *r, const struct operator_sign_in *input, uint64_t operator, const char *action, const char *cause)
{
	const struct audit_entry entry = {
		.action = action, .noun = "operator", .noun_id = operator,
		.noun_name = input->email,
		.difference = cause != NULL ? arena_printf(r->arena, "{\"cause\":[\"\",\"%s\"]}", cause) : NULL
	};

	return audit_write(r, &entry);
}

/* What a right password opens, in one transaction. */
struct opening {
	struct req *r;
	const struct operator_sign_in *input;
	const struct operator *operator;
	const struct factor *factor;
	const unsigned char *old_session;   /* of this browser, which ends: a token that somebody planted is worth nothing */
	const char *token;               /* of the new session */
};

static enum got
open_session(struct opening *opening)
{
	struct req *r = opening->r;
	const struct operator *operator = opening->operator;

	if (opening->old_session != NULL && operator_session_end(r->db, opening->old_session) == GOT_ERROR)
		return GOT_ERROR;
	operator_enter(r, operator);
	if (operator_session_create(r, operator->id, &opening->token) != GOT_ONE)
		return GOT_ERROR;
	return audit_attempt(r, opening->input, operator->id, "host.sign_in", NULL);
}

static enum got
open_half(struct opening *opening)
{
	struct req *r = opening->r;
	enum got got = half_begin(r, opening->operator->id, opening->factor);

	return got == GOT_ONE ? audit_attempt(r, opening->input, opening->operator->id, "host.sign_in_pending", NULL) : got;
}

/* Checking a password takes a while. Whoever changes it in between comes first, and then it is wrong, or waits, and then ends what is opened here. */
static enum got
open_store(struct db *db, void *arg)
{
	struct opening *opening = arg;
	enum got got = operator_lock_password(db, opening->operator);

	if (got != GOT_ONE)
		return got;
	return opening->factor->is_asked ? open_half(opening) : open_session(opening);
}

/* What follows the password. */
static enum operator_outcome
sign_in_right(struct req *r, const struct operator_sign_in *input, const struct operator *operator)
{
	const struct device device = operator_device(r, input->email, operator);
	struct factor factor = { .is_asked = false };
	struct opening opening = { .r = r, .input = input, .operator = operator, .factor = &factor, .old_session = r->actor.session };
	enum got got;

	if (throttle_clear(r, &account_rule, device_key(r, &device)) == GOT_ERROR || throttle_forgive_address(r, &address_rule) == GOT_ERROR
		|| operator_factor_load(r, operator->id, &factor) != GOT_ONE)
		return OPERATOR_FAILED;
	got = db_transaction(r->db, open_store, &opening);
	if (got != GOT_ONE)
		return got == GOT_NONE ? OPERATOR_WRONG : OPERATOR_FAILED;
	if (factor.is_asked)
		return factor_is_set_up(&factor) ? OPERATOR_CODE : OPERATOR_SET_UP;
	reply_cookie(r, OPERATOR_COOKIE, opening.token, 0);
	operator_remember(r, operator);
	return OPERATOR_GOOD;
}

/* Attempts are counted by what was typed: an address that the database takes for the operator's, but text_fold() does not, would count for itself. */
static enum got
operator_find(struct req *r, const char *email, struct operator *operator)
{
	enum got got = operator_by_email(r->db, r->arena, email, operator);

	if (got != GOT_ONE || text_equal(text_fold(r->arena, email), text_fold(r->arena, operator->email)))
		return got;
	*operator = (struct operator){ .id = 0 };
	return GOT_NONE;
}

enum operator_outcome
operator_sign_in(struct req *r, const struct operator_sign_in *input, uint64_t *retry_after)
{
	struct operator operator = { 0 };
	enum got found = operator_find(r, input->email, &operator), got;
	const struct device device = operator_device(r, input->email, &operator);
	enum operator_outcome outcome;
	enum crypt_answer answer;
	bool is_right, is_near;
	const char *cause;

	*retry_after = 0;
	if (found == GOT_ERROR)
		return OPERATOR_FAILED;
	got = count_attempt(r, device_key(r, &device), retry_after);
	if (got != GOT_ONE)
		return got == GOT_NONE ? OPERATOR_TOO_OFTEN : OPERATOR_FAILED;
	answer = crypt_password_check(input->password, found == GOT_ONE ? operator.password_hash : NULL);
	if (answer == CRYPT_BUSY)
		return OPERATOR_FAILED;
	is_right = answer == CRYPT_RIGHT;
	is_near = address_list_allows(r->site->conf->host_addresses, r->address);
	if (is_right && is_near) {
		outcome = sign_in_right(r, input, &operator);
		if (outcome != OPERATOR_WRONG)
			return outcome;
		is_right = false;
	}
	cause = is_right ? "address" : found == GOT_ONE ? "password" : "unknown";
	if (audit_attempt(r, input, operator.id, "host.sign_in_failed", cause) == GOT_ERROR)
		return OPERATOR_FAILED;
	log_info("sign_in_failed", "operator %llu from %s", (unsigned long long)operator.id, r->address);
	return is_right ? OPERATOR_ELSEWHERE : OPERATOR_WRONG;
}

enum got
operator_sign_out(struct req *r)
{
	const struct audit_entry entry = {
		.action = "host.sign_out", .noun = "operator", .noun_id = r->actor.id, .noun_name = r->actor.name
	};

	reply_cookie(r, OPERATOR_COOKIE, "", -1);
	if (r->actor.session == NULL)
		return GOT_NONE;
	if (operator_session_end(r->db, r->actor.session) == GOT_ERROR || view_end_of_operator(r->db, r->actor.id, r->now) == GOT_ERROR)
		return GOT_ERROR;
	return audit_write(r, &entry);
}
