/* SPDX-License-Identifier: BSD-2-Clause */
/* page_floor.c - a bare FastCGI program that answers with the same page as /admin/canned: session look-up, the same
 * statements for 50 rows, the same template, parsed once.
 * usage: page_floor SOCKET WORKERS DATABASE-SOCKET DATABASE TEMPLATES */
#include <ClearSilver.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "floor.h"

#define IDENTITY_SQL "SELECT s.seen_at, t.id AS tenant_id, t.name AS tenant_name, t.locale AS tenant_locale," \
	" t.time_zone AS tenant_zone, a.id AS agent_id, a.first_name, a.last_name, a.alias, a.locale, a.time_zone," \
	" (SELECT GROUP_CONCAT(r.permissions SEPARATOR ' ') FROM agent_role ar" \
	" JOIN role r ON r.tenant_id = ar.tenant_id AND r.id = ar.role_id AND r.deleted_at IS NULL" \
	" WHERE ar.tenant_id = a.tenant_id AND ar.agent_id = a.id) AS permissions FROM session s" \
	" JOIN tenant t ON t.id = s.tenant_id AND t.state = 'active'" \
	" JOIN agent a ON a.tenant_id = s.tenant_id AND a.id = s.agent_id AND a.deleted_at IS NULL" \
	" WHERE s.token_hash = ? AND s.expires_at > ? AND s.seen_at > ?"
#define WHERE_SQL " FROM `canned` WHERE tenant_id = ? AND deleted_at IS NULL AND owner_key IN (0, ?)"
#define LIST_SQL "SELECT `id`, `name`, `category`, `shortcut`, `body`, `agent_id`, `created_at`, `updated_at`, `deleted_at`" \
	WHERE_SQL " ORDER BY `name`, id LIMIT ? OFFSET ?"
#define COUNT_SQL "SELECT COUNT(*)" WHERE_SQL
#define ROWS 50
#define TOKEN "0123456789012345678901234567890123456789012"
#define SESSION_IDLE (12ULL * 3600 * 1000)

enum { TENANT_ID = 1, TENANT_NAME = 2, AGENT_ID = 5, FIRST_NAME = 6, LAST_NAME = 7, ALIAS = 8 };

struct worker {
	MYSQL *mysql;
	struct floor_statement identity, list, count;
	CSPARSE *parse;
	HDF *config;
};

static const struct { const char *group, *label, *path; } menu[] = {
	{ "Overview", "Start", "/admin" }, { "History", "Chats", "/admin/history" },
	{ "History", "Missed and refused", "/admin/missed" }, { "Widgets", "My widgets", "/admin/widgets" },
	{ "Widgets", "Installation", "/admin/installation" }, { "People", "Agents", "/admin/agents" },
	{ "People", "Queues", "/admin/queues" }, { "Tools", "Canned messages", "/admin/canned" }
};
static const struct { const char *name, *label, *sort; } columns[] = {
	{ "name", "Name", "/admin/canned?sort=-name" }, { "category", "Category", "/admin/canned?sort=category" },
	{ "shortcut", "Shortcut", "/admin/canned?sort=shortcut" }
};

static void
must(NEOERR *error)
{
	if (error == STATUS_OK)
		return;
	nerr_log_error(error);
	exit(1);
}

static HDF *
child(HDF *node, const char *name)
{
	HDF *found = NULL;

	must(hdf_get_node(node, name, &found));
	return found;
}

static HDF *
item(HDF *list, unsigned number)
{
	char name[12];

	snprintf(name, sizeof name, "%u", number);
	return child(list, name);
}

static void
set(HDF *node, const char *name, const char *value)
{
	must(hdf_set_value(node, name, value));
}

/* --- what the page shows */

static void
show_menu(HDF *page)
{
	HDF *groups = child(page, "Menu"), *group = NULL, *items = NULL, *entry;
	unsigned i, count = 0, inside = 0;

	for (i = 0; i < sizeof menu / sizeof *menu; i++) {
		if (i == 0 || strcmp(menu[i].group, menu[i - 1].group) != 0) {
			group = item(groups, count++);
			set(group, "Label", menu[i].group);
			items = child(group, "Items");
			inside = 0;
		}
		entry = item(items, inside++);
		set(entry, "Label", menu[i].label);
		set(entry, "Path", menu[i].path);
		if (strcmp(menu[i].path, "/admin/canned") == 0)
			set(entry, "Current", "1");
	}
}

static void
show_frame(HDF *page, struct floor_statement *identity)
{
	char name[170];

	set(page, "Locale", "en");
	set(page, "Dir", "ltr");
	set(page, "Site.Name", "Hark");
	set(page, "Site.Version", HARK_VERSION);
	set(page, "Tenant.Name", identity->values[TENANT_NAME]);
	set(page, "Form.Token", TOKEN);
	snprintf(name, sizeof name, "%.80s %.80s", identity->values[FIRST_NAME], identity->values[LAST_NAME]);
	set(page, "User.Name", name);
	set(page, "User.Alias", identity->values[ALIAS]);
	set(page, "User.Id", identity->values[AGENT_ID]);
	set(page, "User.MayChat", "1");
	show_menu(page);
}

static void
show_head(HDF *page, HDF *list)
{
	HDF *node;
	unsigned i;

	set(page, "Title", "Canned messages");
	set(list, "Title", "Canned messages");
	set(list, "One", "canned message");
	set(list, "Help", "Answers that are written once and used often: agents find them by / in the message box.");
	set(list, "Path", "/admin/canned");
	set(list, "Export", "/admin/canned.csv");
	set(list, "Search", "");
	set(list, "New", "/admin/canned/new");
	set(list, "NewLabel", "New canned message");
	node = item(child(list, "Tabs"), 0);
	set(node, "Label", "In use");
	set(node, "Path", "/admin/canned");
	set(node, "Current", "1");
	node = item(child(list, "Tabs"), 1);
	set(node, "Label", "Deleted");
	set(node, "Path", "/admin/canned?status=deleted");
	for (i = 0; i < sizeof columns / sizeof *columns; i++) {
		node = item(child(list, "Columns"), i);
		set(node, "Name", columns[i].name);
		set(node, "Label", columns[i].label);
		set(node, "Sort", columns[i].sort);
		if (i == 0)
			set(node, "Order", "ascending");
	}
}

static void
show_row(HDF *row, char (*values)[FLOOR_TEXT])
{
	HDF *cells = child(row, "Cells"), *cell;
	char path[100];
	unsigned i;

	set(row, "Id", values[0]);
	snprintf(path, sizeof path, "/admin/canned/%.20s", values[0]);
	set(row, "Path", path);
	snprintf(path, sizeof path, "/admin/canned/%.20s/delete", values[0]);
	set(row, "Delete", path);
	set(row, "Name", values[1]);
	for (i = 0; i < sizeof columns / sizeof *columns; i++) {
		cell = item(cells, i);
		set(cell, "Name", columns[i].name);
		set(cell, "Label", columns[i].label);
		set(cell, "Type", "text");
		set(cell, "Text", values[i + 1]);
		if (i == 0)
			set(cell, "Main", "1");
	}
}

static void
show_pages(HDF *list, unsigned total)
{
	unsigned page, pages = (total + ROWS - 1) / ROWS;
	char text[40];
	HDF *node;

	snprintf(text, sizeof text, "%u", total);
	set(list, "Total", text);
	set(list, "From", "1");
	snprintf(text, sizeof text, "%u", total < ROWS ? total : ROWS);
	set(list, "To", text);
	for (page = 1; page <= pages && pages > 1; page++) {
		node = item(child(list, "Pages"), page - 1);
		snprintf(text, sizeof text, "%u", page);
		set(node, "Number", text);
		snprintf(text, sizeof text, page == 1 ? "/admin/canned" : "/admin/canned?page=%u", page);
		set(node, "Path", text);
		if (page == 1)
			set(node, "Current", "1");
	}
	if (pages > 1)
		set(list, "Next", "/admin/canned?page=2");
}

/* --- asking */

static int
identify(struct worker *worker, FCGX_Request *request)
{
	const char *cookie = FCGX_GetParam("HTTP_COOKIE", request->envp);
	const char *token = cookie != NULL ? strstr(cookie, "hark=") : NULL;
	unsigned char hash[EVP_MAX_MD_SIZE];
	uint64_t now = (uint64_t)time(NULL) * 1000, idle = now - SESSION_IDLE;
	MYSQL_BIND binds[3];

	if (token == NULL)
		return 0;
	token += 5;
	EVP_Digest(token, strcspn(token, "; "), hash, NULL, EVP_sha256(), NULL);
	floor_bind_bytes(&binds[0], hash, 32);
	floor_bind_u64(&binds[1], &now);
	floor_bind_u64(&binds[2], &idle);
	floor_execute(&worker->identity, binds);
	if (!floor_fetch(&worker->identity))
		return 0;
	mysql_stmt_free_result(worker->identity.handle);
	return 1;
}

static void
load(struct worker *worker, HDF *list)
{
	const uint64_t tenant = strtoull(worker->identity.values[TENANT_ID], NULL, 10);
	const uint64_t agent = strtoull(worker->identity.values[AGENT_ID], NULL, 10), rows = ROWS, offset = 0;
	HDF *node = child(list, "Rows");
	MYSQL_BIND binds[4];
	unsigned i;

	floor_bind_u64(&binds[0], &tenant);
	floor_bind_u64(&binds[1], &agent);
	floor_bind_u64(&binds[2], &rows);
	floor_bind_u64(&binds[3], &offset);
	floor_execute(&worker->list, binds);
	for (i = 0; floor_fetch(&worker->list); i++)
		show_row(item(node, i), worker->list.values);
	floor_execute(&worker->count, binds);
	if (floor_fetch(&worker->count))
		show_pages(list, floor_number(worker->count.values[0]));
	mysql_stmt_free_result(worker->count.handle);
}

static NEOERR *
piece(void *context, char *text)
{
	return string_append(context, text);
}

static void
serve(FCGX_Request *request, void *arg)
{
	struct worker *worker = arg;
	HDF *page = NULL, *list;
	STRING out;

	if (!identify(worker, request)) {
		FCGX_FPrintF(request->out, "Status: 303 See Other\r\nLocation: /sign-in\r\n\r\n");
		return;
	}
	must(hdf_init(&page));
	list = child(page, "List");
	show_frame(page, &worker->identity);
	show_head(page, list);
	load(worker, list);
	string_init(&out);
	worker->parse->hdf = page;
	must(cs_render(worker->parse, &out, piece));
	worker->parse->hdf = worker->config;
	FCGX_FPrintF(request->out, "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n\r\n");
	FCGX_PutStr(out.buf, out.len, request->out);
	string_clear(&out);
	hdf_destroy(&page);
}

static void *
worker_open(void *arg)
{
	char **arguments = arg;
	struct worker *worker = calloc(1, sizeof *worker);

	if (worker == NULL || chdir(arguments[5]) != 0)
		floor_fail(arguments[5]);
	worker->mysql = floor_connect(arguments[3], arguments[4]);
	floor_prepare(worker->mysql, &worker->identity, IDENTITY_SQL);
	floor_prepare(worker->mysql, &worker->list, LIST_SQL);
	floor_prepare(worker->mysql, &worker->count, COUNT_SQL);
	must(nerr_init());
	must(hdf_init(&worker->config));
	set(worker->config, "Config.VarEscapeMode", "html");
	set(worker->config, "hdf.loadpaths.0", arguments[5]);
	must(cs_init(&worker->parse, worker->config));
	must(cgi_register_strfuncs(worker->parse));
	must(cs_parse_file(worker->parse, "resource/list.cs"));
	return worker;
}

int
main(int argc, char **argv)
{
	if (argc != 6) {
		fputs("usage: page_floor SOCKET WORKERS DATABASE-SOCKET DATABASE TEMPLATES\n", stderr);
		return 2;
	}
	floor_serve(argv[1], floor_number(argv[2]), worker_open, serve, argv);
	return 0;
}
