/* SPDX-License-Identifier: BSD-2-Clause */
/* calendar_resource.c - calendars of working hours as settings, and the one that is the company's default. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/hours/calendar.h"
#include "rooms/hours/feed.h"
#include "rooms/hours/hours_plan.h"
#include "rooms/hours/hours_views.h"

#define DAY_FIELD(day, text) FIELD_TEXT(struct calendar, day, FIELD_FORM | FIELD_LOCAL, .max = 200, .label = (text), \
	.placeholder = "09:00-12:30, 13:30-17:00")

const struct field calendar_fields[] = {
	FIELD_U64(struct calendar, id, FIELD_KEY),
	FIELD_TEXT(struct calendar, name, FIELD_FORM | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LIST | FIELD_SEARCH, .max = 80,
		.label = N_("Name"), .placeholder = N_("Working hours")),
	FIELD_ZONE(struct calendar, time_zone, FIELD_FORM | FIELD_LIST, .max = 64, .label = N_("Time zone"),
		.placeholder = N_("As the company")),
	DAY_FIELD(monday, N_("Monday")),
	DAY_FIELD(tuesday, N_("Tuesday")),
	DAY_FIELD(wednesday, N_("Wednesday")),
	DAY_FIELD(thursday, N_("Thursday")),
	DAY_FIELD(friday, N_("Friday")),
	DAY_FIELD(saturday, N_("Saturday")),
	DAY_FIELD(sunday, N_("Sunday")),
	FIELD_TEXT(struct calendar, feed_url, FIELD_FORM, .max = FEED_URL_MAX, .label = N_("Subscribe to holidays"),
		.placeholder = N_("https://calendar.example.com/holidays.ics"),
		.help = N_("The address of an iCalendar file (.ics). It is fetched once a day, and what it says takes the place of what it said"
			" before. Your own holidays stay.")),
	FIELD_TEXT(struct calendar, now, FIELD_READONLY | FIELD_LOCAL | FIELD_LIST, .label = N_("Now")),
	FIELD_LONG_TEXT(struct calendar, hours, 0),
	FIELD_U64(struct calendar, agent_id, 0),
	FIELD_TIME(struct calendar, created_at, FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct calendar, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_TIME(struct calendar, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

/* The members of the days, from Monday. */
static void
calendar_days_of(struct calendar *calendar, const char **days[7])
{
	days[0] = &calendar->monday;
	days[1] = &calendar->tuesday;
	days[2] = &calendar->wednesday;
	days[3] = &calendar->thursday;
	days[4] = &calendar->friday;
	days[5] = &calendar->saturday;
	days[6] = &calendar->sunday;
}

void
calendar_fill_days(struct arena *arena, struct calendar *calendar)
{
	struct hours_week week;
	const char **days[7];
	size_t i;

	(void)hours_week_read(arena, calendar->hours, &week);
	calendar_days_of(calendar, days);
	for (i = 0; i < COUNT_OF(days); i++)
		*days[i] = hours_day_show(arena, &week.days[i]);
}

void
calendar_check_days(struct req *r, struct form *form, struct calendar *calendar)
{
	static const char *const names[7] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
	struct hours_week week = { .days[0].count = 0 };
	struct field_problem problem;
	const char **days[7];
	size_t i;

	calendar_days_of(calendar, days);
	for (i = 0; i < COUNT_OF(days); i++)
		if (hours_day_read(r->arena, *days[i], &week.days[i], &problem))
			*days[i] = hours_day_show(r->arena, &week.days[i]);
		else
			form_problem_of_field(r, form, names[i], &problem);
	calendar->hours = hours_week_show(r->arena, &week);
}

/* Those of agents are theirs alone. */
static const char *
scope(struct req *r, struct db_value *value)
{
	(void)r;
	*value = db_u64(0);
	return "agent_id = ?";
}

static enum got
load_all(struct req *r, void *rows, size_t count)
{
	struct calendar *calendar = rows;
	size_t i;

	for (i = 0; i < count; i++)
		calendar_fill_days(r->arena, &calendar[i]);
	return calendars_say(r, calendar, count);
}

static void
check_feed(struct req *r, struct form *form, const struct calendar *calendar)
{
	uint64_t others = 0;

	if (!text_is_web_address(calendar->feed_url) || net_authority(r->arena, calendar->feed_url) == NULL)
		form_problem(r, form, "feed_url", N_("must be an address such as %s"), "https://calendar.example.com/holidays.ics");
	else if (feeds_count(r->db, r->tenant, calendar->id, &others) != GOT_ONE || others >= FEED_CALENDARS_MAX)
		form_problem(r, form, "feed_url", N_("is more than the %s calendars that can have one"),
			arena_printf(r->arena, "%d", FEED_CALENDARS_MAX));
}

static void
check(struct req *r, struct form *form, const void *before, void *row)
{
	struct calendar *calendar = row;

	(void)before;
	calendar_check_days(r, form, calendar);
	calendar->feed_url = feed_address(r->arena, calendar->feed_url);
	if (*calendar->feed_url != '\0')
		check_feed(r, form, calendar);
}

static enum got
after_save(struct req *r, const void *before, const void *row)
{
	return feed_saved(r, before, row);
}

static bool
may_delete(struct req *r, struct form *form, const void *row)
{
	const struct calendar *calendar = row;
	struct calendar_uses uses = { 0 };

	if (calendar_uses(r->db, r->arena, r->tenant, calendar->id, &uses) != GOT_ONE)
		return false;
	if (uses.company > 0)
		form_problem(r, form, "", N_("These are the hours of the company: choose others under “%s” first."),
			locale_text(hours_resource.title));
	if (uses.queues > 0)
		form_problem(r, form, "", N_("It is still used under “%s”. Choose another one there first."), locale_text(N_("Queues")));
	if (uses.agents > 0)
		form_problem(r, form, "", N_("It is still used under “%s”. Choose another one there first."), locale_text(N_("Agents")));
	return form_is_good(form);
}

static void
show_form(struct req *r, const void *row)
{
	const struct calendar *calendar = row;
	const char *own = text_is_blank(calendar->time_zone) ? r->tenant_zone : calendar->time_zone;
	const char *zone = arena_text(r->arena, clock_zone());
	struct db_rows holidays = { 0 }, imports = { 0 };
	struct feed feed = { .id = 0 };

	week_show(r, zone);
	page_set(r->page, "Hours.Now", calendar->now);
	page_set(r->page, "Hours.Zone", own);
	if (calendar->id == 0 || holidays_all(r->db, r->arena, r->tenant, calendar->id, &holidays) == GOT_ERROR
		|| imports_of(r->db, r->arena, r->tenant, calendar->id, &imports) == GOT_ERROR
		|| feed_of(r->db, r->arena, r->tenant, calendar->id, &feed) == GOT_ERROR)
		return;
	page_set_u64(r->page, "Hours.Calendar", calendar->id);
	clock_use_zone(own);
	holidays_show(r, &holidays, clock_show(r->arena, r->now, "%Y-%m-%d"), feed.id);
	clock_use_zone(zone);
	if (feed.id != 0)
		feed_show(r, &feed);
	imports_show(r, &imports);
}

const struct resource calendar_resource = {
	.noun = "calendar",
	.plural = "calendars",
	.title = N_("Calendars"),
	.title_one = N_("calendar"),
	.help = N_("A calendar says when you are there: hours for each day of the week, and holidays. The company, queues and agents can each"
		" have one."),
	.fields = calendar_fields,
	.size = sizeof(struct calendar),
	.name_field = "name",
	.sort = "name",
	.may_read = MAY_MANAGE_SETTINGS,
	.may_write = MAY_MANAGE_SETTINGS,
	.form_template = "hours/calendar",
	.list_load = hours_note,
	.scope = scope,
	.load_all = load_all,
	.check = check,
	.after_save = after_save,
	.may_delete = may_delete,
	.show_form = show_form
};

static const struct field setting_fields[] = {
	FIELD_REFERENCE(struct hours_setting, calendar_id, FIELD_FORM | FIELD_NULLABLE, .of = "calendar", .label = N_("Calendar"),
		.help = N_("When the company is there. Without one it always is. Queues and agents are there when the company is there"
			" too: leave this empty to give each queue hours of its own.")),
	FIELD_BOOL(struct hours_setting, for_chat, FIELD_FORM, .label = N_("Live chats keep to these hours"),
		.help = N_("Outside of them no chat rings and the chat button is offline. The hours of queues and agents hold for chats always.")),
	FIELD_END
};

/* The way to the calendar that is chosen, with what it says now. */
static void
setting_show(struct req *r, const void *row)
{
	const struct hours_setting *setting = row;
	struct calendar calendar = { .id = 0 };
	struct page_node *link;

	if (setting->calendar_id == 0 || resource_get(r, &calendar_resource, setting->calendar_id, &calendar) != GOT_ONE)
		return;
	link = page_add(page_child(r->page, "Form"), "Links");
	page_setf(link, "Path", "/admin/calendars/%llu", (unsigned long long)calendar.id);
	page_set(link, "Label", calendar.name);
	page_set(link, "Value", calendar.now);
}

const struct resource hours_resource = {
	.noun = "hours",
	.plural = "settings/hours",
	.title = N_("Working hours"),
	.help = N_("The hours that hold for the whole company."),
	.fields = setting_fields,
	.size = sizeof(struct hours_setting),
	.may_read = MAY_MANAGE_SETTINGS,
	.may_write = MAY_MANAGE_SETTINGS,
	.is_single = true,
	.show_form = setting_show
};
