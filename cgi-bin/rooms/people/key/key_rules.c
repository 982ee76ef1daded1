/* SPDX-License-Identifier: BSD-2-Clause */
/* key_rules.c - the scopes of API keys. */
#include "rooms/people/key/key_rules.h"

#include <string.h>

#include "core/text.h"
#include "rooms/people/people_rules.h"

#define SEPARATORS ", \t\n"

permission_set
people_key_rights(const char *scopes, permission_set owner)
{
	return permission_set_of(scopes) & owner;
}

const char *
api_key_scopes(struct arena *arena, const char *names, const char **unknown)
{
	const struct permission_info *info;
	permission_set set = 0;
	struct str scopes;
	const char *word;
	size_t len;

	*unknown = NULL;
	for (names += strspn(names, SEPARATORS); *names != '\0'; names += len, names += strspn(names, SEPARATORS)) {
		len = strcspn(names, SEPARATORS);
		word = arena_text_of(arena, names, len);
		if (strcmp(word, "*") == 0)
			return "*";
		if (permission_set_of(word) == 0) {
			*unknown = word;
			return NULL;
		}
		set |= permission_set_of(word);
	}
	str_init(&scopes, arena);
	for (info = permission_table; info->name != NULL; info++)
		if (permission_has(set, info->permission))
			str_addf(&scopes, "%s%s", scopes.len > 0 ? " " : "", info->name);
	return scopes.data;
}

const char *
api_key_problem(const struct api_key *key, permission_set rights, const struct api_key *maker, const char **field)
{
	const bool is_all = text_equal(key->scopes, "*");

	*field = "scopes";
	if (text_is_blank(key->scopes))
		return N_("must hold at least one right");
	if (is_all ? maker != NULL && !text_equal(maker->scopes, "*") : !people_rights_cover(rights, permission_set_of(key->scopes)))
		return N_("must not allow more than you may do yourself");
	*field = "read_only";
	if (maker != NULL && maker->read_only && !key->read_only)
		return N_("must be on: the key that makes it may only read");
	*field = "expires";
	if (maker != NULL && maker->expires_at != 0 && (key->expires_at == 0 || key->expires_at > maker->expires_at))
		return N_("must not be later than that of the key that makes it");
	return NULL;
}
