/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_pages.c - the pages of every settings noun: list, form, delete with a question before, restore. */
#include "web/resource_doors.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "web/reply.h"
#include "web/resource_store.h"

static void
form_start(struct form *form, const struct resource *resource)
{
	form_init(form, resource->fields);
	form->may_word = resource->may_word;
}

/* The list, with a complaint on top when something was refused. */
static int
list_reply(struct req *r, const struct form *problems)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	struct resource_query query;
	struct form form;
	size_t i;

	form_init(&form, resource->fields);
	resource_query_read(r, resource, &form, &query);
	query.deleted = query.deleted || problems != NULL;
	if (resource_list_show(r, resource, &query) == GOT_ERROR
		|| (resource->list_load != NULL && resource->list_load(r) == GOT_ERROR))
		return reply_got(r, GOT_ERROR);
	for (i = 0; problems != NULL && i < problems->problem_count; i++) {
		struct page_node *problem = page_add(page_child(r->page, "List"), "Problems");

		page_set(problem, "Message", form_sentence(r, problems, i));
	}
	return reply_page_status(r, problems != NULL ? 409 : 200,
		resource->list_template != NULL ? resource->list_template : "resource/list");
}

int
resource_list_page(struct req *r)
{
	return list_reply(r, NULL);
}

/* Names for the ids that are chosen but not among the first choices: else saving would lose them. */
static enum got
choices_missing(struct req *r, const struct field *field, const void *row, const struct db_rows *choices)
{
	const struct resource_choice *choice = choices->rows;
	struct field_set chosen;
	struct db_rows names;
	size_t i, k;

	if (field->type == FIELD_TYPE_SET)
		chosen = *(const struct field_set *)field_at(field, row);
	else
		chosen = (struct field_set){ field_at(field, row), sql_is_empty(field, row) ? 0 : 1 };
	if (chosen.count == 0 || resource_names(r, field->of, &chosen, &names) == GOT_ERROR)
		return chosen.count == 0 ? GOT_ONE : GOT_ERROR;
	for (i = 0; i < chosen.count; i++) {
		for (k = 0; k < choices->count && choice[k].id != chosen.ids[i]; k++)
			continue;
		if (k == choices->count)
			form_choice(r, field->name, chosen.ids[i], resource_name(r->arena, &names, chosen.ids[i]));
	}
	return GOT_ONE;
}

enum got
resource_form_choices(struct req *r, const struct field *fields, const void *row)
{
	const struct resource_choice *choice;
	struct db_rows choices;
	size_t i;

	for (; fields->name != NULL; fields++) {
		if (fields->of == NULL || (fields->flags & FIELD_FORM) == 0)
			continue;
		if (resource_choices_of(r, fields->of, fields->only, &choices) == GOT_ERROR)
			return GOT_ERROR;
		choice = choices.rows;
		for (i = 0; i < choices.count; i++)
			form_choice(r, fields->name, choice[i].id, choice[i].name);
		if (choices_missing(r, fields, row, &choices) == GOT_ERROR)
			return GOT_ERROR;
	}
	return GOT_ONE;
}

static bool
may_write(struct req *r, const struct resource *resource, const void *row)
{
	return req_may_change(r, resource->may_write) && resource_time(resource, "deleted_at", row) == 0
		&& (resource->may_write_row == NULL || resource->may_write_row(r, row));
}

static void
form_pages(struct page_node *node, const struct resource *resource, const char *path)
{
	const struct resource_link *page;
	struct page_node *link;

	for (page = resource->pages; page != NULL && page->path != NULL; page++) {
		link = page_add(node, "Pages");
		page_set(link, "Label", locale_text(page->label));
		page_setf(link, "Path", "%s/%s", path, page->path);
	}
}

/* Where a form of the row goes back to. */
static const char *
home_of(struct req *r, const struct resource *resource, const void *row)
{
	return resource->home != NULL ? resource->home(r, row) : arena_printf(r->arena, "/admin/%s", resource->plural);
}

/* The same for a row that was deleted or restored. */
static int
go_home(struct req *r, const struct resource *resource, uint64_t id)
{
	void *row = arena_alloc(r->arena, resource->size);

	if (resource->home == NULL || resource_read(r, resource, id, RESOURCE_ANY, row) != GOT_ONE)
		return reply_redirect(r, "/admin/%s", resource->plural);
	return reply_redirect(r, "%s", resource->home(r, row));
}

/* Links and labels around the fields. */
static void
form_frame(struct req *r, const struct resource *resource, void *row)
{
	struct page_node *node = page_child(r->page, "Form");
	unsigned long long id = *resource_id_of(resource, row);
	const char *list = arena_printf(r->arena, "/admin/%s", resource->plural);
	const char *path = id != 0 ? arena_printf(r->arena, "%s/%llu", list, id) : list;
	const char *one = locale_text(resource->title_one);
	const char *name = resource_name_of(r->arena, resource, row);
	const char *title = id == 0 ? locale_fill(r->arena, N_("New %s"), one) : text_is_blank(name) ? one : name;
	bool deleted = resource_time(resource, "deleted_at", row) != 0;

	page_set(node, "Action", path);
	page_set(node, "List", home_of(r, resource, row));
	page_set(node, "ListLabel", locale_text(resource->title));
	page_set(node, "One", one);
	page_set(node, "Title", title);
	page_set(r->page, "Title", title);
	page_set_bool(node, "New", id == 0);
	page_set_bool(node, "Deleted", deleted);
	page_set_bool(node, "MayWrite", may_write(r, resource, row));
	if (id == 0)
		return;
	page_set_u64(node, "Id", id);
	if (!deleted)
		form_pages(node, resource, path);
	if (may_write(r, resource, row))
		page_setf(node, "Delete", "%s/delete", path);
	if (deleted && req_may_change(r, resource->may_write))
		page_setf(node, "Restore", "%s/restore", path);
}

static int
form_reply(struct req *r, const struct form *form, void *row)
{
	const struct resource *resource = resource_seen(r, r->route->resource);

	form_show(r, form, row);
	form_frame(r, resource, row);
	if (resource->show_form != NULL)
		resource->show_form(r, row);
	if (resource_form_choices(r, resource->fields, row) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return reply_page_status(r, form_is_good(form) ? 200 : 422,
		resource->form_template != NULL ? resource->form_template : "resource/form");
}

/* A button filled something in: nobody has asked for complaints yet. What has changed since the page was made is told with the save. */
static int
filled_reply(struct req *r, void *row)
{
	struct form form;

	form_start(&form, resource_seen(r, r->route->resource));
	form.was = req_body_param(r, "was");
	return form_reply(r, &form, row);
}

int
resource_new_page(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	void *row = arena_alloc(r->arena, resource->size);
	struct form form;

	form_start(&form, resource);
	field_preset(r->arena, resource->fields, row);
	if (resource->start != NULL)
		resource->start(r, row);
	return form_reply(r, &form, row);
}

int
resource_create_page(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	void *row = arena_alloc(r->arena, resource->size);
	struct form form;
	enum got got;

	form_start(&form, resource);
	field_preset(r->arena, resource->fields, row);
	form_read(r, &form, row, false);
	if (resource->fill != NULL && resource->fill(r, row))
		return filled_reply(r, row);
	got = resource_save(r, resource, &form, NULL, row);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE)
		return form_reply(r, &form, row);
	reply_notice(r, N_("Created."), NULL);
	return reply_redirect(r, "%s", home_of(r, resource, row));
}

int
resource_show_page(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	void *row = arena_alloc(r->arena, resource->size);
	struct form form;
	enum got got = resource_read(r, resource, req_id(r), RESOURCE_ANY, row);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_start(&form, resource);
	form.was = form_mark(r, &form, row);
	return form_reply(r, &form, row);
}

/* Deleted while its form was open: what was typed is not gone, and neither is the row. */
static int
gone_reply(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	void *row = arena_alloc(r->arena, resource->size);
	struct form form;
	enum got got = resource_read(r, resource, req_id(r), RESOURCE_DELETED, row);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_start(&form, resource);
	form_read(r, &form, row, false);
	form_start(&form, resource);
	form_problem(r, &form, "",
		N_("This was deleted in the meantime, so nothing was saved. What you typed is still shown: restore it, then type that again."), NULL);
	return form_reply(r, &form, row);
}

int
resource_update_page(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	void *before = arena_alloc(r->arena, resource->size), *row;
	struct form form;
	enum got got = resource_get(r, resource, req_id(r), before);

	if (got == GOT_NONE)
		return gone_reply(r);
	if (got != GOT_ONE)
		return reply_got(r, got);
	if (!may_write(r, resource, before))
		return reply_forbidden(r);
	row = arena_copy(r->arena, before, resource->size);
	form_start(&form, resource);
	form_check_mark(r, &form, before);
	form_read(r, &form, row, false);
	if (resource->fill != NULL && resource->fill(r, row))
		return filled_reply(r, row);
	got = resource_save(r, resource, &form, before, row);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE)
		return form_reply(r, &form, row);
	reply_notice(r, N_("Saved."), NULL);
	return reply_redirect(r, "%s", home_of(r, resource, row));
}

/* "Delete Anna?", or why that cannot be: works without JavaScript. */
static int
ask_reply(struct req *r, const struct form *refused)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	void *row = arena_alloc(r->arena, resource->size);
	struct form form;
	enum got got;

	form_init(&form, resource->fields);
	got = resource_may_delete(r, resource, &form, req_id(r), row);
	if (got == GOT_ERROR || (got == GOT_NONE && form_is_good(&form)))
		return reply_got(r, got);
	if (form.is_forbidden || !may_write(r, resource, row))
		return reply_forbidden(r);
	form_show(r, refused != NULL ? refused : &form, row);
	form_frame(r, resource, row);
	if (resource->parting != NULL)
		page_set(r->page, "Form.Parting", locale_text(resource->parting));
	page_set(r->page, "Title", locale_fill(r->arena, N_("Delete %s?"), locale_text(resource->title_one)));
	return reply_page_status(r, refused != NULL ? 409 : 200, "resource/delete");
}

int
resource_ask_page(struct req *r)
{
	return ask_reply(r, NULL);
}

int
resource_delete_page(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	struct form form;
	enum got got;

	form_init(&form, resource->fields);
	got = resource_delete(r, resource, &form, req_id(r));
	if (got == GOT_NONE && form.is_forbidden)
		return reply_forbidden(r);
	if (got == GOT_NONE && !form_is_good(&form))
		return ask_reply(r, &form);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("Deleted."), arena_printf(r->arena, "/admin/%s/%llu/restore", resource->plural,
		(unsigned long long)req_id(r)));
	return go_home(r, resource, req_id(r));
}

int
resource_restore_page(struct req *r)
{
	const struct resource *resource = resource_seen(r, r->route->resource);
	struct form form;
	enum got got;

	form_init(&form, resource->fields);
	got = resource_bring_back(r, resource, &form, req_id(r));
	if (got == GOT_NONE && form.is_forbidden)
		return reply_forbidden(r);
	if (got == GOT_NONE && !form_is_good(&form))
		return list_reply(r, &form);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("Restored."), NULL);
	return go_home(r, resource, req_id(r));
}
