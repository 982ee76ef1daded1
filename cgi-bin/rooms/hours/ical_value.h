/* SPDX-License-Identifier: BSD-2-Clause */
/* ical_value.h - the values of iCalendar properties (RFC 5545 section 3.3). */
#ifndef HARK_ROOMS_HOURS_ICAL_VALUE_H
#define HARK_ROOMS_HOURS_ICAL_VALUE_H

#include "core/arena.h"
#include "core/check.h"
#include "core/clock.h"

/* A content line, taken apart. */
struct ical_line {
	size_t number;
	const char *name;                /* upper case */
	const char *zone;                /* TZID, or NULL */
	bool zone_is_known;              /* is it one of the machine? */
	const char *value;
};

/* DATE or DATE-TIME. */
struct ical_time {
	int64_t day;
	int second;                      /* of the day; -1 for a DATE */
	const char *zone;                /* "UTC", a zone of the machine, or NULL for that of the calendar */
};

/* "20261224", "20261224T120000", "20261224T120000Z". False: malformed. The zone of the line may be one that the machine does not know:
 * *unknown is it then, else NULL. */
bool ical_time_read(const char *value, const struct ical_line *line, struct ical_time *time, const char **unknown);

/* "P1D", "PT8H30M", "P2W" as days and seconds; negative ones are malformed, and those that name a unit twice. */
bool ical_duration_read(const char *value, int64_t *days, int64_t *seconds);

/* TEXT without its escapes, as one line of at most `most` characters. */
char *ical_text(struct arena *arena, const char *value, size_t most);

/* RECUR (section 3.3.10), as far as it chooses days. */
enum ical_frequency { ICAL_DAILY, ICAL_WEEKLY, ICAL_MONTHLY, ICAL_YEARLY };
struct ical_rule {
	enum ical_frequency frequency;
	int interval;
	int count;                       /* 0: without */
	int64_t until;                   /* day; INT64_MAX: without */
	unsigned months;                 /* bits 1 to 12 */
	uint64_t month_days;             /* bits 1 to 31 */
	uint64_t month_days_back;        /* the same from the end of the month */
	unsigned weekdays;               /* bits 0, Monday, to 6: each of them */
	struct { int weekday, which; } nth[16];   /* the second, the last (-1) Monday … */
	size_t nth_count;
	int year_days[16];               /* also negative */
	size_t year_day_count;
	int week_start;
};
/* False: malformed, or *part names what is not understood. */
bool ical_rule_read(struct arena *arena, const char *value, struct ical_rule *rule, const char **part);

/* Does it say no more than "every year on the day of the start"? */
bool ical_rule_is_yearly(const struct ical_rule *rule, int64_t start);

/* Calls for each day of the rule from `from` until `last`; false stops. The start counts as the first, whether the rule fits it or not,
 * and is told also when it comes after `last`. What was looked at is taken from `budget`, the days that may still be looked at. False
 * when that is used up, or `each` stopped. */
struct ical_days {
	int64_t start;
	int64_t from;
	int64_t last;
	size_t *budget;
};
typedef bool ical_rule_day(void *arg, int64_t day);
bool ical_rule_each(const struct ical_rule *rule, const struct ical_days *days, ical_rule_day *each, void *arg) MUST_USE;

#endif
