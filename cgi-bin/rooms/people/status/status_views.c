/* SPDX-License-Identifier: BSD-2-Clause */
/* status_views.c - statuses and their log as page values, JSON and CSV. */
#include "rooms/people/status/status_views.h"

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/status/status_rules.h"
#include "web/moment.h"

/* "Lunch", or the status itself, translated. */
static const char *
status_name(const struct status_entry *entry)
{
	return text_is_blank(entry->away_name) ? locale_text(status_label(entry->status)) : entry->away_name;
}

/* Why it was set, in words: "Minutes without activity: 30". */
static const char *
status_reason(struct arena *arena, const struct status_entry *entry)
{
	return locale_fill(arena, status_reason_label(entry),
		arena_printf(arena, "%llu", (unsigned long long)entry->detail));
}

static void
row_show(struct req *r, const struct status_entry *entry)
{
	struct page_node *node = page_add(r->page, "Log.Rows");
	clock_ms end = entry->ended_at != 0 ? entry->ended_at : r->now;

	page_set_u64(node, "AgentId", entry->agent_id);
	page_set(node, "Agent", entry->alias != NULL ? entry->alias : "");
	page_set(node, "Status", entry->status);
	page_set(node, "Name", status_name(entry));
	page_set(node, "Why", status_reason(r->arena, entry));
	page_set(node, "By", entry->actor_id != entry->agent_id ? entry->actor_name : "");
	moment_show_seconds(r, node, "At", entry->at);
	page_set(node, "Span", status_span(r->arena, end - entry->at));
	page_set_bool(node, "IsNow", entry->ended_at == 0);
}

void
status_rows_show(struct req *r, const struct db_rows *entries, size_t most)
{
	const struct status_entry *rows = entries->rows;
	size_t i;

	for (i = 0; i < entries->count && i < most; i++)
		row_show(r, &rows[i]);
}

static void
choice_show(struct req *r, const char *value, const char *label, bool is_selected)
{
	struct page_node *node = page_add(r->page, "Choices");

	page_set(node, "Value", value);
	page_set(node, "Label", label);
	page_set_bool(node, "Selected", is_selected);
}

static void
plain_choice_show(struct req *r, const struct agent *agent, const char *status)
{
	choice_show(r, status, locale_text(status_label(status)), text_equal(agent->status, status) && agent->away_id == 0);
}

enum got
status_choices_show(struct req *r, const struct agent *agent)
{
	struct db_rows rows = { 0 };
	const struct away_status *list;
	enum got got = away_status_all(r->db, r->arena, r->tenant, &rows);
	size_t i;

	list = rows.rows;
	plain_choice_show(r, agent, "online");
	plain_choice_show(r, agent, "away");
	for (i = 0; i < rows.count; i++)
		choice_show(r, arena_printf(r->arena, "away:%llu", (unsigned long long)list[i].id), list[i].name,
			agent->away_id == list[i].id);
	plain_choice_show(r, agent, "offline");
	return got;
}

enum got
away_status_json(struct db *db, struct arena *arena, tenant_id tenant, struct json **list)
{
	struct db_rows rows = { 0 };
	enum got got = away_status_all(db, arena, tenant, &rows);
	const struct away_status *statuses = rows.rows;
	struct json *one;
	size_t i;

	*list = json_new_array(arena);
	for (i = 0; i < rows.count; i++) {
		one = json_new_object(arena);
		json_set_u64(one, "id", statuses[i].id);
		json_set_text(one, "name", statuses[i].name);
		json_add(*list, one);
	}
	return got;
}

struct json *
agent_status_why(struct arena *arena, const struct status_entry *entry)
{
	struct json *why;

	if (entry->id == 0 || entry->actor_id == entry->agent_id)
		return NULL;
	why = json_new_object(arena);
	json_set_text(why, "reason", entry->reason);
	json_set_u64(why, "detail", entry->detail);
	json_set_text(why, "by", entry->actor_name);
	json_set_i64(why, "at", entry->at);
	return why;
}

enum got
status_json(struct req *r, const struct agent *agent, struct json **json)
{
	struct status_entry entry = { 0 };
	struct json *list;

	*json = json_new_object(r->arena);
	if (agent_status_entry(r->db, r->arena, r->tenant, agent->id, &entry) == GOT_ERROR
		|| away_status_json(r->db, r->arena, r->tenant, &list) == GOT_ERROR)
		return GOT_ERROR;
	json_set_text(*json, "status", agent->status);
	json_set_u64(*json, "away_id", agent->away_id);
	json_set_text(*json, "since", agent->status_at != 0 ? clock_iso(r->arena, agent->status_at) : NULL);
	json_set(*json, "why", agent_status_why(r->arena, &entry));
	json_set(*json, "away_statuses", list);
	return GOT_ONE;
}
