/* SPDX-License-Identifier: BSD-2-Clause */
/* factor.c - second factors are made, shown, checked and kept. */
#include "rooms/people/factor/factor.h"

#include <string.h>

#include "edge/otp.h"
#include "edge/qr.h"
#include "rooms/people/factor/factor_store.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"
#include "web/reply.h"
#include "web/throttle.h"

#define CODES_COOKIE "hark-codes"

static const struct throttle_rule code_rule = { "sign_in.code", 10, 15 * CLOCK_MINUTE };

bool
factor_is_asked(const struct factor *factor)
{
	return factor->two_factor || factor->roles > 0;
}

bool
factor_is_required(const struct factor *factor)
{
	return factor->roles > 0 || (factor->two_factor && !factor->two_factor_own);
}

bool
factor_is_set_up(const struct factor *factor)
{
	return factor->totp_sealed != NULL && factor->totp_sealed[0] != '\0';
}

/* Where the secret belongs: while it is being set up it lies elsewhere, but never with another agent. */
static const char *
factor_place(struct req *r, tenant_id tenant, uint64_t agent)
{
	return arena_printf(r->arena, "agent.totp_sealed.%llu.%llu", (unsigned long long)tenant.id, (unsigned long long)agent);
}

char *
factor_new(struct req *r, tenant_id tenant, uint64_t agent)
{
	return crypt_seal(r->arena, r->site->keys, factor_place(r, tenant, agent), otp_secret(r->arena));
}

/* "JBSW Y3DP …": as people type it. */
static const char *
secret_in_fours(struct arena *arena, const char *secret)
{
	struct str text;
	size_t i;

	str_init(&text, arena);
	for (i = 0; secret[i] != '\0'; i++) {
		if (i > 0 && i % 4 == 0)
			str_add_char(&text, ' ');
		str_add_char(&text, secret[i]);
	}
	return text.data;
}

bool
factor_show(struct req *r, uint64_t agent, const char *sealed, const char *account)
{
	const char *secret = crypt_unseal(r->arena, r->site->keys, factor_place(r, r->tenant, agent), sealed);
	const char *path;
	unsigned size = 0;

	if (secret == NULL)
		return false;
	path = qr_path(r->arena, otp_uri(r->arena, secret, r->tenant_name, account), &size);
	page_set(r->page, "Factor.Path", path);
	page_set_u64(r->page, "Factor.Size", size);
	page_set(r->page, "Factor.Secret", secret_in_fours(r->arena, secret));
	page_set(r->page, "Factor.Account", account);
	return true;
}

bool
factor_matches(struct req *r, uint64_t agent, const char *sealed, const char *code, uint64_t *step)
{
	return otp_matches(crypt_unseal(r->arena, r->site->keys, factor_place(r, r->tenant, agent), sealed), code, r->now, step);
}

enum got
factor_use(struct req *r, uint64_t agent, const struct factor *factor, const char *code, bool *is_recovery)
{
	unsigned char hash[CRYPT_HASH_LEN];
	uint64_t step;

	*is_recovery = false;
	if (factor_matches(r, agent, factor->totp_sealed, code, &step))
		return factor_store_step(r->db, r->tenant, agent, step);
	*is_recovery = recovery_hash(r->arena, r->tenant, agent, code, hash);
	return *is_recovery ? recovery_use(r->db, r->tenant, agent, hash, r->now) : GOT_NONE;
}

enum got
factor_renew_codes(struct req *r, uint64_t agent, const char **codes)
{
	unsigned char hash[CRYPT_HASH_LEN];
	struct str text;
	const char *code;
	size_t i;

	str_init(&text, r->arena);
	if (recovery_clear(r->db, r->tenant, agent) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0; i < RECOVERY_CODES; i++) {
		code = recovery_code(r->arena);
		CHECK(recovery_hash(r->arena, r->tenant, agent, code, hash));
		if (recovery_add(r->db, r->tenant, agent, hash, r->now) != GOT_ONE)
			return GOT_ERROR;
		str_addf(&text, "%s%s", i > 0 ? "\n" : "", code);
	}
	*codes = text.data;
	return GOT_ONE;
}

enum got
factor_keep(struct req *r, const struct factor_setting *new, const char **codes)
{
	enum got got = factor_store(r->db, r->tenant, new);

	return got == GOT_ONE ? factor_renew_codes(r, new->agent, codes) : got;
}

enum got
factor_has_code(struct req *r, uint64_t agent, const char *code)
{
	unsigned char hash[CRYPT_HASH_LEN];

	return recovery_hash(r->arena, r->tenant, agent, code, hash) ? recovery_find(r->db, r->tenant, agent, hash) : GOT_NONE;
}

enum got
factor_count(struct req *r, uint64_t agent, uint64_t *retry_after)
{
	return throttle_count(r, &code_rule, agent_key(r->arena, r->tenant, agent), retry_after);
}

enum got
factor_forget_count(struct req *r, uint64_t agent)
{
	return throttle_clear(r, &code_rule, agent_key(r->arena, r->tenant, agent));
}

enum got
pending_begin(struct req *r, tenant_id tenant, uint64_t agent, const struct factor *factor)
{
	const char *sealed = factor_is_set_up(factor) ? NULL : factor_new(r, tenant, agent);
	const char *token;

	if (pending_create(r, tenant, agent, sealed, &token) != GOT_ONE)
		return GOT_ERROR;
	reply_cookie(r, PENDING_COOKIE, token, PENDING_LIFE);
	return GOT_ONE;
}

static const char *
codes_place(struct req *r)
{
	return arena_printf(r->arena, "cookie.codes.%s", agent_key(r->arena, r->tenant, r->actor.id));
}

void
codes_hand_over(struct req *r, const char *codes)
{
	reply_cookie(r, CODES_COOKIE, crypt_seal(r->arena, r->site->keys, codes_place(r), codes), CLOCK_MINUTE);
}

const char *
codes_take(struct req *r)
{
	const char *cookie = req_cookie(r, CODES_COOKIE);

	if (cookie == NULL)
		return NULL;
	reply_cookie(r, CODES_COOKIE, "", -1);
	return crypt_unseal(r->arena, r->site->keys, codes_place(r), cookie);
}
