/* SPDX-License-Identifier: BSD-2-Clause */
/* away_resource.c - the company's own away statuses as settings. */
#include "rooms/people/people.h"

static const struct field away_status_fields[] = {
	FIELD_U64(struct away_status, id, FIELD_KEY),
	FIELD_TEXT(struct away_status, name, FIELD_FORM | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LIST | FIELD_SEARCH,
		.max = 40, .label = N_("Status name"), .placeholder = N_("Lunch")),
	FIELD_TIME(struct away_status, created_at, FIELD_READONLY, .label = N_("Created")),
	FIELD_TIME(struct away_status, updated_at, FIELD_READONLY, .label = N_("Changed")),
	FIELD_TIME(struct away_status, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

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
	.may_write = MAY_MANAGE_PEOPLE
};
