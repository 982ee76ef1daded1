/* SPDX-License-Identifier: BSD-2-Clause */
/* contact_resource.c - contacts as a list and a form: everybody sees those of the chats that they may see. */
#include "rooms/contact/contact_work.h"

#include <string.h>

#include "core/text.h"
#include "web/moment.h"

#define TWINS_MAX 5              /* contacts with the same e-mail that are shown */

static const struct field all_fields[] = {
	FIELD_U64(struct contact, id, FIELD_KEY),
	FIELD_TEXT(struct contact, name, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH, .max = 120, .label = N_("Name")),
	FIELD_EMAIL(struct contact, email, FIELD_FORM | FIELD_LIST | FIELD_SEARCH | FIELD_PERSONAL, .max = 254, .label = N_("E-mail")),
	FIELD_TEXT(struct contact, phone, FIELD_FORM | FIELD_LIST | FIELD_SEARCH | FIELD_PERSONAL, .max = 40, .label = N_("Phone"),
		.help = N_("With the code of the country: +351 21 123 4567.")),
	FIELD_TEXT(struct contact, username, FIELD_FORM | FIELD_SEARCH | FIELD_PERSONAL, .max = 80, .label = N_("Username"),
		.help = N_("What messengers call the person.")),
	FIELD_TEXT(struct contact, company, FIELD_FORM | FIELD_LIST | FIELD_SEARCH, .max = 120, .label = N_("Company")),
	FIELD_TEXT(struct contact, language, FIELD_FORM, .max = 35, .label = N_("Language"), .help = N_("As a code: fr, pt-BR.")),
	FIELD_TEXT(struct contact, tags, FIELD_FORM | FIELD_LIST | FIELD_SEARCH, .max = 900, .label = N_("Tags"),
		.help = N_("Your own words, separated by commas. The list finds contacts by them.")),
	FIELD_LONG_TEXT(struct contact, remark, FIELD_FORM | FIELD_NULLABLE, .max = 4000, .label = N_("Remark")),
	FIELD_BOOL(struct contact, known, FIELD_FILTER, .label = N_("Known")),
	FIELD_U64(struct contact, created_by, FIELD_NULLABLE),
	FIELD_TIME(struct contact, created_at, FIELD_LIST | FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct contact, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_TIME(struct contact, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

static const char *
scope(struct req *r, struct db_value *values)
{
	const struct contact_ties *ties = r->site->contact_ties;

	return ties != NULL ? ties->scope(r, values) : NULL;
}

static const char *
mask(struct arena *arena, const struct field *field, const char *text)
{
	if (text_equal(field->name, "email"))
		return contact_mask_email(arena, text);
	if (text_equal(field->name, "phone"))
		return contact_mask_phone(arena, text);
	return contact_mask_address(text);
}

/* Live contacts with that e-mail other than `id` that the actor may see, oldest first, at most TWINS_MAX, as struct contact; personal data
 * is masked where the actor may not see it. None for an empty or masked e-mail. */
static enum got
contact_twins(struct req *r, const char *email, uint64_t id, struct db_rows *twins)
{
	const struct resource *seen = resource_seen(r, &contact_resource);
	const struct contact *same;
	struct contact *found;
	struct db_rows all = { 0 };
	enum got got;
	size_t i;

	*twins = (struct db_rows){ NULL, 0 };
	if (text_is_blank(email) || !req_may(r, MAY_SEE_CONTACTS))
		return GOT_NONE;
	if (contact_ids_of_email(r->db, r->arena, r->tenant, email, id, &all) != GOT_ONE)
		return GOT_NONE;
	twins->rows = found = ARENA_ARRAY(r->arena, struct contact, TWINS_MAX);
	for (same = all.rows, i = 0; i < all.count && twins->count < TWINS_MAX; i++) {
		got = resource_get(r, seen, same[i].id, &found[twins->count]);
		if (got == GOT_ERROR)
			return got;
		twins->count += got == GOT_ONE ? 1 : 0;
	}
	return twins->count > 0 ? GOT_ONE : GOT_NONE;
}

/* Families share an address, so that a second contact with it is no mistake; but somebody should know. Programs know by themselves, and who
 * merges has been asked. */
static void
check_twins(struct req *r, struct form *form, const struct contact *before, const struct contact *row)
{
	struct db_rows twins = { 0 };

	if (r->route->resource != &contact_resource || (r->route->flags & ROUTE_JSON) != 0 || text_equal(req_param(r, "seen"), row->email)
		|| (before != NULL && text_equal(before->email, row->email)) || contact_twins(r, row->email, row->id, &twins) != GOT_ONE)
		return;
	form_problem(r, form, "email", N_("is also the one of %s. Save again to keep both."), contact_label(r->arena, twins.rows));
}

static void
check(struct req *r, struct form *form, const void *old, void *new)
{
	const struct contact *before = old;
	struct contact *row = new;
	const char *problem, *limit, *language;

	if (before == NULL)
		row->created_by = r->actor.id;
	row->tags = contact_tags_clean(r->arena, row->tags, &problem, &limit);
	if (problem != NULL)
		form_problem(r, form, "tags", problem, limit);
	language = contact_language_clean(r->arena, row->language);
	if (language != NULL)
		row->language = language;
	else if (!text_is_blank(row->language))
		form_problem(r, form, "language", N_("must be a code such as %s"), "fr, pt-BR");
	check_twins(r, form, before, row);
}

static void
show_twins(struct req *r, const struct contact *contact)
{
	struct page_node *node;
	const struct contact *twin;
	struct db_rows twins = { 0 };
	size_t i;

	if (contact_twins(r, contact->email, contact->id, &twins) != GOT_ONE)
		return;
	for (twin = twins.rows, i = 0; i < twins.count; i++) {
		node = page_add(r->page, "Contact.Twins");
		page_set_u64(node, "Id", twin[i].id);
		page_set(node, "Name", contact_label(r->arena, &twin[i]));
		moment_show_date(r, node, "Added", twin[i].created_at);
	}
	if (r->method == POST)
		page_set(r->page, "Form.Seen", contact->email);
}

static void
show_tags(struct req *r, const char *tags)
{
	const char *tag;
	size_t len;

	for (; *tags != '\0'; tags += len, tags += strspn(tags, ", ")) {
		len = strcspn(tags, ",");
		tag = arena_text_of(r->arena, tags, len);
		page_set(page_add(r->page, "Contact.Tags"), "Text", tag);
	}
}

static void
show_form(struct req *r, const void *row)
{
	const struct contact *contact = row;
	const struct contact_ties *ties = r->site->contact_ties;
	bool has_masked = !text_is_blank(contact->email) || !text_is_blank(contact->phone) || !text_is_blank(contact->username);

	if (contact->deleted_at == 0 && contact->email != NULL)
		show_twins(r, contact);
	if (contact->id == 0)
		return;
	page_set_u64(r->page, "Contact.Id", contact->id);
	page_set_bool(r->page, "Contact.MayReveal", has_masked && !req_may(r, MAY_SEE_CONTACTS) && req_may_change(r, MAY_REVEAL_CONTACTS));
	if (contact->tags != NULL)
		show_tags(r, contact->tags);
	if (ties != NULL && ties->show_chats(r, contact->id) == GOT_ERROR)
		page_set_bool(r->page, "Contact.ChatsFailed", true);
}

/* Rows of the list have a preview. */
static enum got
list_load(struct req *r)
{
	page_set_bool(r->page, "List.Previews", true);
	return GOT_ONE;
}

const struct resource contact_resource = {
	.noun = "contact",
	.plural = "contacts",
	.title = N_("Contacts"),
	.title_one = N_("contact"),
	.help = N_("The people whom you know: everybody who has chatted with you, and those whom you add."),
	.fields = all_fields,
	.size = sizeof(struct contact),
	.name_field = "name",
	.sort = "-created_at",
	.may_read = MAY_READ_CONTACTS,
	.may_write = MAY_EDIT_CONTACTS,
	.form_template = "contact/form",
	.scope = scope,
	.mask = mask,
	.list_load = list_load,
	.check = check,
	.show_form = show_form
};
