/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_words.c - the words of the audit log for people. */
#include "rooms/audit/audit_words.h"

#include <string.h>

#include "core/check.h"
#include "edge/locale.h"
#include "rooms/tenant/tenant.h"

const struct audit_word audit_kinds[] = {
	{ "agent", N_("Agent") }, { "api", N_("API key") }, { "command", N_("Command line") }, { "host", N_("Host") },
	{ "system", N_("System") }, { "nobody", N_("Not signed in") }
};
const size_t audit_kind_count = COUNT_OF(audit_kinds);

/* Verbs of any noun, then whole actions that want a word of their own. */
static const struct audit_word actions[] = {
	{ "add", N_("Added") }, { "confirm", N_("Password confirmed") }, { "create", N_("Created") },
	{ "delete", N_("Deleted") }, { "password", N_("Password changed") }, { "recovery_code", N_("Signed in with a recovery code") }, { "recovery_codes", N_("New recovery codes made") },
	{ "remove", N_("Removed") }, { "reset_2fa", N_("Second factor taken away") }, { "restore", N_("Restored") }, { "sign_in", N_("Signed in") },
	{ "sign_in_address", N_("Sign-in refused: the address is not allowed") }, { "sign_in_code_failed", N_("Wrong code at sign-in") },
	{ "sign_in_failed", N_("Sign-in refused") }, { "sign_in_pending", N_("Password right, code asked for") },
	{ "sign_out", N_("Signed out") }, { "two_factor", N_("Second factor switched on") },
	{ "two_factor_off", N_("Second factor switched off") }, { "update", N_("Changed") },

	{ "account.check", N_("Provider asked") },
	{ "agent.language", N_("Language changed") },
	{ "agent.password_reset", N_("Password set by a code from a mail") },
	{ "agent.picture", N_("Picture changed") }, { "agent.picture_removed", N_("Picture removed") },
	{ "agent.profile", N_("Own profile changed") }, { "agent.sign_in_by_link", N_("Signed in by a link of another product") },
	{ "agent.sign_in_link", N_("Sign-in link made by a key") }, { "agent.status", N_("Status changed") },
	{ "api_key.address", N_("API key used from an address that is not allowed") }, { "api_key.revoke", N_("API key taken back") },
	{ "availability.change", N_("Working hours changed") },
	{ "availability.day_off", N_("Day off added") }, { "availability.day_off_removed", N_("Day off removed") },
	{ "calendar.feed", N_("Subscribed holidays fetched") },
	{ "calendar.import", N_("Holidays imported") }, { "calendar.import_remove", N_("Imported holidays removed") },
	{ "contact.merge", N_("Contacts merged") }, { "contact.reveal", N_("Masked contact uncovered") },
	{ "conversation.erase", N_("Old chats erased") },
	{ "domain.lose", N_("Domain lost: its proof is gone") }, { "domain.verify", N_("Domain verified") },
	{ "host.sign_in_as", N_("Signed in by a link of the host") }, { "host.sign_in_link", N_("Sign-in link made by the host") },
	{ "host.view", N_("Page viewed by the host") }, { "host.view_begin", N_("View by the host begun") },
	{ "host.view_link", N_("View asked for by the host") }, { "host.view_refused", N_("Change by the viewing host refused") },
	{ "invitation.accept", N_("Invitation accepted") }, { "invitation.resend", N_("Invitation sent again") },
	{ "job.retry", N_("Job that was given up tried again") },
	{ "mail.test", N_("Test mail ordered") },
	{ "password.forgot", N_("Code for a new password asked for") },
	{ "session.address", N_("Session ended: the address is not allowed") }, { "session.end", N_("Session ended") },
	{ "session.end_all", N_("All other sessions ended") },
	{ "setting.change", N_("Settings changed") },
	{ "support_access.end", N_("Support access taken back") }, { "support_access.grant", N_("Support access allowed") },
	{ "tenant.delete", N_("Company marked for deletion") }, { "tenant.erase", N_("Company erased") },
	{ "tenant.plan", N_("Plan changed") }, { "tenant.resume", N_("Company resumed") },
	{ "tenant.suspend", N_("Company suspended") }, { "tenant.undelete", N_("Deletion of the company taken back") },
	{ "text.offer", N_("Language offered to visitors") }, { "text.withdraw", N_("Language no longer offered to visitors") }
};

static const struct audit_word nouns[] = {
	{ "api_key", N_("API key") }, { "availability", N_("availability") }, { "contact", N_("contact") },
	{ "conversation", N_("chats") },
	{ "domain", N_("domain") }, { "job", N_("job") }, { "operator", N_("operator") }, { "operator_key", N_("operator’s key") }, { "page", N_("page") },
	{ "plan", N_("plan") }, { "setting", N_("Settings") }, { "support_access", N_("access for support") }, { "tenant", N_("company") }
};

static const struct field_choice states[] = {
	{ "active", N_("Active") }, { "suspended", N_("Suspended") }, { "deleting", N_("Being deleted") },
	{ "erasing", N_("Being erased") }, { "verified", N_("Verified") }, { "pending", N_("Not verified yet") }, { NULL, NULL }
};

static const struct field_choice causes[] = {
	{ "password", N_("The password is wrong.") }, { "unknown", N_("There is no such account.") },
	{ "address", N_("The address is not allowed.") }, { "closed", N_("The company is being deleted.") }, { NULL, NULL }
};

static const struct field_choice spans[] = { { "open", N_("until it is taken back") }, { NULL, NULL } };

/* Members of differences that no resource's field table has. */
static const struct field members[] = {
	{ .name = "agent_id", .type = FIELD_TYPE_U64, .of = "agent", .label = N_("Agent") },
	{ .name = "cause", .type = FIELD_TYPE_TEXT, .choices = causes, .label = N_("Reason") },
	{ .name = "code", .type = FIELD_TYPE_TEXT, .label = N_("Code") },
	{ .name = "conversations", .type = FIELD_TYPE_TEXT, .label = N_("Chats") },
	{ .name = "delete_at", .type = FIELD_TYPE_TIME, .label = N_("Is erased") },
	{ .name = "email", .type = FIELD_TYPE_TEXT, .label = N_("E-mail") },
	{ .name = "expires_at", .type = FIELD_TYPE_TIME, .label = N_("Expires") },
	{ .name = "external_id", .type = FIELD_TYPE_TEXT, .label = N_("External number") },
	{ .name = "holidays", .type = FIELD_TYPE_TEXT, .label = N_("Holidays") },
	{ .name = "locale", .type = FIELD_TYPE_TEXT, .label = N_("Language") },
	{ .name = "name", .type = FIELD_TYPE_TEXT, .label = N_("Name") },
	{ .name = "permissions", .type = FIELD_TYPE_TEXT, .label = N_("Permissions") },
	{ .name = "plan", .type = FIELD_TYPE_TEXT, .label = N_("Plan") },
	{ .name = "read_only", .type = FIELD_TYPE_BOOL, .label = N_("Read only") },
	{ .name = "reason", .type = FIELD_TYPE_TEXT, .label = N_("Reason") },
	{ .name = "scopes", .type = FIELD_TYPE_LONG_TEXT, .label = N_("Rights") },
	{ .name = "state", .type = FIELD_TYPE_TEXT, .choices = states, .label = N_("State") },
	{ .name = "time_zone", .type = FIELD_TYPE_TEXT, .label = N_("Time zone") },
	{ .name = "until", .type = FIELD_TYPE_TIME, .choices = spans, .label = N_("Until") },
	FIELD_END
};

const struct field *
audit_member(struct arena *arena, const char *name)
{
	const struct field *known = field_find(members, name);
	struct field *field;
	size_t i;

	if (known != NULL)
		return known;
	field = ARENA_NEW(arena, struct field);
	field->name = field->label = name;
	field->type = FIELD_TYPE_TEXT;
	for (i = 0; i < LIMIT_COUNT; i++)
		if (strcmp(limit_info[i].key, name) == 0)
			field->label = limit_info[i].label;
	return field;
}

static const char *
word_label(const struct audit_word *words, size_t count, const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(words[i].name, name) == 0)
			return locale_text(words[i].label);
	return NULL;
}

const char *
audit_kind_label(const char *kind)
{
	return word_label(audit_kinds, COUNT_OF(audit_kinds), kind);
}

const char *
audit_action_word(const char *action)
{
	const char *verb = strrchr(action, '.');

	if (verb == NULL || word_label(actions, COUNT_OF(actions), action) != NULL)
		return action;
	return word_label(actions, COUNT_OF(actions), verb + 1) != NULL ? verb + 1 : action;
}

const char *
audit_action_label(const char *action)
{
	const char *word = audit_action_word(action), *label = word_label(actions, COUNT_OF(actions), word);

	return label != NULL ? label : word;
}

const char *
audit_noun_label(const char *noun)
{
	const char *label = word_label(nouns, COUNT_OF(nouns), noun);

	return label != NULL ? label : noun;
}
