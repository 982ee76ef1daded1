/* SPDX-License-Identifier: BSD-2-Clause */
/* canned.c - canned messages: public ones for all agents, private ones for their owner. */
#include "rooms/conversation/canned_store.h"

#include <string.h>

#include "core/text.h"

const struct field canned_fields[] = {
	FIELD_U64(struct canned, id, FIELD_KEY),
	FIELD_TEXT(struct canned, name, FIELD_FORM | FIELD_LIST | FIELD_REQUIRED | FIELD_SEARCH, .max = 80, .label = N_("Name"),
		.help = N_("What agents look for; unique among the messages of the same owner.")),
	FIELD_TEXT(struct canned, category, FIELD_FORM | FIELD_LIST | FIELD_SEARCH, .max = 80, .label = N_("Category")),
	FIELD_TEXT(struct canned, shortcut, FIELD_FORM | FIELD_LIST | FIELD_SEARCH, .max = 40, .label = N_("Shortcut"),
		.help = N_("Typed after / in the message box, without the slash.")),
	FIELD_LONG_TEXT(struct canned, body, FIELD_FORM | FIELD_REQUIRED | FIELD_SEARCH, .max = MESSAGE_TEXT_MAX, .label = N_("Message"),
		.help = N_("{{visitor.name}} and {{agent.name}} are filled in when it is used.")),
	FIELD_BOOL(struct canned, is_private, FIELD_FORM | FIELD_LOCAL, .label = N_("Only for me")),
	FIELD_U64(struct canned, agent_id, FIELD_NULLABLE | FIELD_READONLY),
	FIELD_TIME(struct canned, created_at, FIELD_READONLY),
	FIELD_TIME(struct canned, updated_at, FIELD_READONLY),
	FIELD_TIME(struct canned, deleted_at, FIELD_READONLY | FIELD_NULLABLE),
	FIELD_END
};

/* Public ones, and the own private ones. */
static const char *
scope(struct req *r, struct db_value *value)
{
	*value = db_u64(r->actor.id);
	return "owner_key IN (0, ?)";
}

static enum got
load(struct req *r, void *row)
{
	struct canned *canned = row;

	(void)r;
	canned->is_private = canned->agent_id != 0;
	return GOT_ONE;
}

/* A shortcut is one word; whether a message is private is decided when it is made, and stays. */
static void
check(struct req *r, struct form *form, const void *before, void *row)
{
	const struct canned *old = before;
	struct canned *canned = row;
	bool taken;

	if (strpbrk(canned->shortcut, " \t/#") != NULL)
		form_problem(r, form, "shortcut", N_("must be one word without / and #"), NULL);
	if (old == NULL && !req_may(r, MAY_EDIT_CANNED) && !canned->is_private)
		form_problem(r, form, "is_private", N_("must be on: you do not have the right to edit the messages of everybody"), NULL);
	canned->agent_id = old != NULL ? old->agent_id : canned->is_private ? r->actor.id : 0;
	canned->is_private = canned->agent_id != 0;
	if (canned_name_is_taken(r->db, r->tenant, canned, &taken) == GOT_ONE && taken)
		form_problem(r, form, "name", N_("is already used"), NULL);
}

/* Public ones are changed by those who have the right to; private ones by their owner. */
static bool
may_write_row(struct req *r, const void *row)
{
	const struct canned *canned = row;

	return canned->agent_id == 0 ? req_may(r, MAY_EDIT_CANNED) : canned->agent_id == r->actor.id;
}

const struct resource canned_resource = {
	.noun = "canned",
	.plural = "canned",
	.title = N_("Canned messages"),
	.title_one = N_("canned message"),
	.help = N_("Answers that are written once and used often: agents find them by / in the message box."),
	.fields = canned_fields,
	.size = sizeof(struct canned),
	.name_field = "name",
	.sort = "name",
	.may_read = MAY_CHAT,
	.may_write = MAY_CHAT,
	.scope = scope,
	.load = load,
	.check = check,
	.may_write_row = may_write_row
};
