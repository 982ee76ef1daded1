/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_single.c - the page and the interface of what a company has once. */
#include "web/resource_doors.h"

#include <string.h>

#include "edge/locale.h"
#include "web/audit.h"
#include "web/reply.h"
#include "web/resource_store.h"

#define SINGLE_TRIES 4           /* of a change by a program, while others change the same */

static enum got
row_load(struct req *r, void *row)
{
	return resource_single_load(r->db, r->arena, r->site->keys, r->tenant, r->route->resource, row);
}

static int
single_show(struct req *r, const struct resource *resource, const struct form *form, void *row, int status)
{
	struct page_node *node = page_child(r->page, "Form");

	if (resource_load(r, resource, row, 1) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	form_show(r, form, row);
	if (resource->show_form != NULL)
		resource->show_form(r, row);
	if (resource_form_choices(r, resource->fields, row) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	page_setf(node, "Action", "/admin/%s", resource->plural);
	page_set_bool(node, "MayWrite", req_may_change(r, resource->may_write));
	page_set(node, "Title", locale_text(resource->title));
	page_set(node, "Intro", locale_text(resource->help));
	page_set(r->page, "Title", locale_text(resource->title));
	return reply_page_status(r, status,
		resource->form_template != NULL ? resource->form_template : "resource/single");
}

int
resource_single_reply(struct req *r, const struct resource *resource, int status)
{
	void *row = arena_alloc(r->arena, resource->size);
	struct form form;

	if (resource_single_load(r->db, r->arena, r->site->keys, r->tenant, resource, row) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	form_init(&form, resource->fields);
	form.was = form_mark(r, &form, row);
	return single_show(r, resource, &form, row, status);
}

int
resource_single_page(struct req *r)
{
	return resource_single_reply(r, r->route->resource, 200);
}

/* One save on its way. */
struct single_work {
	struct req *r;
	struct form *form;
	const void *before;
	void *row;
	bool is_late;                /* somebody else has saved after `before` was read */
};

static enum got
work_store(struct db *db, void *arg)
{
	struct single_work *work = arg;
	struct req *r = work->r;
	const struct resource *resource = r->route->resource;
	const struct audit_entry entry = {
		.action = "setting.change", .noun = "setting", .noun_name = resource->noun,
		.difference = audit_difference(r->arena, resource->fields, work->before, work->row)
	};
	enum got got = resource_single_hold(r, resource, work->before);

	work->is_late = got == GOT_NONE;
	if (got != GOT_ONE)
		return got;
	if (resource_single_store(db, r->arena, r->site->keys, r->tenant, resource, work->row, r->now) != GOT_ONE
		|| (resource->after_save != NULL && resource->after_save(r, work->before, work->row) == GOT_ERROR))
		return GOT_ERROR;
	return strcmp(entry.difference, "{}") == 0 ? GOT_ONE : audit_write(r, &entry);
}

static enum got
single_keep(struct single_work *work)
{
	struct req *r = work->r;

	if (!resource_check_links(r, r->route->resource, work->form, work->before, work->row))
		return GOT_ERROR;
	if (!form_is_good(work->form))
		return GOT_NONE;
	return db_transaction(r->db, work_store, work);
}

/* Reads the request over the values that are stored now, and keeps them. */
static enum got
single_try(struct single_work *work, bool only_given)
{
	struct req *r = work->r;
	const struct resource *resource = r->route->resource;
	void *before = arena_alloc(r->arena, resource->size);
	enum got got;

	work->is_late = false;
	if (row_load(r, before) == GOT_ERROR)
		return GOT_ERROR;
	memcpy(work->row, before, resource->size);
	work->before = before;
	form_init(work->form, resource->fields);
	if (!only_given)
		form_check_mark(r, work->form, before);
	form_read(r, work->form, work->row, only_given);
	if (resource->check != NULL)
		resource->check(r, work->form, before, work->row);
	got = single_keep(work);
	if (resource->settle != NULL)
		resource->settle(r, before, work->row, got == GOT_ONE);
	return got;
}

/* A form is for the values that it was made from; what a program gives holds for those of somebody else, too. GOT_NONE: problems in the form. */
static enum got
single_change(struct req *r, struct form *form, void *row, bool only_given)
{
	const struct resource *resource = r->route->resource;
	struct single_work work = { .r = r, .form = form, .row = row };
	int tries = only_given ? SINGLE_TRIES : 1;
	enum got got;

	do
		got = single_try(&work, only_given);
	while (work.is_late && --tries > 0);
	if (work.is_late)
		form_problem(r, form, "", N_("Somebody else has changed something that this depends on. Look at it again."), NULL);
	if (got == GOT_ONE && resource->saved != NULL)
		resource->saved(r, work.before, row);
	return got;
}

int
resource_single_save(struct req *r)
{
	void *row = arena_alloc(r->arena, r->route->resource->size);
	struct form form;
	enum got got = single_change(r, &form, row, false);

	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE)
		return single_show(r, r->route->resource, &form, row, 422);
	reply_notice(r, N_("Saved."), NULL);
	return reply_redirect(r, "/admin/%s", r->route->resource->plural);
}

int
resource_api_single(struct req *r)
{
	void *row = arena_alloc(r->arena, r->route->resource->size);

	if (row_load(r, row) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return reply_json(r, resource_json(r, r->route->resource->fields, row));
}

int
resource_api_single_change(struct req *r)
{
	void *row = arena_alloc(r->arena, r->route->resource->size);
	struct form form;
	enum got got = single_change(r, &form, row, true);

	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE)
		return reply_json_status(r, 422, form_json(r, &form));
	return resource_api_single(r);
}
