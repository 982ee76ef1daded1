/* SPDX-License-Identifier: BSD-2-Clause */
/* key_rules.c - the scopes of API keys. */
#include "rooms/people/key/key_rules.h"

#include "core/text.h"
#include "rooms/people/people_rules.h"

permission_set
people_key_rights(const char *scopes, permission_set owner)
{
	return permission_set_of(scopes) & owner;
}

const char *
api_key_problem(const struct api_key *key, permission_set rights, const struct api_key *maker, const char **field)
{
	const bool is_all = text_equal(key->scopes, "*");

	*field = "";
	if (!permission_has(rights, MAY_USE_API))
		return N_("The agent has no role with the right api.use, which every key needs.");
	*field = "scopes";
	if (text_is_blank(key->scopes))
		return N_("must hold at least one right");
	if (is_all ? maker != NULL && !text_equal(maker->scopes, "*") : !people_rights_cover(rights, permission_set_of(key->scopes)))
		return N_("must not allow more than the agent may do");
	*field = "read_only";
	if (maker != NULL && maker->read_only && !key->read_only)
		return N_("must be on: the key that makes it may only read");
	*field = "expires";
	if (maker != NULL && maker->expires_at != 0 && (key->expires_at == 0 || key->expires_at > maker->expires_at))
		return N_("must not be later than that of the key that makes it");
	return NULL;
}
