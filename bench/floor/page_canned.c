/* SPDX-License-Identifier: BSD-2-Clause */
/* page_canned.c - /admin/canned of page_floor. */
#include "page.h"

#include <stdlib.h>

#define WHERE_SQL " FROM `canned` WHERE tenant_id = ? AND deleted_at IS NULL AND owner_key IN (0, ?)"
#define LIST_SQL "SELECT `id`, `name`, `category`, `shortcut`" WHERE_SQL " ORDER BY `name`, id LIMIT ? OFFSET ?"
#define COUNT_SQL "SELECT COUNT(*)" WHERE_SQL

static const struct list_head head = { "canned", "Canned messages", "canned message",
	"Answers that are written once and used often: agents find them by / in the message box.", "New canned message" };
static const struct list_column columns[] = {
	{ "name", "Name", 1 }, { "category", "Category", 1 }, { "shortcut", "Shortcut", 1 }, { NULL, NULL, 0 }
};

void
canned_open(struct worker *worker)
{
	floor_prepare(worker->mysql, &worker->canned, LIST_SQL);
	floor_prepare(worker->mysql, &worker->canned_count, COUNT_SQL);
}

static void
show_row(HDF *row, char (*values)[FLOOR_TEXT])
{
	HDF *cells = child(row, "Cells"), *cell;
	unsigned i;

	list_show_row(row, "canned", values[0], values[1]);
	for (i = 0; columns[i].name != NULL; i++) {
		cell = item(cells, i);
		set(cell, "Name", columns[i].name);
		set(cell, "Label", columns[i].label);
		set(cell, "Type", "text");
		set(cell, "Text", values[i + 1]);
		if (i == 0)
			set(cell, "Main", "1");
	}
}

void
canned_show(struct worker *worker, HDF *page)
{
	const uint64_t rows = PAGE_ROWS, offset = 0;
	HDF *list = child(page, "List"), *node = child(list, "Rows");
	MYSQL_BIND binds[4];
	unsigned i;

	list_show_head(page, &head);
	list_show_columns(list, "canned", columns, "name");
	floor_bind_u64(&binds[0], &worker->tenant);
	floor_bind_u64(&binds[1], &worker->agent);
	floor_bind_u64(&binds[2], &rows);
	floor_bind_u64(&binds[3], &offset);
	floor_execute(&worker->canned, binds);
	for (i = 0; floor_fetch(&worker->canned); i++)
		show_row(item(node, i), worker->canned.values);
	floor_execute(&worker->canned_count, binds);
	if (floor_fetch(&worker->canned_count))
		list_show_pages(list, "canned", floor_number(worker->canned_count.values[0]));
	mysql_stmt_free_result(worker->canned_count.handle);
}
