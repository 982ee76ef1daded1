/* SPDX-License-Identifier: BSD-2-Clause */
/* page_agents.c - /admin/agents of page_floor: 50 agents with their roles and queues, and what the list can be narrowed by. */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LIST_SQL "SELECT id, alias, account, email, status, (SELECT w.name FROM away_status w WHERE w.tenant_id = a.tenant_id" \
	" AND w.id = a.away_id) AS away, status_at, max_chats, max_tickets FROM agent a WHERE tenant_id = ? AND deleted_at IS NULL" \
	" ORDER BY account, id LIMIT 51"
#define ROLES_SQL "SELECT l.agent_id, o.name FROM agent_role l JOIN role o ON o.tenant_id = l.tenant_id AND o.id = l.role_id" \
	" AND o.deleted_at IS NULL WHERE l.tenant_id = ? ORDER BY l.agent_id, o.id"
#define QUEUES_SQL "SELECT l.agent_id, o.name FROM queue_agent l JOIN queue o ON o.tenant_id = l.tenant_id AND o.id = l.queue_id" \
	" AND o.deleted_at IS NULL WHERE l.tenant_id = ? ORDER BY l.agent_id, o.id"
#define CHOICES_OF(number, noun) "SELECT " number " AS part, id, name FROM " noun " WHERE tenant_id = ? AND deleted_at IS NULL"
#define CHOICES_SQL CHOICES_OF("1", "role") " UNION ALL " CHOICES_OF("2", "queue") " UNION ALL " CHOICES_OF("3", "skill") \
	" UNION ALL " CHOICES_OF("4", "widget") " ORDER BY part, name, id"

enum { ID, NAME, ACCOUNT, EMAIL, STATUS, AWAY, SINCE, CHATS, TICKETS };

static const struct list_head head = { "agents", "Agents", "agent",
	"Agents are the people of your company who sign in, chat with visitors and change settings.", "New agent" };
static const struct list_column columns[] = {
	{ "alias", "Alias", 1 }, { "account", "Account", 1 }, { "email", "E-mail", 1 }, { "status", "Status", 1 },
	{ "away_id", "Away status", 0 }, { "status_at", "Since", 1 }, { "roles", "Roles", 0 }, { "queues", "Queues", 0 },
	{ "max_chats", "Chats at once", 1 }, { "max_tickets", "Tickets at once", 1 }, { NULL, NULL, 0 }
};
static const char *const filters[][2] = { { "status", "Status" }, { "roles", "Roles" }, { "queues", "Queues" }, { "skills", "Skills" },
	{ "widgets", "Widget" } };
static const char *const states[][2] = { { "online", "Online" }, { "away", "Away" }, { "offline", "Offline" } };

void
agents_open(struct worker *worker)
{
	floor_prepare(worker->mysql, &worker->agents, LIST_SQL);
	floor_prepare(worker->mysql, &worker->roles, ROLES_SQL);
	floor_prepare(worker->mysql, &worker->queues, QUEUES_SQL);
	floor_prepare(worker->mysql, &worker->choices, CHOICES_SQL);
}

static HDF *
cell_add(HDF *cells, unsigned number, const char *type, const char *text)
{
	HDF *cell = item(cells, number);

	set(cell, "Name", columns[number].name);
	set(cell, "Label", columns[number].label);
	if (type != NULL)
		set(cell, "Type", type);
	if (text != NULL)
		set(cell, "Text", text);
	return cell;
}

/* The links come in the order of the ids, as do the agents whose accounts the benchmark has numbered. `*more`: a row is waiting. */
static void
show_set(HDF *cell, struct floor_statement *links, int *more, const char *id)
{
	HDF *names = child(cell, "Names");
	unsigned count;

	for (count = 0; *more && strcmp(links->values[0], id) == 0; count++) {
		if (count < 3)
			set(item(names, count), "Text", links->values[1]);
		*more = floor_fetch(links);
	}
}

static void
show_since(HDF *cell, const char *moment)
{
	time_t seconds = (time_t)(strtoull(moment, NULL, 10) / 1000);
	char text[40];
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof text, "%-d %b %Y, %H:%M", &tm);
	set(cell, "Text", text);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
	set(cell, "TextIso", text);
}

static void
show_links(HDF *row, const char *id)
{
	static const char *const links[][2] = { { "password", "Reset the password" }, { "status", "Status" } };
	HDF *nodes = child(row, "Links"), *node;
	char path[100];
	unsigned i;

	for (i = 0; i < 2; i++) {
		node = item(nodes, i);
		snprintf(path, sizeof path, "/admin/agents/%.20s/%s", id, links[i][0]);
		set(node, "Path", path);
		set(node, "Name", links[i][0]);
		set(node, "Label", links[i][1]);
	}
}

static const char *
state_label(const char *state)
{
	unsigned i;

	for (i = 0; i < 3; i++)
		if (strcmp(states[i][0], state) == 0)
			return states[i][1];
	return state;
}

static void
show_row(struct worker *worker, HDF *row, int *more_roles, int *more_queues)
{
	char (*values)[FLOOR_TEXT] = worker->agents.values;
	HDF *cells = child(row, "Cells");

	list_show_row(row, "agents", values[ID], values[NAME]);
	show_links(row, values[ID]);
	set(cell_add(cells, 0, "text", values[NAME]), "Main", "1");
	cell_add(cells, 1, "text", values[ACCOUNT]);
	cell_add(cells, 2, "text", values[EMAIL]);
	set(cell_add(cells, 3, "choice", state_label(values[STATUS])), "Value", values[STATUS]);
	cell_add(cells, 4, NULL, values[AWAY]);
	show_since(cell_add(cells, 5, "time", NULL), values[SINCE]);
	show_set(cell_add(cells, 6, "set", NULL), &worker->roles, more_roles, values[ID]);
	show_set(cell_add(cells, 7, "set", NULL), &worker->queues, more_queues, values[ID]);
	cell_add(cells, 8, "number", values[CHATS]);
	cell_add(cells, 9, "number", values[TICKETS]);
}

static void
show_choice(HDF *choices, unsigned number, const char *value, const char *label)
{
	HDF *choice = item(choices, number);

	set(choice, "Value", value);
	set(choice, "Label", label);
}

/* Each part of the statement is a filter; the states are the first. */
static void
show_filters(struct worker *worker, HDF *list)
{
	HDF *nodes = child(list, "Filters");
	unsigned i, part, count = 0, last = 0;

	for (i = 0; i < sizeof filters / sizeof *filters; i++) {
		set(item(nodes, i), "Name", filters[i][0]);
		set(item(nodes, i), "Label", filters[i][1]);
	}
	for (i = 0; i < 3; i++)
		show_choice(child(item(nodes, 0), "Choices"), i, states[i][0], states[i][1]);
	while (floor_fetch(&worker->choices)) {
		part = floor_number(worker->choices.values[0]);
		count = part == last ? count + 1 : 0;
		last = part;
		show_choice(child(item(nodes, part), "Choices"), count, worker->choices.values[1], worker->choices.values[2]);
	}
}

static void
show_link(HDF *list, unsigned number, const char *path, const char *label)
{
	HDF *link = item(child(list, "Links"), number);

	set(link, "Path", path);
	set(link, "Label", label);
}

void
agents_show(struct worker *worker, HDF *page)
{
	HDF *list = child(page, "List"), *rows = child(list, "Rows");
	int more_roles, more_queues;
	MYSQL_BIND binds[4];
	unsigned i;

	list_show_head(page, &head);
	show_link(list, 0, "/admin/invitations", "Invite");
	show_link(list, 1, "/admin/agents/import", "Import");
	list_show_columns(list, "agents", columns, "account");
	for (i = 0; i < 4; i++)
		floor_bind_u64(&binds[i], &worker->tenant);
	floor_execute(&worker->agents, binds);
	floor_execute(&worker->roles, binds);
	floor_execute(&worker->queues, binds);
	floor_execute(&worker->choices, binds);
	more_roles = floor_fetch(&worker->roles);
	more_queues = floor_fetch(&worker->queues);
	for (i = 0; floor_fetch(&worker->agents); i++)
		if (i < PAGE_ROWS)
			show_row(worker, item(rows, i), &more_roles, &more_queues);
	list_show_pages(list, "agents", i);
	show_filters(worker, list);
}
