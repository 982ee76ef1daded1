/* SPDX-License-Identifier: BSD-2-Clause */
/* status_pages.c - somebody's status: the page, the interface for programs, and the log of all. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/status/status_rules.h"
#include "rooms/people/status/status_views.h"
#include "web/audit.h"
#include "web/csv_file.h"
#include "web/filter.h"
#include "web/reply.h"

static handler status_show, status_save, log_show, log_csv, own_status, own_status_change, api_status, api_status_change;

/* What asks for MAY_SIGNED_IN here wants people.manage or chat.supervise: see may_see_statuses(). */
const struct route status_routes[] = {
	{ GET, "/admin/agents/:id/status", MAY_SIGNED_IN, status_show, ROUTE_VIEW, NULL },
	{ POST, "/admin/agents/:id/status", MAY_SIGNED_IN, status_save, ROUTE_ASKS, NULL },
	{ GET, "/admin/status-log", MAY_SIGNED_IN, log_show, ROUTE_VIEW, NULL },
	{ GET, "/admin/status-log.csv", MAY_SIGNED_IN, log_csv, 0, NULL },
	{ GET, "/api/v1/me/status", MAY_CHAT, own_status, ROUTE_JSON, NULL },
	{ PATCH, "/api/v1/me/status", MAY_CHAT, own_status_change, ROUTE_JSON, NULL },
	{ GET, "/api/v1/agents/:id/status", MAY_SIGNED_IN, api_status, ROUTE_JSON, NULL },
	{ PATCH, "/api/v1/agents/:id/status", MAY_SIGNED_IN, api_status_change, ROUTE_JSON | ROUTE_ASKS, NULL },
	{ .path = NULL }
};

#define LOG_ROWS 50
#define LAST_ROWS 10         /* of one agent, beside the form */

static bool
may_see_statuses(const struct req *r)
{
	return req_may(r, MAY_MANAGE_PEOPLE) || req_may(r, MAY_SUPERVISE);
}

/* The live agent of ":id"; false after a reply. */
static bool
enter(struct req *r, struct agent *agent)
{
	enum got got;

	if (!may_see_statuses(r))
		return reply_forbidden(r), false;
	got = agent_by_id(r->db, r->arena, r->tenant, req_id(r), agent);
	if (got == GOT_ONE && agent->deleted_at == 0)
		return true;
	reply_got(r, got == GOT_ONE ? GOT_NONE : got);
	return false;
}

/* {"status":["online","away:5"]} */
static const char *
difference(struct req *r, const struct agent *before, const struct status_change *change)
{
	struct json *json = json_new_object(r->arena), *pair = json_new_array(r->arena);

	json_add_text(pair, before->status);
	json_add_text(pair, change->away_id == 0 ? change->status
		: arena_printf(r->arena, "%s:%llu", change->status, (unsigned long long)change->away_id));
	json_set(json, "status", pair);
	return json_text(r->arena, json);
}

/* A colleague's status stands in the audit too, when it is another one; one's own only in the log. */
static enum got
audit_change(struct req *r, const struct agent *agent, const struct status_change *change)
{
	const struct audit_entry entry = {
		.action = "agent.status", .noun = "agent", .noun_id = agent->id, .noun_name = agent->alias,
		.difference = difference(r, agent, change)
	};

	if (agent->id == r->actor.id || (text_equal(agent->status, change->status) && agent->away_id == change->away_id))
		return GOT_ONE;
	return audit_write(r, &entry);
}

struct set_work {
	struct req *r;
	const struct agent *agent;
	const struct status_change *change;
};

static enum got
set_work(struct db *db, void *arg)
{
	const struct set_work *work = arg;
	struct req *r = work->r;
	enum got got = agent_set_status(db, r->arena, r->tenant, work->change, r->now);

	return got == GOT_ONE ? audit_change(r, work->agent, work->change) : got;
}

/* Sets the status that the request names. GOT_NONE: *problem says why not. */
static enum got
status_set(struct req *r, const struct agent *agent, const char **problem)
{
	struct status_change change = { .agent = agent->id, .actor = r->actor.id, .actor_name = r->actor.name,
		.reason = agent->id == r->actor.id ? "agent" : "administrator" };
	struct set_work work = { .r = r, .agent = agent, .change = &change };
	enum got got;

	*problem = N_("Choose Online, Away, an away status of the company, or Offline.");
	if (!agent_read_status(req_param(r, "status"), &change))
		return GOT_NONE;
	if (req_has(r, "away_id") && text_equal(change.status, "away") && !text_to_u64(req_param(r, "away_id"), &change.away_id))
		return GOT_NONE;
	*problem = N_("This away status is not there any more.");
	got = db_transaction(r->db, set_work, &work);
	if (got == GOT_ONE && r->site->agent_left != NULL)
		r->site->agent_left(r, agent->id);
	return got;
}

static int
status_page(struct req *r, int status, const struct agent *agent)
{
	const struct status_filter filter = { .agent = agent->id, .most = LAST_ROWS };
	struct db_rows entries = { 0 };

	if (status_choices_show(r, agent) == GOT_ERROR || status_log_page(r, &filter, &entries) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	status_rows_show(r, &entries, LAST_ROWS);
	page_set_u64(r->page, "Agent.Id", agent->id);
	page_set(r->page, "Agent.Name", agent_name(r->arena, agent));
	page_set_bool(r->page, "Agent.MayEdit", req_may(r, MAY_MANAGE_PEOPLE));
	page_set(r->page, "Title", locale_fill(r->arena, N_("Status of %s"), agent->alias));
	return reply_page_status(r, status, "people/status");
}

static int
status_show(struct req *r)
{
	struct agent agent = { 0 };

	return enter(r, &agent) ? status_page(r, 200, &agent) : r->status;
}

static int
status_save(struct req *r)
{
	struct agent agent = { 0 };
	const char *problem;
	enum got got;

	if (!enter(r, &agent))
		return r->status;
	got = status_set(r, &agent, &problem);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE) {
		page_set(r->page, "Status.Problem", locale_text(problem));
		return status_page(r, 422, &agent);
	}
	reply_notice(r, N_("Saved."), NULL);
	return reply_redirect(r, "/admin/agents/%llu/status", (unsigned long long)agent.id);
}

/* "1763700000000-17": the entry that the page before ended with. */
static void
read_before(struct req *r, struct status_filter *filter)
{
	const char *text = req_query(r, "before");
	size_t len = text != NULL ? strcspn(text, "-") : 0;

	if (text == NULL || text[len] == '\0' || !text_to_i64(arena_text_of(r->arena, text, len), &filter->before_at)
		|| !text_to_u64(text + len + 1, &filter->before_id))
		filter->before_at = 0;
}

static void
read_filter(struct req *r, struct status_filter *filter)
{
	filter_days(r, &filter->from, &filter->to);
	text_to_u64(req_query(r, "agent"), &filter->agent);
	read_before(r, filter);
}

static const char *const kept[] = { "agent", "from", "to", NULL };

/* What was asked for, and what may be. */
static enum got
filter_show(struct req *r, const struct status_filter *filter)
{
	struct db_rows rows = { 0 };
	const struct agent *agents;
	struct page_node *node;
	size_t i;

	if (agent_all(r->db, r->arena, r->tenant, &rows) == GOT_ERROR)
		return GOT_ERROR;
	agents = rows.rows;
	for (i = 0; i < rows.count; i++) {
		node = page_add(r->page, "Filter.Agents");
		page_set_u64(node, "Id", agents[i].id);
		page_set(node, "Name", agents[i].alias);
		page_set_bool(node, "Selected", agents[i].id == filter->agent);
	}
	page_set(r->page, "Filter.From", req_query(r, "from"));
	page_set(r->page, "Filter.To", req_query(r, "to"));
	page_set_bool(r->page, "Filter.On", filter->agent != 0 || filter->from != 0 || filter->to != 0);
	page_set(r->page, "Log.Path", filter_link(r, "/admin/status-log", kept, NULL));
	page_set(r->page, "Log.Export", filter_link(r, "/admin/status-log.csv", kept, NULL));
	return GOT_ONE;
}

static int
log_show(struct req *r)
{
	struct status_filter filter = { .most = LOG_ROWS + 1 };
	struct presence presence = { 0 };
	struct db_rows entries = { 0 };
	const struct status_entry *rows;

	if (!may_see_statuses(r))
		return reply_forbidden(r);
	read_filter(r, &filter);
	if (status_log_page(r, &filter, &entries) == GOT_ERROR || filter_show(r, &filter) == GOT_ERROR
		|| presence_load(r->db, r->arena, r->tenant, &presence) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	rows = entries.rows;
	status_rows_show(r, &entries, LOG_ROWS);
	if (entries.count > LOG_ROWS)
		page_set(r->page, "Log.Next", filter_link(r, "/admin/status-log", kept, arena_printf(r->arena, "%lld-%llu",
			(long long)rows[LOG_ROWS - 1].at, (unsigned long long)rows[LOG_ROWS - 1].id)));
	page_set_bool(r->page, "Log.IsLater", filter.before_at != 0);
	page_set_u64(r->page, "Log.Days", presence.log_days);
	page_set(r->page, "Title", locale_text(N_("Status log")));
	return reply_page(r, "people/status_log");
}

static bool
csv_row(void *arg, const void *row)
{
	struct csv_file *file = arg;
	const struct status_entry *entry = row;
	clock_ms end = entry->ended_at != 0 ? entry->ended_at : file->r->now;

	csv_file_text(file, clock_iso(file->arena, entry->at));
	csv_file_text(file, entry->alias);
	csv_file_text(file, entry->status);
	csv_file_text(file, entry->away_name);
	csv_file_number(file, arena_printf(file->arena, "%lld", (long long)((end - entry->at) / CLOCK_SECOND)));
	csv_file_text(file, entry->reason);
	csv_file_u64(file, entry->detail);
	csv_file_text(file, entry->actor_name);
	return csv_file_end_row(file);
}

static int
log_csv(struct req *r)
{
	struct status_filter filter = { .most = 0 };
	struct csv_file file;

	if (!may_see_statuses(r))
		return reply_forbidden(r);
	read_filter(r, &filter);
	csv_file_open(&file, r, "status-log.csv", "at,agent,status,away_status,seconds,reason,detail,by");
	return csv_file_reply(&file, status_log_stream(r, &filter, csv_row, &file));
}

static int
reply_status(struct req *r, uint64_t id)
{
	struct agent agent = { 0 };
	struct json *json;
	enum got got = agent_by_id(r->db, r->arena, r->tenant, id, &agent);

	if (got == GOT_ONE)
		got = status_json(r, &agent, &json);
	return got == GOT_ONE ? reply_json(r, json) : reply_got(r, got);
}

static int
api_set(struct req *r, const struct agent *agent)
{
	const char *problem;
	enum got got = status_set(r, agent, &problem);

	if (got == GOT_ERROR)
		return reply_got(r, got);
	return got == GOT_NONE ? reply_field_error(r, 422, "status", problem, NULL) : reply_status(r, agent->id);
}

static int
own_status(struct req *r)
{
	return reply_status(r, r->actor.id);
}

static int
own_status_change(struct req *r)
{
	struct agent agent = { 0 };
	enum got got = agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &agent);

	return got == GOT_ONE ? api_set(r, &agent) : reply_got(r, got);
}

static int
api_status(struct req *r)
{
	struct agent agent = { 0 };

	return enter(r, &agent) ? reply_status(r, agent.id) : r->status;
}

static int
api_status_change(struct req *r)
{
	struct agent agent = { 0 };

	return enter(r, &agent) ? api_set(r, &agent) : r->status;
}
