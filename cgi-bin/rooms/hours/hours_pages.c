/* SPDX-License-Identifier: BSD-2-Clause */
/* hours_pages.c - files of holidays for a calendar, and whether a queue or an agent is there now. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/hours/feed.h"
#include "rooms/hours/hours_views.h"
#include "rooms/hours/import.h"
#include "web/audit.h"
#include "web/reply.h"
#include "web/upload_text.h"

static handler import_show, import_take, import_ask, import_drop, feed_again, state_show;

const struct route hours_routes[] = {
	{ GET, "/admin/calendars/:id/import", MAY_MANAGE_SETTINGS, import_show, 0, NULL },
	{ POST, "/admin/calendars/:id/import", MAY_MANAGE_SETTINGS, import_take, ROUTE_UPLOAD, NULL },
	{ GET, "/admin/calendars/:id/imports/:import/delete", MAY_MANAGE_SETTINGS, import_ask, 0, NULL },
	{ POST, "/admin/calendars/:id/imports/:import/delete", MAY_MANAGE_SETTINGS, import_drop, 0, NULL },
	{ POST, "/admin/calendars/:id/feed", MAY_MANAGE_SETTINGS, feed_again, 0, NULL },
	{ GET, "/api/v1/hours", MAY_SIGNED_IN, state_show, ROUTE_JSON, NULL },
	{ .path = NULL }
};

/* The form of a file; its text may also be pasted. */
struct import_form {
	const char *text;
	const char *name;
	bool skip_bad;
};

static const struct field import_fields[] = {
	FIELD_LONG_TEXT(struct import_form, text, FIELD_FORM | FIELD_REQUIRED, .max = ICAL_BYTES_MAX, .label = N_("Text of the file"),
		.help = N_("Instead of a file, its text can be pasted here.")),
	FIELD_TEXT(struct import_form, name, FIELD_FORM, .max = ICAL_NAME_MAX, .label = N_("Name"), .placeholder = N_("Holidays in France"),
		.help = N_("For the list of files. Empty is the name that the file gives itself.")),
	FIELD_BOOL(struct import_form, skip_bad, FIELD_FORM, .label = N_("Leave out what cannot be read"),
		.help = N_("Otherwise nothing at all is taken over when a line cannot be read.")),
	FIELD_END
};

static void
problems_show(struct req *r, const struct ical_found *found)
{
	struct page_node *node;
	size_t i;

	for (i = 0; i < found->problem_count && i < ICAL_PROBLEMS_MAX; i++) {
		node = page_add(page_child(r->page, "Import"), "Problems");
		if (found->problems[i].line > 0)
			page_set(node, "Line", locale_fill(r->arena, N_("Line %s"), arena_printf(r->arena, "%zu", found->problems[i].line)));
		page_set(node, "Message", locale_fill(r->arena, found->problems[i].text, found->problems[i].detail));
	}
	if (found->problem_count > ICAL_PROBLEMS_MAX)
		page_set(r->page, "Import.More", locale_fill(r->arena, N_("… and %s more"),
			arena_printf(r->arena, "%zu", found->problem_count - ICAL_PROBLEMS_MAX)));
}

static int
import_reply(struct req *r, const struct calendar *calendar, const struct form *form, const struct import_form *values)
{
	form_show(r, form, values);
	page_set_u64(r->page, "Import.Calendar", calendar->id);
	page_set(r->page, "Import.Name", calendar->name);
	page_set(r->page, "Title", locale_text(N_("Import holidays")));
	return reply_page_status(r, form_is_good(form) ? 200 : 422, "hours/import");
}

static int
import_show(struct req *r)
{
	struct calendar calendar = { .id = 0 };
	const struct import_form values = { .text = "", .name = "" };
	struct form form;
	enum got got = resource_get(r, &calendar_resource, req_id(r), &calendar);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&form, import_fields);
	return import_reply(r, &calendar, &form, &values);
}

static const char *
count_say(struct req *r, const char *text, size_t count)
{
	return locale_fill(r->arena, text, arena_printf(r->arena, "%zu", count));
}

/* What was read and what was left out. */
static int
result_reply(struct req *r, const struct calendar *calendar, const struct import_result *result)
{
	const struct db_rows added = { .rows = result->added, .count = result->added_count };

	problems_show(r, &result->found);
	holidays_show(r, &added, "", 0);
	page_set_u64(r->page, "Import.Calendar", calendar->id);
	page_set(r->page, "Import.Name", calendar->name);
	if (result->id != 0)
		page_set_u64(r->page, "Import.Id", result->id);
	page_set(r->page, "Import.Added", count_say(r, locale_plural("%s holiday was added.", "%s holidays were added.",
		result->added_count), result->added_count));
	if (result->double_count > 0)
		page_set(r->page, "Import.Double", count_say(r, locale_plural("%s was there already and was left as it is.",
			"%s were there already and were left as they are.", result->double_count), result->double_count));
	if (result->found.past > 0)
		page_set(r->page, "Import.Past", count_say(r, locale_plural("%s is over and was left out.",
			"%s are over and were left out.", result->found.past), result->found.past));
	page_set(r->page, "Title", locale_text(N_("Import holidays")));
	return reply_page(r, "hours/imported");
}

static int
import_take(struct req *r)
{
	struct calendar calendar = { .id = 0 };
	struct import_form values = { .text = "", .name = "" };
	struct import_result result;
	struct import_order order = { .calendar = &calendar };
	const char *problem;
	struct form form;
	enum got got = resource_get(r, &calendar_resource, req_id(r), &calendar);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&form, import_fields);
	problem = upload_text(r, "file", "text", ICAL_BYTES_MAX);
	form_read(r, &form, &values, false);
	if (problem != NULL) {
		form_init(&form, import_fields);        /* of a file that is refused, nothing else is said */
		form_problem(r, &form, "", problem, arena_printf(r->arena, "%zu", ICAL_BYTES_MAX));
	}
	if (!form_is_good(&form))
		return import_reply(r, &calendar, &form, &values);
	/* As it came: the form's own reading would shift the lines. */
	order.text = req_param(r, "text");
	order.len = strlen(order.text);
	order.name = values.name;
	order.skip_bad = values.skip_bad;
	got = import_run(r, &order, &form, &result);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_ONE)
		return result_reply(r, &calendar, &result);
	problems_show(r, &result.found);
	if (form_is_good(&form))
		form_problem(r, &form, "text", N_("cannot be read: nothing was taken over"), NULL);
	return import_reply(r, &calendar, &form, &values);
}

static int
import_ask(struct req *r)
{
	struct calendar calendar = { .id = 0 };
	const struct holiday_import *import;
	struct db_rows imports = { 0 };
	enum got got = resource_get(r, &calendar_resource, req_id(r), &calendar);
	size_t i;

	if (got == GOT_ONE)
		got = imports_of(r->db, r->arena, r->tenant, calendar.id, &imports);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	for (i = 0, import = imports.rows; i < imports.count && import->id != req_arg_u64(r, "import"); i++)
		import++;
	if (i == imports.count)
		return reply_not_found(r);
	page_set(r->page, "Ask.Title", locale_fill(r->arena, N_("Take out all holidays of “%s”?"), import->name));
	page_set(r->page, "Ask.Text", locale_text(N_("They are no longer in this calendar. To have them again, import the file again.")));
	page_set(r->page, "Ask.Button", locale_text(N_("Take all out")));
	page_set(r->page, "Ask.Action", r->path);
	page_setf(r->page, "Ask.Back", "/admin/calendars/%llu", (unsigned long long)calendar.id);
	page_set(r->page, "Title", calendar.name);
	return reply_page(r, "access/ask");
}

struct dropping {
	struct req *r;
	const struct calendar *calendar;
	struct holiday_import import;
};

static enum got
drop_work(struct db *db, void *arg)
{
	struct dropping *dropping = arg;
	struct req *r = dropping->r;
	struct json *object = json_new_object(r->arena), *pair = json_new_array(r->arena);
	struct audit_entry entry = { .action = "calendar.import_remove", .noun = "calendar", .noun_id = dropping->calendar->id,
		.noun_name = dropping->calendar->name };
	enum got got = import_remove(db, r->tenant, &dropping->import, r->now, &dropping->import.holidays);

	if (got == GOT_ONE)
		got = feed_own_changed(r, dropping->calendar->id);
	if (got != GOT_ONE)
		return got;
	json_add_text(pair, arena_printf(r->arena, "%llu", (unsigned long long)dropping->import.holidays));
	json_add_text(pair, "");
	json_set(object, "holidays", pair);
	entry.difference = json_text(r->arena, object);
	return audit_write(r, &entry);
}

static int
import_drop(struct req *r)
{
	struct calendar calendar = { .id = 0 };
	struct dropping dropping = { .r = r, .calendar = &calendar, .import = { .id = req_arg_u64(r, "import") } };
	enum got got = resource_get(r, &calendar_resource, req_id(r), &calendar);

	if (got != GOT_ONE)
		return reply_got(r, got);
	dropping.import.calendar_id = calendar.id;
	got = db_transaction(r->db, drop_work, &dropping);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("All holidays of the file were taken out."), NULL);
	return reply_redirect(r, "/admin/calendars/%llu", (unsigned long long)calendar.id);
}

static int
feed_again(struct req *r)
{
	struct calendar calendar = { .id = 0 };
	uint64_t retry_after = 0;
	enum got got = resource_get(r, &calendar_resource, req_id(r), &calendar);

	if (got != GOT_ONE)
		return reply_got(r, got);
	got = throttle_count(r, &feed_rule, arena_printf(r->arena, "%llu", (unsigned long long)r->tenant.id), &retry_after);
	if (got == GOT_NONE)
		return reply_too_often(r, retry_after);
	if (got == GOT_ONE)
		got = feed_fetch_soon(r, calendar.id);
	if (got != GOT_ONE)
		return reply_got(r, got);
	return reply_redirect(r, "/admin/calendars/%llu", (unsigned long long)calendar.id);
}

/* A number in the query; false when it is none. */
static bool
id_read(const struct req *r, const char *name, uint64_t *id)
{
	const char *value = req_query(r, name);

	*id = 0;
	return value == NULL || (text_to_u64(value, id) && *id != 0);
}

static int
state_show(struct req *r)
{
	struct hours_who who = { .tenant = r->tenant };
	struct json *json = json_new_object(r->arena);
	struct hours_state state;
	enum got got;

	if (!id_read(r, "queue", &who.queue) || !id_read(r, "agent", &who.agent))
		return reply_not_found(r);
	got = hours_state(r->db, r->arena, &who, r->now, &state);
	if (got != GOT_ONE)
		return reply_got(r, got);
	json_set_bool(json, "open", state.is_open);
	json_set_bool(json, "chats_ring", state.chats_ring);
	json_set_text(json, "changes_at", state.changes_at != 0 ? clock_iso(r->arena, state.changes_at) : NULL);
	json_set_text(json, "closed_by", state.is_open ? NULL : state.closed_by);
	json_set_text(json, "calendar", text_is_blank(state.calendar) ? NULL : state.calendar);
	json_set_text(json, "holiday", text_is_blank(state.holiday) ? NULL : state.holiday);
	json_set_text(json, "words", hours_say(r->arena, &state, r->now));
	return reply_json(r, json);
}
