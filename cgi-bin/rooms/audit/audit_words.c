/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_words.c - the words of the audit log for people. */
#include "rooms/audit/audit_words.h"

#include <string.h>

#include "core/check.h"
#include "core/field.h"
#include "edge/locale.h"

const struct audit_word audit_kinds[] = {
	{ "agent", N_("Agent") }, { "api", N_("API key") }, { "command", N_("Command line") }, { "host", N_("Host") },
	{ "system", N_("System") }, { "nobody", N_("Not signed in") }
};
const size_t audit_kind_count = COUNT_OF(audit_kinds);

/* Verbs of any noun, then whole actions that want a word of their own. */
static const struct audit_word actions[] = {
	{ "add", N_("Added") }, { "change", N_("Changed") }, { "create", N_("Created") }, { "delete", N_("Deleted") },
	{ "remove", N_("Removed") }, { "restore", N_("Restored") }, { "sign_in", N_("Signed in") },
	{ "sign_in_failed", N_("Sign-in refused") }, { "sign_out", N_("Signed out") }, { "update", N_("Changed") },

	{ "account.check", N_("Provider asked") },
	{ "agent.confirm", N_("Password confirmed") }, { "agent.language", N_("Language changed") },
	{ "agent.password", N_("Password changed") }, { "agent.password_reset", N_("Password set by a code from a mail") },
	{ "agent.picture", N_("Picture changed") }, { "agent.picture_removed", N_("Picture removed") },
	{ "agent.profile", N_("Own profile changed") }, { "agent.recovery_code", N_("Signed in with a recovery code") },
	{ "agent.recovery_codes", N_("New recovery codes made") }, { "agent.reset_2fa", N_("Second factor taken away") },
	{ "agent.sign_in_by_link", N_("Signed in by a link of another product") },
	{ "agent.sign_in_link", N_("Sign-in link made by a key") }, { "agent.status", N_("Status changed") }, { "agent.two_factor", N_("Second factor switched on") },
	{ "agent.two_factor_off", N_("Second factor switched off") },
	{ "api_key.address", N_("API key used from an address that is not allowed") },
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
	{ "mail.test", N_("Test mail ordered") }, { "operator.password", N_("Password changed") },
	{ "password.forgot", N_("Code for a new password asked for") },
	{ "session.address", N_("Session ended: the address is not allowed") }, { "session.end", N_("Session ended") },
	{ "session.end_all", N_("All other sessions ended") },
	{ "tenant.delete", N_("Company marked for deletion") }, { "tenant.erase", N_("Company erased") },
	{ "tenant.plan", N_("Plan changed") }, { "tenant.resume", N_("Company resumed") },
	{ "tenant.suspend", N_("Company suspended") }, { "tenant.undelete", N_("Deletion of the company taken back") }
};

static const struct audit_word nouns[] = {
	{ "api_key", N_("API key") }, { "availability", N_("availability") }, { "contact", N_("contact") },
	{ "domain", N_("domain") }, { "operator", N_("operator") }, { "operator_key", N_("operator’s key") }, { "page", N_("page") },
	{ "plan", N_("plan") }, { "setting", N_("Settings") }, { "support_access", N_("access for support") }, { "tenant", N_("company") }
};

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
audit_action_label(const char *action)
{
	const char *label = word_label(actions, COUNT_OF(actions), action);
	const char *verb = strrchr(action, '.');

	if (label == NULL && verb != NULL)
		label = word_label(actions, COUNT_OF(actions), verb + 1);
	return label != NULL ? label : action;
}

const char *
audit_noun_label(const char *noun)
{
	const char *label = word_label(nouns, COUNT_OF(nouns), noun);

	return label != NULL ? label : noun;
}
