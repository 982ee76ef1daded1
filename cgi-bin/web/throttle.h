/* SPDX-License-Identifier: BSD-2-Clause */
/* throttle.h - at most so many of something in a window of time, counted in the database, so that all workers agree. */
#ifndef HARK_WEB_THROTTLE_H
#define HARK_WEB_THROTTLE_H

#include "web/req.h"

struct throttle_rule {
	const char *what;            /* "sign_in.account" */
	uint64_t most;               /* in one window */
	clock_ms window;
};

/* Counts one. GOT_ONE: allowed; GOT_NONE: too many, *retry_after in seconds; GOT_ERROR: the database failed (refuse). */
enum got throttle_count(struct req *r, const struct throttle_rule *rule, const char *who, uint64_t *retry_after) MUST_USE;

/* Counts one of whoever has the address of the request (core/address.h, address_holder()). */
enum got throttle_count_address(struct req *r, const struct throttle_rule *rule, uint64_t *retry_after) MUST_USE;

/* The seconds of *retry_after as people are told them: minutes, rounded up. */
static inline uint64_t
throttle_minutes(uint64_t retry_after)
{
	return (retry_after + 59) / 60;
}

/* Takes one back that was no attempt of a stranger: a whole office may come from one address. */
enum got throttle_forgive_address(struct req *r, const struct throttle_rule *rule) MUST_USE;

/* Forgets what was counted: after a good sign-in. */
enum got throttle_clear(struct req *r, const struct throttle_rule *rule, const char *who) MUST_USE;

#endif
