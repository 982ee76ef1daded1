/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.c - the two clocks of the machine, and the zones of the tz database through the C library. */
#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"

#define ZONES_MAX 1000
#define ZONE_DIR "/usr/share/zoneinfo/"
#define ZONE_MAX 64             /* bytes of a zone's name; the longest is half of that */
#define ZONE_UTC "UTC0"         /* POSIX form: needs no file */
#define SHOW_MAX 1024           /* bytes of a shown moment */
#define DAY_SECONDS 86400
#define CHANGE_STEP (6 * CLOCK_HOUR)   /* no zone has ever changed its offset and changed it back within so long */
#define DAYS_MAX 4000000        /* about 11,000 years: keeps sums far from overflow */

/* The C library knows one zone per process, in its environment; this is what it was last told. */
static char zone_in_use[ZONE_MAX];

clock_ms
clock_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (clock_ms)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

clock_ms
clock_steady(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (clock_ms)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Is `zone` the word number `column` (from 0) of the line? Words are parted by one space or TAB. */
static bool
line_names(const char *line, int column, const char *zone)
{
	size_t len = strlen(zone);

	while (column-- > 0) {
		line += strcspn(line, " \t\n");
		if (*line != ' ' && *line != '\t')
			return false;
		line++;
	}
	return strncmp(line, zone, len) == 0 && strchr(" \t\n", line[len]) != NULL;
}

/* tzdata.zi names zones in "Z name ..." and links in "L target name"; zone1970.tab in its third column. */
static bool
list_line_has(const char *line, bool compact, const char *zone)
{
	if (!compact)
		return line[0] != '#' && line_names(line, 2, zone);
	if (line[0] == 'Z')
		return line_names(line, 1, zone);
	return line[0] == 'L' && line_names(line, 2, zone);
}

static bool
list_has(const char *file, bool compact, const char *zone, bool *found)
{
	FILE *list = fopen(file, "re");
	char line[512];

	if (list == NULL)
		return false;
	while (!*found && fgets(line, sizeof(line), list) != NULL)
		*found = list_line_has(line, compact, zone);
	(void)fclose(list);
	return true;
}

/* Only letters, digits and the signs of zone names: never a dot, so never a way out of the folder. */
static bool
zone_is_plain(const char *zone)
{
	return zone != NULL && zone[0] != '/' && zone[0] != '\0' && strlen(zone) < ZONE_MAX
		&& zone[strspn(zone, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/")] == '\0';
}

/* Is there a file of that name? The lists also name old zones whose files a distribution may package apart. */
static bool
zone_is_there(const char *zone)
{
	char path[sizeof(ZONE_DIR) + ZONE_MAX];

	(void)snprintf(path, sizeof(path), ZONE_DIR "%s", zone);
	return access(path, R_OK) == 0;
}

bool
clock_is_zone(const char *zone)
{
	bool found = false;

	if (text_equal(zone, "UTC"))
		return true;
	if (!zone_is_plain(zone))
		return false;
	if (!list_has(ZONE_DIR "tzdata.zi", true, zone, &found))
		(void)list_has(ZONE_DIR "zone1970.tab", false, zone, &found);
	return found && zone_is_there(zone);
}

static int
zone_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The third word of a line (tz database, "zone1970.tab"), or NULL. */
static const char *
zone_of_line(struct arena *arena, const char *line)
{
	const char *tab = line[0] == '#' ? NULL : strchr(line, '\t');

	tab = tab != NULL ? strchr(tab + 1, '\t') : NULL;
	return tab != NULL ? arena_text_of(arena, tab + 1, strcspn(tab + 1, "\t\n")) : NULL;
}

const char *const *
clock_zones(struct arena *arena)
{
	const char **zones = ARENA_ARRAY(arena, const char *, ZONES_MAX + 2);
	FILE *list = fopen(ZONE_DIR "zone1970.tab", "re");
	size_t count = 0;
	char line[512];

	zones[count++] = "UTC";
	while (list != NULL && count < ZONES_MAX && fgets(line, sizeof(line), list) != NULL) {
		const char *zone = zone_of_line(arena, line);
		char path[sizeof(ZONE_DIR) + ZONE_MAX];

		(void)snprintf(path, sizeof(path), ZONE_DIR "%s", zone != NULL ? zone : "");
		if (zone_is_plain(zone) && access(path, R_OK) == 0)
			zones[count++] = zone;
	}
	if (list != NULL)
		(void)fclose(list);
	qsort(zones, count, sizeof(*zones), zone_order);
	return zones;
}

void
clock_use_zone(const char *zone)
{
	char value[ZONE_MAX + 1] = ZONE_UTC;

	if (zone == NULL || strlen(zone) >= ZONE_MAX)
		zone = "UTC";
	if (strcmp(zone, zone_in_use) == 0)
		return;
	/* What is no zone was refused when it came in; here, where each request passes, the file alone is asked for. */
	if (strcmp(zone, "UTC") != 0 && zone_is_plain(zone) && zone_is_there(zone))
		(void)snprintf(value, sizeof(value), ":%s", zone);
	(void)snprintf(zone_in_use, sizeof(zone_in_use), "%s", zone);
	(void)setenv("TZ", value, 1);
	tzset();
}

const char *
clock_zone(void)
{
	return zone_in_use[0] != '\0' ? zone_in_use : "UTC";
}

/* The C library's own choice (the machine's zone) is never ours: before the first call the zone is UTC. */
static bool
local_time(time_t seconds, struct tm *tm)
{
	if (zone_in_use[0] == '\0')
		clock_use_zone("UTC");
	return localtime_r(&seconds, tm) != NULL;
}

/* Whole seconds, downwards also before 1970. */
static time_t
seconds_of(clock_ms moment)
{
	return (time_t)(moment / 1000 - (moment % 1000 < 0));
}

char *
clock_show(struct arena *arena, clock_ms moment, const char *format)
{
	char *text = arena_alloc(arena, SHOW_MAX);
	struct tm tm;

	if (!local_time(seconds_of(moment), &tm))
		return text;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (strftime(text, SHOW_MAX, format, &tm) == 0)
		text[0] = '\0';         /* empty or too long; then the bytes are undefined */
#pragma GCC diagnostic pop
	return text;
}

char *
clock_iso(struct arena *arena, clock_ms moment)
{
	time_t seconds = seconds_of(moment);
	struct tm tm;

	if (gmtime_r(&seconds, &tm) == NULL)
		return arena_text(arena, "");
	return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1,
		tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* Exactly `digits` digits at *at, which moves behind them. */
static bool
digits_read(const char **at, int digits, int *value)
{
	*value = 0;
	for (; digits > 0; digits--, ++*at) {
		if (**at < '0' || **at > '9')
			return false;
		*value = *value * 10 + (**at - '0');
	}
	return true;
}

static bool
sign_read(const char **at, char sign)
{
	if (**at != sign)
		return false;
	++*at;
	return true;
}

/* A day that exists, as "YYYY-MM-DD", in seconds of UTC. */
static bool
date_read(const char **at, time_t *seconds)
{
	struct tm tm = { 0 };
	int year, month, day;

	if (!digits_read(at, 4, &year) || !sign_read(at, '-') || !digits_read(at, 2, &month)
		|| !sign_read(at, '-') || !digits_read(at, 2, &day))
		return false;
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	tm.tm_mday = day;
	*seconds = timegm(&tm);
	/* timegm() makes 1 March of 29 February: then it was no date. */
	return tm.tm_year == year - 1900 && tm.tm_mon == month - 1 && tm.tm_mday == day;
}

/* "HH:MM", "HH:MM:SS" or "HH:MM:SS.fff...", in milliseconds. A leap second counts as the one before it. */
static bool
time_read(const char **at, clock_ms *ms)
{
	int hour, minute, second = 0;
	clock_ms unit = 100;

	if (!digits_read(at, 2, &hour) || !sign_read(at, ':') || !digits_read(at, 2, &minute)
		|| hour > 23 || minute > 59)
		return false;
	*ms = hour * CLOCK_HOUR + minute * CLOCK_MINUTE;
	if (!sign_read(at, ':'))
		return true;
	if (!digits_read(at, 2, &second) || second > 60)
		return false;
	*ms += (second == 60 ? 59 : second) * CLOCK_SECOND;
	if (!sign_read(at, '.'))
		return true;
	if (**at < '0' || **at > '9')
		return false;
	for (; **at >= '0' && **at <= '9'; ++*at, unit /= 10)
		*ms += (**at - '0') * unit;
	return true;
}

/* "Z" or "+HH:MM", in milliseconds east of UTC. */
static bool
offset_read(const char **at, clock_ms *ms)
{
	int hours, minutes;
	bool west = **at == '-';

	*ms = 0;
	if (sign_read(at, 'Z') || sign_read(at, 'z'))
		return true;
	if (!sign_read(at, '+') && !sign_read(at, '-'))
		return false;
	if (!digits_read(at, 2, &hours) || !sign_read(at, ':') || !digits_read(at, 2, &minutes)
		|| hours > 23 || minutes > 59)
		return false;
	*ms = hours * CLOCK_HOUR + minutes * CLOCK_MINUTE;
	if (west)
		*ms = -*ms;
	return true;
}

/* How far the zone in use is east of UTC at that moment. */
static clock_ms
zone_offset(time_t seconds)
{
	struct tm tm;

	return local_time(seconds, &tm) ? (clock_ms)tm.tm_gmtoff * 1000 : 0;
}

clock_ms
clock_offset(clock_ms moment)
{
	return zone_offset(seconds_of(moment));
}

clock_ms
clock_change(clock_ms from, clock_ms to)
{
	const clock_ms offset = clock_offset(from);
	clock_ms early = from, late = from, middle;

	while (late < to && clock_offset(late) == offset) {
		early = late;
		late = late + CHANGE_STEP < to ? late + CHANGE_STEP : to;
	}
	if (clock_offset(late) == offset)
		return to;
	while (late - early > CLOCK_SECOND) {
		middle = early + (late - early) / 2;
		if (clock_offset(middle) == offset)
			early = middle;
		else
			late = middle;
	}
	return late - late % CLOCK_SECOND;
}

bool
clock_from_iso(const char *text, clock_ms *moment)
{
	const char *at = text;
	clock_ms time, offset, sum;
	time_t date;

	if (text == NULL || !date_read(&at, &date))
		return false;
	if (!sign_read(&at, 'T') && !sign_read(&at, 't') && !sign_read(&at, ' '))
		return false;
	if (!time_read(&at, &time))
		return false;
	sum = (clock_ms)date * 1000 + time;
	if (*at == '\0') {
		/* The offset that holds at the moment is asked for twice, for times near a change of the clocks. */
		offset = zone_offset(seconds_of(sum));
		offset = zone_offset(seconds_of(sum - offset));
	} else if (!offset_read(&at, &offset) || *at != '\0') {
		return false;
	}
	*moment = sum - offset;
	return true;
}

/* The number of the local day that a moment falls in, counted like UTC days since 1970. */
static int64_t
local_day(time_t seconds)
{
	struct tm tm;

	if (!local_time(seconds, &tm))
		return seconds / DAY_SECONDS;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	return timegm(&tm) / DAY_SECONDS;
}

int64_t
clock_local_day(clock_ms moment)
{
	return local_day(seconds_of(moment));
}

bool
clock_day_start(const char *day, int days, clock_ms *moment)
{
	time_t seconds, early, late;
	int64_t wanted;

	if (day == NULL || !date_read(&day, &seconds) || *day != '\0' || days > DAYS_MAX || days < -DAYS_MAX)
		return false;
	seconds += (time_t)days * DAY_SECONDS;
	wanted = seconds / DAY_SECONDS;

	/* A day need not begin at 0:00, and may be missing: so the moment is searched, not computed. */
	early = seconds - 2 * DAY_SECONDS;
	late = seconds + 2 * DAY_SECONDS;
	while (late - early > 1) {
		time_t middle = early + (late - early) / 2;

		if (local_day(middle) >= wanted)
			late = middle;
		else
			early = middle;
	}
	*moment = (clock_ms)late * 1000;
	return true;
}
