/* SPDX-License-Identifier: BSD-2-Clause */
/* live_listener.h - who is there: persons, and listeners with the topics that they hear.
 *
 * A listener is one person with one list of topics. It outlives its polls by LISTENER_LINGER, so that a poll that comes
 * back finds its subscriptions made, and so that a person between two polls counts as present.
 */
#ifndef HARK_ROOMS_LIVE_LIVE_LISTENER_H
#define HARK_ROOMS_LIVE_LIVE_LISTENER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/clock.h"
#include "core/list.h"
#include "core/str.h"
#include "edge/ticket.h"
#include "rooms/live/live_memory.h"
#include "rooms/live/live_table.h"

#define LISTENER_LINGER (10 * CLOCK_SECOND)
#define PERSON_POLLS_MAX 32     /* parked at once: nobody may take all connections */
#define PERSON_SAYS_MAX 20      /* a second */
#define CUTS_MAX 65536          /* remembered one by one */

struct person {
	struct entry entry;
	uint32_t listeners;
	uint32_t polls;         /* parked */
	uint32_t said;          /* in the second `said_at` */
	uint32_t mark;          /* the last question that has counted this person */
	clock_ms said_at;       /* steady */
	clock_ms cut_at;        /* wall clock; 0: not cut */
	char name[];
};

struct listener;

/* That a listener hears a topic. */
struct hearing {
	struct link link;       /* of the topic */
	struct topic *topic;
	struct listener *listener;
};

struct listener {
	struct entry entry;
	struct person *person;
	struct link polls;      /* parked: struct poll */
	struct link idle;       /* of those without a poll, the longest first */
	clock_ms left_at;       /* steady */
	uint32_t hash;
	uint32_t count;
	struct hearing hearings[];
};

struct crowd {
	struct memory *memory;
	struct table persons;
	struct table listeners;
	struct link idle;
	size_t swept;           /* buckets of persons */
	uint32_t mark;
	size_t cuts;            /* since cuts_from */
	clock_ms cuts_from;
	clock_ms cut_all_at;    /* wall clock: tickets signed up to then are too old, whoever has them */
	clock_ms cut_group_at;  /* the last cut of a group such as "5.v"; its own is remembered as that of a person */
	clock_ms cut_agents_at; /* the same for agents: the start, since cuts of before are forgotten */
};

enum person_rights { PERSON_MAY, PERSON_IS_CUT, PERSON_MUST_RENEW };

/* `now`: agents' tickets that were signed before are refused, since who was cut by then is not known any more. */
void crowd_init(struct crowd *crowd, struct memory *memory, clock_ms now);

/* Forgets all listeners and persons; none may have a poll. */
void crowd_clear(struct crowd *crowd);

/* Forgets who is not needed any more; to be called every second. */
void crowd_sweep(struct crowd *crowd, clock_ms steady_now, clock_ms now);

/* The person of that name, made when there is none. */
struct person *crowd_person(struct crowd *crowd, const char *who);

/* May a ticket of this person that expires then still be used? */
enum person_rights person_rights(const struct crowd *crowd, const struct person *person, clock_ms expires_at);

/* From now on the tickets that were signed up to `now` are refused. */
void person_cut(struct crowd *crowd, struct person *person, clock_ms now);

/* Is the person of the group "5.a" or "5.v"? And is it such a group? */
bool person_is_of(const struct person *person, const char *group);
bool crowd_is_group(const char *who);

/* Counts what a person says; false when it is too much. */
bool person_may_say(struct person *person, clock_ms steady_now);

/* The listener of a ticket, made when there is none, seen now. */
struct listener *crowd_listener(struct crowd *crowd, struct person *person, const char *hear, clock_ms steady_now);

/* The poll's link joins or leaves the listener. */
void listener_park(struct listener *listener, struct link *poll);
void listener_unpark(struct crowd *crowd, struct listener *listener, struct link *poll, clock_ms steady_now);

/* Forgets a listener without polls. */
void listener_forget(struct crowd *crowd, struct listener *listener);

/* Appends the names of all who hear one of the topics, separated by spaces, while they fit into `room` bytes. */
void crowd_name_present(struct crowd *crowd, char *const *topics, size_t count, size_t room, struct str *names);

#endif
