/* SPDX-License-Identifier: BSD-2-Clause */
/* status_rules.c - when a status changes by itself, and how its log reads: decisions without I/O. */
#include "rooms/people/status/status_rules.h"

#include <string.h>

#include "core/check.h"
#include "core/text.h"

static bool
is_closed_for_good(const struct presence *presence, const struct agent *agent, clock_ms now)
{
	return text_equal(presence->closed_console, "offline") && now - agent->seen_at >= AGENT_GONE_AFTER + PRESENCE_GRACE;
}

enum presence_step
presence_step_for(const struct presence *presence, const struct agent *agent, clock_ms now)
{
	if (text_equal(agent->status, "offline"))
		return PRESENCE_KEEP;
	if (is_closed_for_good(presence, agent, now))
		return PRESENCE_CLOSED;
	/* Who chose to be away stays so; and a closed console tells nothing about activity. */
	if (!agent_is_online(agent, now))
		return PRESENCE_KEEP;
	if (presence->away_missed != 0 && agent->missed >= presence->away_missed)
		return PRESENCE_MISSED;
	if (presence->away_minutes != 0 && now - agent->active_at >= (clock_ms)presence->away_minutes * CLOCK_MINUTE)
		return PRESENCE_TIMEOUT;
	return PRESENCE_KEEP;
}

void
presence_change(const struct presence *presence, enum presence_step step, struct status_change *change)
{
	switch (step) {
	case PRESENCE_TIMEOUT:
		change->status = "away";
		change->reason = "timeout";
		change->detail = presence->away_minutes;
		break;
	case PRESENCE_MISSED:
		change->status = "away";
		change->reason = "missed";
		change->detail = presence->away_missed;
		break;
	case PRESENCE_CLOSED:
		change->status = "offline";
		change->reason = "closed";
		break;
	case PRESENCE_KEEP:
		CHECK(step != PRESENCE_KEEP);
	}
}

/* Values as the database has them, and the words for people. */
struct word {
	const char *value;
	const char *label;
};

static const struct word statuses[] = { { "online", N_("Online") }, { "away", N_("Away") }, { "offline", N_("Offline") } };

static const struct word reasons[] = {
	{ "agent", N_("Chosen by the agent") },
	{ "administrator", N_("Set by a colleague") },
	{ "timeout", N_("Minutes without activity: %s") },
	{ "missed", N_("Offers in a row without an answer: %s") },
	{ "closed", N_("The console was closed") },
	{ "sign_in", N_("Signed in") },
	{ "sign_out", N_("Signed out") },
	{ "deleted", N_("The agent or the away status was deleted") }
};

static const char *
label_of(const struct word *words, size_t count, const char *value)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (text_equal(words[i].value, value))
			return words[i].label;
	return NULL;
}

/* Is the text one of the three statuses? */
static bool
status_is_known(const char *status)
{
	return label_of(statuses, COUNT_OF(statuses), status) != NULL;
}

const char *
status_label(const char *status)
{
	const char *label = label_of(statuses, COUNT_OF(statuses), status);

	return label != NULL ? label : "";
}

const char *
status_reason_label(const struct status_entry *entry)
{
	const char *label = label_of(reasons, COUNT_OF(reasons), entry->reason);

	return label != NULL ? label : "";
}

bool
agent_read_status(const char *text, struct status_change *change)
{
	change->away_id = 0;
	if (text != NULL && text_starts_with(text, "away:")) {
		change->status = "away";
		return text_to_u64(text + strlen("away:"), &change->away_id) && change->away_id != 0;
	}
	if (!status_is_known(text))
		return false;
	change->status = text;
	return true;
}

const char *
status_span(struct arena *arena, clock_ms span)
{
	long long seconds = span / CLOCK_SECOND;

	if (seconds >= 3600)
		return arena_printf(arena, "%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60, seconds % 60);
	return arena_printf(arena, "%lld:%02lld", seconds / 60, seconds % 60);
}
