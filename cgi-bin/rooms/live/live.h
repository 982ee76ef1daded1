/* SPDX-License-Identifier: BSD-2-Clause */
/* live.h - the live stream (docs/live.md): parked polls, bells, and what is said without being kept. No SQL. */
#ifndef HARK_ROOMS_LIVE_LIVE_H
#define HARK_ROOMS_LIVE_LIVE_H

#include <stddef.h>

#include "core/arena.h"
#include "core/conf.h"
#include "edge/crypt.h"
#include "edge/loop.h"

struct live;

/* Opens both sockets. `descriptors` is how many the process may have: fewer polls are held when they do not suffice for
 * conf->chat_connections. NULL (logged) when a socket cannot be opened. Lives in `arena`, as `loop` must. */
struct live *live_open(struct arena *arena, struct loop *loop, const struct conf *conf,
	const struct crypt_keys *keys, size_t descriptors);

/* Answers all parked polls and ends the loop. */
void live_stop(struct live *live);

#endif
