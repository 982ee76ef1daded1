/* SPDX-License-Identifier: BSD-2-Clause */
/* host_log_pages.c - the host's own audit log. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/host.h"
#include "web/reply.h"

#define LOG_ROWS 50
#define LOG_ROWS_MAX 200        /* that a program may ask for */

static handler log_show, log_api;

const struct route host_log_routes[] = {
	{ GET, "/host/audit", MAY_HOST_READ, log_show, ROUTE_HOST, NULL },
	{ GET, "/api/v1/host/audit", MAY_HOST_READ, log_api, ROUTE_HOST | ROUTE_JSON, NULL },
	{ .path = NULL }
};

/* "name": ["before", "after"] */
static bool
show_change(void *arg, const char *name, struct json *value)
{
	struct page_node *change = page_add(arg, "Changes");

	page_set(change, "Field", name);
	page_set(change, "Before", json_value_text(json_at(value, 0)));
	page_set(change, "After", json_value_text(json_at(value, 1)));
	return true;
}

static void
show_entry(struct req *r, const struct host_log *entry)
{
	struct page_node *node = page_add(r->page, "Log");
	const char *problem;
	const struct json *difference = json_parse(r->arena, entry->difference, strlen(entry->difference), &problem);

	page_set(node, "At", clock_show(r->arena, entry->at, "%Y-%m-%d %H:%M:%S"));
	page_set(node, "Who", entry->actor_name[0] != '\0' ? entry->actor_name : entry->actor_kind);
	page_set(node, "Address", entry->address);
	page_set(node, "Action", entry->action);
	page_set(node, "Subject", entry->noun_name);
	page_set(node, "Company", entry->tenant_name);
	if (entry->tenant_id != 0 && entry->tenant_name[0] != '\0')
		page_setf(node, "Path", "/host/tenants/%llu", (unsigned long long)entry->tenant_id);
	if (json_is_object(difference))
		json_each(difference, show_change, node);
}

static uint64_t
query_u64(const struct req *r, const char *name)
{
	uint64_t number;

	return text_to_u64(req_query(r, name), &number) ? number : 0;
}

static int
log_show(struct req *r)
{
	struct host_log_query query = { .tenant = query_u64(r, "tenant"), .before = query_u64(r, "before"), .most = LOG_ROWS + 1 };
	const struct host_log *entry;
	struct db_rows rows = { 0 };
	size_t i;

	if (host_log_read(r->db, r->arena, &query, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, entry = rows.rows; i < rows.count && i < LOG_ROWS; i++)
		show_entry(r, &entry[i]);
	if (rows.count > LOG_ROWS)
		page_setf(r->page, "Older", "/host/audit?%s%.0llu%sbefore=%llu", query.tenant != 0 ? "tenant=" : "",
			(unsigned long long)query.tenant, query.tenant != 0 ? "&" : "", (unsigned long long)entry[LOG_ROWS - 1].id);
	page_set_bool(r->page, "IsNewest", query.before == 0);
	page_set_bool(r->page, "IsOfOne", query.tenant != 0);
	page_set(r->page, "Title", locale_text(N_("Audit")));
	return reply_page(r, "host/audit");
}

struct json *
host_log_json(struct arena *arena, const struct host_log *entry)
{
	struct json *json = json_new_object(arena), *actor = json_new_object(arena), *tenant = json_new_object(arena);
	const char *problem;

	json_set_u64(json, "id", entry->id);
	json_set_text(json, "at", clock_iso(arena, entry->at));
	json_set_text(actor, "kind", entry->actor_kind);
	json_set_text(actor, "name", entry->actor_name);
	json_set_text(actor, "address", entry->address);
	json_set(json, "actor", actor);
	json_set_u64(tenant, "id", entry->tenant_id);
	json_set_text(tenant, "name", entry->tenant_name);
	if (entry->tenant_id != 0)
		json_set(json, "tenant", tenant);
	else
		json_set_text(json, "tenant", NULL);
	json_set_text(json, "action", entry->action);
	json_set_text(json, "name", entry->noun_name);
	json_set(json, "difference", json_parse(arena, entry->difference, strlen(entry->difference), &problem));
	return json;
}

/* A number of the query that must be from 1 to `most` when it is there; an answer has been sent, or 0. */
static int
log_number(struct req *r, const char *name, uint64_t most, uint64_t *number)
{
	if (!req_has(r, name) || (text_to_u64(req_query(r, name), number) && *number >= 1 && *number <= most))
		return 0;
	return reply_field_error(r, 422, name, N_("must be from 1 to %s"), arena_printf(r->arena, "%llu", (unsigned long long)most));
}

static int
log_api(struct req *r)
{
	struct host_log_query query = { .most = LOG_ROWS };
	struct json *reply = json_new_object(r->arena), *items = json_new_array(r->arena);
	const struct host_log *entry;
	struct db_rows rows = { 0 };
	size_t i;

	if (log_number(r, "tenant", INT64_MAX, &query.tenant) != 0 || log_number(r, "before", INT64_MAX, &query.before) != 0
		|| log_number(r, "per_page", LOG_ROWS_MAX, &query.most) != 0)
		return r->status;
	if (host_log_read(r->db, r->arena, &query, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, entry = rows.rows; i < rows.count; i++)
		json_add(items, host_log_json(r->arena, &entry[i]));
	json_set(reply, "items", items);
	if (rows.count == query.most)
		json_set_u64(reply, "next_before", entry[rows.count - 1].id);
	return reply_json(r, reply);
}
