/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_list.h - what the head of a list and its rows share. */
#ifndef HARK_WEB_RESOURCE_LIST_H
#define HARK_WEB_RESOURCE_LIST_H

#include "web/resource_doors.h"

#define LINK_SET_MAX 3       /* names of a set in one cell */

/* What all parts of the drawing need. */
struct list {
	struct req *r;
	const struct resource *resource;
	const struct resource_query *query;
	struct page_node *node;
	struct db_rows rows;
	uint64_t total;
	uint64_t pages;
	size_t *columns;             /* places in the field table */
	const char **labels;         /* of the columns, translated */
	size_t column_count;
	struct db_rows *choices;     /* one for each field of the table; filled for filters that point somewhere */
	struct db_rows *names;       /* one for each field of the table; filled for columns that point somewhere */
	bool may_write;
};

/* Adds the row to the page. */
void resource_list_row(const struct list *list, void *row);

/* Links of the room below `path`: of a row, or of the list. */
void resource_list_links(struct page_node *node, const char *path, const struct resource_link *links);

#endif
