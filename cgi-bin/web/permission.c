/* SPDX-License-Identifier: BSD-2-Clause */
/* permission.c - the one table of rights. */
#include "web/permission.h"

#include <stddef.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"

#define CHATS N_("Chats")
#define SETTINGS N_("Settings")
#define PEOPLE N_("People")
#define HOST N_("Host")

const struct permission_info permission_table[] = {
	{ MAY_CHAT, "chat.work", CHATS, N_("Open the console and chat with visitors.") },
	{ MAY_SUPERVISE, "chat.supervise", CHATS,
		N_("Take over, assign and close chats of others, also over their limits.") },
	{ MAY_PICK_CHATS, "chat.pick", CHATS, N_("Take waiting chats out of the list, not only those that ring.") },
	{ MAY_SEE_QUEUE_CHATS, "chat.see_queues", CHATS,
		N_("See every chat of the own queues, also those of colleagues. Without it, only own chats and those that ring.") },
	{ MAY_SEE_ALL_CHATS, "chat.see_all", CHATS, N_("See the chats of every queue, not only of the own ones.") },
	{ MAY_READ_HISTORY, "history.read", CHATS, N_("Read the history of past chats.") },
	{ MAY_READ_CONTACTS, "contacts.read", CHATS,
		N_("Open the contacts of the chats that one may see, and those that one has added.") },
	{ MAY_EDIT_CONTACTS, "contacts.edit", CHATS, N_("Add, change, merge and delete contacts.") },
	{ MAY_SEE_CONTACTS, "contacts.see", CHATS,
		N_("See e-mail addresses, telephone numbers and IP addresses of visitors. Without it they are masked.") },
	{ MAY_REVEAL_CONTACTS, "contacts.reveal", CHATS,
		N_("Uncover masked data of one visitor at a time; each time is written to the audit log.") },
	{ MAY_EDIT_CANNED, "canned.edit_public", SETTINGS,
		N_("Create, change and delete canned messages that everybody can use.") },
	{ MAY_MANAGE_WIDGETS, "widgets.manage", SETTINGS, N_("Create, change and install chat widgets.") },
	{ MAY_MANAGE_SETTINGS, "settings.manage", SETTINGS, N_("Change the settings of the company.") },
	{ MAY_USE_API, "api.use", SETTINGS, N_("Use the programming interface with an own key.") },
	{ MAY_MANAGE_PEOPLE, "people.manage", PEOPLE, N_("Create, change and delete agents.") },
	{ MAY_SIGN_IN_OTHERS, "people.sign_in", PEOPLE,
		N_("Let an own key make links that sign agents in once, when the company allows it under Security.") },
	{ MAY_MANAGE_QUEUES, "queues.manage", PEOPLE, N_("Create, change and delete queues.") },
	{ MAY_MANAGE_ROLES, "roles.manage", PEOPLE, N_("Create roles and decide what they allow.") },
	{ MAY_READ_AUDIT, "audit.read", PEOPLE, N_("Read who changed what.") },
	{ MAY_NOBODY, NULL, NULL, NULL }
};

const struct permission_info permission_host_table[] = {
	{ MAY_HOST_READ, "host.read", HOST, N_("See the companies, their plans, usage and domains, and what operators did.") },
	{ MAY_HOST_TENANTS, "host.tenants", HOST, N_("Create and change companies and plans.") },
	{ MAY_HOST_SUSPEND, "host.suspend", HOST, N_("Suspend companies and resume them.") },
	{ MAY_HOST_DELETE, "host.delete", HOST, N_("Delete companies, and take that back.") },
	{ MAY_HOST_SIGN_IN, "host.sign_in", HOST, N_("Make links that sign in once as a company's owner.") },
	{ MAY_HOST_VIEW_AS, "host.view_as", HOST, N_("View the pages of a company that has agreed to it.") },
	{ MAY_HOST_OPERATORS, "host.operators", HOST, N_("See the operators and their keys, and take keys back.") },
	{ MAY_NOBODY, NULL, NULL, NULL }
};

static bool
word_at(const struct permission_info *table, size_t at, struct field_word *word)
{
	*word = (struct field_word){ table[at].name, table[at].group, table[at].sentence };
	return word->word != NULL;
}

bool
permission_words(size_t at, struct field_word *word)
{
	return word_at(permission_table, at, word);
}

bool
permission_host_words(size_t at, struct field_word *word)
{
	return word_at(permission_host_table, at, word);
}

bool
permission_has(permission_set set, enum permission permission)
{
	return permission > MAY_NOBODY && permission < PERMISSION_COUNT && (set >> permission & 1) != 0;
}

/* The permission called by `len` bytes of a text of rights. */
static enum permission
permission_named(const struct permission_info *table, const char *name, size_t len)
{
	const struct permission_info *info;

	for (info = table; info->name != NULL; info++)
		if (strlen(info->name) == len && memcmp(info->name, name, len) == 0)
			return info->permission;
	return MAY_NOBODY;
}

static permission_set
permission_all(const struct permission_info *table)
{
	const struct permission_info *info;
	permission_set set = 0;

	for (info = table; info->name != NULL; info++)
		set |= (permission_set)1 << info->permission;
	return set;
}

static permission_set
set_of(const struct permission_info *table, const char *names)
{
	permission_set set = 0;
	size_t len;

	if (names == NULL)
		return 0;
	for (names += strspn(names, " "); *names != '\0'; names += len, names += strspn(names, " ")) {
		len = strcspn(names, " ");
		if (len == 1 && *names == '*')
			set |= permission_all(table);
		else
			set |= (permission_set)1 << permission_named(table, names, len);
	}
	return set & ~(permission_set)1;
}

permission_set
permission_set_of(const char *names)
{
	return set_of(permission_table, names);
}

permission_set
permission_host_set_of(const char *names)
{
	return set_of(permission_host_table, names);
}

bool
permission_is_host(enum permission permission)
{
	return permission == MAY_HOST_SIGNED_IN || permission_has(permission_all(permission_host_table), permission);
}

static const char *
name_in(const struct permission_info *table, enum permission permission)
{
	const struct permission_info *info;

	for (info = table; info->name != NULL; info++)
		if (info->permission == permission)
			return info->name;
	return NULL;
}

const char *
permission_name(enum permission permission)
{
	const char *name;

	if (permission == MAY_PUBLIC)
		return "public";
	if (permission == MAY_VISIT)
		return "visitor";
	if (permission == MAY_SIGNED_IN)
		return "signed-in";
	if (permission == MAY_HOST_SIGNED_IN)
		return "host.signed-in";
	name = name_in(permission_table, permission);
	if (name == NULL)
		name = name_in(permission_host_table, permission);
	return name != NULL ? name : "nobody";
}
