/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_resource.c - agents as settings: the field table, and what may not be done to them. */
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/hours/hours.h"
#include "rooms/people/agent/agent_choice.h"
#include "rooms/people/agent/agent_names.h"
#include "rooms/people/agent/agent_password.h"
#include "rooms/people/agent/agent_rights.h"
#include "rooms/people/factor/factor.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"
#include "web/access.h"

const struct field_choice agent_locale_choices[] = {
	{ "", N_("As the company") },
	{ "en", "English" },
	{ "fr", "Français" },
	{ "pt", "Português" },
	{ "es", "Español" },
	{ NULL, NULL }
};

static const struct field_choice status_choices[] = {
	{ "online", N_("Online") },
	{ "away", N_("Away") },
	{ "offline", N_("Offline") },
	{ NULL, NULL }
};

static const struct field_via agent_roles_via = { "agent_role", "agent_id", "role_id" };
static const struct field_via agent_queues_via = { "queue_agent", "agent_id", "queue_id" };
static const struct field_via agent_widgets_via = { "agent_widget", "agent_id", "widget_id" };     /* a view */
static const struct field_via agent_skills_via = { "agent_skill", "agent_id", "skill_id" };

const struct field agent_fields[] = {
	FIELD_U64(struct agent, id, FIELD_KEY),
	FIELD_TEXT(struct agent, account, FIELD_FORM | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LIST | FIELD_SEARCH,
		.max = 64, .label = N_("Account"), .help = N_("The name to sign in with."), .section = N_("Personal info")),
	FIELD_TEXT(struct agent, first_name, FIELD_FORM | FIELD_REQUIRED | FIELD_SEARCH,
		.max = 80, .label = N_("First name")),
	FIELD_TEXT(struct agent, last_name, FIELD_FORM | FIELD_SEARCH, .max = 80, .label = N_("Last name")),
	FIELD_TEXT(struct agent, alias, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH,
		.max = 80, .label = N_("Alias"), .help = N_("The name that visitors see.")),
	FIELD_EMAIL(struct agent, email, FIELD_FORM | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LIST | FIELD_SEARCH,
		.max = 254, .label = N_("E-mail"), .help = N_("Can be used instead of the account to sign in.")),
	FIELD_CHOICE(struct agent, status, FIELD_READONLY | FIELD_LIST | FIELD_FILTER, .label = N_("Status"),
		.preset = "offline", .choices = status_choices),
	FIELD_REFERENCE(struct agent, away_id, FIELD_READONLY | FIELD_LIST | FIELD_NULLABLE, .of = "away_status",
		.label = N_("Away status")),
	FIELD_TIME(struct agent, status_at, FIELD_READONLY | FIELD_LIST, .label = N_("Since")),
	FIELD_TEXT(struct agent, phone, FIELD_FORM | FIELD_SEARCH, .max = 40, .label = N_("Phone")),
	FIELD_TEXT(struct agent, title, FIELD_FORM, .max = 80, .label = N_("Title"),
		.help = N_("Shown to visitors beside the alias, such as “Customer service”.")),
	FIELD_LONG_TEXT(struct agent, bio, FIELD_FORM, .max = 500, .label = N_("Bio"),
		.help = N_("A few words about the agent for visitors.")),
	FIELD_BOOL(struct agent, show_photo, FIELD_FORM, .preset = "1", .label = N_("Show the photo to visitors")),
	FIELD_BOOL(struct agent, show_title, FIELD_FORM, .preset = "1", .label = N_("Show the title to visitors")),
	FIELD_BOOL(struct agent, show_bio, FIELD_FORM, .label = N_("Show the bio to visitors")),
	FIELD_CHOICE(struct agent, locale, FIELD_FORM, .label = N_("Language"), .choices = agent_locale_choices),
	FIELD_ZONE(struct agent, time_zone, FIELD_FORM, .max = 64, .label = N_("Time zone"), .placeholder = N_("As the company")),
	FIELD_TEXT(struct agent, external_id, FIELD_FORM | FIELD_UNIQUE | FIELD_NULLABLE, .max = 80, .label = N_("External ID"),
		.help = N_("By which another product knows the agent: importing it again makes no second one.")),
	FIELD_SET(struct agent, roles, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_FILTER,
		.label = N_("Roles"), .help = N_("What the agent may do: all that one of the roles allows."),
		.of = "role", .via = &agent_roles_via, .section = N_("Groups")),
	FIELD_SET(struct agent, queues, FIELD_FORM | FIELD_LIST | FIELD_FILTER, .label = N_("Queues"),
		.help = N_("The agent is offered the chats of these queues."), .of = "queue", .via = &agent_queues_via),
	FIELD_SET(struct agent, skills, FIELD_FORM | FIELD_FILTER, .label = N_("Skills"), .of = "skill",
		.via = &agent_skills_via, .help = N_("What the agent is good at.")),
	FIELD_U64(struct agent, max_chats, FIELD_FORM | FIELD_NULLABLE | FIELD_LIST, .min = 1, .max = 100,
		.preset = "5", .label = N_("Chats at once"),
		.help = N_("No more chats are offered when the agent has so many. Empty is without limit.")),
	FIELD_U64(struct agent, max_tickets, FIELD_FORM | FIELD_NULLABLE | FIELD_LIST, .min = 1, .max = 1000, .label = N_("Tickets at once"),
		.help = N_("No more tickets of the inbox are given when the agent has so many. Empty is without limit.")),
	FIELD_REFERENCE(struct agent, calendar_id, FIELD_FORM | FIELD_NULLABLE, .of = "calendar", .label = N_("Working hours"),
		.help = N_("A shift, for example. The agent is there within these hours and those under “Availability”.")),
	FIELD_TEXT(struct agent, password, FIELD_FORM | FIELD_LOCAL | FIELD_SECRET, .max = 1024, .label = N_("Password"),
		.help = N_("At least 8 characters. Empty leaves it as it is."), .section = N_("Security")),
	FIELD_BOOL(struct agent, two_factor, FIELD_FORM, .label = N_("Two-factor authentication"),
		.help = N_("A code from an app is asked for when signing in.")),
	FIELD_LONG_TEXT(struct agent, allowed_addresses, FIELD_FORM, .max = 2000, .label = N_("Allowed IP addresses"),
		.help = N_("Addresses or subnets, one a line, such as 192.0.2.7 or 2001:db8::/32. Empty allows every address.")),
	FIELD_SET(struct agent, widgets, FIELD_FILTER, .label = N_("Widget"), .of = "widget", .via = &agent_widgets_via),
	FIELD_TEXT(struct agent, totp_sealed, FIELD_SECRET | FIELD_NULLABLE),
	FIELD_U64(struct agent, totp_step, 0),
	FIELD_TEXT(struct agent, avatar, 0),
	FIELD_U64(struct agent, chats, FIELD_READONLY, .label = N_("Chats now")),
	FIELD_TEXT(struct agent, password_hash, FIELD_SECRET, .label = N_("Password hash")),
	FIELD_TIME(struct agent, seen_at, 0),
	FIELD_TIME(struct agent, active_at, 0),
	FIELD_TIME(struct agent, answered_at, 0),
	FIELD_U64(struct agent, missed, 0),
	FIELD_LONG_TEXT(struct agent, settings, FIELD_NULLABLE),
	FIELD_TIME(struct agent, created_at, FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct agent, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_TIME(struct agent, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

/* Roles that the form adds must not allow more than the one who adds them may do. */
static void
check_roles(struct req *r, struct form *form, const struct agent *before, const struct agent *row)
{
	struct field_set added = { .ids = ARENA_ARRAY(r->arena, uint64_t, row->roles.count) };
	uint64_t *ids = (uint64_t *)(uintptr_t)added.ids;
	permission_set given = 0;
	size_t i;

	for (i = 0; i < row->roles.count; i++)
		if (before == NULL || !field_set_has(&before->roles, row->roles.ids[i]))
			ids[added.count++] = row->roles.ids[i];
	if (role_permissions(r->db, r->arena, r->tenant, &added, &given) != GOT_ONE)
		form_problem(r, form, "roles", N_("could not be checked: try again"), NULL);
	else if (!people_rights_cover(r->actor.permissions, given))
		form_problem(r, form, "roles", N_("must not allow more than you may do yourself"), NULL);
}

/* The company must keep an administrator. */
static void
check_last_administrator(struct req *r, struct form *form, const struct agent *before, const struct agent *row)
{
	if (before != NULL && role_of_administrators(r->db, r->arena, r->tenant, &before->roles) == GOT_ONE
		&& role_of_administrators(r->db, r->arena, r->tenant, &row->roles) == GOT_NONE
		&& !agent_administrator_is_left(r, row->id))
		form_problem(r, form, "roles", N_("must stay: this is the last administrator"), NULL);
}

static bool
password_is_given(const struct agent *agent)
{
	return agent->password != NULL && agent->password[0] != '\0';
}

/* One's own ways in are changed only by somebody who has just given the password: a browser that was left open is not enough. */
static void
check_own_access(struct req *r, struct form *form, const struct agent *before, const struct agent *row)
{
	const char *changed = NULL;

	if (before == NULL || row->id != r->actor.id || access_is_confirmed(r))
		return;
	if (!text_equal(before->email, row->email))
		changed = "email";
	else if (password_is_given(row))
		changed = "password";
	else if (before->two_factor && !row->two_factor)
		changed = "two_factor";
	if (changed != NULL)
		form_problem(r, form, changed, N_("is your own: give your password again on the page %s, then save"), "/confirm");
}

static void
agent_check(struct req *r, struct form *form, const void *old, void *new)
{
	const struct agent *before = old;
	struct agent *row = new;
	const char *problem, *detail;

	agent_check_names(r, form, before, row);
	check_roles(r, form, before, row);
	check_last_administrator(r, form, before, row);
	check_own_access(r, form, before, row);
	address_list_check(r, form, row->allowed_addresses, row->id == r->actor.id && r->actor.kind != ACTOR_NOBODY);
	if (!password_is_given(row))
		return;
	problem = password_choice_problem(r, &(struct password_choice){ r->tenant, row->password, row->account, row->email }, &detail);
	if (problem != NULL)
		form_problem(r, form, "password", problem, detail);
}

/* What another product imports again stays as it is here, and deleted when it was deleted. */
static enum got
agent_known(struct req *r, const void *row, uint64_t *id)
{
	struct agent known = { 0 };
	const char *external_id = ((const struct agent *)row)->external_id;
	enum got got = text_is_blank(external_id) ? GOT_NONE
		: agent_by_external_id(r->db, r->arena, r->tenant, external_id, &known);

	*id = known.id;
	return got;
}

/* The plan of the company says how many. The names of a deleted agent may be somebody else's by now. */
static enum got
agent_may_add(struct req *r, struct form *form, const void *row)
{
	agent_check_names(r, form, NULL, row);
	return form_is_good(form) ? limit_may_add(r, form, LIMIT_AGENTS) : GOT_NONE;
}

static enum got
agent_list_load(struct req *r)
{
	return limit_page(r, LIMIT_AGENTS);
}

/* Whoever knew the old password is out; only the one who changes it here stays. */
static enum got
agent_store_password(struct req *r, const struct agent *before, const struct agent *row)
{
	if (!password_is_given(row))
		return GOT_ONE;
	if (agent_set_password(r->db, r->arena, r->tenant, row->id, row->password, r->now) != GOT_ONE)
		return GOT_ERROR;
	if (before == NULL)
		return GOT_ONE;
	return session_end_all(r->db, r->tenant, row->id, row->id == r->actor.id ? r->actor.session : NULL) == GOT_ERROR
		? GOT_ERROR : GOT_ONE;
}

/* Is something of it gone? */
static bool
is_less(const struct field_set *before, const struct field_set *after)
{
	size_t i;

	for (i = 0; i < before->count; i++)
		if (!field_set_has(after, before->ids[i]))
			return true;
	return false;
}

static enum got
agent_after_save(struct req *r, const void *old, const void *new)
{
	const struct agent *before = old, *row = new;
	const uint64_t id = row->id;
	enum got got = agent_store_password(r, before, row);

	if (got == GOT_ONE && before != NULL && before->two_factor != row->two_factor && agent_factor_disown(r, id) == GOT_ERROR)
		return GOT_ERROR;
	if (got != GOT_ONE || before == NULL || !is_less(&before->roles, &row->roles))
		return got;
	got = agent_keep_administrator(r);
	return got == GOT_ONE ? agent_settle_chat_right(r, &(struct field_set){ .ids = &id, .count = 1 }) : got;
}

static void
agent_saved(struct req *r, const void *old, const void *new)
{
	const struct agent *before = old, *row = new;
	const uint64_t id = row->id;
	const struct field_set self = { .ids = &id, .count = 1 };

	if (before == NULL)
		return;
	if (!text_equal(before->allowed_addresses, row->allowed_addresses))
		session_review(r, row->id);
	if ((password_is_given(row) && row->id != r->actor.id) || is_less(&before->roles, &row->roles) || is_less(&before->queues, &row->queues)
		|| (row->two_factor && !before->two_factor))
		agent_cut_rights(r, &self);
	agent_ring_rights(r, &self);
}

static bool
agent_may_delete(struct req *r, struct form *form, const void *old)
{
	const struct agent *row = old;

	if (row->id == r->actor.id)
		form_problem(r, form, "", N_("You cannot delete yourself."), NULL);
	else if (!agent_administrator_is_left(r, row->id))
		form_problem(r, form, "", N_("This is the last administrator: make somebody else one first."), NULL);
	return form_is_good(form);
}

static enum got
agent_after_delete(struct req *r, const void *old)
{
	const struct agent *row = old;
	const struct status_change change = { .agent = row->id, .status = "offline", .reason = "deleted", .actor = r->actor.id,
		.actor_name = r->actor.name };
	enum got got;

	if (session_end_all(r->db, r->tenant, row->id, NULL) == GOT_ERROR
		|| agent_set_status(r->db, r->arena, r->tenant, &change, r->now) == GOT_ERROR)
		return GOT_ERROR;
	got = agent_keep_administrator(r);
	return got == GOT_ONE ? agent_order_gone(r, row->id) : got;
}

static void
agent_deleted(struct req *r, const void *old)
{
	const struct agent *row = old;
	const uint64_t id = row->id;

	agent_cut_rights(r, &(struct field_set){ .ids = &id, .count = 1 });
	if (r->site->agent_left != NULL)
		r->site->agent_left(r, row->id);
}

/* Somebody with more rights is changed only by somebody who has them too: a new password would hand them over. */
static bool
agent_may_write_row(struct req *r, const void *old)
{
	return agent_is_covered(r, ((const struct agent *)old)->id);
}

static const struct resource_link agent_pages[] = {
	{ "picture", N_("Picture") },
	{ "sessions", N_("Access") },
	{ NULL, NULL }
};

/* The button "Generate" beside the password. */
static bool
agent_fill(struct req *r, void *new)
{
	struct agent *row = new;

	if (!req_has(r, "generate"))
		return false;
	row->password = agent_password_make(r->arena);
	return true;
}

/* The agent's own hours, with the way to them. */
static void
agent_show_hours(struct req *r, const struct agent *row)
{
	struct page_node *link;
	const char *hours;

	if (row->id == 0 || row->deleted_at != 0 || hours_of_agent_say(r, row->id, &hours) != GOT_ONE)
		return;
	link = page_add(page_child(r->page, "Form"), "Links");
	page_setf(link, "Path", "/admin/agents/%llu/availability", (unsigned long long)row->id);
	page_set(link, "Label", locale_text(N_("Availability")));
	page_set(link, "Value", hours);
}

/* The way to the page that check_own_access() names; in a window of its own, so that nothing is lost that was typed. */
static void
agent_show_confirm(struct req *r, const struct agent *row)
{
	static const char *const names[] = { "email", "password", "two_factor" };
	struct page_node *fields = page_child(page_child(r->page, "Form"), "Fields"), *field;
	size_t i;

	if (r->method != POST || row->id != r->actor.id || access_is_confirmed(r))
		return;
	for (i = 0; i < COUNT_OF(names); i++) {
		field = page_child(fields, names[i]);
		page_set(field, "WayPath", "/confirm?next=/admin");
		page_set(field, "WayLabel", locale_text(N_("Confirm that it is you")));
	}
}

static void
agent_show_form(struct req *r, const void *row)
{
	agent_show_confirm(r, row);
	agent_password_show(r, ((const struct agent *)row)->password);
	agent_show_hours(r, row);
	if (((const struct agent *)row)->id == 0 && limit_page(r, LIMIT_AGENTS) == GOT_ERROR)
		page_set_bool(r->page, "Limit.Full", false);
}

static const struct resource_link agent_row_links[] = {
	{ "password", N_("Reset the password") },
	{ "status", N_("Status") },
	{ NULL, NULL }
};

static const struct resource_link agent_list_links[] = {
	{ "/admin/invitations", N_("Invite") },
	{ "import", N_("Import") },
	{ NULL, NULL }
};

const struct resource agent_resource = {
	.noun = "agent",
	.plural = "agents",
	.title = N_("Agents"),
	.title_one = N_("agent"),
	.help = N_("Agents are the people of your company who sign in, chat with visitors and change settings."),
	.fields = agent_fields,
	.size = sizeof(struct agent),
	.name_field = "alias",
	.name_more = { "first_name", "last_name" },
	.sort = "account",
	.pages = agent_pages,
	.may_read = MAY_MANAGE_PEOPLE,
	.may_write = MAY_MANAGE_PEOPLE,
	.check = agent_check,
	.known = agent_known,
	.may_add = agent_may_add,
	.list_load = agent_list_load,
	.after_save = agent_after_save,
	.saved = agent_saved,
	.may_delete = agent_may_delete,
	.after_delete = agent_after_delete,
	.deleted = agent_deleted,
	.may_write_row = agent_may_write_row,
	.row_links = agent_row_links,
	.list_links = agent_list_links,
	.fill = agent_fill,
	.show_form = agent_show_form
};
