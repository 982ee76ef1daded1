/* SPDX-License-Identifier: BSD-2-Clause */
/* reset_store.h - the table of those who have forgotten their password. */
#ifndef HARK_ROOMS_PEOPLE_RESET_STORE_H
#define HARK_ROOMS_PEOPLE_RESET_STORE_H

#include "rooms/people/people.h"

#define RESET_TRIES 5            /* wrong codes, then the request is void */

/* A request whose mail has gone out, with the agent that it is about. */
struct reset {
	uint64_t id;
	uint64_t tenant_id;
	uint64_t agent_id;
	struct field_bytes code_hash;
	const char *company;       /* its code */
	const char *account;
	const char *email;
	const char *first_name;
	const char *last_name;
	const char *locale;
};

/* What the mail carries, as hashes. */
struct reset_secret {
	uint64_t id;
	uint64_t agent_id;
	const char *sent_to;
	const unsigned char *code_hash;
	const unsigned char *link_hash;
};

/* Of every request there is a row, whether or not there is such an agent, so that all that follows takes the same time. */
enum got reset_create(struct db *db, tenant_id tenant, const unsigned char request_hash[CRYPT_HASH_LEN], clock_ms expires_at,
	uint64_t *id) MUST_USE;

/* The hash of the request that a job is about; GOT_NONE when it is over or its mail was ordered already. */
enum got reset_waits(struct job_run *run, unsigned char request_hash[CRYPT_HASH_LEN]) MUST_USE;

/* Mails that this agent was sent since then. */
enum got reset_count(struct db *db, tenant_id tenant, uint64_t agent, clock_ms since, uint64_t *count) MUST_USE;

enum got reset_fill(struct db *db, tenant_id tenant, const struct reset_secret *secret) MUST_USE;

/* Counts a try; GOT_NONE: there is no such request, it is over, or there were too many. */
enum got reset_try(struct db *db, const unsigned char request_hash[CRYPT_HASH_LEN], clock_ms now) MUST_USE;
/* It was not a wrong one. */
enum got reset_forgive(struct db *db, const struct reset *reset) MUST_USE;

/* GOT_NONE also when the agent or the company is not active, or the agent has another e-mail address now. */
enum got reset_by_request(struct req *r, const unsigned char request_hash[CRYPT_HASH_LEN], struct reset *reset) MUST_USE;
enum got reset_by_link(struct req *r, const unsigned char link_hash[CRYPT_HASH_LEN], struct reset *reset) MUST_USE;

/* Uses it up; GOT_NONE: somebody else was faster. */
enum got reset_take(struct db *db, const struct reset *reset) MUST_USE;

/* A new password makes all requests of the agent void. */
enum got reset_end_all(struct db *db, tenant_id tenant, uint64_t agent) MUST_USE;

/* Deletes what is over in all companies. */
void reset_sweep(struct sweep *sweep);

/* The live agent with that e-mail address. */
enum got agent_by_email(struct db *db, struct arena *arena, tenant_id tenant, const char *email, struct agent *agent) MUST_USE;

#endif
