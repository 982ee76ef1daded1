/* SPDX-License-Identifier: BSD-2-Clause */
/* contact_pages.c - beyond the form of a contact: a preview for the list, uncovering what is masked, and merging two contacts that are one person. */
#include "rooms/contact/contact_work.h"

#include "core/text.h"
#include "edge/locale.h"
#include "web/audit.h"
#include "web/reply.h"

static handler preview, reveal, merge_ask, merge_do;

const struct route contact_routes[] = {
	{ GET, "/admin/contacts/:id/preview", MAY_READ_CONTACTS, preview, 0, NULL },
	{ POST, "/admin/contacts/:id/reveal", MAY_REVEAL_CONTACTS, reveal, 0, NULL },
	{ GET, "/admin/contacts/:id/merge", MAY_EDIT_CONTACTS, merge_ask, 0, NULL },
	{ POST, "/admin/contacts/:id/merge", MAY_EDIT_CONTACTS, merge_do, 0, NULL },
	{ .path = NULL }
};

static void
show_reach(struct req *r, const struct contact *contact)
{
	page_set_u64(r->page, "Contact.Id", contact->id);
	page_set(r->page, "Contact.Name", contact_label(r->arena, contact));
	page_set(r->page, "Contact.Email", contact->email);
	page_set(r->page, "Contact.Phone", contact->phone);
	page_set(r->page, "Contact.Username", contact->username);
}

/* A piece of a page: what static/admin.js shows beside a row of the list. */
static int
preview(struct req *r)
{
	const struct contact_ties *ties = r->site->contact_ties;
	struct contact contact = { 0 };
	enum got got = resource_get(r, resource_seen(r, &contact_resource), req_id(r), &contact);

	if (got == GOT_ONE && ties != NULL && ties->show_chats(r, contact.id) == GOT_ERROR)
		got = GOT_ERROR;
	if (got != GOT_ONE)
		return reply_got(r, got);
	show_reach(r, &contact);
	page_set(r->page, "Contact.Company", contact.company);
	page_set(r->page, "Contact.Tags", contact.tags);
	page_set(r->page, "Contact.Remark", contact.remark);
	return reply_page(r, "contact/preview");
}

static int
reveal(struct req *r)
{
	struct contact contact = { 0 };
	struct audit_entry entry = { .action = "contact.reveal", .noun = "contact" };
	enum got got;

	if (!req_may(r, MAY_READ_CONTACTS))
		return reply_forbidden(r);
	got = resource_get(r, &contact_resource, req_id(r), &contact);
	if (got != GOT_ONE)
		return reply_got(r, got);
	entry.noun_id = contact.id;
	entry.noun_name = contact_label(r->arena, &contact);
	if (audit_write(r, &entry) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	page_set(r->page, "Title", entry.noun_name);
	show_reach(r, &contact);
	return reply_page(r, "contact/revealed");
}

/* Two contacts that are one person: `keep` stays. */
struct merge {
	struct req *r;
	struct contact keep;
	struct contact other;
	struct form form;
};

/* One of them, which the actor must be able to see. False after a reply. */
static bool
merge_read(struct req *r, uint64_t id, struct contact *contact)
{
	enum got got = req_may(r, MAY_READ_CONTACTS) ? resource_get(r, &contact_resource, id, contact) : GOT_NONE;

	if (got != GOT_ONE)
		reply_got(r, got);
	return got == GOT_ONE;
}

/* The one that is merged: nobody is merged with himself. */
static uint64_t
other_id(const struct req *r)
{
	const char *other = req_param(r, "other");
	uint64_t id = 0;

	return other != NULL && text_to_u64(other, &id) && id != req_id(r) ? id : 0;
}

static bool
merge_begin(struct req *r, struct merge *merge)
{
	merge->r = r;
	form_init(&merge->form, contact_resource.fields);
	return merge_read(r, other_id(r), &merge->other);
}

/* What does not fit, by the names that people know: "Remark must be at most 4000 characters". */
static void
show_problems(struct req *r, const struct form *form)
{
	size_t i;

	for (i = 0; i < form->problem_count; i++)
		page_set(page_add(r->page, "Problems"), "Message", form_sentence(r, form, i));
}

static int
merge_page(struct req *r, const struct merge *merge)
{

	page_set(r->page, "Title", locale_text(N_("Merge two contacts")));
	page_set_u64(r->page, "Keep.Id", merge->keep.id);
	page_set(r->page, "Keep.Name", contact_label(r->arena, &merge->keep));
	page_set_u64(r->page, "Other.Id", merge->other.id);
	page_set(r->page, "Other.Name", contact_label(r->arena, &merge->other));
	show_problems(r, &merge->form);
	return reply_page_status(r, form_is_good(&merge->form) ? 200 : 409, "contact/merge");
}

static int
merge_ask(struct req *r)
{
	struct merge merge = { 0 };

	if (!merge_read(r, req_id(r), &merge.keep))
		return r->status;
	if (!req_has(r, "other"))        /* the contact's page has the links that name one */
		return reply_redirect(r, "/admin/contacts/%llu", (unsigned long long)merge.keep.id);
	return merge_begin(r, &merge) ? merge_page(r, &merge) : r->status;
}

/* The one that stays takes over what it lacks, and the chats; the other one is deleted. */
static enum got
merge_work(struct db *db, void *arg)
{
	struct merge *merge = arg;
	struct req *r = merge->r;
	struct contact keep = merge->keep;
	const struct audit_entry entry = { .action = "contact.merge", .noun = "contact", .noun_id = keep.id,
		.noun_name = contact_label(r->arena, &keep) };
	enum got got;

	(void)db;
	contact_fill(r->arena, &keep, &merge->other);
	got = resource_save(r, &contact_resource, &merge->form, &merge->keep, &keep);
	if (got == GOT_ONE && r->site->contact_ties != NULL)
		got = r->site->contact_ties->move(r, merge->other.id, keep.id);
	if (got == GOT_ONE)
		got = resource_delete(r, &contact_resource, &merge->form, merge->other.id);
	return got == GOT_ONE ? audit_write(r, &entry) : got;
}

static int
merge_do(struct req *r)
{
	struct merge merge = { 0 };
	enum got got;

	if (!merge_read(r, req_id(r), &merge.keep) || !merge_begin(r, &merge))
		return r->status;
	got = db_transaction(r->db, merge_work, &merge);
	if (got == GOT_NONE && !form_is_good(&merge.form))
		return merge_page(r, &merge);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("The two contacts are one now."), NULL);
	return reply_redirect(r, "/admin/contacts/%llu", (unsigned long long)merge.keep.id);
}
