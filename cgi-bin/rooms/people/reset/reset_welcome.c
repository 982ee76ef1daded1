/* SPDX-License-Identifier: BSD-2-Clause */
/* reset_welcome.c - the first password of somebody whose account was made by somebody else. */
#include <string.h>

#include "rooms/notice/notice.h"
#include "rooms/people/reset/reset.h"
#include "rooms/people/reset/reset_store.h"

static enum got
welcome_mail(const struct invitation_desk *desk, const struct agent *agent, const char *address, const char *token)
{
	const clock_ms until = desk->now + INVITATION_LIFE;
	struct tenant tenant = { .id = 0 };
	struct locale_value values[] = {
		{ "account", agent->account }, { "link", arena_printf(desk->arena, "%s/forgot/code?token=%s", address, token) },
		{ "sign_in", arena_printf(desk->arena, "%s/sign-in", address) }, { "company_code", NULL }, { "until", NULL }, { NULL, NULL }
	};
	const struct notice notice = { .tenant = desk->tenant, .template = "welcome", .to = { agent_name(desk->arena, agent), agent->email },
		.locale = agent->locale, .values = values, .expires_at = until };

	if (tenant_by_id(desk->db, desk->arena, desk->tenant, &tenant) != GOT_ONE)
		return GOT_ERROR;
	values[3].value = tenant.code;
	values[4].value = clock_iso(desk->arena, until);
	return notice_send(desk->db, desk->arena, desk->keys, &notice);
}

enum got
agent_welcome(const struct invitation_desk *desk, uint64_t id)
{
	unsigned char nobody[CRYPT_HASH_LEN], link_hash[CRYPT_HASH_LEN];
	const char *token = crypt_token(desk->arena), *address;
	struct agent agent = { .id = 0 };
	struct reset_secret secret = { .link_hash = link_hash, .code_hash = nobody };

	/* No browser has asked, so no code is good: both hashes are of nothing that anybody knows. */
	crypt_random(nobody, sizeof(nobody));
	crypt_sha256(token, strlen(token), link_hash);
	if (agent_by_id(desk->db, desk->arena, desk->tenant, id, &agent) != GOT_ONE
		|| tenant_address(desk->db, desk->arena, desk->conf, desk->tenant, &address) != GOT_ONE
		|| reset_create(desk->db, desk->tenant, nobody, desk->now + INVITATION_LIFE, &secret.id) != GOT_ONE)
		return GOT_ERROR;
	secret.agent_id = agent.id;
	secret.sent_to = agent.email;
	if (reset_fill(desk->db, desk->tenant, &secret) != GOT_ONE)
		return GOT_ERROR;
	return welcome_mail(desk, &agent, address, token);
}
