/* SPDX-License-Identifier: BSD-2-Clause */
/* ticket.h - signed tickets: what a browser may hear and say on the live stream, checked without a database.
 *
 * Text form (docs/live.md): base64url(payload) "." base64url(HMAC-SHA256(payload)); the payload is
 *	"1\n" who "\n" expiry in seconds "\n" topics to hear "\n" topics to say on
 * with topics separated by spaces. A topic starts with its tenant: "5.q3".
 */
#ifndef HARK_EDGE_TICKET_H
#define HARK_EDGE_TICKET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/clock.h"
#include "edge/bell.h"
#include "edge/crypt.h"

#define TICKET_MAX 4096                     /* bytes of its text */
#define TICKET_LIFE (10 * CLOCK_MINUTE)     /* clients renew at half of it */

struct ticket {
	const char *who;      /* "5.a12" an agent, "5.v77" a visitor */
	clock_ms expires_at;
	const char *hear;     /* topics, separated by spaces */
	const char *say;
};

/* `who` and all topics must be of one tenant, with at most BELL_TOPICS_MAX topics in each list ("" for none). */
char *ticket_sign(struct arena *arena, const struct crypt_keys *keys, const struct ticket *ticket);

/* False when it is malformed, forged, names topics of another tenant than who's, or expired at `now`. */
bool ticket_check(struct arena *arena, const struct crypt_keys *keys, const char *text, clock_ms now,
	struct ticket *ticket);

#endif
