/* SPDX-License-Identifier: BSD-2-Clause */
/* retention.c - how long conversations are kept: as the plan says, or shorter when the company wants so. */
#include "rooms/tenant/tenant.h"

static const struct field retention_fields[] = {
	FIELD_U64(struct retention, keep_days, FIELD_FORM | FIELD_NULLABLE, .min = 1, .max = 36500, .label = N_("Days to keep closed chats"),
		.help = N_("Chats that were closed longer ago are erased for good, with their notes and files, and what is known of the browsers of those"
			" who did not come back. Contacts and figures stay. It begins a day after the number was changed. Empty keeps them for as long as your plan does.")),
	FIELD_END
};

const struct resource retention_resource = {
	.noun = "retention",
	.plural = "settings/retention",
	.title = N_("Keeping of chats"),
	.title_one = N_("keeping of chats"),
	.help = N_("What is not kept cannot be lost, nor asked for."),
	.fields = retention_fields,
	.size = sizeof(struct retention),
	.is_single = true,
	.may_read = MAY_MANAGE_SETTINGS,
	.may_write = MAY_MANAGE_SETTINGS
};

uint64_t
retention_days(const struct tenant_retention *retention)
{
	if (retention->plan_days == 0 || (retention->own_days != 0 && retention->own_days < retention->plan_days))
		return retention->own_days;
	return retention->plan_days;
}
