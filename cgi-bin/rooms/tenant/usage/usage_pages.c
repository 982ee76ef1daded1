/* SPDX-License-Identifier: BSD-2-Clause */
/* usage_pages.c - "Plan and usage": what a company has of what its plan allows, and its figures of the last days. */
#include "rooms/tenant/tenant.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/tenant/usage/usage_store.h"
#include "web/csv_file.h"
#include "web/reply.h"

#define DAYS_SHOWN 14
#define EARLY 80                 /* percent of a limit at which administrators read about it */

static handler usage_show, usage_csv;

const struct route usage_routes[] = {
	{ .method = GET, .path = "/admin/usage", .permission = MAY_MANAGE_SETTINGS, .handle = usage_show },
	{ .method = GET, .path = "/admin/usage.csv", .permission = MAY_MANAGE_SETTINGS, .handle = usage_csv },
	{ .path = NULL }
};

/* How full, in percent; more than 100 when the plan has shrunk. Of what a plan has none of, nothing can run out. */
static uint64_t
percent_of(const struct limit_state *state)
{
	if (state->most == 0)
		return state->used > 0 ? 101 : 0;
	return state->used / state->most > 10 ? 1000 : state->used * 100 / state->most;
}

static const char *
level_of(uint64_t percent)
{
	return percent >= 100 ? "full" : percent >= EARLY ? "early" : "fine";
}

enum got
limit_warn(struct req *r)
{
	struct limit_state states[LIMIT_COUNT];
	size_t count, i;
	enum got got = limit_states(r->db, r->arena, r->tenant, r->now, states, &count);

	for (i = 0; i < count; i++) {
		/* A company may well have all the agents that it has paid for; what runs out by itself is worth a word. */
		if (states[i].most == LIMIT_NONE || percent_of(&states[i]) < EARLY || limit_info[states[i].limit].is_settled)
			continue;
		page_set(page_add(r->page, "Limits"), "Text", limit_text(r->arena, &states[i]));
	}
	return got;
}

static void
show_state(struct req *r, const struct limit_state *state)
{
	const struct limit_info *info = &limit_info[state->limit];
	struct page_node *node = page_add(r->page, "Usage.Limits");
	uint64_t percent;

	page_set(node, "Key", info->key);
	page_set(node, "Label", locale_text(info->label));
	page_set(node, "Help", locale_text(info->help));
	page_set_u64(node, "Used", (state->used + info->unit - 1) / info->unit);
	if (state->most == LIMIT_NONE)
		return;
	percent = percent_of(state);
	page_set_u64(node, "Most", state->most / info->unit);
	page_set(node, "Text", limit_text(r->arena, state));
	page_set_u64(node, "Percent", percent > 100 ? 100 : percent);
	page_set(node, "Level", level_of(percent));
}

static enum got
show_days(struct req *r)
{
	const struct usage_span span = { .tenant = r->tenant, .from = usage_day_of(r->now) - (DAYS_SHOWN - 1) * CLOCK_DAY,
		.to = usage_day_of(r->now) + CLOCK_DAY };
	struct db_rows rows = { 0 };
	const struct tenant_usage *day;
	struct page_node *node;
	enum got got = usage_days(r->db, r->arena, &span, &rows);
	size_t i;

	for (i = rows.count, day = rows.rows; i-- > 0;) {
		node = page_add(r->page, "Usage.Days");
		usage_day_show(r, node, "Day", day[i].day);
		page_set_u64(node, "Messages", day[i].messages);
		page_set_u64(node, "Chats", day[i].chats);
		page_set_u64(node, "Peak", day[i].peak_chats);
		page_set_u64(node, "Agents", day[i].agents);
		page_set_u64(node, "SignIns", day[i].sign_ins);
		page_set_u64(node, "Storage", (day[i].storage_bytes + 999999) / 1000000);
	}
	return got;
}

static int
usage_show(struct req *r)
{
	struct limit_state states[LIMIT_COUNT];
	struct limits limits = { .plan_code = NULL };
	struct retention own = { 0 };
	const char *contact = r->site->conf->host_contact;
	size_t count, i;

	if (tenant_limits(r->db, r->arena, r->tenant, &limits) != GOT_ONE
		|| limit_states(r->db, r->arena, r->tenant, r->now, states, &count) == GOT_ERROR || show_days(r) == GOT_ERROR
		|| resource_single_load(r->db, r->arena, r->site->keys, r->tenant, &retention_resource, &own) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0; i < count; i++)
		show_state(r, &states[i]);
	page_set(r->page, "Usage.Plan", limits.plan_name);
	if (limits.most[LIMIT_RETENTION] != LIMIT_NONE)
		page_set_u64(r->page, "Usage.Retention", limits.most[LIMIT_RETENTION]);
	if (own.keep_days != 0)
		page_set_u64(r->page, "Usage.OwnRetention", own.keep_days);
	page_set_bool(r->page, "Usage.HasApi", limits.most[LIMIT_API] != LIMIT_NONE);
	page_set_u64(r->page, "Usage.Api", limits.most[LIMIT_API]);
	page_set(r->page, "Usage.Contact", contact);
	if (text_is_email(contact))
		page_setf(r->page, "Usage.ContactLink", "mailto:%s", contact);
	else if (text_is_web_address(contact))
		page_set(r->page, "Usage.ContactLink", contact);
	page_set(r->page, "Title", locale_text(N_("Plan and usage")));
	return reply_page(r, "tenant/usage");
}

/* The company's own figures of the last thirteen months. */
static int
usage_csv(struct req *r)
{
	const struct usage_span span = { .tenant = r->tenant, .from = usage_day_of(r->now) - 400 * CLOCK_DAY, .to = r->now + CLOCK_DAY };
	struct db_rows rows = { 0 };
	const struct tenant_usage *day;
	struct csv_file file;
	enum got got = usage_days(r->db, r->arena, &span, &rows);
	size_t i;

	csv_file_open(&file, r, "usage.csv", usage_csv_head());
	for (i = 0, day = rows.rows; i < rows.count; i++, day++) {
		csv_file_line(&file, usage_csv_row(file.arena, day));
		if (!csv_file_end_row(&file))
			break;
	}
	return csv_file_reply(&file, got);
}
