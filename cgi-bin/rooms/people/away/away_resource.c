/* SPDX-License-Identifier: BSD-2-Clause */
/* away_resource.c - the company's own away statuses as settings; open consoles hear of each change. */
#include "core/check.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/status/status_store.h"

const struct field away_status_fields[] = {
	FIELD_U64(struct away_status, id, FIELD_KEY),
	FIELD_TEXT(struct away_status, name, FIELD_FORM | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LIST | FIELD_SEARCH,
		.max = 40, .label = N_("Status name"), .placeholder = N_("Lunch")),
	FIELD_TIME(struct away_status, created_at, FIELD_READONLY, .label = N_("Created")),
	FIELD_TIME(struct away_status, updated_at, FIELD_READONLY, .label = N_("Changed")),
	FIELD_TIME(struct away_status, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

/* {"type":"away_statuses","away_statuses":[…]} */
static const char *
list_event(struct req *r)
{
	struct json *event = json_new_object(r->arena), *list;

	if (away_status_json(r->db, r->arena, r->tenant, &list) == GOT_ERROR)
		return NULL;
	json_set_text(event, "type", "away_statuses");
	json_set(event, "away_statuses", list);
	return json_text(r->arena, event);
}

/* Every open console has its agent's topic; one bell reaches BELL_TOPICS_MAX of them. */
static void
tell_consoles(struct req *r)
{
	const char *event = r->site->bell != NULL ? list_event(r) : NULL;
	struct db_rows rows = { 0 };
	const struct presence_agent *agents;
	struct str topics;
	size_t i;

	if (event == NULL || presence_open_consoles(r->db, r->arena, r->tenant, r->now, &rows) != GOT_ONE)
		return;
	agents = rows.rows;
	str_init(&topics, r->arena);
	for (i = 0; i < rows.count; i++) {
		str_addf(&topics, "%s%s", topics.len > 0 ? " " : "", agent_key(r->arena, r->tenant, agents[i].id));
		if (i + 1 < rows.count && (i + 1) % BELL_TOPICS_MAX != 0)
			continue;
		bell_ring(r->site->bell, topics.data, event);
		str_clear(&topics);
	}
}

/* Two statuses that look alike and do not mean the same: not in any language, since colleagues read others. */
static bool
is_own_word(struct req *r, const char *name)
{
	const char *folded = text_fold(r->arena, text_trim(r->arena, name));
	size_t i, k;

	for (i = 0; locale_names[i] != NULL; i++) {
		struct locale_message words[] = { { .one = "Online" }, { .one = "Away" }, { .one = "Offline" } };

		locale_look_up(locale_names[i], words, COUNT_OF(words));
		for (k = 0; k < COUNT_OF(words); k++)
			if (text_equal(folded, text_fold(r->arena, words[k].text)))
				return true;
	}
	return false;
}

static void
away_check(struct req *r, struct form *form, const void *before, void *new)
{
	const struct away_status *row = new;

	(void)before;
	if (is_own_word(r, row->name))
		form_problem(r, form, "name", N_("is a status that there is already: choose another name"), NULL);
}

static void
away_saved(struct req *r, const void *before, const void *row)
{
	(void)before;
	(void)row;
	tell_consoles(r);
}

/* Whoever is in it stays away, without a word for it. */
static enum got
away_after_delete(struct req *r, const void *old)
{
	const struct away_status *row = old;
	struct status_change change = { .status = "away", .reason = "deleted", .actor = r->actor.id, .actor_name = r->actor.name };
	struct db_rows rows = { 0 };
	const struct presence_agent *agents;
	size_t i;

	if (away_status_agents(r->db, r->arena, r->tenant, row->id, &rows) == GOT_ERROR)
		return GOT_ERROR;
	agents = rows.rows;
	for (i = 0; i < rows.count; i++) {
		change.agent = agents[i].id;
		if (agent_set_status(r->db, r->arena, r->tenant, &change, r->now) == GOT_ERROR)
			return GOT_ERROR;
	}
	return GOT_ONE;
}

/* A console takes a status that is not in the list for plain Away, so nobody's status has to be told. */
static void
away_deleted(struct req *r, const void *row)
{
	(void)row;
	tell_consoles(r);
}

const struct resource away_status_resource = {
	.noun = "away_status",
	.plural = "away-statuses",
	.title = N_("Away statuses"),
	.title_one = N_("away status"),
	.help = N_("Agents choose among these, beside Online, Away and Offline. Nobody who is away is offered a chat."),
	.fields = away_status_fields,
	.size = sizeof(struct away_status),
	.name_field = "name",
	.sort = "name",
	.may_read = MAY_MANAGE_PEOPLE,
	.may_write = MAY_MANAGE_PEOPLE,
	.check = away_check,
	.saved = away_saved,
	.after_delete = away_after_delete,
	.deleted = away_deleted
};
