/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_doors.h - the handlers of the settings engine, and what pages and API share. */
#ifndef HARK_WEB_RESOURCE_DOORS_H
#define HARK_WEB_RESOURCE_DOORS_H

#include "web/resource.h"
#include "web/resource_sql.h"

/* Pages: resource_pages.c. */
handler resource_list_page, resource_new_page, resource_create_page, resource_show_page, resource_update_page,
	resource_ask_page, resource_delete_page, resource_restore_page;

/* resource_csv.c */
handler resource_csv;

/* resource_api.c */
handler resource_api_list, resource_api_create, resource_api_show, resource_api_update, resource_api_delete,
	resource_api_restore;

/* resource_single.c */
handler resource_single_page, resource_single_save, resource_api_single, resource_api_single_change;

/* Takes back a delete; problems in `form` (a name that is taken by now): GOT_NONE. In one transaction with audit. */
enum got resource_bring_back(struct req *r, const struct resource *resource, struct form *form, uint64_t id) MUST_USE;

#define RESOURCE_FILTERS_MAX 12
#define RESOURCE_PER_PAGE_MAX 200

/* What a list shows: read from the query of the request. */
struct resource_query {
	const char *search;              /* "" for all */
	const struct field *sort;
	bool descending;
	bool deleted;
	bool whole;                      /* all columns and sets are wanted, not only those of the list */
	uint64_t page;                   /* from 1 */
	uint64_t per_page;
	struct {
		const struct field *field;
		const char *value;           /* as it came, checked */
	} filters[RESOURCE_FILTERS_MAX];
	size_t filter_count;
};

/* Reads it; what is wrong or unknown is a problem in `form` (the API refuses it) and left out (a page shows the rest). */
void resource_query_read(struct req *r, const struct resource *resource, struct form *form, struct resource_query *query);

/* "SELECT … FROM … WHERE …": every row that the query is about, in its order. */
void resource_query_sql(struct sql *sql, struct req *r, const struct resource *resource, const struct resource_query *query);

/* The rows of the page with their sets, and how many there are on all pages. A page behind the last gives none. */
enum got resource_query_run(struct req *r, const struct resource *resource, const struct resource_query *query,
	struct db_rows *rows, uint64_t *total) MUST_USE;

/* May a list be sorted, or narrowed, by the field? */
bool resource_may_sort(const struct field *field);
bool resource_may_filter(const struct field *field);

/* The list as page nodes below "List": resource_list.c. */
enum got resource_list_show(struct req *r, const struct resource *resource, const struct resource_query *query) MUST_USE;

/* A row as the API shows it. */
struct json *resource_json(struct req *r, const struct field *fields, const void *row);

/* The choices of the references and sets of a form. */
enum got resource_form_choices(struct req *r, const struct field *fields, const void *row) MUST_USE;

/* References and sets that differ from `before` (NULL: all) must point at live rows that the actor may see; else there is a problem in
 * the form. False: the database failed. */
bool resource_check_links(struct req *r, const struct resource *resource, struct form *form, const void *before,
	const void *row) MUST_USE;

/* Is the field part of the API? */
bool resource_is_public(const struct field *field);

#endif
