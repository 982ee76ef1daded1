/* SPDX-License-Identifier: BSD-2-Clause */
/* ical_event.h - one event of an iCalendar file: what its lines say, and the days that come of it. */
#ifndef HARK_ROOMS_HOURS_ICAL_EVENT_H
#define HARK_ROOMS_HOURS_ICAL_EVENT_H

#include "rooms/hours/ical.h"
#include "rooms/hours/ical_value.h"

#define ICAL_LIST_MAX 400              /* days that are added to a rule, or left out */

struct ical_list {
	int64_t *days;
	size_t count;
	size_t room;
};

struct ical_event {
	size_t line;                     /* where it begins */
	const char *name;
	const char *uid;
	struct ical_time start;
	struct ical_time end;
	int64_t duration_days;
	int64_t duration_seconds;
	struct ical_rule rule;
	struct ical_list added;
	struct ical_list excluded;
	int64_t instead_of;              /* RECURRENCE-ID: the day of the rule that this one stands for */
	bool has_start;
	bool has_end;
	bool has_duration;
	bool has_rule;
	bool is_instead;
	bool is_cancelled;
	bool is_bad;                     /* a line of it was complained about */
};

struct ical_events {
	struct ical_event *list;
	size_t count;
};

/* Why a property cannot be: a message id with %s for `detail`. */
struct ical_complaint {
	const char *text;
	const char *detail;
};

/* Puts what a property says into its event; false and a complaint when it cannot be. */
typedef bool ical_property(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint);
ical_property ical_take_start, ical_take_end, ical_take_duration, ical_take_summary, ical_take_rule, ical_take_strange, ical_take_added,
	ical_take_excluded, ical_take_status, ical_take_uid, ical_take_recurrence;

/* Adds to the problems; all are counted, the first are kept. */
void ical_complain(struct ical_found *found, size_t line, const char *text, const char *detail);

/* The exceptions of all events. */
void ical_events_find(struct arena *arena, const struct ical_input *input, const struct ical_events *events, struct ical_found *found);

#endif
