/* SPDX-License-Identifier: BSD-2-Clause */
/* page.h - the pages of page_floor: values for ClearSilver, the frame that all share, and the pages one by one. */
#ifndef HARK_BENCH_PAGE_H
#define HARK_BENCH_PAGE_H

#include <ClearSilver.h>

#include "floor.h"

#define PAGE_TOKEN "0123456789012345678901234567890123456789012"
#define PAGE_ROWS 50
#define PAGE_ENTRIES 60          /* of the menu, at most */

/* Places in the identity. */
enum { TENANT_ID = 1, TENANT_NAME, FIRST_NAME, LAST_NAME, ALIAS, AGENT_ID };

/* A line of the menu. */
struct entry {
	const char *group, *path, *label;
	int folds;                     /* its group does */
};

/* One worker: its statements and parsed templates. */
struct worker {
	MYSQL *mysql;
	struct floor_statement identity, badge;
	struct floor_statement canned, canned_count;
	struct floor_statement agents, roles, queues, choices;
	CSPARSE *list, *sign_in;
	HDF *config;
	struct entry menu[PAGE_ENTRIES];
	unsigned entries;
	uint64_t tenant, agent;        /* who asks now */
};

/* Ends the process at an error of ClearSilver. */
void must(NEOERR *error);

HDF *child(HDF *node, const char *name);
HDF *item(HDF *list, unsigned number);
void set(HDF *node, const char *name, const char *value);

/* Reads the menu that the pages show: a line for each entry, "folds<TAB>group<TAB>path<TAB>label". */
void menu_open(struct worker *worker, const char *file);

/* What every page has: site, form token, languages. */
void frame_show(HDF *page, const char *path);

/* What pages of somebody who is signed in have: company, name, own links, menu, chats that wait. */
void frame_show_user(struct worker *worker, HDF *page, const char *path);

/* The head of a list: titles, tabs and links of /admin/<plural>. */
struct list_head {
	const char *plural, *title, *one, *help, *new_label;
};

void list_show_head(HDF *page, const struct list_head *head);

/* The columns, ended by a NULL name; `order` is the one that the rows are sorted by. "" in `sort` is not sortable. */
struct list_column {
	const char *name, *label;
	int may_sort;
};

void list_show_columns(HDF *list, const char *plural, const struct list_column *columns, const char *order);

/* Row, with its ways to edit and delete. */
void list_show_row(HDF *row, const char *plural, const char *id, const char *name);

/* "1-50 of 120" and links to the pages. */
void list_show_pages(HDF *list, const char *plural, unsigned total);

/* Prepares their statements. */
void canned_open(struct worker *worker);
void agents_open(struct worker *worker);

void canned_show(struct worker *worker, HDF *page);
void agents_show(struct worker *worker, HDF *page);
void sign_in_show(HDF *page);

#endif
