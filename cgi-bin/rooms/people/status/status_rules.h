/* SPDX-License-Identifier: BSD-2-Clause */
/* status_rules.h - when a status changes by itself, and how its log reads: decisions without I/O. */
#ifndef HARK_ROOMS_PEOPLE_STATUS_STATUS_RULES_H
#define HARK_ROOMS_PEOPLE_STATUS_STATUS_RULES_H

#include "rooms/people/people.h"

/* So long after AGENT_GONE_AFTER a console may come back before it counts as closed: a page that is loaded again, a short sleep. */
#define PRESENCE_GRACE (2 * CLOCK_MINUTE)

enum presence_step {
	PRESENCE_KEEP,
	PRESENCE_TIMEOUT,                /* away: nobody was active for too long */
	PRESENCE_MISSED,                 /* away: too many offers were not answered */
	PRESENCE_CLOSED                  /* offline: the console is closed, and the company wants that */
};

/* What the rules of the company say about an agent now. Reads status, seen_at, active_at and missed. */
enum presence_step presence_step_for(const struct presence *presence, const struct agent *agent, clock_ms now);

/* The change that a step is; `change` gets everything but the agent. */
void presence_change(const struct presence *presence, enum presence_step step, struct status_change *change);

/* Labels for people, message ids: "Online"; why it was set, with at most one %s for the detail. */
const char *status_label(const char *status);
const char *status_reason_label(const struct status_entry *entry);

/* "4:05" minutes and seconds, or "26:02:05". */
const char *status_span(struct arena *arena, clock_ms span);

#endif
