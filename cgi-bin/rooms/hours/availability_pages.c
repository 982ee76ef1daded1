/* SPDX-License-Identifier: BSD-2-Clause */
/* availability_pages.c - the hours and days off that an agent sets, and the same for who manages people. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/hours/calendar.h"
#include "rooms/hours/hours_views.h"
#include "web/audit.h"
#include "web/reply.h"

static handler availability_show, availability_save, day_off_add, day_off_drop;

const struct route availability_routes[] = {
	{ GET, "/admin/availability", MAY_SIGNED_IN, availability_show, 0, NULL },
	{ POST, "/admin/availability", MAY_SIGNED_IN, availability_save, 0, NULL },
	{ POST, "/admin/availability/days-off", MAY_SIGNED_IN, day_off_add, 0, NULL },
	{ POST, "/admin/availability/days-off/:day/delete", MAY_SIGNED_IN, day_off_drop, 0, NULL },
	{ GET, "/admin/agents/:id/availability", MAY_MANAGE_PEOPLE, availability_show, 0, NULL },
	{ POST, "/admin/agents/:id/availability", MAY_MANAGE_PEOPLE, availability_save, 0, NULL },
	{ POST, "/admin/agents/:id/availability/days-off", MAY_MANAGE_PEOPLE, day_off_add, 0, NULL },
	{ POST, "/admin/agents/:id/availability/days-off/:day/delete", MAY_MANAGE_PEOPLE, day_off_drop, 0, NULL },
	{ .path = NULL }
};

static const char always_week[] = "mon 00:00-24:00\ntue 00:00-24:00\nwed 00:00-24:00\nthu 00:00-24:00\nfri 00:00-24:00\nsat 00:00-24:00\n"
	"sun 00:00-24:00";

static const char usual_week[] = "mon 09:00-17:00\ntue 09:00-17:00\nwed 09:00-17:00\nthu 09:00-17:00\nfri 09:00-17:00";

/* Whose hours a request is about. */
struct desk {
	struct hours_agent agent;
	struct calendar calendar;        /* id 0: none yet, which is always */
	const char *path;
	bool is_own;
};

static enum got
desk_load(struct req *r, struct desk *desk)
{
	const char *arg = req_arg(r, "id");
	enum got got;

	*desk = (struct desk){ .is_own = arg == NULL };
	got = hours_agent_by_id(r->db, r->arena, r->tenant, desk->is_own ? r->actor.id : req_id(r), &desk->agent);
	if (got != GOT_ONE)
		return got;
	desk->path = desk->is_own ? "/admin/availability"
		: arena_printf(r->arena, "/admin/agents/%llu/availability", (unsigned long long)desk->agent.id);
	got = calendar_of_agent(r->db, r->arena, r->tenant, desk->agent.id, &desk->calendar);
	if (got == GOT_NONE)
		desk->calendar = (struct calendar){ .agent_id = desk->agent.id, .name = "", .time_zone = "", .hours = always_week };
	calendar_fill_days(r->arena, &desk->calendar);
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* The form of the week; the days are those of a calendar. */
struct week_form {
	bool always;
	struct calendar calendar;
};

#define DAY_FIELD(day, text) { .name = #day, .type = FIELD_TYPE_TEXT, .flags = FIELD_FORM, \
	.offset = offsetof(struct week_form, calendar.day), .max = 200, .label = (text), .placeholder = "09:00-12:30, 13:30-17:00" }

static const struct field week_fields[] = {
	FIELD_BOOL(struct week_form, always, FIELD_FORM, .label = N_("Always available"),
		.help = N_("Whenever the company and your queues are there. Otherwise the hours below hold.")),
	DAY_FIELD(monday, N_("Monday")),
	DAY_FIELD(tuesday, N_("Tuesday")),
	DAY_FIELD(wednesday, N_("Wednesday")),
	DAY_FIELD(thursday, N_("Thursday")),
	DAY_FIELD(friday, N_("Friday")),
	DAY_FIELD(saturday, N_("Saturday")),
	DAY_FIELD(sunday, N_("Sunday")),
	FIELD_END
};

/* A day off on its way from the form. */
static const struct field day_fields[] = {
	FIELD_TEXT(struct holiday, name, FIELD_FORM, .max = 120, .label = N_("Reason"), .placeholder = N_("Vacation")),
	FIELD_TEXT(struct holiday, first_day, FIELD_FORM | FIELD_REQUIRED, .max = 10, .label = N_("First day"), .placeholder = "2026-12-24"),
	FIELD_TEXT(struct holiday, last_day, FIELD_FORM, .max = 10, .label = N_("Last day"), .placeholder = "2026-12-26",
		.help = N_("Empty for one day.")),
	FIELD_END
};

static bool
is_always(const struct calendar *calendar)
{
	return strcmp(calendar->hours, always_week) == 0;
}

/* The form as it is stored; whoever is always there is offered the usual hours to begin with. */
static struct week_form
week_form_of(struct req *r, const struct desk *desk)
{
	struct week_form form = { .always = is_always(&desk->calendar), .calendar = desk->calendar };

	if (form.always) {
		form.calendar.hours = usual_week;
		calendar_fill_days(r->arena, &form.calendar);
	}
	return form;
}

/* Whether chats ring at the agent by all hours that bind, in the zone in use. */
static enum got
duty_show(struct req *r, uint64_t agent)
{
	static const struct hours_duty always = { .is_on = true };
	const struct hours_duty *duty;
	struct db_rows duties;

	if (hours_duties(r->db, r->arena, r->tenant, r->now, &duties) == GOT_ERROR)
		return GOT_ERROR;
	duty = hours_duty_of(&duties, agent);
	page_set(r->page, "Hours.Duty", duty_say(r->arena, duty != NULL ? duty : &always, r->now));
	return GOT_ONE;
}

/* The page with the form that had problems, and the other one as it is stored. */
struct shown {
	const struct form *week;
	const struct week_form *week_values;
	const struct form *day;
	const struct holiday *day_values;
};

static int
desk_reply(struct req *r, struct desk *desk, const struct shown *shown)
{
	const struct hours_who who = { .tenant = r->tenant, .agent = desk->agent.id };
	const char *zone = arena_text(r->arena, clock_zone());
	struct db_rows days = { 0 };
	struct hours_state state;
	enum got got;

	if ((desk->calendar.id != 0 && holidays_all(r->db, r->arena, r->tenant, desk->calendar.id, &days) == GOT_ERROR)
		|| hours_state(r->db, r->arena, &who, r->now, &state) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	form_show(r, shown->week, shown->week_values);
	form_show(r, shown->day, shown->day_values);
	week_show(r, zone);
	clock_use_zone(desk->agent.time_zone);
	holidays_show(r, &days, clock_show(r->arena, r->now, "%Y-%m-%d"), 0);
	state.chats_ring = false;        /* duty_show() says it, and for him alone */
	page_set(r->page, "Hours.Now", hours_say(r->arena, &state, r->now));
	got = duty_show(r, desk->agent.id);
	clock_use_zone(zone);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	page_set(r->page, "Hours.Zone", desk->agent.time_zone);
	page_set(r->page, "Hours.Path", desk->path);
	page_set_bool(r->page, "Hours.Own", desk->is_own);
	page_set(r->page, "Hours.Agent", desk->agent.alias);
	page_set_u64(r->page, "Hours.AgentId", desk->agent.id);
	page_set(r->page, "Title", locale_text(desk->is_own ? N_("My availability") : N_("Availability")));
	return reply_page_status(r, form_is_good(shown->week) && form_is_good(shown->day) ? 200 : 422, "hours/availability");
}

static int
availability_show(struct req *r)
{
	static const struct holiday none = { .name = "", .first_day = "", .last_day = "" };
	struct week_form values;
	struct form week, day;
	struct desk desk;
	const struct shown shown = { &week, &values, &day, &none };
	enum got got = desk_load(r, &desk);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&week, week_fields);
	form_init(&day, day_fields);
	values = week_form_of(r, &desk);
	return desk_reply(r, &desk, &shown);
}

static int
week_refused(struct req *r, struct desk *desk, const struct form *week, const struct week_form *values)
{
	static const struct holiday none = { .name = "", .first_day = "", .last_day = "" };
	struct form day;
	const struct shown shown = { week, values, &day, &none };

	form_init(&day, day_fields);
	return desk_reply(r, desk, &shown);
}

static int
day_refused(struct req *r, struct desk *desk, const struct form *day, const struct holiday *values)
{
	struct form week;
	const struct week_form stored = week_form_of(r, desk);
	const struct shown shown = { &week, &stored, day, values };

	form_init(&week, week_fields);
	return desk_reply(r, desk, &shown);
}

/* A change of an agent's calendar on its way through a transaction. */
struct work {
	struct req *r;
	struct desk *desk;
	struct calendar calendar;        /* as it becomes */
	struct holiday day;
	const char *action;
	const char *difference;
};

static enum got
work_audit(struct work *work)
{
	const struct audit_entry entry = { .action = work->action, .noun = "agent", .noun_id = work->desk->agent.id,
		.noun_name = work->desk->agent.alias, .difference = work->difference };

	return audit_write(work->r, &entry);
}

/* Whoever had no hours of his own gets a calendar. */
static enum got
make_calendar(struct db *db, struct work *work)
{
	struct req *r = work->r;

	return work->desk->calendar.id != 0 ? GOT_ONE : calendar_insert(db, r->tenant, &work->calendar, r->now);
}

static enum got
save_work(struct db *db, void *arg)
{
	struct work *work = arg;
	enum got got = make_calendar(db, work);

	if (got == GOT_ONE)
		got = calendar_set_hours(db, work->r->tenant, &work->calendar, work->r->now);
	return got == GOT_ONE ? work_audit(work) : GOT_ERROR;
}

/* The agent's own consoles, and those of who supervises, show it at once. */
static void
tell_consoles(struct req *r, uint64_t agent)
{
	const char *own = bell_topic(r->arena, r->tenant, 'a', agent), *all = bell_topic_of_all(r->arena, r->tenant, 't');

	bell_ring(r->site->bell, arena_printf(r->arena, "%s %s", own, all), "{\"type\":\"hours\"}");
}

static int
work_reply(struct req *r, struct work *work, db_work *run, const char *notice)
{
	enum got got = db_transaction(r->db, run, work);

	if (got != GOT_ONE)
		return reply_got(r, got);
	tell_consoles(r, work->desk->agent.id);
	reply_notice(r, notice, NULL);
	return reply_redirect(r, "%s", work->desk->path);
}

static int
availability_save(struct req *r)
{
	struct week_form values;
	struct form week;
	struct desk desk;
	struct work work = { .r = r, .desk = &desk, .action = "availability.change" };
	enum got got = desk_load(r, &desk);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&week, week_fields);
	values = (struct week_form){ .calendar = desk.calendar };
	form_read(r, &week, &values, false);
	if (values.always) {
		form_init(&week, week_fields);       /* what stands in the days holds no more */
		values.calendar.hours = always_week;
		calendar_fill_days(r->arena, &values.calendar);
	} else {
		calendar_check_days(r, &week, &values.calendar);
	}
	if (!form_is_good(&week))
		return week_refused(r, &desk, &week, &values);
	work.calendar = values.calendar;
	work.difference = audit_difference(r->arena, calendar_fields, &desk.calendar, &values.calendar);
	return work_reply(r, &work, save_work, N_("Saved."));
}

static const char *
day_difference(struct req *r, const struct holiday *before, const struct holiday *after)
{
	return audit_difference(r->arena, day_fields, before, after);
}

static enum got
add_work(struct db *db, void *arg)
{
	struct work *work = arg;

	if (make_calendar(db, work) != GOT_ONE)
		return GOT_ERROR;
	work->day.calendar_id = work->calendar.id;
	return holiday_insert(db, work->r->tenant, &work->day, work->r->now) == GOT_ONE ? work_audit(work) : GOT_ERROR;
}

static int
day_off_add(struct req *r)
{
	struct form day;
	struct desk desk;
	struct work work = { .r = r, .desk = &desk, .action = "availability.day_off", .day = { .kind = "closed", .periods = "" } };
	enum got got = desk_load(r, &desk);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&day, day_fields);
	form_read(r, &day, &work.day, false);
	holiday_check_days(r, &day, &work.day);
	holiday_check_room(r, &day, desk.calendar.id, 1);
	if (!form_is_good(&day))
		return day_refused(r, &desk, &day, &work.day);
	if (*work.day.name == '\0')
		work.day.name = locale_text(N_("Day off"));
	work.calendar = desk.calendar;
	work.difference = day_difference(r, NULL, &work.day);
	return work_reply(r, &work, add_work, N_("Added."));
}

static enum got
drop_work(struct db *db, void *arg)
{
	struct work *work = arg;
	enum got got = holiday_remove(db, work->r->tenant, &work->day, work->r->now);

	return got == GOT_ONE ? work_audit(work) : got;
}

static int
day_off_drop(struct req *r)
{
	struct desk desk;
	struct work work = { .r = r, .desk = &desk, .action = "availability.day_off_removed" };
	struct db_rows days = { 0 };
	const struct holiday *day;
	enum got got = desk_load(r, &desk);
	size_t i;

	if (got == GOT_ONE)
		got = holidays_all(r->db, r->arena, r->tenant, desk.calendar.id, &days);
	if (got != GOT_ONE)
		return reply_got(r, got);
	for (i = 0, day = days.rows; i < days.count && day[i].id != req_arg_u64(r, "day"); i++)
		continue;
	if (i == days.count)
		return reply_not_found(r);
	work.day = day[i];
	work.difference = day_difference(r, &work.day, NULL);
	return work_reply(r, &work, drop_work, N_("Removed."));
}

enum got
hours_of_agent_say(struct req *r, uint64_t agent, const char **line)
{
	struct calendar calendar = { .hours = always_week };
	struct hours_week week;

	if (calendar_of_agent(r->db, r->arena, r->tenant, agent, &calendar) == GOT_ERROR)
		return GOT_ERROR;
	(void)hours_week_read(r->arena, calendar.hours, &week);
	*line = is_always(&calendar) ? locale_text(N_("Always")) : week_say(r->arena, &week);
	return GOT_ONE;
}
