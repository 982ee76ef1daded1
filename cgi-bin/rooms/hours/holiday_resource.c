/* SPDX-License-Identifier: BSD-2-Clause */
/* holiday_resource.c - the exceptions of calendars as settings; they are shown and added on the page of their calendar. */
#include <string.h>

#include "core/text.h"
#include "rooms/hours/feed.h"
#include "rooms/hours/hours_rules.h"
#include "rooms/hours/hours_store.h"

#define DAYS_MAX 366       /* of one exception */

static const struct field_choice kind_choices[] = {
	{ "closed", N_("Closed all day") },
	{ "instead", N_("Open at these hours") },
	{ "within", N_("As usual, but only at these hours") },
	{ NULL, NULL }
};

const struct field holiday_fields[] = {
	FIELD_U64(struct holiday, id, FIELD_KEY),
	FIELD_TEXT(struct holiday, name, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH, .max = 120, .label = N_("Name"),
		.placeholder = N_("Christmas Day")),
	FIELD_REFERENCE(struct holiday, calendar_id, FIELD_FORM | FIELD_LIST | FIELD_FILTER, .of = "calendar", .label = N_("Calendar")),
	FIELD_TEXT(struct holiday, first_day, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_DAY, .max = 10, .label = N_("First day"),
		.placeholder = "2026-12-24"),
	FIELD_TEXT(struct holiday, last_day, FIELD_FORM | FIELD_LIST | FIELD_DAY, .max = 10, .label = N_("Last day"),
		.placeholder = "2026-12-26", .help = N_("Empty for one day.")),
	FIELD_BOOL(struct holiday, yearly, FIELD_FORM | FIELD_LIST | FIELD_FILTER, .label = N_("Every year"),
		.help = N_("On the same dates of every year.")),
	FIELD_CHOICE(struct holiday, kind, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_FILTER, .choices = kind_choices,
		.preset = "closed", .label = N_("Hours of these days")),
	FIELD_TEXT(struct holiday, periods, FIELD_FORM | FIELD_LIST, .max = 200, .label = N_("Open from – to"),
		.placeholder = "09:00-12:00", .help = N_("Periods such as 09:00-12:00, 14:00-16:00. Not with “Closed all day”.")),
	FIELD_U64(struct holiday, import_id, 0),
	FIELD_TIME(struct holiday, created_at, FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct holiday, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_TIME(struct holiday, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

static const char *
scope(struct req *r, struct db_value *value)
{
	*value = db_tenant(r->tenant);
	return holiday_scope;
}

void
holiday_check_days(struct req *r, struct form *form, struct holiday *holiday)
{
	int64_t first, last;

	if (!clock_day_read(holiday->first_day, &first)) {
		if (*holiday->first_day != '\0')
			form_problem(r, form, "first_day", N_("must be a day such as %s"), "2026-12-24");
		return;
	}
	if (*holiday->last_day == '\0')
		holiday->last_day = holiday->first_day;
	if (!clock_day_read(holiday->last_day, &last))
		form_problem(r, form, "last_day", N_("must be a day such as %s"), "2026-12-24");
	else if (last < first)
		form_problem(r, form, "last_day", N_("must not be before the first day, %s"), holiday->first_day);
	else if (last - first >= DAYS_MAX)
		form_problem(r, form, "last_day", N_("must be at most %s days after the first"),
			arena_printf(r->arena, "%d", DAYS_MAX - 1));
}

static void
check_periods(struct req *r, struct form *form, struct holiday *holiday)
{
	struct field_problem problem;
	struct hours_day day;

	if (!hours_day_read(r->arena, holiday->periods, &day, &problem))
		form_problem_of_field(r, form, "periods", &problem);
	else if (text_equal(holiday->kind, "closed") && day.count > 0)
		form_problem(r, form, "periods", N_("must be empty when it is closed all day"), NULL);
	else if (!text_equal(holiday->kind, "closed") && day.count == 0)
		form_problem(r, form, "periods", N_("must say from when to when it is open"), NULL);
	else
		holiday->periods = hours_day_show(r->arena, &day);
}

/* What a feed gave would come again with the next fetch. */
static bool
is_own(struct req *r, struct form *form, const struct holiday *holiday)
{
	bool is_fed = false;

	if (feed_is(r->db, r->tenant, holiday->import_id, &is_fed) == GOT_ERROR)
		return false;
	if (is_fed)
		form_problem(r, form, "", N_("This holiday comes from the calendar's subscription and is changed where that is written."), NULL);
	return !is_fed;
}

static bool
may_delete(struct req *r, struct form *form, const void *row)
{
	return is_own(r, form, row);
}

static void
check(struct req *r, struct form *form, const void *old, void *row)
{
	const struct holiday *before = old;
	struct holiday *holiday = row;

	if (holiday->calendar_id == 0)
		form_problem(r, form, "calendar_id", N_("is required"), NULL);
	else if (before != NULL && before->calendar_id != holiday->calendar_id)
		form_problem(r, form, "calendar_id", N_("cannot be changed"), NULL);
	else if (before == NULL)
		holiday_check_room(r, form, holiday->calendar_id, 1);
	if (before != NULL)
		(void)is_own(r, form, before);
	holiday_check_days(r, form, holiday);
	check_periods(r, form, holiday);
}

static enum got
after_save(struct req *r, const void *before, const void *row)
{
	const struct holiday *holiday = row;

	return before != NULL ? feed_own_changed(r, holiday->calendar_id) : GOT_ONE;
}

static enum got
after_delete(struct req *r, const void *row)
{
	const struct holiday *holiday = row;

	return feed_own_changed(r, holiday->calendar_id);
}

void
holiday_check_room(struct req *r, struct form *form, uint64_t calendar, size_t more)
{
	uint64_t count = 0;

	if (holidays_count(r->db, r->tenant, calendar, &count) == GOT_ONE && count + more > HOURS_HOLIDAYS_MAX)
		form_problem(r, form, "", N_("A calendar can have at most %s holidays: take out those that are over."),
			arena_printf(r->arena, "%d", HOURS_HOLIDAYS_MAX));
}

/* A new one is begun on the page of a calendar. The field is no REQUIRED one, because a calendar is deleted with its holidays, but what
 * people read says what check() wants. */
static void
show_form(struct req *r, const void *row)
{
	const struct holiday *holiday = row;

	page_set_u64(r->page, "Hours.Calendar", holiday->calendar_id);
	page_set_bool(r->page, "Form.Fields.calendar_id.Required", true);
}

static const char *
home(struct req *r, const void *row)
{
	const struct holiday *holiday = row;

	if (holiday->calendar_id == 0)
		return "/admin/calendars";
	return arena_printf(r->arena, "/admin/calendars/%llu", (unsigned long long)holiday->calendar_id);
}

const struct resource holiday_resource = {
	.noun = "holiday",
	.plural = "holidays",
	.title = N_("Holidays"),
	.title_one = N_("holiday"),
	.help = N_("Days on which a calendar is closed, or open at other hours than in other weeks."),
	.fields = holiday_fields,
	.size = sizeof(struct holiday),
	.name_field = "name",
	.sort = "first_day",
	.may_read = MAY_MANAGE_SETTINGS,
	.may_write = MAY_MANAGE_SETTINGS,
	.form_template = "hours/holiday",
	.scope = scope,
	.check = check,
	.after_save = after_save,
	.after_delete = after_delete,
	.may_delete = may_delete,
	.show_form = show_form,
	.home = home
};
