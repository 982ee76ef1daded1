/* SPDX-License-Identifier: BSD-2-Clause */
/* password_pages.c - changing one's own password. */
#include "core/text.h"
#include "edge/locale.h"
#include "web/access.h"
#include "web/reply.h"

struct password_change {
	const char *old_password;
	const char *new_password;
	const char *confirm_password;
};

static const struct field password_fields[] = {
	FIELD_TEXT(struct password_change, old_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("Old password")),
	FIELD_TEXT(struct password_change, new_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("New password"), .help = N_("At least 8 characters.")),
	FIELD_TEXT(struct password_change, confirm_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("Confirm the new password")),
	FIELD_END
};

static int
password_page(struct req *r, int status, const struct form *form, const struct password_change *change)
{
	form_show(r, form, change);
	page_set(r->page, "Password.Path", r->path);
	page_set(r->page, "Password.Panel", access_of(r)->panel);
	page_set(r->page, "Title", locale_text(N_("Change password")));
	return reply_page_status(r, status, "access/password");
}

int
password_show_own(struct req *r)
{
	const struct password_change change = { .old_password = "" };
	struct form form;

	if (!access_is_person(r))
		return reply_forbidden(r);
	form_init(&form, password_fields);
	return password_page(r, 200, &form, &change);
}

/* 0 with problems of the form, or what was replied. */
static int
password_check(struct req *r, struct form *form, const struct password_change *change)
{
	struct access_self self = { .account = NULL };
	const char *problem, *detail = NULL;
	uint64_t retry_after;
	bool is_own;
	enum got got = access_of(r)->self(r, &self);

	if (got != GOT_ONE)
		return reply_got(r, got);
	got = access_password_is_own(r, change->old_password, self.password_hash, &is_own, &retry_after);
	if (got != GOT_ONE)
		return got == GOT_NONE ? reply_too_often(r, retry_after) : reply_got(r, got);
	if (!is_own)
		form_problem(r, form, "old_password", N_("is wrong"), NULL);
	problem = access_of(r)->password_problem(r, &self, change->new_password, &detail);
	if (problem != NULL)
		form_problem(r, form, "new_password", problem, detail);
	else if (!text_equal(change->new_password, change->confirm_password))
		form_problem(r, form, "confirm_password", N_("differs from the new password"), NULL);
	return 0;
}

struct password_work {
	struct req *r;
	const char *password;
};

/* The new hash, the end of every other session, and the audit entry: all or nothing. */
static enum got
password_store(struct db *db, void *arg)
{
	struct password_work *work = arg;
	struct req *r = work->r;
	const struct access *access = access_of(r);

	(void)db;
	if (access->password_store(r, work->password) != GOT_ONE || access->session_end_others(r, r->actor.id) == GOT_ERROR)
		return GOT_ERROR;
	return access_audit(r, r->actor.id, r->actor.name, "password");
}

int
password_change_own(struct req *r)
{
	struct password_change change = { .old_password = NULL };
	struct password_work work = { .r = r };
	struct form form;
	int refused;

	if (!access_is_person(r))
		return reply_forbidden(r);
	form_init(&form, password_fields);
	if (!form_read(r, &form, &change, false))
		return password_page(r, 422, &form, &change);
	refused = password_check(r, &form, &change);
	if (refused != 0)
		return refused;
	if (!form_is_good(&form))
		return password_page(r, 422, &form, &change);
	work.password = change.new_password;
	if (db_transaction(r->db, password_store, &work) != GOT_ONE || access_of(r)->session_renew(r) != GOT_ONE
		|| access_of(r)->session_gone(r, r->actor.id) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	access_of(r)->remember(r);
	reply_notice(r, N_("Your password is changed. Your other devices are signed out."), NULL);
	return reply_redirect(r, "%s", access_of(r)->panel);
}
