/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_views.c - what holds, in words for people. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "edge/locale_date.h"
#include "rooms/hours/hours_views.h"
#include "web/moment.h"

static const char *const weekday_names[7] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
	N_("Saturday"), N_("Sunday") };

/* Short ones for one line. */
static const char *const weekday_letters[7] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };

/* "17:00" today, "Monday 09:00" within a week, else "24 Dec 2026, 09:00". */
static const char *
moment_say(struct arena *arena, clock_ms moment, clock_ms now)
{
	const int64_t days = clock_local_day(moment) - clock_local_day(now);
	const char *time = locale_time(arena, moment);

	if (days == 0)
		return time;
	if (days > 0 && days < 7)
		return arena_printf(arena, "%s %s", locale_text(weekday_names[clock_weekday(clock_local_day(moment))]), time);
	return locale_moment(arena, moment);
}

const char *
hours_say(struct arena *arena, const struct hours_state *state, clock_ms now)
{
	const bool is_today = clock_local_day(state->changes_at) == clock_local_day(now);
	const char *when = moment_say(arena, state->changes_at, now), *said;

	if (state->changes_at == 0)
		said = locale_text(state->is_open ? N_("Always open") : N_("Closed"));
	else if (state->is_open)
		said = locale_fill(arena, is_today ? N_("Open now, closes at %s") : N_("Open now, closes: %s"), when);
	else
		said = locale_fill(arena, is_today ? N_("Closed, opens at %s") : N_("Closed, opens: %s"), when);
	if (state->is_open)
		return said;
	if (!text_is_blank(state->holiday))
		said = arena_printf(arena, "%s (%s)", said, state->holiday);
	return state->chats_ring ? locale_fill(arena, N_("%s; chats ring all the same"), said) : said;
}

const char *
duty_say(struct arena *arena, const struct hours_duty *duty, clock_ms now)
{
	if (duty->is_on)
		return locale_text(N_("Chats ring now, while you are online."));
	if (duty->changes_at == 0)
		return locale_text(N_("No chats ring."));
	return locale_fill(arena, N_("No chats ring until %s."), moment_say(arena, duty->changes_at, now));
}

enum got
hours_note(struct req *r)
{
	struct hours_setting setting = { 0 };
	struct page_node *note;

	if (resource_single_load(r->db, r->arena, r->site->keys, r->tenant, &hours_resource, &setting) != GOT_ONE)
		return GOT_ERROR;
	if (setting.calendar_id == 0 || setting.for_chat)
		return GOT_ONE;
	note = page_child(page_child(r->page, "List"), "Note");
	page_set(note, "Text", locale_text(N_("Chats ring also outside the working hours of the company.")));
	if (!req_may(r, MAY_MANAGE_SETTINGS))
		return GOT_ONE;
	page_set(note, "Path", "/admin/settings/hours");
	page_set(note, "Label", locale_text(N_("Keep chats to these hours")));
	return GOT_ONE;
}

/* "Mon–Fri 09:00-17:00 · Sat 10:00-12:00": days with the same periods in one. */
const char *
week_say(struct arena *arena, const struct hours_week *week)
{
	struct str out;
	const char *day;
	int from, to;

	str_init(&out, arena);
	for (from = 0; from < 7; from = to + 1) {
		day = hours_day_show(arena, &week->days[from]);
		for (to = from; to < 6 && strcmp(hours_day_show(arena, &week->days[to + 1]), day) == 0; to++)
			continue;
		if (*day == '\0')
			continue;
		str_addf(&out, "%s%s", out.len > 0 ? " · " : "", locale_text(weekday_letters[from]));
		if (to > from)
			str_addf(&out, "–%s", locale_text(weekday_letters[to]));
		str_addf(&out, " %s", day);
	}
	return out.len > 0 ? out.data : locale_text(N_("Never"));
}

void
week_show(struct req *r, const char *zone)
{
	static const char *const fields[7] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
	const int start = hours_week_start(locale_name(), zone);
	int i;

	for (i = 0; i < 7; i++)
		page_set(page_add(page_child(r->page, "Week"), "Days"), "Name", fields[(start + i) % 7]);
}

/* Without the year when it comes every year. */
static void
day_show(struct req *r, struct page_node *node, const char *day, bool is_yearly)
{
	page_set(node, "Text", is_yearly ? locale_day_yearly(r->arena, day) : locale_day_text(r->arena, day));
	page_set(node, "Iso", is_yearly ? day + strlen("YYYY-") : day);
}

static const char *
kind_say(struct arena *arena, const struct holiday *holiday)
{
	if (strcmp(holiday->kind, "instead") == 0)
		return locale_fill(arena, N_("Open %s"), holiday->periods);
	if (strcmp(holiday->kind, "within") == 0)
		return locale_fill(arena, N_("As usual, but only %s"), holiday->periods);
	return locale_text(N_("Closed all day"));
}

void
holidays_show(struct req *r, const struct db_rows *holidays, const char *today, uint64_t feed)
{
	const struct holiday *holiday = holidays->rows;
	struct page_node *node;
	size_t i;

	for (i = 0; i < holidays->count; i++, holiday++) {
		node = page_add(page_child(r->page, "Hours"), "Holidays");
		page_set_u64(node, "Id", holiday->id);
		page_set(node, "Name", holiday->name);
		day_show(r, page_child(node, "First"), holiday->first_day, holiday->yearly);
		if (strcmp(holiday->first_day, holiday->last_day) != 0)
			day_show(r, page_child(node, "Last"), holiday->last_day, holiday->yearly);
		page_set(node, "Kind", kind_say(r->arena, holiday));
		page_set_bool(node, "Yearly", holiday->yearly);
		page_set_bool(node, "Imported", holiday->import_id != 0);
		page_set_bool(node, "Fed", feed != 0 && holiday->import_id == feed);
		page_set_bool(node, "Past", !holiday->yearly && strcmp(holiday->last_day, today) < 0);
	}
}

void
imports_show(struct req *r, const struct db_rows *imports)
{
	const struct holiday_import *import = imports->rows;
	struct page_node *node;
	size_t i;

	for (i = 0; i < imports->count; i++, import++) {
		node = page_add(page_child(r->page, "Hours"), "Imports");
		page_set_u64(node, "Id", import->id);
		page_set(node, "Name", import->name);
		moment_show(r, node, "At", import->created_at);
		page_set(node, "Count", locale_fill(r->arena, locale_plural("%s holiday", "%s holidays", import->holidays),
			arena_printf(r->arena, "%llu", (unsigned long long)import->holidays)));
	}
}
