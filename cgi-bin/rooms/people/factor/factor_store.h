/* SPDX-License-Identifier: BSD-2-Clause */
/* factor_store.h - secrets, steps and recovery codes in the database. */
#ifndef HARK_ROOMS_PEOPLE_FACTOR_STORE_H
#define HARK_ROOMS_PEOPLE_FACTOR_STORE_H

#include "rooms/people/factor/factor.h"

/* Takes a step that is newer than all that were used; GOT_NONE: it is not. */
enum got factor_store_step(struct db *db, tenant_id tenant, uint64_t agent, uint64_t step) MUST_USE;
enum got factor_store(struct db *db, tenant_id tenant, const struct factor_setting *new) MUST_USE;
/* Switches it off and forgets secret and codes. */
enum got factor_clear(struct db *db, tenant_id tenant, uint64_t agent) MUST_USE;

/* The secret that a session is setting up; NULL: none. */
enum got session_factor_set(struct req *r, const char *sealed) MUST_USE;
enum got session_factor(struct req *r, const char **sealed) MUST_USE;

/* A new recovery code: 80 random bits as "abcd-efgh-ijkl-mnop". */
const char *recovery_code(struct arena *arena);
/* What is stored of it; dashes, spaces and the size of letters do not count. False when it has not the form of one. */
bool recovery_hash(struct arena *arena, tenant_id tenant, uint64_t agent, const char *code, unsigned char hash[CRYPT_HASH_LEN]);
enum got recovery_add(struct db *db, tenant_id tenant, uint64_t agent, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now) MUST_USE;
enum got recovery_use(struct db *db, tenant_id tenant, uint64_t agent, const unsigned char hash[CRYPT_HASH_LEN], clock_ms now) MUST_USE;
enum got recovery_find(struct db *db, tenant_id tenant, uint64_t agent, const unsigned char hash[CRYPT_HASH_LEN]) MUST_USE;
enum got recovery_clear(struct db *db, tenant_id tenant, uint64_t agent) MUST_USE;

#endif
