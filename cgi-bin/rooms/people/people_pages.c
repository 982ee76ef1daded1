/* SPDX-License-Identifier: BSD-2-Clause */
/* people_pages.c - the front door, and the start of the control panel. */
#include <string.h>

#include "edge/locale.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"
#include "web/reply.h"

static handler people_root, start_show;

const struct route people_routes[] = {
	{ GET, "/", MAY_PUBLIC, people_root, 0, NULL },
	{ GET, "/admin", MAY_SIGNED_IN, start_show, 0, NULL },
	{ .path = NULL }
};

static int
people_root(struct req *r)
{
	if (r->actor.kind != ACTOR_AGENT)
		return reply_redirect(r, "/sign-in");
	return reply_redirect(r, "%s", people_home(r->actor.permissions));
}

/* The pages that one may open, as cards: the menu with its groups. */
static void
start_cards(struct req *r)
{
	const struct menu_entry *entry;
	struct page_node *card;

	for (entry = r->site->menu; entry->path != NULL; entry++) {
		if (!req_may(r, entry->permission) || strcmp(entry->path, "/admin") == 0)
			continue;
		card = page_add(r->page, "Start.Cards");
		page_set(card, "Group", locale_text(entry->group));
		page_set(card, "Label", locale_text(entry->label));
		page_set(card, "Path", entry->path);
	}
}

/* What a new company does first. Whoever may not do a step does not see it. */
static const struct step {
	const char *label;
	const char *help;
	const char *path;
	enum permission permission;
} steps[] = {
	{ N_("Add your colleagues"), N_("Everybody who answers chats gets an account of their own."), "/admin/agents",
		MAY_MANAGE_PEOPLE },
	{ N_("Sort them into queues"), N_("A queue is a group such as Sales or Support."), "/admin/queues", MAY_MANAGE_QUEUES },
	{ N_("Put the chat on your web site"), N_("Choose its colour and words, and copy one line into your pages."),
		"/admin/widgets", MAY_MANAGE_WIDGETS },
	{ N_("Open the console"), N_("Go online, and the next visitor who writes rings with you."), "/console", MAY_CHAT }
};

static enum got
start_steps(struct req *r)
{
	struct page_node *node;
	uint64_t agents = 0;
	size_t i;

	if (agent_count(r->db, r->tenant, &agents) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0; i < COUNT_OF(steps); i++) {
		if (!req_may(r, steps[i].permission))
			continue;
		node = page_add(r->page, "Start.Steps");
		page_set(node, "Label", locale_text(steps[i].label));
		page_set(node, "Help", locale_text(steps[i].help));
		page_set(node, "Path", steps[i].path);
		page_set_bool(node, "Done", i == 0 && agents > 1);
	}
	return GOT_ONE;
}

static int
start_show(struct req *r)
{
	if (start_steps(r) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	if (req_may(r, MAY_MANAGE_SETTINGS) && limit_warn(r) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	start_cards(r);
	page_set(r->page, "Title", locale_text(N_("Overview")));
	return reply_page(r, "people/start");
}
