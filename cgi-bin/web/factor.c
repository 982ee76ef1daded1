/* SPDX-License-Identifier: BSD-2-Clause */
/* factor.c - second factors are made, shown, checked and kept. */
#include "web/factor.h"

#include "edge/otp.h"
#include "edge/qr.h"
#include "web/reply.h"
#include "web/throttle.h"

static const struct throttle_rule code_rule = { "sign_in.code", 10, 15 * CLOCK_MINUTE };

const struct field code_fields[] = {
	FIELD_TEXT(struct code_input, code, FIELD_FORM | FIELD_REQUIRED, .max = 40, .label = N_("Authentication code")),
	FIELD_END
};

bool
factor_is_set_up(const struct factor *factor)
{
	return factor->sealed != NULL && factor->sealed[0] != '\0';
}

/* "5.12": the tenant and the agent; of an operator "7". */
static const char *
owner_number(struct req *r, uint64_t owner)
{
	if (r->tenant.id == 0)
		return arena_printf(r->arena, "%llu", (unsigned long long)owner);
	return arena_printf(r->arena, "%llu.%llu", (unsigned long long)r->tenant.id, (unsigned long long)owner);
}

const char *
factor_owner_key(struct req *r, uint64_t owner)
{
	return arena_printf(r->arena, "%s.%s", access_of(r)->noun, owner_number(r, owner));
}

/* Where the secret belongs: while it is being set up it lies elsewhere, but never with another owner. */
static const char *
factor_place(struct req *r, uint64_t owner)
{
	return arena_printf(r->arena, "%s.totp_sealed.%s", access_of(r)->noun, owner_number(r, owner));
}

char *
factor_new(struct req *r, uint64_t owner)
{
	return crypt_seal(r->arena, r->site->keys, factor_place(r, owner), otp_secret(r->arena));
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
factor_show(struct req *r, uint64_t owner, const char *sealed, const char *account)
{
	const char *secret = crypt_unseal(r->arena, r->site->keys, factor_place(r, owner), sealed);
	const char *path, *issuer = access_of(r)->issuer(r);
	unsigned size = 0;

	if (secret == NULL)
		return false;
	path = qr_path(r->arena, otp_uri(r->arena, secret, issuer, account), &size);
	page_set(r->page, "Factor.Path", path);
	page_set_u64(r->page, "Factor.Size", size);
	page_set(r->page, "Factor.Secret", secret_in_fours(r->arena, secret));
	page_set(r->page, "Factor.Issuer", issuer);
	page_set(r->page, "Factor.Account", account);
	return true;
}

bool
factor_matches(struct req *r, uint64_t owner, const char *sealed, const char *code, uint64_t *step)
{
	return otp_matches(crypt_unseal(r->arena, r->site->keys, factor_place(r, owner), sealed), code, r->now, step);
}

enum got
factor_use(struct req *r, uint64_t owner, const struct factor *factor, const char *code, bool *is_recovery)
{
	unsigned char hash[CRYPT_HASH_LEN];
	uint64_t step;

	*is_recovery = false;
	if (factor_matches(r, owner, factor->sealed, code, &step))
		return access_of(r)->factor_step(r, owner, step);
	*is_recovery = recovery_hash(r->arena, owner_number(r, owner), code, hash);
	return *is_recovery ? access_of(r)->recovery_use(r, owner, hash) : GOT_NONE;
}

enum got
factor_renew_codes(struct req *r, uint64_t owner, const char **codes)
{
	const char *number = owner_number(r, owner), *code;
	unsigned char hash[CRYPT_HASH_LEN];
	struct str text;
	size_t i;

	str_init(&text, r->arena);
	if (access_of(r)->recovery_clear(r, owner) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0; i < RECOVERY_CODES; i++) {
		code = recovery_code(r->arena);
		CHECK(recovery_hash(r->arena, number, code, hash));
		if (access_of(r)->recovery_add(r, owner, hash) != GOT_ONE)
			return GOT_ERROR;
		str_addf(&text, "%s%s", i > 0 ? "\n" : "", code);
	}
	*codes = text.data;
	return GOT_ONE;
}

enum got
factor_keep(struct req *r, const struct factor_setting *new, const char **codes)
{
	enum got got = access_of(r)->factor_store(r, new);

	return got == GOT_ONE ? factor_renew_codes(r, new->owner, codes) : got;
}

enum got
factor_has_code(struct req *r, uint64_t owner, const char *code)
{
	unsigned char hash[CRYPT_HASH_LEN];

	return recovery_hash(r->arena, owner_number(r, owner), code, hash) ? access_of(r)->recovery_find(r, owner, hash) : GOT_NONE;
}

enum got
factor_count(struct req *r, uint64_t owner, uint64_t *retry_after)
{
	return throttle_count(r, &code_rule, factor_owner_key(r, owner), retry_after);
}

enum got
factor_forget_count(struct req *r, uint64_t owner)
{
	return throttle_clear(r, &code_rule, factor_owner_key(r, owner));
}

static const char *
codes_place(struct req *r)
{
	return arena_printf(r->arena, "cookie.codes.%s", factor_owner_key(r, r->actor.id));
}

void
codes_hand_over(struct req *r, const char *codes)
{
	reply_cookie(r, access_of(r)->codes_cookie, crypt_seal(r->arena, r->site->keys, codes_place(r), codes), CLOCK_MINUTE);
}

const char *
codes_take(struct req *r)
{
	const char *cookie = req_cookie(r, access_of(r)->codes_cookie);

	if (cookie == NULL)
		return NULL;
	reply_cookie(r, access_of(r)->codes_cookie, "", -1);
	return crypt_unseal(r->arena, r->site->keys, codes_place(r), cookie);
}
