/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_contact_pages.c - beside the conversation: who it is and where the visitor is, masked for those who may not see it. */
#include "rooms/chat/chat_work.h"

#include <string.h>

#include "core/text.h"
#include "rooms/channel/channel.h"
#include "rooms/chat/chat_console.h"
#include "rooms/contact/contact.h"
#include "web/audit.h"
#include "web/reply.h"

static enum got
set_contact(struct req *r, const struct conversation *conversation, struct json *json, bool is_open)
{
	struct contact contact = { 0 };
	struct json *one;
	enum got got = GOT_NONE;

	json_set(json, "contact", NULL);
	if (conversation->contact_id != 0)
		got = contact_by_id(r->db, r->arena, r->tenant, conversation->contact_id, &contact);
	if (got != GOT_ONE)
		return got;
	one = json_new_object(r->arena);
	json_set_u64(one, "id", contact.id);
	json_set_text(one, "name", contact.name);
	json_set_text(one, "email", is_open ? contact.email : contact_mask_email(r->arena, contact.email));
	json_set_text(one, "phone", is_open ? contact.phone : contact_mask_phone(r->arena, contact.phone));
	json_set_text(one, "remark", contact.remark != NULL ? contact.remark : "");
	json_set_bool(one, "masked", !is_open);
	json_set(json, "contact", one);
	return GOT_ONE;
}

/* Who writes by another channel than the web site: what the person is called there, and at which account. */
static enum got
set_identity(struct req *r, const struct conversation *conversation, struct json *json, bool is_open)
{
	struct identity identity = { .id = 0 };
	struct account account = { .id = 0 };
	struct json *one = json_new_object(r->arena);
	enum got got;

	json_set(json, "identity", NULL);
	if (conversation->identity_id == 0)
		return GOT_NONE;
	got = identity_by_id(r->db, r->arena, r->tenant, conversation->identity_id, &identity);
	if (got == GOT_ONE)
		got = account_by_id(r->db, r->arena, r->tenant, identity.account_id, &account);
	if (got != GOT_ONE)
		return got;
	json_set_text(one, "username", is_open ? identity.username : contact_mask_address(identity.username));
	json_set_text(one, "locale", identity.locale);
	json_set_text(one, "account", account.name);
	json_set(json, "identity", one);
	return GOT_ONE;
}

static enum got
set_visit(struct req *r, const struct conversation *conversation, struct json *json, bool is_open)
{
	struct visitor visitor = { 0 };
	struct json *one = json_new_object(r->arena);
	enum got got = GOT_NONE;

	if (conversation->visitor_id != 0)
		got = visitor_by_id(r->db, r->arena, r->tenant, conversation->visitor_id, &visitor);
	if (got == GOT_ERROR)
		return got;
	json_set_text(one, "page_url", visitor.page_url);
	json_set_text(one, "page_title", visitor.page_title);
	json_set_text(one, "referrer", visitor.referrer);
	json_set_text(one, "address", is_open ? visitor.address : contact_mask_address(visitor.address));
	json_set_text(one, "browser", visitor.user_agent != NULL ? visitor_browser(r->arena, visitor.user_agent) : "");
	json_set_text(one, "locale", visitor.locale);
	json_set_i64(one, "first_seen", visitor.created_at);
	json_set_text(one, "start_url", conversation->start_url);
	json_set_text(one, "start_title", conversation->start_title);
	json_set(json, "visit", one);
	return GOT_ONE;
}

enum got
chat_contact_set(struct req *r, const struct conversation *conversation, struct json *json, bool is_open)
{
	if (set_contact(r, conversation, json, is_open) == GOT_ERROR || set_identity(r, conversation, json, is_open) == GOT_ERROR)
		return GOT_ERROR;
	return set_visit(r, conversation, json, is_open);
}

/* A masked value comes back from a form that shows it so: it stays as it was. Another one would be written blindly. */
static bool
is_masked_one(const char *given, const char *masked, const char *before)
{
	return text_equal(given, masked) || text_equal(given, before);
}

/* A masked address is none: that is no mistake of the one who sees it so. */
static void
contact_problems(const struct form *all, struct form *form)
{
	size_t i;

	for (i = 0; i < all->problem_count && form->problem_count < FORM_PROBLEMS_MAX; i++)
		if (!text_equal(all->problems[i].field, "email") && !text_equal(all->problems[i].field, "phone"))
			form->problems[form->problem_count++] = all->problems[i];
}

/* Reads what was typed over the stored values. False: problems in the form. */
static bool
contact_read(struct req *r, struct form *form, struct contact *contact)
{
	const struct contact before = *contact;
	struct form all;

	form_init(form, contact_fields);
	if (req_may(r, MAY_SEE_CONTACTS))
		return form_read(r, form, contact, true);
	form_init(&all, contact_fields);
	form_read(r, &all, contact, true);
	if (!is_masked_one(contact->email, contact_mask_email(r->arena, before.email), before.email))
		form_problem(r, form, "email", N_("is masked for you and cannot be changed"), NULL);
	if (!is_masked_one(contact->phone, contact_mask_phone(r->arena, before.phone), before.phone))
		form_problem(r, form, "phone", N_("is masked for you and cannot be changed"), NULL);
	contact->email = before.email;
	contact->phone = before.phone;
	contact_problems(&all, form);
	return form_is_good(form);
}

/* The change and its entry in the audit log, both or none. */
struct contact_change {
	struct req *r;
	uint64_t contact;
	struct form form;
};

/* Reads what was typed over the locked row: what somebody else has just changed beside it stays. GOT_NONE: the form has problems, or there is
 * no such contact any more. */
static enum got
contact_change_work(struct db *db, void *arg)
{
	struct contact_change *change = arg;
	struct req *r = change->r;
	struct contact before = { 0 }, after;
	struct audit_entry entry = { .action = "contact.update", .noun = "contact", .noun_id = change->contact };
	enum got got = contact_lock(db, r->arena, r->tenant, change->contact, &before);

	after = before;
	if (got == GOT_ONE && !contact_read(r, &change->form, &after))
		return GOT_NONE;
	if (got == GOT_ONE)
		got = contact_update(db, r->tenant, &after, r->now);
	if (got != GOT_ONE)
		return got;
	entry.noun_name = after.name;
	entry.difference = audit_difference(r->arena, contact_fields, &before, &after);
	return audit_write(r, &entry);
}

/* Who has the chat knows the person best. */
static bool
may_edit(struct req *r, const struct console *console)
{
	return console->conversation.agent_id == console->me.id || req_may(r, MAY_EDIT_CONTACTS);
}

int
chat_contact_save(struct req *r)
{
	struct console console = { 0 };
	struct contact_change change = { .r = r };
	struct json *json = json_new_object(r->arena);
	enum got got;

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	if (!may_edit(r, &console))
		return reply_forbidden(r);
	change.contact = console.conversation.contact_id;
	form_init(&change.form, contact_fields);
	got = db_transaction(r->db, contact_change_work, &change);
	if (got == GOT_NONE && !form_is_good(&change.form))
		return reply_json_status(r, 422, form_json(r, &change.form));
	if (got == GOT_ONE)
		got = set_contact(r, &console.conversation, json, req_may(r, MAY_SEE_CONTACTS));
	return got == GOT_ONE ? reply_json(r, json) : reply_got(r, got);
}

int
chat_contact_reveal(struct req *r)
{
	struct console console = { 0 };
	struct json *json = json_new_object(r->arena);
	struct audit_entry entry = { .action = "contact.reveal", .noun = "contact" };

	if (!chat_console_enter_chat(r, &console))
		return r->status;
	entry.noun_id = console.conversation.contact_id;
	entry.noun_name = console.conversation.visitor_name;
	if (audit_write(r, &entry) == GOT_ERROR || chat_contact_set(r, &console.conversation, json, true) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return reply_json(r, json);
}
