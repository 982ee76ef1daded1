/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation.c - an invitation becomes a mail with a link. */
#include "rooms/people/invitation/invitation.h"

#include "core/text.h"
#include "rooms/notice/notice.h"
#include "rooms/people/invitation/invitation_store.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"

struct invitation_desk
invitation_desk_of(struct req *r)
{
	return (struct invitation_desk){ .db = r->db, .arena = r->arena, .conf = r->site->conf, .keys = r->site->keys,
		.tenant = r->tenant, .now = r->now };
}

static enum got
mail_order(const struct invitation_desk *desk, const struct invitation *invitation, const char *link)
{
	struct tenant tenant = { .id = 0 };
	struct locale_value values[] = {
		{ "inviter", invitation->invited_by }, { "link", link }, { "until", NULL }, { NULL, NULL }
	};
	const struct notice notice = { .tenant = desk->tenant, .template = "invitation", .to = { "", invitation->email },
		.locale = invitation->locale, .values = values, .expires_at = invitation->expires_at };

	if (tenant_by_id(desk->db, desk->arena, desk->tenant, &tenant) != GOT_ONE)
		return GOT_ERROR;
	if (text_is_blank(values[0].value))
		values[0].value = tenant.name;
	values[2].value = clock_iso(desk->arena, invitation->expires_at);
	return notice_send(desk->db, desk->arena, desk->keys, &notice);
}

enum got
invitation_mail(const struct invitation_desk *desk, struct invitation *invitation, const char **link)
{
	const char *token = crypt_token(desk->arena), *address;
	enum got got = invitation_renew(desk, invitation->id, token);

	if (got != GOT_ONE)
		return got;
	if (tenant_address(desk->db, desk->arena, desk->conf, desk->tenant, &address) != GOT_ONE)
		return GOT_ERROR;
	invitation->expires_at = desk->now + INVITATION_LIFE;
	*link = arena_printf(desk->arena, "%s/invitation?token=%s", address, token);
	return mail_order(desk, invitation, *link);
}

bool
invitation_may_give(struct req *r, const struct invitation *invitation)
{
	permission_set given = 0;

	return role_permissions(r->db, r->arena, r->tenant, &invitation->roles, &given) == GOT_ONE
		&& people_rights_cover(r->actor.permissions, given);
}
