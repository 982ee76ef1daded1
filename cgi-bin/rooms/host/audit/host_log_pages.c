/* SPDX-License-Identifier: BSD-2-Clause */
/* host_log_pages.c - the host's own audit log. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/audit/host_log_store.h"
#include "web/reply.h"

#define LOG_ROWS 50

static handler log_show;

const struct route host_log_routes[] = {
	{ GET, "/host/audit", MAY_HOST_READ, log_show, ROUTE_HOST, NULL },
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
