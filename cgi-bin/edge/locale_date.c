/* SPDX-License-Identifier: BSD-2-Clause */
/* locale_date.c - two ways to write a day; the months are ours, because those of the C library follow the process. */
#include "edge/locale_date.h"

#include <stdbool.h>
#include <string.h>

#include "edge/locale.h"

/* Unicode CLDR, the Gregorian calendar of en-GB, format, abbreviated; September as elsewhere in English. */
static const char *const months[12] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* Is the month written as a word? The others have the day first, too (CLDR's short dates of fr, pt and es, with all digits). */
static bool
spells_month(void)
{
	const char *known = locale_known(locale_name());

	return known == NULL || strcmp(known, "en") == 0;
}

char *
locale_day(struct arena *arena, int64_t day)
{
	const struct clock_date date = clock_date_of(day);

	if (spells_month())
		return arena_printf(arena, "%d %s %d", date.day, months[date.month - 1], date.year);
	return arena_printf(arena, "%02d/%02d/%04d", date.day, date.month, date.year);
}

const char *
locale_day_text(struct arena *arena, const char *day)
{
	int64_t number;

	return clock_day_read(day, &number) ? locale_day(arena, number) : day;
}

const char *
locale_day_yearly(struct arena *arena, const char *day)
{
	struct clock_date date;
	int64_t number;

	if (!clock_day_read(day, &number))
		return day;
	date = clock_date_of(number);
	if (spells_month())
		return arena_printf(arena, "%d %s", date.day, months[date.month - 1]);
	return arena_printf(arena, "%02d/%02d", date.day, date.month);
}

char *
locale_date(struct arena *arena, clock_ms moment)
{
	return locale_day(arena, clock_local_day(moment));
}

char *
locale_time(struct arena *arena, clock_ms moment)
{
	return clock_show(arena, moment, "%H:%M");
}

/* The day, and the time by a format of clock_show() that has numbers and the zone only. */
static char *
moment_with(struct arena *arena, clock_ms moment, const char *time)
{
	return arena_printf(arena, "%s%s%s", locale_date(arena, moment), spells_month() ? ", " : " ", clock_show(arena, moment, time));
}

char *
locale_moment(struct arena *arena, clock_ms moment)
{
	return moment_with(arena, moment, "%H:%M");
}

char *
locale_moment_seconds(struct arena *arena, clock_ms moment)
{
	return moment_with(arena, moment, "%H:%M:%S");
}

char *
locale_moment_zone(struct arena *arena, clock_ms moment)
{
	return moment_with(arena, moment, "%H:%M %Z");
}
