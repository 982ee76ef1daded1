/* SPDX-License-Identifier: BSD-2-Clause */
/* ical_event.c - what each property says of its event (RFC 5545 section 3.8). */
#include "rooms/hours/ical_event.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"

static bool
refuse(struct ical_complaint *complaint, const char *text, const char *detail)
{
	*complaint = (struct ical_complaint){ text, detail };
	return false;
}

static bool
time_take(const char *value, const struct ical_line *line, struct ical_time *time, struct ical_complaint *complaint)
{
	const char *unknown;

	if (!ical_time_read(value, line, time, &unknown))
		return refuse(complaint, N_("is not understood: “%s” is no date or time"), value);
	if (unknown != NULL)
		return refuse(complaint, N_("has the time zone “%s”, which is not known"), unknown);
	return true;
}

bool
ical_take_start(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	(void)arena;
	event->has_start = true;
	return time_take(line->value, line, &event->start, complaint);
}

bool
ical_take_end(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	(void)arena;
	event->has_end = true;
	return time_take(line->value, line, &event->end, complaint);
}

bool
ical_take_duration(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	(void)arena;
	event->has_duration = true;
	return ical_duration_read(line->value, &event->duration_days, &event->duration_seconds)
		|| refuse(complaint, N_("is not understood: “%s” is no duration"), line->value);
}

bool
ical_take_summary(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	(void)complaint;
	event->name = ical_text(arena, line->value, ICAL_NAME_MAX);
	return true;
}

bool
ical_take_rule(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	const char *part;

	if (event->has_rule)
		return refuse(complaint, N_("is a second rule of the same event, which is not understood: “%s”"), line->value);
	event->has_rule = true;
	return ical_rule_read(arena, line->value, &event->rule, &part)
		|| refuse(complaint, N_("repeats in a way that is not understood: “%s”"), part);
}

bool
ical_take_strange(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	(void)arena;
	(void)event;
	return refuse(complaint, N_("repeats in a way that is not understood: “%s”"), line->value);
}

/* Dates with commas; of times, their day counts. */
static bool
list_take(struct arena *arena, const struct ical_line *line, struct ical_list *list, struct ical_complaint *complaint)
{
	const char *at = line->value;
	struct ical_time time;
	size_t len;

	if (list->days == NULL)
		list->days = ARENA_ARRAY(arena, int64_t, ICAL_LIST_MAX);
	for (; *at != '\0'; at += len, at += *at == ',') {
		len = strcspn(at, ",");
		if (len == 0)
			continue;
		if (list->count == ICAL_LIST_MAX)
			return refuse(complaint, N_("lists more than %s days"), arena_printf(arena, "%d", ICAL_LIST_MAX));
		if (!time_take(arena_text_of(arena, at, len), line, &time, complaint))
			return false;
		list->days[list->count++] = time.day;
	}
	return true;
}

bool
ical_take_added(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	return list_take(arena, line, &event->added, complaint);
}

bool
ical_take_excluded(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	return list_take(arena, line, &event->excluded, complaint);
}

bool
ical_take_status(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	(void)arena;
	(void)complaint;
	event->is_cancelled = text_equal_nocase(line->value, "CANCELLED");
	return true;
}

bool
ical_take_uid(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	(void)arena;
	(void)complaint;
	event->uid = line->value;
	return true;
}

bool
ical_take_recurrence(struct arena *arena, const struct ical_line *line, struct ical_event *event, struct ical_complaint *complaint)
{
	struct ical_time time = { .day = 0 };

	(void)arena;
	if (!time_take(line->value, line, &time, complaint))
		return false;
	event->is_instead = true;
	event->instead_of = time.day;
	return true;
}
