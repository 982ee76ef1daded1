/* SPDX-License-Identifier: BSD-2-Clause */
/* ical_value.c - times, durations and texts of iCalendar. */
#include "rooms/hours/ical_value.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"

/* Exactly `digits` digits. */
static bool
digits_read(const char **at, int digits, int *value)
{
	for (*value = 0; digits > 0; digits--, ++*at) {
		if (**at < '0' || **at > '9')
			return false;
		*value = *value * 10 + (**at - '0');
	}
	return true;
}

bool
ical_time_read(const char *value, const struct ical_line *line, struct ical_time *time, const char **unknown)
{
	struct clock_date date;
	int hour, minute, second;

	*unknown = NULL;
	if (!digits_read(&value, 4, &date.year) || !digits_read(&value, 2, &date.month) || !digits_read(&value, 2, &date.day)
		|| !clock_is_date(date))
		return false;
	*time = (struct ical_time){ .day = clock_day_of(date), .second = -1 };
	if (*value == '\0')
		return true;
	if (*value++ != 'T' || !digits_read(&value, 2, &hour) || !digits_read(&value, 2, &minute) || !digits_read(&value, 2, &second)
		|| hour > 23 || minute > 59 || second > 60)
		return false;
	time->second = hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
	time->zone = *value == 'Z' ? "UTC" : line->zone;
	if (*value != 'Z' && line->zone != NULL && !line->zone_is_known)
		*unknown = line->zone;
	return value[*value == 'Z'] == '\0';
}

bool
ical_duration_read(const char *value, int64_t *days, int64_t *seconds)
{
	const char *units = "WD", *unit;       /* that may still come, each once */
	bool in_time = false, any = false;
	int64_t number;

	*days = *seconds = 0;
	value += *value == '+';
	if (*value++ != 'P')
		return false;
	for (; *value != '\0'; value++) {
		if (*value == 'T' && !in_time) {
			in_time = true;
			units = "HMS";
			value++;
		}
		if (*value < '0' || *value > '9')
			return false;
		for (number = 0; *value >= '0' && *value <= '9'; value++)
			if ((number = number * 10 + (*value - '0')) > 100000000)
				return false;
		unit = *value != '\0' ? strchr(units, *value) : NULL;
		if (unit == NULL)
			return false;
		units = unit + 1;
		if (in_time)
			*seconds += number * (*value == 'H' ? 3600 : *value == 'M' ? 60 : 1);
		else
			*days += number * (*value == 'W' ? 7 : 1);
		any = true;
	}
	return any;
}

char *
ical_text(struct arena *arena, const char *value, size_t most)
{
	struct str out;
	char *clean, *at;

	str_init(&out, arena);
	for (; *value != '\0'; value++) {
		if (*value == '\\' && value[1] != '\0')
			str_add_char(&out, *++value == 'n' || *value == 'N' ? ' ' : *value);
		else
			str_add_char(&out, *value);
	}
	for (at = out.data; *at != '\0'; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			*at = ' ';
	clean = text_trim(arena, out.data);
	clean[text_prefix(clean, most)] = '\0';
	return text_trim(arena, clean);
}
