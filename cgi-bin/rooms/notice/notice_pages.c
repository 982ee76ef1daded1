/* SPDX-License-Identifier: BSD-2-Clause */
/* notice_pages.c - a test mail to oneself. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/notice/notice.h"
#include "web/audit.h"
#include "web/reply.h"
#include "web/throttle.h"

static handler test_send;

const struct route notice_routes[] = {
	{ POST, "/admin/settings/mail/test", MAY_MANAGE_SETTINGS, test_send, 0, NULL },
	{ .path = NULL }
};

static const struct throttle_rule test_rule = { "mail.test", 10, 10 * CLOCK_MINUTE };

struct test_form {
	const char *reader;
};

static const struct field test_fields[] = {
	FIELD_EMAIL(struct test_form, reader, FIELD_FORM | FIELD_REQUIRED, .max = 254, .label = N_("Recipient")),
	FIELD_END
};

struct test_work {
	struct req *r;
	const struct notice *notice;
};

static enum got
test_order(struct db *db, void *arg)
{
	struct test_work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = { .action = "mail.test", .noun = "setting", .noun_name = work->notice->to.address };

	if (notice_send(db, r->arena, r->site->keys, work->notice) != GOT_ONE)
		return GOT_ERROR;
	return audit_write(r, &entry);
}

/* The page of the settings again, with what is wrong with the address beside it. */
static int
test_refuse(struct req *r, const struct form *form, const struct test_form *input)
{
	struct page_node *reader = page_child(page_child(r->page, "Mail"), "Reader");
	struct page_node *problem = page_add(page_child(r->page, "Form"), "Problems");

	page_set(reader, "Value", input->reader);
	page_set(reader, "Problem", form->problems[0].message);
	page_set(problem, "Field", form->problems[0].field);
	page_set(problem, "Label", locale_text(test_fields->label));
	page_set(problem, "Message", form_sentence(r, form, 0));
	return resource_single_reply(r, &mail_resource, 422);
}

static int
test_send(struct req *r)
{
	struct test_form input = { .reader = "" };
	struct locale_value values[] = { { "inviter", r->actor.name }, { "link", NULL }, { NULL, NULL } };
	struct notice notice = { .tenant = r->tenant, .template = "test", .locale = locale_name(), .values = values };
	struct test_work work = { r, &notice };
	uint64_t retry_after;
	struct form form;
	enum got got;

	form_init(&form, test_fields);
	if (!form_read(r, &form, &input, false))
		return test_refuse(r, &form, &input);
	got = throttle_count(r, &test_rule, arena_printf(r->arena, "%llu", (unsigned long long)r->tenant.id), &retry_after);
	if (got == GOT_NONE)
		return reply_too_often(r, retry_after);
	if (got == GOT_ERROR || tenant_address(r->db, r->arena, r->site->conf, r->tenant, &values[1].value) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	values[1].value = arena_printf(r->arena, "%s/admin/settings/mail", values[1].value);
	notice.to = (struct mail_address){ r->actor.name, input.reader };
	if (db_transaction(r->db, test_order, &work) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	reply_notice(r, N_("The test mail is on its way. Its outcome appears below."), NULL);
	return reply_redirect(r, "/admin/settings/mail");
}
