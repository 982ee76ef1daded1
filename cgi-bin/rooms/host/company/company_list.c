/* SPDX-License-Identifier: BSD-2-Clause */
/* company_list.c - the host's list of tenants as page nodes: columns with their orders, filters, rows, pages. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/company/company_views.h"
#include "web/moment.h"
#include "web/pager.h"

#define PLAIN_SORT "code"    /* what a link does not name */

const struct field_choice company_states[] = {
	{ "active", N_("Active") }, { "suspended", N_("Suspended") }, { "deleting", N_("Being deleted") },
	{ "erasing", N_("Being erased") }, { NULL, NULL }
};

const char *
company_state_label(const char *state)
{
	const struct field_choice *choice;

	for (choice = company_states; choice->value != NULL; choice++)
		if (text_equal(choice->value, state))
			return locale_text(choice->label);
	return state;
}

static bool
state_is_known(const char *state)
{
	const struct field_choice *choice;

	for (choice = company_states; choice->value != NULL; choice++)
		if (text_equal(choice->value, state))
			return true;
	return false;
}

static uint64_t
number_read(struct req *r, struct form *form, const char *name, uint64_t preset, uint64_t most)
{
	const char *text = req_query(r, name);
	uint64_t number;

	if (text == NULL)
		return preset;
	if (text_to_u64(text, &number) && number >= 1 && number <= most)
		return number;
	form_problem(r, form, name, N_("must be a number from 1 to %s"), arena_printf(r->arena, "%llu", (unsigned long long)most));
	return preset;
}

static const char *
text_read(struct req *r, const char *name)
{
	const char *text = req_query(r, name);

	return text != NULL ? text_trim(r->arena, arena_text_of(r->arena, text, text_prefix(text, 200))) : "";
}

void
company_query_read(struct req *r, struct form *form, struct company_query *query)
{
	query->search = text_read(r, "q");
	query->state = text_read(r, "state");
	query->plan = text_read(r, "plan");
	query->sort = text_read(r, "sort");
	query->page = number_read(r, form, "page", 1, 1000000);
	query->per_page = number_read(r, form, "per_page", COMPANY_ROWS, COMPANY_ROWS_MOST);
	if (query->state[0] != '\0' && !state_is_known(query->state)) {
		form_problem(r, form, "state", N_("must be one of: %s"), "active, suspended, deleting, erasing");
		query->state = "";
	}
	if (query->sort[0] != '\0' && !company_sort_is_known(query->sort))
		form_problem(r, form, "sort", N_("must be one of: %s"), "code, name, state, created_at, -code, …");
	if (!company_sort_is_known(query->sort))
		query->sort = PLAIN_SORT;
}

const char *
company_bytes(struct arena *arena, uint64_t bytes)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	uint64_t unit = 1;
	size_t i = 0;

	while (i + 1 < COUNT_OF(units) && bytes >= unit * 1000) {
		unit *= 1000;
		i++;
	}
	if (i == 0 || bytes >= unit * 100)
		return arena_printf(arena, "%llu %s", (unsigned long long)(bytes / unit), units[i]);
	return arena_printf(arena, "%llu.%llu %s", (unsigned long long)(bytes / unit),
		(unsigned long long)(bytes % unit * 10 / unit), units[i]);
}

struct json *
company_json(struct arena *arena, const struct company *company)
{
	struct json *json = tenant_json(arena, &company->tenant);

	json_set_u64(json, "agents", company->agents);
	json_set_u64(json, "chats", company->chats);
	json_set_u64(json, "storage_bytes", company->storage_bytes);
	return json;
}

enum got
company_plan_choices(struct req *r, struct field_choice **choices)
{
	struct db_rows rows = { 0 };
	const struct plan *plan;
	size_t i;

	if (plan_all(r->db, r->arena, &rows) == GOT_ERROR)
		return GOT_ERROR;
	*choices = ARENA_ARRAY(r->arena, struct field_choice, rows.count + 1);
	for (i = 0, plan = rows.rows; i < rows.count; i++, plan++)
		(*choices)[i] = (struct field_choice){ plan->code, plan->name };
	return GOT_ONE;
}

/* What all parts of the drawing need. */
struct list {
	struct req *r;
	const struct company_query *query;
	struct page_node *node;
	struct db_rows rows;
	uint64_t total;
};

static void
link_add(struct str *link, const char *name, const char *value)
{
	if (value[0] == '\0')
		return;
	str_addf(link, "%c%s=", strchr(link->data, '?') == NULL ? '?' : '&', name);
	text_url_encode(link, value);
}

static void
link_add_u64(struct str *link, struct arena *arena, const char *name, uint64_t value)
{
	link_add(link, name, arena_printf(arena, "%llu", (unsigned long long)value));
}

/* A link to this list with another order or page. */
static const char *
list_link(const struct list *list, const char *path, const char *sort, uint64_t page)
{
	struct str link;

	str_init(&link, list->r->arena);
	str_add(&link, path);
	link_add(&link, "q", list->query->search);
	link_add(&link, "state", list->query->state);
	link_add(&link, "plan", list->query->plan);
	link_add(&link, "sort", strcmp(sort, PLAIN_SORT) != 0 ? sort : "");
	if (list->query->per_page != COMPANY_ROWS)
		link_add_u64(&link, list->r->arena, "per_page", list->query->per_page);
	if (page > 1)
		link_add_u64(&link, list->r->arena, "page", page);
	return link.data;
}

#define LIST_PATH "/host/tenants"

static void
show_column(const struct list *list, const char *name, const char *label)
{
	struct page_node *column = page_add(list->node, "Columns");
	const char *sort = list->query->sort;
	bool descends = sort[0] == '-', is_sorted = strcmp(sort + descends, name) == 0;

	page_set(column, "Name", name);
	page_set(column, "Label", locale_text(label));
	if (is_sorted)
		page_set(column, "Order", descends ? "descending" : "ascending");
	if (company_sort_is_known(name))
		page_set(column, "Sort", list_link(list, LIST_PATH,
			is_sorted && !descends ? arena_printf(list->r->arena, "-%s", name) : name, 1));
}

static const struct {
	const char *name;
	const char *label;
} columns[] = {
	{ "name", N_("Name") }, { "code", N_("Company code") }, { "state", N_("State") }, { "plan", N_("Plan") },
	{ "agents", N_("Agents") }, { "chats", N_("Chats now") }, { "storage", N_("Storage") }, { "created_at", N_("Created at") }
};

static struct page_node *
show_cell(struct page_node *row, size_t column, const char *type, const char *text)
{
	struct page_node *cell = page_add(row, "Cells");

	page_set(cell, "Label", locale_text(columns[column].label));
	page_set(cell, "Type", type);
	page_set(cell, "Text", text);
	page_set_bool(cell, "Main", column == 0);
	return cell;
}

static void
show_row(const struct list *list, const struct company *company)
{
	struct page_node *row = page_add(list->node, "Rows"), *cell;
	const struct tenant *tenant = &company->tenant;
	struct arena *arena = list->r->arena;

	page_set_u64(row, "Id", tenant->id);
	page_set(row, "Name", tenant->name);
	page_setf(row, "Path", LIST_PATH "/%llu", (unsigned long long)tenant->id);
	show_cell(row, 0, "text", tenant->name);
	show_cell(row, 1, "text", tenant->code);
	cell = show_cell(row, 2, "choice", company_state_label(tenant->state));
	page_set(cell, "Value", tenant->state);
	show_cell(row, 3, "text", company->plan_name);
	show_cell(row, 4, "number", arena_printf(arena, "%llu", (unsigned long long)company->agents));
	show_cell(row, 5, "number", arena_printf(arena, "%llu", (unsigned long long)company->chats));
	show_cell(row, 6, "number", company_bytes(arena, company->storage_bytes));
	moment_show_date(list->r, show_cell(row, 7, "time", NULL), "Text", tenant->created_at);
}

static void
show_filter(const struct list *list, const char *name, const char *label, const struct field_choice *choices, const char *chosen)
{
	struct page_node *filter = page_add(list->node, "Filters"), *choice;

	page_set(filter, "Name", name);
	page_set(filter, "Label", locale_text(label));
	page_set_bool(filter, "Chosen", chosen[0] != '\0');
	for (; choices->value != NULL; choices++) {
		choice = page_add(filter, "Choices");
		page_set(choice, "Value", choices->value);
		page_set(choice, "Label", locale_text(choices->label));
		page_set_bool(choice, "Selected", strcmp(choices->value, chosen) == 0);
	}
}

static const char *
page_link(const void *arg, uint64_t page)
{
	const struct list *list = arg;

	return list_link(list, LIST_PATH, list->query->sort, page);
}

static void
show_pages(const struct list *list)
{
	const struct company_query *query = list->query;
	const struct pager pager = { .list = list->node, .current = query->page, .pages = (list->total + query->per_page - 1) / query->per_page,
		.link = page_link, .arg = list };

	pager_show(&pager);
}

static void
show_head(const struct list *list)
{
	const struct company_query *query = list->query;
	uint64_t first = (query->page - 1) * query->per_page;

	page_set(list->node, "Title", locale_text(N_("Companies")));
	page_set(list->node, "Help", locale_text(N_("Every company has its own people, widgets and chats. Make one, and send its owner the link to sign in.")));
	page_set(list->node, "Path", LIST_PATH);
	page_set(list->node, "Export", list_link(list, LIST_PATH ".csv", query->sort, 1));
	page_set(list->node, "Search", query->search);
	page_set_bool(list->node, "Narrowed", query->search[0] != '\0' || query->state[0] != '\0' || query->plan[0] != '\0');
	if (strcmp(query->sort, PLAIN_SORT) != 0)
		page_set(list->node, "Sort", query->sort);
	if (req_may(list->r, MAY_HOST_TENANTS)) {
		page_set(list->node, "New", LIST_PATH "/new");
		page_set(list->node, "NewLabel", locale_text(N_("New company")));
	}
	page_set_u64(list->node, "Total", list->total);
	page_set_u64(list->node, "From", list->rows.count > 0 ? first + 1 : 0);
	page_set_u64(list->node, "To", first + list->rows.count);
}

enum got
company_list_show(struct req *r, const struct company_query *query)
{
	struct company_query last = *query;
	struct list list = { .r = r, .query = query, .node = page_child(r->page, "List") };
	struct field_choice *plans = NULL;
	const struct company *company;
	size_t i;

	if (company_list(r->db, r->arena, query, &list.rows, &list.total) == GOT_ERROR)
		return GOT_ERROR;
	if (list.rows.count == 0 && list.total > 0) {        /* companies were erased: the last page instead */
		last.page = (list.total + query->per_page - 1) / query->per_page;
		list.query = query = &last;
		if (company_list(r->db, r->arena, query, &list.rows, &list.total) == GOT_ERROR)
			return GOT_ERROR;
	}
	if (company_plan_choices(r, &plans) == GOT_ERROR)
		return GOT_ERROR;
	show_head(&list);
	show_filter(&list, "state", N_("State"), company_states, query->state);
	show_filter(&list, "plan", N_("Plan"), plans, query->plan);
	for (i = 0; i < COUNT_OF(columns); i++)
		show_column(&list, columns[i].name, columns[i].label);
	for (i = 0, company = list.rows.rows; i < list.rows.count; i++, company++)
		show_row(&list, company);
	show_pages(&list);
	return GOT_ONE;
}
