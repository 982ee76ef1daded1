/* SPDX-License-Identifier: BSD-2-Clause */
/* import.c - holidays of a file into a calendar: read, without those it has, in one transaction with their audit entry. */
#include "rooms/hours/import.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "web/audit.h"

struct work {
	struct req *r;
	const struct import_order *order;
	struct form *form;
	struct import_result *result;
};

int
holiday_order(const void *a, const void *b)
{
	const struct holiday *left = a, *right = b;
	int order = strcmp(left->first_day, right->first_day);

	if (order == 0)
		order = strcmp(left->last_day, right->last_day);
	if (order == 0)
		order = strcmp(left->name, right->name);
	if (order == 0)
		order = strcmp(left->kind, right->kind);
	if (order == 0)
		order = strcmp(left->periods, right->periods);
	return order == 0 ? (int)left->yearly - (int)right->yearly : order;
}

struct holiday
holiday_from(struct arena *arena, uint64_t calendar, const struct hours_exception *exception)
{
	return (struct holiday){
		.calendar_id = calendar,
		.name = *exception->name != '\0' ? exception->name : locale_text(N_("Holiday")),
		.first_day = clock_day_show(arena, exception->first),
		.last_day = clock_day_show(arena, exception->last),
		.kind = exception->kind == HOURS_CLOSED ? "closed" : "within",
		.periods = hours_day_show(arena, &exception->day),
		.yearly = exception->yearly
	};
}

/* What of the file the calendar does not have yet. */
static enum got
find_new(struct req *r, const struct import_order *order, struct import_result *result)
{
	const struct ical_found *found = &result->found;
	struct db_rows old = { 0 };
	struct holiday *all;
	size_t i, count;

	if (holidays_all(r->db, r->arena, r->tenant, order->calendar->id, &old) == GOT_ERROR)
		return GOT_ERROR;
	count = old.count;
	all = ARENA_ARRAY(r->arena, struct holiday, count + found->count);
	if (count > 0)
		memcpy(all, old.rows, count * sizeof(*all));
	for (i = 0; i < found->count; i++)
		all[count++] = holiday_from(r->arena, order->calendar->id, &found->list[i]);
	qsort(all, count, sizeof(*all), holiday_order);
	result->added = ARENA_ARRAY(r->arena, struct holiday, found->count);
	result->added_count = result->double_count = 0;
	/* Equal ones stand together; one that is stored has an id. */
	for (i = 0; i < count; ) {
		size_t first = i, fresh = 0;

		for (; i < count && holiday_order(&all[i], &all[first]) == 0; i++)
			fresh += all[i].id == 0;
		if (fresh > 0 && fresh == i - first)
			result->added[result->added_count++] = all[first];
		result->double_count += fresh - (fresh > 0 && fresh == i - first);
	}
	return GOT_ONE;
}

static enum got
work_audit(struct work *work, const char *name)
{
	struct req *r = work->r;
	struct json *object = json_new_object(r->arena), *pair = json_new_array(r->arena);
	const struct audit_entry entry = { .action = "calendar.import", .noun = "calendar", .noun_id = work->order->calendar->id,
		.noun_name = work->order->calendar->name };
	struct audit_entry whole = entry;

	json_add_text(pair, "");
	json_add_text(pair, arena_printf(r->arena, "%s: %zu", name, work->result->added_count));
	json_set(object, "holidays", pair);
	whole.difference = json_text(r->arena, object);
	return audit_write(r, &whole);
}

static enum got
store_added(struct db *db, struct work *work)
{
	struct req *r = work->r;
	struct import_result *result = work->result;
	const char *name = *result->found.name != '\0' ? result->found.name
		: *work->order->name != '\0' ? work->order->name : "iCalendar";
	struct holiday_import import = { .calendar_id = work->order->calendar->id };
	size_t i;

	import.name = arena_text_of(r->arena, name, text_prefix(name, ICAL_NAME_MAX));
	if (import_insert(db, r->tenant, &import, r->now) != GOT_ONE)
		return GOT_ERROR;
	result->id = import.id;
	for (i = 0; i < result->added_count; i++) {
		result->added[i].import_id = import.id;
		if (holiday_insert(db, r->tenant, &result->added[i], r->now) != GOT_ONE)
			return GOT_ERROR;
	}
	return work_audit(work, import.name);
}

/* All in one transaction, one after another for a calendar; it may run again. */
static enum got
work_run(struct db *db, void *arg)
{
	struct work *work = arg;
	const uint64_t calendar = work->order->calendar->id;
	enum got got = calendar_lock(db, work->r->tenant, calendar);

	if (got == GOT_ONE)
		got = find_new(work->r, work->order, work->result);
	if (got != GOT_ONE || work->result->added_count == 0)
		return got;
	holiday_check_room(work->r, work->form, calendar, work->result->added_count);
	return form_is_good(work->form) ? store_added(db, work) : GOT_NONE;
}

enum got
import_run(struct req *r, const struct import_order *order, struct form *form, struct import_result *result)
{
	struct work work = { r, order, form, result };
	const struct ical_input input = { .text = order->text, .len = order->len, .now = r->now,
		.zone = text_is_blank(order->calendar->time_zone) ? r->tenant_zone : order->calendar->time_zone };

	*result = (struct import_result){ .added = NULL };
	ical_read(r->arena, &input, &result->found);
	if (result->found.problem_count > 0 && !order->skip_bad)
		return GOT_NONE;
	return db_transaction(r->db, work_run, &work);
}
