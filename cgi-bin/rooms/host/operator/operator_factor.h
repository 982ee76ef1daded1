/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_factor.h - second factors of operators and sign-ins that wait for one: the functions of operators' `struct access`. */
#ifndef HARK_ROOMS_HOST_OPERATOR_FACTOR_H
#define HARK_ROOMS_HOST_OPERATOR_FACTOR_H

#include "rooms/host/host.h"
#include "web/access.h"

/* Asked for when it is set up, or when operators_need_factor says so, which also makes it required. */
enum got operator_factor_load(struct req *r, uint64_t operator, struct factor *factor) MUST_USE;
enum got operator_factor_store(struct req *r, const struct factor_setting *new) MUST_USE;
enum got operator_factor_clear(struct req *r, uint64_t operator) MUST_USE;
enum got operator_factor_step(struct req *r, uint64_t operator, uint64_t step) MUST_USE;

enum got operator_recovery_add(struct req *r, uint64_t operator, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;
enum got operator_recovery_use(struct req *r, uint64_t operator, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;
enum got operator_recovery_find(struct req *r, uint64_t operator, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;
enum got operator_recovery_clear(struct req *r, uint64_t operator) MUST_USE;

struct operator_pending {
	uint64_t operator_id;
	const char *factor_sealed;       /* the secret that is being set up; NULL or "" when the operator has one */
};
enum got operator_pending_add(struct req *r, const struct half *half) MUST_USE;
/* GOT_NONE: there is none, it is over, or its operator is deleted. */
enum got operator_pending_find(struct req *r, const unsigned char hash[CRYPT_HASH_LEN], struct operator_pending *pending) MUST_USE;
enum got operator_pending_end(struct req *r, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;

/* The secret that the session of the request is setting up; NULL: none. */
enum got operator_session_secret(struct req *r, const char **sealed) MUST_USE;
enum got operator_session_set_secret(struct req *r, const char *sealed) MUST_USE;

#endif
