/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_text.c - periods of days and weeks as people type them and as the database keeps them. */
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "rooms/hours/hours_rules.h"

static const char day_words[7][4] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

static void
skip_blank(const char **at)
{
	*at += strspn(*at, " \t");
}

/* One or two digits. */
static bool
number_read(const char **at, int *number)
{
	size_t len = strspn(*at, "0123456789");

	if (len < 1 || len > 2)
		return false;
	*number = len == 1 ? **at - '0' : ((*at)[0] - '0') * 10 + (*at)[1] - '0';
	*at += len;
	return true;
}

/* "9", "09:30", "9.30", "9h30", "9h" in minutes, up to 24:00. */
static bool
time_read(const char **at, int *minutes)
{
	int hour, minute = 0;

	if (!number_read(at, &hour))
		return false;
	if (**at != '\0' && strchr(":.hH", **at) != NULL) {
		bool may_end = **at == 'h' || **at == 'H';

		++*at;
		if (strspn(*at, "0123456789") != 2 ? !may_end || strspn(*at, "0123456789") != 0 : !number_read(at, &minute))
			return false;
	}
	*minutes = hour * 60 + minute;
	return minute < 60 && *minutes <= HOURS_DAY_MINUTES;
}

/* A hyphen, or one of the dashes that word processors make of it. */
static bool
dash_read(const char **at)
{
	static const char *const dashes[] = { "-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212" };
	size_t i;

	skip_blank(at);
	for (i = 0; i < COUNT_OF(dashes); i++)
		if (text_starts_with(*at, dashes[i])) {
			*at += strlen(dashes[i]);
			skip_blank(at);
			return true;
		}
	return false;
}

static bool
refuse(struct field_problem *problem, const char *text, const char *detail)
{
	*problem = (struct field_problem){ .text = text, .detail = detail };
	return false;
}

/* One period without what parts it from the next. */
static bool
period_read(const char *text, struct hours_period *period, struct field_problem *problem)
{
	const char *at = text;

	if (!time_read(&at, &period->from) || !dash_read(&at) || !time_read(&at, &period->to) || *at != '\0')
		return refuse(problem, N_("has “%s”, which is no period such as 09:00-12:30"), text);
	if (period->to <= period->from)
		return refuse(problem, N_("has “%s”, which does not end after it begins: write a period across midnight as two, one until"
			" 24:00 and one from 00:00 on the next day"), text);
	return true;
}

static int
by_begin(const void *a, const void *b)
{
	const struct hours_period *left = a, *right = b;

	return left->from != right->from ? (left->from > right->from) - (left->from < right->from)
		: (left->to > right->to) - (left->to < right->to);
}

static void
period_show(struct str *out, const struct hours_period *period)
{
	str_addf(out, "%02d:%02d-%02d:%02d", period->from / 60, period->from % 60, period->to / 60, period->to % 60);
}

/* Brings the periods into their order; false when two of them overlap. */
static bool
day_sort(struct arena *arena, struct hours_day *day, struct field_problem *problem)
{
	struct str pair;
	size_t i;

	qsort(day->periods, day->count, sizeof(day->periods[0]), by_begin);
	for (i = 1; i < day->count; i++) {
		if (day->periods[i].from >= day->periods[i - 1].to)
			continue;
		str_init(&pair, arena);
		period_show(&pair, &day->periods[i - 1]);
		str_add(&pair, ", ");
		period_show(&pair, &day->periods[i]);
		return refuse(problem, N_("has periods that overlap: %s"), pair.data);
	}
	return true;
}

bool
hours_day_read(struct arena *arena, const char *text, struct hours_day *day, struct field_problem *problem)
{
	const char *one;
	size_t len;

	day->count = 0;
	for (; *text != '\0'; text += len, text += *text != '\0') {
		len = strcspn(text, ",;\n");
		one = text_trim(arena, arena_text_of(arena, text, len));
		if (*one == '\0')
			continue;
		if (day->count == HOURS_PERIODS_MAX)
			return refuse(problem, N_("must have at most %s periods"), arena_printf(arena, "%d", HOURS_PERIODS_MAX));
		if (!period_read(one, &day->periods[day->count], problem))
			return false;
		day->count++;
	}
	return day_sort(arena, day, problem);
}

char *
hours_day_show(struct arena *arena, const struct hours_day *day)
{
	struct str out;
	size_t i;

	str_init(&out, arena);
	for (i = 0; i < day->count; i++) {
		str_add(&out, i > 0 ? ", " : "");
		period_show(&out, &day->periods[i]);
	}
	return out.data;
}

/* "mon 09:00-12:30" into the week. */
static bool
line_read(struct hours_week *week, const char *line)
{
	struct field_problem problem;
	struct hours_day *day;
	size_t i;

	for (i = 0; i < COUNT_OF(day_words); i++)
		if (text_starts_with(line, day_words[i]) && line[3] == ' ')
			break;
	if (i == COUNT_OF(day_words) || week->days[i].count == HOURS_PERIODS_MAX)
		return false;
	day = &week->days[i];
	return period_read(line + 4, &day->periods[day->count++], &problem);
}

bool
hours_week_read(struct arena *arena, const char *text, struct hours_week *week)
{
	struct field_problem problem;
	size_t len, i;

	memset(week, 0, sizeof(*week));
	for (; *text != '\0'; text += len, text += *text != '\0') {
		len = strcspn(text, "\n");
		if (len > 0 && !line_read(week, arena_text_of(arena, text, len)))
			return false;
	}
	for (i = 0; i < COUNT_OF(week->days); i++)
		if (!day_sort(arena, &week->days[i], &problem))
			return false;
	return true;
}

char *
hours_week_show(struct arena *arena, const struct hours_week *week)
{
	struct str out;
	size_t i, k;

	str_init(&out, arena);
	for (i = 0; i < COUNT_OF(week->days); i++)
		for (k = 0; k < week->days[i].count; k++) {
			str_addf(&out, "%s%s ", out.len > 0 ? "\n" : "", day_words[i]);
			period_show(&out, &week->days[i].periods[k]);
		}
	return out.data;
}
