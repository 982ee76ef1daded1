/* SPDX-License-Identifier: BSD-2-Clause */
/* start_pages.c - the first page of the control panel. */
#include "rooms/start/start.h"

#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/hours/hours.h"
#include "rooms/start/start_store.h"
#include "rooms/tenant/tenant.h"
#include "web/reply.h"

static handler start_show, steps_hide, steps_show;

const struct route start_routes[] = {
	{ GET, "/admin", MAY_SIGNED_IN, start_show, ROUTE_VIEW, NULL },
	{ POST, "/admin/first-steps/hide", MAY_MANAGE_SETTINGS, steps_hide, 0, NULL },
	{ POST, "/admin/first-steps/show", MAY_MANAGE_SETTINGS, steps_show, 0, NULL },
	{ .path = NULL }
};

/* The list can be put away, and taken out again. */
struct first_steps {
	bool hidden;
};

static const struct field first_steps_fields[] = {
	FIELD_BOOL(struct first_steps, hidden, FIELD_FORM),
	FIELD_END
};

static const struct resource first_steps = {
	.noun = "first_steps", .fields = first_steps_fields, .size = sizeof(struct first_steps), .is_single = true
};

static bool
looks_are_chosen(const struct start_facts *facts)
{
	return facts->has_looks;
}

static bool
colleagues_are_there(const struct start_facts *facts)
{
	return facts->agents > 1;
}

static bool
queues_are_filled(const struct start_facts *facts)
{
	return facts->has_queues;
}

static bool
hours_are_set(const struct start_facts *facts)
{
	return facts->has_hours;
}

static bool
widget_was_seen(const struct start_facts *facts)
{
	return !text_is_blank(facts->seen_host);
}

static bool
answers_are_written(const struct start_facts *facts)
{
	return facts->has_canned;
}

static bool
chat_was_answered(const struct start_facts *facts)
{
	return facts->has_answered;
}

/* What a new company does first. Whoever may not do a step does not see it. */
static const struct step {
	const char *label;
	const char *help;
	const char *path;
	enum permission permission;
	bool (*is_done)(const struct start_facts *facts);
} steps[] = {
	{ N_("Choose your look"), N_("Name, logo and colour, as your visitors and colleagues see them."), "/admin/settings/brand",
		MAY_MANAGE_SETTINGS, looks_are_chosen },
	{ N_("Add your colleagues"), N_("Everybody who answers chats gets an account of their own: invite them by mail."),
		"/admin/invitations", MAY_MANAGE_PEOPLE, colleagues_are_there },
	{ N_("Sort them into queues"), N_("A queue is a group such as Sales or Support. Its agents are offered its chats."),
		"/admin/queues", MAY_MANAGE_QUEUES, queues_are_filled },
	{ N_("Set your working hours"), N_("When you are there. A switch says whether live chats keep to it: until then they ring at any time."),
		"/admin/calendars", MAY_MANAGE_SETTINGS,
		hours_are_set },
	{ N_("Put the chat on your web site"), N_("Choose its colour and words, and copy one line into your pages."),
		"/admin/installation", MAY_MANAGE_WIDGETS, widget_was_seen },
	{ N_("Write answers that you often need"), N_("Agents put them into a chat with a few keys."), "/admin/canned", MAY_EDIT_CANNED,
		answers_are_written },
	{ N_("Answer a first chat"), N_("Open the console, go online, and write to yourself from your own site."), "/console", MAY_CHAT,
		chat_was_answered }
};

/* The pages that one may open, as cards: the menu with its groups. */
static void
start_cards(struct req *r)
{
	const struct menu_entry *entry;
	struct page_node *card;

	for (entry = r->site->menu; entry->path != NULL; entry++) {
		if (!menu_shows(r, entry) || strcmp(entry->path, "/admin") == 0)
			continue;
		card = page_add(r->page, "Start.Cards");
		page_set(card, "Group", locale_text(entry->group));
		page_set(card, "Label", locale_text(entry->label));
		page_set(card, "Path", entry->path);
	}
}

static bool
step_is_for(const struct req *r, const struct step *step)
{
	return req_may(r, step->permission) && req_reaches(r, step->path);
}

static void
step_show(struct req *r, const struct step *step, const struct start_facts *facts)
{
	struct page_node *node = page_add(r->page, "Start.Steps");
	bool is_done = step->is_done(facts);

	page_set(node, "Label", locale_text(step->label));
	page_set(node, "Help", step->is_done == widget_was_seen && is_done
		? locale_fill(r->arena, N_("It was seen on %s."), facts->seen_host) : locale_text(step->help));
	page_set(node, "Path", step->path);
	page_set_bool(node, "Done", is_done);
}

/* Is this page one that a step leads to, or below it? The console is no page of the panel. */
static bool
step_is_here(const struct req *r, const struct step *step)
{
	size_t len = strlen(step->path);

	return req_may(r, step->permission) && strncmp(r->path, step->path, len) == 0 && (r->path[len] == '\0' || r->path[len] == '/');
}

static bool
page_is_of_a_step(const struct req *r)
{
	size_t i;

	for (i = 0; i < COUNT_OF(steps); i++)
		if (step_is_here(r, &steps[i]))
			return true;
	return false;
}

/* The first step that is open, and how many there are and are done. */
static const struct step *
steps_count(const struct req *r, const struct start_facts *facts, size_t *count, size_t *done)
{
	const struct step *next = NULL;
	size_t i;

	*count = *done = 0;
	for (i = 0; i < COUNT_OF(steps); i++) {
		if (!step_is_for(r, &steps[i]))
			continue;
		(*count)++;
		if (steps[i].is_done(facts))
			(*done)++;
		else if (next == NULL && !step_is_here(r, &steps[i]))
			next = &steps[i];
	}
	return next;
}

void
start_show_way(struct req *r)
{
	struct first_steps state = { .hidden = false };
	struct start_facts facts = { 0 };
	const struct step *next;
	size_t count, done;

	if (r->tenant.id == 0 || !page_is_of_a_step(r)
		|| resource_single_load(r->db, r->arena, r->site->keys, r->tenant, &first_steps, &state) == GOT_ERROR || state.hidden
		|| start_facts_load(r->db, r->arena, r->tenant, &facts) == GOT_ERROR)
		return;
	next = steps_count(r, &facts, &count, &done);
	if (done == count)
		return;
	page_set_u64(r->page, "Way.Count", count);
	page_set_u64(r->page, "Way.DoneCount", done);
	if (next == NULL)
		return;
	page_set(r->page, "Way.Label", locale_text(next->label));
	page_set(r->page, "Way.Path", next->path);
}

/* The steps, unless they were put away. */
static enum got
start_steps(struct req *r)
{
	struct first_steps state = { .hidden = false };
	struct start_facts facts = { 0 };
	size_t i, done = 0, count = 0;

	if (resource_single_load(r->db, r->arena, r->site->keys, r->tenant, &first_steps, &state) == GOT_ERROR)
		return GOT_ERROR;
	page_set_bool(r->page, "Start.MayHide", req_may_change(r, MAY_MANAGE_SETTINGS));
	page_set_bool(r->page, "Start.Hidden", state.hidden);
	if (state.hidden)
		return GOT_ONE;
	if (start_facts_load(r->db, r->arena, r->tenant, &facts) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0; i < COUNT_OF(steps); i++) {
		if (!step_is_for(r, &steps[i]))
			continue;
		step_show(r, &steps[i], &facts);
		count++;
		done += steps[i].is_done(&facts) ? 1 : 0;
	}
	page_set_u64(r->page, "Start.Count", count);
	page_set_u64(r->page, "Start.DoneCount", done);
	return GOT_ONE;
}

/* Whether the company is there now. */
static enum got
start_hours(struct req *r)
{
	const struct hours_who who = { .tenant = r->tenant };
	struct hours_state state;

	if (hours_state(r->db, r->arena, &who, r->now, &state) != GOT_ONE)
		return GOT_ERROR;
	page_set(r->page, "Start.Hours", hours_say(r->arena, &state, r->now));
	page_set_bool(r->page, "Start.Open", state.is_open);
	page_set_bool(r->page, "Start.MayHours", req_may(r, MAY_MANAGE_SETTINGS));
	return GOT_ONE;
}

static int
start_show(struct req *r)
{
	if (start_steps(r) == GOT_ERROR || start_hours(r) == GOT_ERROR || (req_may(r, MAY_MANAGE_SETTINGS) && limit_warn(r) == GOT_ERROR))
		return reply_got(r, GOT_ERROR);
	start_cards(r);
	page_set(r->page, "Title", locale_text(N_("Overview")));
	return reply_page(r, "start/start");
}

static enum got
steps_put(struct req *r, bool hidden)
{
	const struct first_steps state = { .hidden = hidden };

	return resource_single_store(r->db, r->arena, r->site->keys, r->tenant, &first_steps, &state, r->now);
}

static int
steps_hide(struct req *r)
{
	if (steps_put(r, true) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	reply_notice(r, N_("The first steps are put away."), "/admin/first-steps/show");
	return reply_redirect(r, "/admin");
}

static int
steps_show(struct req *r)
{
	if (steps_put(r, false) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	return reply_redirect(r, "/admin");
}
