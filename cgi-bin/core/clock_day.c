/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_day.c - days of the Gregorian calendar as dates, as numbers and as text. */
#include <stdio.h>
#include <string.h>

#include "core/clock.h"

#define ERA_DAYS 146097         /* of 400 years, after which the calendar repeats itself */
#define ERA_SHIFT 719468        /* days from 0000-03-01 to 1970-01-01 */

/* Years are counted from March here, so that the leap day is the last of its year: each step is then a plain division. */
struct clock_date
clock_date_of(int64_t day)
{
	int64_t era, year, month;

	day += ERA_SHIFT;
	era = (day >= 0 ? day : day - ERA_DAYS + 1) / ERA_DAYS;
	day -= era * ERA_DAYS;
	year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	day -= 365 * year + year / 4 - year / 100;
	month = (5 * day + 2) / 153;
	day -= (153 * month + 2) / 5;
	year += era * 400 + (month >= 10);
	return (struct clock_date){ (int)year, (int)(month < 10 ? month + 3 : month - 9), (int)day + 1 };
}

int64_t
clock_day_of(struct clock_date date)
{
	const int64_t year = date.year - (date.month <= 2);
	const int64_t era = (year >= 0 ? year : year - 399) / 400;
	const int64_t of_era = year - era * 400;
	const int64_t of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;

	return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - ERA_SHIFT;
}

int
clock_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && is_leap);
}

bool
clock_is_date(struct clock_date date)
{
	return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1
		&& date.day <= clock_month_days(date.year, date.month);
}

int
clock_weekday(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7);
}

char *
clock_day_show(struct arena *arena, int64_t day)
{
	struct clock_date date = clock_date_of(day);

	return arena_printf(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

bool
clock_day_read(const char *text, int64_t *day)
{
	struct clock_date date;
	size_t i;

	if (text == NULL || strlen(text) != strlen("YYYY-MM-DD"))
		return false;
	for (i = 0; text[i] != '\0'; i++)
		if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9')
			return false;
	date.year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
	date.month = (text[5] - '0') * 10 + text[6] - '0';
	date.day = (text[8] - '0') * 10 + text[9] - '0';
	if (!clock_is_date(date))
		return false;
	*day = clock_day_of(date);
	return true;
}
