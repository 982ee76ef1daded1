/* SPDX-License-Identifier: BSD-2-Clause */
/* bell.h - wake-ups from hark-web and hark-jobs to hark-chat, over a unix SOCK_SEQPACKET socket.
 *
 * A packet is text: a verb line, then its lines (docs/live.md):
 *	"event\n" topic " " topic "...\n" JSON         an event for all who listen to one of the topics
 *	"cut\n" who "\n"                               ends all polls of who ("5.a12"), whose rights were taken
 *	"present\n" topic " " topic "...\n"            asks who is parked or was within 10 s; answered by
 *	                                               "EPOCH 5.a12 5.a13\n"
 * Losing a bell costs its receivers one resync, never a message: ringing never fails a request.
 */
#ifndef HARK_EDGE_BELL_H
#define HARK_EDGE_BELL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "edge/db.h"

#define BELL_PACKET_MAX 32768   /* bytes of a packet */
#define BELL_TOPIC_MAX 40       /* bytes of a topic */
#define BELL_TOPICS_MAX 64      /* topics of one event or ticket */

struct bell;

/* "5.a12": the topic of something of a tenant, or who somebody is. The letters: docs/live.md. */
const char *bell_topic(struct arena *arena, tenant_id tenant, char letter, uint64_t id);
/* "5.t", "5.a": the topic of the tenant as a whole, or all who are of a kind. */
const char *bell_topic_of_all(struct arena *arena, tenant_id tenant, char letter);

/* Connects at the first ring, and again when the daemon was restarted. Lives in `arena`. */
struct bell *bell_new(struct arena *arena, const char *socket_path);

/* `topics` are separated by spaces, `json` is one JSON object without a newline. Waits at most 200 ms for room
 * in the queue; a lost bell is counted and logged once a minute. */
void bell_ring(struct bell *bell, const char *topics, const char *json);

/* Ends all polls of `who` ("5.a12"), or of all agents ("5.a") or visitors ("5.v") of a tenant. */
void bell_cut(struct bell *bell, const char *who);

/* Who listens to one of the topics: names separated by spaces, "" for nobody, NULL when the daemon does not
 * answer within a second. `*epoch` is another word after each start of the daemon, which knows nobody then. */
const char *bell_present(struct bell *bell, struct arena *arena, const char *topics, const char **epoch);

/* A packet, taken apart; it points into the bytes, which it changes. False when it is malformed. */
enum bell_verb { BELL_EVENT, BELL_CUT, BELL_PRESENT };
struct bell_packet {
	enum bell_verb verb;
	char *topics[BELL_TOPICS_MAX];   /* of CUT: the one name */
	size_t topic_count;
	const char *json;                /* of EVENT */
};
/* bytes[len] must exist; a NUL is put there. */
bool bell_parse(char *bytes, size_t len, struct bell_packet *packet);

/* Is it "<tenant>.<letter><id>": a decimal tenant without leading zeros, a lower-case letter, then lower-case
 * letters and digits or nothing, at most BELL_TOPIC_MAX bytes? Names of who ("5.a12") have the same form. */
bool bell_is_topic(const char *text, size_t len);

#endif
