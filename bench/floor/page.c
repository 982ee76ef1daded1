/* SPDX-License-Identifier: BSD-2-Clause */
/* page.c - what the pages of page_floor share: the frame, and the head and the pages of lists. */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

#define MENU_LINE 300            /* of the menu's file */

struct link {
	const char *label, *path;
};

static const struct link own[] = {
	{ "Change user info", "/admin/profile" }, { "My availability", "/admin/availability" },
	{ "Change password", "/admin/password" }, { "Two-factor authentication", "/admin/two-factor" },
	{ "Where you are signed in", "/admin/sessions" }, { "API keys", "/admin/api-keys" },
	{ "Your website", "/admin/installation" }
};

static const char *const languages[][2] = { { "en", "English" }, { "fr", "Français" }, { "pt", "Português" }, { "es", "Español" } };

void
must(NEOERR *error)
{
	if (error == STATUS_OK)
		return;
	nerr_log_error(error);
	exit(1);
}

HDF *
child(HDF *node, const char *name)
{
	HDF *found = NULL;

	must(hdf_get_node(node, name, &found));
	return found;
}

HDF *
item(HDF *list, unsigned number)
{
	char name[12];

	snprintf(name, sizeof name, "%u", number);
	return child(list, name);
}

void
set(HDF *node, const char *name, const char *value)
{
	must(hdf_set_value(node, name, value));
}

/* --- the frame */

/* A field of a line, ended by a tab, for good; what stands after it is next. */
static const char *
menu_field(char **at)
{
	size_t len = strcspn(*at, "\t\n");
	const char *field = strndup(*at, len);

	if (field == NULL)
		floor_fail("strndup");
	*at += len + ((*at)[len] != '\0');
	return field;
}

void
menu_open(struct worker *worker, const char *file)
{
	FILE *lines = fopen(file, "r");
	char line[MENU_LINE], *at;
	struct entry *entry;

	if (lines == NULL)
		floor_fail(file);
	while (worker->entries < PAGE_ENTRIES && fgets(line, sizeof line, lines) != NULL) {
		entry = &worker->menu[worker->entries++];
		at = line;
		entry->folds = strcmp(menu_field(&at), "1") == 0;
		entry->group = menu_field(&at);
		entry->path = menu_field(&at);
		entry->label = menu_field(&at);
	}
	fclose(lines);
}

static void
show_menu(const struct worker *worker, HDF *page, const char *path)
{
	HDF *groups = child(page, "Menu"), *group = NULL, *items = NULL, *node;
	const struct entry *menu = worker->menu;
	unsigned i, count = 0, inside = 0;

	for (i = 0; i < worker->entries; i++) {
		if (i == 0 || strcmp(menu[i].group, menu[i - 1].group) != 0) {
			group = item(groups, count++);
			set(group, "Label", menu[i].group);
			if (menu[i].folds)
				set(group, "Folds", "1");
			items = child(group, "Items");
			inside = 0;
		}
		node = item(items, inside++);
		set(node, "Label", menu[i].label);
		set(node, "Path", menu[i].path);
		if (strcmp(menu[i].path, path) == 0) {
			set(node, "Current", "1");
			set(group, "Current", "1");
		}
	}
}

static void
show_languages(HDF *page, const char *path)
{
	HDF *list = child(page, "Languages"), *node;
	unsigned i;

	for (i = 0; i < COUNT(languages); i++) {
		node = item(list, i);
		set(node, "Value", languages[i][0]);
		set(node, "Label", languages[i][1]);
		if (i == 0)
			set(node, "Current", "1");
	}
	set(page, "Language.Label", languages[0][1]);
	set(page, "Language.Next", path);
}

void
frame_show(HDF *page, const char *path)
{
	set(page, "Locale", "en");
	set(page, "Dir", "ltr");
	set(page, "Site.Name", "Hark");
	set(page, "Site.Version", HARK_VERSION);
	set(page, "Site.Help", "/help");
	set(page, "Form.Token", PAGE_TOKEN);
	show_languages(page, path);
}

/* How many chats wait for the one who asks. */
static void
show_badge(struct worker *worker, HDF *page)
{
	MYSQL_BIND binds[3];

	floor_bind_u64(&binds[0], &worker->tenant);
	floor_bind_u64(&binds[1], &worker->agent);
	floor_bind_u64(&binds[2], &worker->tenant);
	floor_execute(&worker->badge, binds);
	if (floor_fetch(&worker->badge) && strcmp(worker->badge.values[0], "0") != 0)
		set(page, "User.Chats", worker->badge.values[0]);
	mysql_stmt_free_result(worker->badge.handle);
}

void
frame_show_user(struct worker *worker, HDF *page, const char *path)
{
	char (*who)[FLOOR_TEXT] = worker->identity.values, text[170];
	HDF *links, *link;
	unsigned i;

	set(page, "Tenant.Name", who[TENANT_NAME]);
	snprintf(text, sizeof text, "%.80s %.80s", who[FIRST_NAME], who[LAST_NAME]);
	set(page, "User.Name", text);
	set(page, "User.Alias", who[ALIAS]);
	set(page, "User.Id", who[AGENT_ID]);
	snprintf(text, sizeof text, "%c%c", *who[FIRST_NAME], who[LAST_NAME][strcspn(who[LAST_NAME], "0123456789")]);
	set(page, "User.Initials", text);
	set(page, "User.MayChat", "1");
	links = child(page, "User.Links");
	for (i = 0; i < COUNT(own); i++) {
		link = item(links, i);
		set(link, "Label", own[i].label);
		set(link, "Path", own[i].path);
	}
	show_menu(worker, page, path);
	show_badge(worker, page);
}

/* --- lists */

/* "/admin/<plural><rest>" */
static void
set_path(HDF *node, const char *name, const char *plural, const char *rest)
{
	char text[200];

	snprintf(text, sizeof text, "/admin/%s%s", plural, rest);
	set(node, name, text);
}

void
list_show_head(HDF *page, const struct list_head *head)
{
	HDF *list = child(page, "List"), *tab;

	set(page, "Title", head->title);
	set(list, "Title", head->title);
	set(list, "One", head->one);
	set(list, "Help", head->help);
	set_path(list, "Path", head->plural, "");
	set_path(list, "Export", head->plural, ".csv");
	set(list, "Search", "");
	set_path(list, "New", head->plural, "/new");
	set(list, "NewLabel", head->new_label);
	tab = item(child(list, "Tabs"), 0);
	set(tab, "Label", "In use");
	set_path(tab, "Path", head->plural, "");
	set(tab, "Current", "1");
	tab = item(child(list, "Tabs"), 1);
	set(tab, "Label", "Bin");
	set_path(tab, "Path", head->plural, "?status=deleted");
}

void
list_show_columns(HDF *list, const char *plural, const struct list_column *columns, const char *order)
{
	HDF *nodes = child(list, "Columns"), *node;
	char sort[100];
	unsigned i;
	int is_order;

	for (i = 0; columns[i].name != NULL; i++) {
		node = item(nodes, i);
		is_order = strcmp(columns[i].name, order) == 0;
		set(node, "Name", columns[i].name);
		set(node, "Label", columns[i].label);
		snprintf(sort, sizeof sort, "/admin/%s?sort=%s%s", plural, is_order ? "-" : "", columns[i].name);
		if (columns[i].may_sort)
			set(node, "Sort", sort);
		if (is_order)
			set(node, "Order", "ascending");
	}
}

void
list_show_row(HDF *row, const char *plural, const char *id, const char *name)
{
	char path[100];

	set(row, "Id", id);
	snprintf(path, sizeof path, "/admin/%s/%.20s", plural, id);
	set(row, "Path", path);
	snprintf(path, sizeof path, "/admin/%s/%.20s/delete", plural, id);
	set(row, "Delete", path);
	set(row, "Name", name);
}

void
list_show_pages(HDF *list, const char *plural, unsigned total)
{
	unsigned page, pages = (total + PAGE_ROWS - 1) / PAGE_ROWS;
	char text[100];
	HDF *node;

	snprintf(text, sizeof text, "%u", total);
	set(list, "Total", text);
	set(list, "From", "1");
	snprintf(text, sizeof text, "%u", total < PAGE_ROWS ? total : PAGE_ROWS);
	set(list, "To", text);
	for (page = 1; page <= pages && pages > 1; page++) {
		node = item(child(list, "Pages"), page - 1);
		snprintf(text, sizeof text, "%u", page);
		set(node, "Number", text);
		snprintf(text, sizeof text, "?page=%u", page);
		set_path(node, "Path", plural, page == 1 ? "" : text);
		if (page == 1)
			set(node, "Current", "1");
	}
	if (pages > 1)
		set_path(list, "Next", plural, "?page=2");
}
