/* SPDX-License-Identifier: BSD-2-Clause */
/* presence_resource.c - how the company wants presence to work, as settings. */
#include "core/text.h"
#include "rooms/people/people_store.h"

static const struct field_choice closed_choices[] = {
	{ "keep", N_("stays as it is") },
	{ "offline", N_("becomes Offline") },
	{ NULL, NULL }
};

static const struct field_choice signed_in_choices[] = {
	{ "keep", N_("stays as it was") },
	{ "online", N_("becomes Online") },
	{ NULL, NULL }
};

static const struct field presence_fields[] = {
	FIELD_U64(struct presence, away_minutes, FIELD_FORM, .max = 1440, .preset = "0",
		.label = N_("Away after minutes without activity"),
		.help = N_("An agent who is online and touches neither keys nor pointer in the console for so long becomes Away. 0 is never.")),
	FIELD_U64(struct presence, away_missed, FIELD_FORM, .max = 100, .preset = "0",
		.label = N_("Away after missed offers"),
		.help = N_("An agent who leaves so many offers in a row unanswered becomes Away. 0 is never.")),
	FIELD_U64(struct presence, ring_seconds, FIELD_FORM | FIELD_REQUIRED, .min = 15, .max = 600, .preset = "60",
		.label = N_("Seconds that an offer rings"),
		.help = N_("After that the offer is missed: it rings on at the others, and again when nobody else is there.")),
	FIELD_CHOICE(struct presence, closed_console, FIELD_FORM | FIELD_REQUIRED, .choices = closed_choices, .preset = "keep",
		.label = N_("When the console is closed, the status"),
		.help = N_("Either way nobody without an open console is offered a chat.")),
	FIELD_CHOICE(struct presence, signed_in, FIELD_FORM | FIELD_REQUIRED, .choices = signed_in_choices, .preset = "keep",
		.label = N_("When an agent signs in, the status")),
	FIELD_U64(struct presence, log_days, FIELD_FORM | FIELD_REQUIRED, .min = 7, .max = 3650, .preset = "365",
		.label = N_("Days that the status log is kept")),
	FIELD_END
};

const struct resource presence_resource = {
	.noun = "presence",
	.plural = "settings/presence",
	.title = N_("Presence"),
	.title_one = N_("presence"),
	.help = N_("When somebody counts as away, and how long a chat rings. Who set which status, and why, is in the status log."),
	.fields = presence_fields,
	.size = sizeof(struct presence),
	.is_single = true,
	.may_read = MAY_MANAGE_SETTINGS,
	.may_write = MAY_MANAGE_SETTINGS
};

enum got
presence_load(struct db *db, struct arena *arena, tenant_id tenant, struct presence *presence)
{
	/* None of it is secret: no keys. */
	return resource_single_load(db, arena, NULL, tenant, &presence_resource, presence);
}

enum got
agent_signed_in(struct req *r)
{
	const struct status_change change = { .agent = r->actor.id, .status = "online", .reason = "sign_in", .actor = r->actor.id,
		.actor_name = r->actor.name };
	struct presence presence = { 0 };
	enum got got = presence_load(r->db, r->arena, r->tenant, &presence);

	if (got != GOT_ONE || !text_equal(presence.signed_in, "online"))
		return got;
	return agent_set_status(r->db, r->arena, r->tenant, &change, r->now);
}
