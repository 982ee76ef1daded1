/* SPDX-License-Identifier: BSD-2-Clause */
/* ical_rule.c - recurrence rules of iCalendar (RFC 5545 section 3.3.10) as questions to each day.
 *
 * At the grain of days every BY part but BYSETPOS and BYWEEKNO only says which days fit, once what is left out is taken from the start;
 * so a rule is no machine that makes days but a sieve through which days fall, and what it costs is bound by the days that are asked.
 */
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "rooms/hours/ical_value.h"

/* Monday's number is 0. */
static const char weekday_words[7][3] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

/* One of a list with commas, moved behind. */
static bool
number_next(const char **at, int least, int most, int *number)
{
	char *end;
	long value = strtol(*at, &end, 10);

	if (end == *at || strchr("+-0123456789", **at) == NULL || (*end != ',' && *end != '\0') || value < least || value > most || value == 0)
		return false;
	*number = (int)value;
	*at = *end == ',' ? end + 1 : end;
	return true;
}

static bool
months_read(const char *at, struct ical_rule *rule)
{
	int month;

	while (*at != '\0') {
		if (!number_next(&at, 1, 12, &month))
			return false;
		rule->months |= 1u << month;
	}
	return rule->months != 0;
}

static bool
month_days_read(const char *at, struct ical_rule *rule)
{
	int day;

	while (*at != '\0') {
		if (!number_next(&at, -31, 31, &day))
			return false;
		if (day > 0)
			rule->month_days |= (uint64_t)1 << day;
		else
			rule->month_days_back |= (uint64_t)1 << -day;
	}
	return (rule->month_days | rule->month_days_back) != 0;
}

static bool
year_days_read(const char *at, struct ical_rule *rule)
{
	while (*at != '\0')
		if (rule->year_day_count == COUNT_OF(rule->year_days) || !number_next(&at, -366, 366, &rule->year_days[rule->year_day_count++]))
			return false;
	return rule->year_day_count > 0;
}

static bool
weekday_read(const char *word, int *weekday)
{
	for (*weekday = 0; *weekday < 7; ++*weekday)
		if (strncmp(word, weekday_words[*weekday], 2) == 0)
			return true;
	return false;
}

/* "MO", "2MO", "-1FR". */
static bool
weekdays_read(const char *at, struct ical_rule *rule)
{
	int weekday;
	long which;
	char *end;

	for (; *at != '\0'; at = *end == ',' ? end + 1 : end) {
		which = strtol(at, &end, 10);
		if (!weekday_read(end, &weekday) || which < -53 || which > 53 || (end != at && which == 0))
			return false;
		end += 2;
		if ((*end != ',' && *end != '\0') || rule->nth_count == COUNT_OF(rule->nth))
			return false;
		if (which == 0) {
			rule->weekdays |= 1u << weekday;
			continue;
		}
		rule->nth[rule->nth_count].weekday = weekday;
		rule->nth[rule->nth_count++].which = (int)which;
	}
	return rule->weekdays != 0 || rule->nth_count > 0;
}

static bool
frequency_read(const char *word, struct ical_rule *rule)
{
	static const char *const words[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
	size_t i;

	for (i = 0; i < COUNT_OF(words); i++)
		if (strcmp(word, words[i]) == 0)
			rule->frequency = (enum ical_frequency)i;
	return strcmp(word, words[rule->frequency]) == 0;
}

static bool
positive_read(const char *text, int *number)
{
	return number_next(&text, 1, 100000, number) && *text == '\0';
}

static bool
until_read(const char *text, struct ical_rule *rule)
{
	const struct ical_line line = { .zone = NULL };
	struct ical_time time;
	const char *unknown;

	if (!ical_time_read(text, &line, &time, &unknown))
		return false;
	rule->until = time.day;
	return true;
}

static bool
part_read(const char *name, const char *value, struct ical_rule *rule)
{
	if (strcmp(name, "FREQ") == 0)
		return frequency_read(value, rule);
	if (strcmp(name, "INTERVAL") == 0)
		return positive_read(value, &rule->interval);
	if (strcmp(name, "COUNT") == 0)
		return positive_read(value, &rule->count);
	if (strcmp(name, "UNTIL") == 0)
		return until_read(value, rule);
	if (strcmp(name, "BYMONTH") == 0)
		return months_read(value, rule);
	if (strcmp(name, "BYMONTHDAY") == 0)
		return month_days_read(value, rule);
	if (strcmp(name, "BYYEARDAY") == 0)
		return year_days_read(value, rule);
	if (strcmp(name, "BYDAY") == 0)
		return weekdays_read(value, rule);
	return strcmp(name, "WKST") == 0 && weekday_read(value, &rule->week_start) && value[2] == '\0';
}

bool
ical_rule_read(struct arena *arena, const char *value, struct ical_rule *rule, const char **part)
{
	bool has_frequency = false;
	const char *name;
	size_t len, equals;

	*rule = (struct ical_rule){ .frequency = ICAL_DAILY, .interval = 1, .until = INT64_MAX };
	*part = value;
	for (; *value != '\0'; value += len, value += *value == ';') {
		len = strcspn(value, ";");
		equals = strcspn(value, "=");
		if (len == 0)
			continue;
		*part = arena_text_of(arena, value, len);
		if (equals >= len)
			return false;
		name = arena_text_of(arena, value, equals);
		if (!part_read(name, *part + equals + 1, rule))
			return false;
		has_frequency = has_frequency || strcmp(name, "FREQ") == 0;
	}
	/* "The second Monday" is of a month or a year. */
	return has_frequency && (rule->nth_count == 0 || rule->frequency >= ICAL_MONTHLY);
}

bool
ical_rule_is_yearly(const struct ical_rule *rule, int64_t start)
{
	const struct clock_date date = clock_date_of(start);

	return rule->frequency == ICAL_YEARLY && rule->interval == 1 && rule->count == 0 && rule->until == INT64_MAX
		&& (rule->months == 0 || rule->months == 1u << date.month)
		&& (rule->month_days == 0 || rule->month_days == (uint64_t)1 << date.day) && rule->month_days_back == 0
		&& (rule->month_days == 0 || rule->months != 0)
		&& rule->weekdays == 0 && rule->nth_count == 0 && rule->year_day_count == 0;
}

/* The first day of the day's week. */
static int64_t
week_of(const struct ical_rule *rule, int64_t day)
{
	return day - (clock_weekday(day) - rule->week_start + 7) % 7;
}

/* Is the day in one of the days, weeks, months or years that the interval chooses? */
static bool
interval_fits(const struct ical_rule *rule, int64_t start, int64_t day)
{
	const struct clock_date from = clock_date_of(start), date = clock_date_of(day);

	switch (rule->frequency) {
	case ICAL_DAILY:
		return (day - start) % rule->interval == 0;
	case ICAL_WEEKLY:
		return (week_of(rule, day) - week_of(rule, start)) / 7 % rule->interval == 0;
	case ICAL_MONTHLY:
		return ((date.year - from.year) * 12 + date.month - from.month) % rule->interval == 0;
	case ICAL_YEARLY:
		return (date.year - from.year) % rule->interval == 0;
	}
	return false;
}

/* "The second Monday", from either end of the month; of the year when the rule is yearly and names no month. */
static bool
nth_fits(const struct ical_rule *rule, int64_t day)
{
	const struct clock_date date = clock_date_of(day);
	const bool of_year = rule->frequency == ICAL_YEARLY && rule->months == 0;
	const int64_t first = of_year ? clock_day_of((struct clock_date){ date.year, 1, 1 }) : day - date.day + 1;
	const int64_t last = of_year ? clock_day_of((struct clock_date){ date.year, 12, 31 })
		: first + clock_month_days(date.year, date.month) - 1;
	size_t i;

	for (i = 0; i < rule->nth_count; i++)
		if (rule->nth[i].weekday == clock_weekday(day)
			&& rule->nth[i].which == (rule->nth[i].which > 0 ? (day - first) / 7 + 1 : -((last - day) / 7 + 1)))
			return true;
	return false;
}

static bool
year_day_fits(const struct ical_rule *rule, int64_t day)
{
	const int year = clock_date_of(day).year;
	const int64_t from_start = day - clock_day_of((struct clock_date){ year, 1, 1 }) + 1;
	const int64_t from_end = day - clock_day_of((struct clock_date){ year, 12, 31 }) - 1;
	size_t i;

	for (i = 0; i < rule->year_day_count; i++)
		if (rule->year_days[i] == from_start || rule->year_days[i] == from_end)
			return true;
	return false;
}

/* What the rule leaves out is as on the day of the start. */
static bool
rest_fits(const struct ical_rule *rule, int64_t start, int64_t day)
{
	const struct clock_date from = clock_date_of(start), date = clock_date_of(day);
	const bool has_days = (rule->month_days | rule->month_days_back) != 0 || rule->weekdays != 0 || rule->nth_count > 0
		|| rule->year_day_count > 0;

	if (has_days || rule->frequency == ICAL_DAILY)
		return true;
	if (rule->frequency == ICAL_WEEKLY)
		return clock_weekday(day) == clock_weekday(start);
	return date.day == from.day && (rule->frequency == ICAL_MONTHLY || rule->months != 0 || date.month == from.month);
}

static bool
day_fits(const struct ical_rule *rule, int64_t start, int64_t day)
{
	const struct clock_date date = clock_date_of(day);
	const int back = clock_month_days(date.year, date.month) - date.day + 1;

	if (rule->months != 0 && (rule->months >> date.month & 1) == 0)
		return false;
	if ((rule->month_days | rule->month_days_back) != 0
		&& (rule->month_days >> date.day & 1) == 0 && (rule->month_days_back >> back & 1) == 0)
		return false;
	if ((rule->weekdays != 0 || rule->nth_count > 0) && (rule->weekdays >> clock_weekday(day) & 1) == 0 && !nth_fits(rule, day))
		return false;
	if (rule->year_day_count > 0 && !year_day_fits(rule, day))
		return false;
	return rest_fits(rule, start, day) && interval_fits(rule, start, day);
}

bool
ical_rule_each(const struct ical_rule *rule, const struct ical_days *days, ical_rule_day *each, void *arg)
{
	const int64_t last = rule->until < days->last ? rule->until : days->last;
	int64_t day = days->start + 1;
	int count = 1;

	if (days->start >= days->from && !each(arg, days->start))
		return false;
	if (rule->count == 0 && days->from > day)
		day = days->from;
	for (; day <= last && (rule->count == 0 || count < rule->count); day++) {
		if (*days->budget == 0)
			return false;
		--*days->budget;
		if (!day_fits(rule, days->start, day))
			continue;
		count++;
		if (day >= days->from && !each(arg, day))
			return false;
	}
	return true;
}
