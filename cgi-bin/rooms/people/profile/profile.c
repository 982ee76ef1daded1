/* SPDX-License-Identifier: BSD-2-Clause */
/* profile.c - reading, checking and keeping what an agent changes about himself. */
#include "rooms/people/profile/profile.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/agent/agent_names.h"
#include "rooms/people/agent/agent_picture.h"
#include "rooms/people/agent/agent_rights.h"
#include "rooms/people/people_store.h"
#include "web/access.h"
#include "web/audit.h"
#include "web/resource_store.h"
#include "web/throttle.h"

const struct field profile_fields[] = {
	FIELD_TEXT(struct agent, first_name, FIELD_FORM | FIELD_REQUIRED, .max = 80, .label = N_("First name")),
	FIELD_TEXT(struct agent, last_name, FIELD_FORM, .max = 80, .label = N_("Last name")),
	FIELD_TEXT(struct agent, alias, FIELD_FORM | FIELD_REQUIRED, .max = 80, .label = N_("Alias"),
		.help = N_("The name that visitors see.")),
	FIELD_TEXT(struct agent, phone, FIELD_FORM, .max = 40, .label = N_("Mobile number")),
	FIELD_EMAIL(struct agent, email, FIELD_FORM | FIELD_REQUIRED, .max = 254, .label = N_("E-mail"),
		.help = N_("For signing in, and for the code when you forget your password.")),
	FIELD_TEXT(struct agent, password, FIELD_FORM | FIELD_LOCAL | FIELD_SECRET, .max = CRYPT_PASSWORD_MAX,
		.label = N_("Current password"), .help = N_("Only when you change the e-mail address.")),
	FIELD_TEXT(struct agent, title, FIELD_FORM, .max = 80, .label = N_("Title"),
		.help = N_("Such as “Customer service”.")),
	FIELD_LONG_TEXT(struct agent, bio, FIELD_FORM, .max = 500, .label = N_("Bio"), .help = N_("A few words about yourself.")),
	FIELD_ZONE(struct agent, time_zone, FIELD_FORM, .max = 64, .label = N_("Time zone"), .placeholder = N_("As the company"),
		.help = N_("All times are shown to you in this zone.")),
	FIELD_CHOICE(struct agent, locale, FIELD_FORM, .label = N_("Language"), .choices = agent_locale_choices),
	FIELD_BOOL(struct agent, show_photo, FIELD_FORM, .label = N_("Show the photo to visitors")),
	FIELD_BOOL(struct agent, show_title, FIELD_FORM, .label = N_("Show the title to visitors")),
	FIELD_BOOL(struct agent, show_bio, FIELD_FORM, .label = N_("Show the bio to visitors")),
	FIELD_TEXT(struct agent, avatar, FIELD_READONLY, .label = N_("Picture")),
	FIELD_END
};

/* Another address is another way in: whoever finds an open browser must not be able to take the account over. */
static enum got
check_email(struct req *r, struct form *form, const struct agent *before, const struct agent *row)
{
	uint64_t retry_after;
	bool is_own;
	enum got got;

	if (text_equal_nocase(before->email, row->email))
		return GOT_ONE;
	if (text_is_blank(row->password)) {
		form_problem(r, form, "password", N_("is needed to change the e-mail address"), NULL);
		return GOT_ONE;
	}
	got = access_password_is_own(r, row->password, before->password_hash, &is_own, &retry_after);
	if (got == GOT_NONE)
		form_problem(r, form, "password", locale_plural("was wrong too often: try again in %s minute",
			"was wrong too often: try again in %s minutes", throttle_minutes(retry_after)),
			arena_printf(r->arena, "%llu", (unsigned long long)throttle_minutes(retry_after)));
	else if (got == GOT_ONE && !is_own)
		form_problem(r, form, "password", N_("is wrong"), NULL);
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

struct profile_work {
	struct req *r;
	const struct agent *before;
	const struct agent *row;
	bool is_form;                /* of the whole profile: not over what somebody else has changed since */
};

static enum got
profile_store(struct db *db, void *arg)
{
	struct profile_work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = {
		.action = "agent.profile", .noun = "agent", .noun_id = work->row->id, .noun_name = agent_name(r->arena, work->row),
		.difference = audit_difference(r->arena, profile_fields, work->before, work->row)
	};

	enum got got = resource_update(r, &agent_resource, work->before, work->row, work->is_form);

	(void)db;
	return got == GOT_ONE ? audit_write(r, &entry) : got;
}

/* After the commit: the old picture goes, the own consoles ask for everything again. */
static void
profile_saved(struct req *r, const struct agent *before, struct agent *row)
{
	const uint64_t id = row->id;

	store_settle(r->site->store, r->tenant, before->avatar, &row->avatar, true);
	agent_ring_rights(r, &(struct field_set){ .ids = &id, .count = 1 });
}

static enum got
profile_keep(struct req *r, struct form *form, const struct agent *before, struct agent *row)
{
	struct profile_work work = { .r = r, .before = before, .row = row, .is_form = form->was != NULL };
	bool is_duplicate;
	enum got got;

	row->password = "";
	got = db_transaction(r->db, profile_store, &work);
	if (got == GOT_ONE) {
		profile_saved(r, before, row);
		return GOT_ONE;
	}
	is_duplicate = got == GOT_ERROR && db_is_duplicate(r->db);
	store_settle(r->site->store, r->tenant, before->avatar, &row->avatar, false);
	if (got == GOT_NONE)
		form_problem(r, form, "", N_("Somebody else has changed something that this depends on. Look at it again."), NULL);
	else if (is_duplicate)
		form_problem(r, form, "email", N_("is already used"), NULL);
	return form_is_good(form) ? GOT_ERROR : GOT_NONE;
}

enum got
profile_change(struct req *r, struct form *form, struct agent *agent, bool only_given)
{
	struct agent before;

	if (agent_by_id(r->db, r->arena, r->tenant, r->actor.id, agent) != GOT_ONE)
		return GOT_ERROR;
	before = *agent;
	form_init(form, profile_fields);
	if (!only_given)
		form_check_mark(r, form, &before);
	form_read(r, form, agent, only_given);
	agent_check_names(r, form, &before, agent);
	if (check_email(r, form, &before, agent) == GOT_ERROR)
		return GOT_ERROR;
	agent_picture_take(r, form, agent);
	if (form_is_good(form))
		return profile_keep(r, form, &before, agent);
	agent->avatar = before.avatar;
	return GOT_NONE;
}
