/* SPDX-License-Identifier: BSD-2-Clause */
/* profile_pages.c - one's own user info and language, and the pictures of agents. */
#include <string.h>

#include "core/text.h"
#include "edge/image.h"
#include "edge/locale.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"
#include "rooms/people/profile/profile.h"
#include "web/audit.h"
#include "web/gate.h"
#include "web/reply.h"
#include "web/resource_doors.h"

#define LANGUAGE_KEPT (365 * CLOCK_DAY)

static handler profile_show, profile_save, me_show, me_change, language_set, avatar_show;

const struct route profile_routes[] = {
	{ GET, "/admin/profile", MAY_SIGNED_IN, profile_show, 0, NULL },
	{ POST, "/admin/profile", MAY_SIGNED_IN, profile_save, ROUTE_UPLOAD, NULL },
	{ GET, "/api/v1/me", MAY_SIGNED_IN, me_show, ROUTE_JSON, NULL },
	{ PATCH, "/api/v1/me", MAY_SIGNED_IN, me_change, ROUTE_JSON, NULL },
	{ POST, "/language", MAY_PUBLIC, language_set, ROUTE_ALWAYS, NULL },
	{ GET, "/avatar/:id", MAY_SIGNED_IN, avatar_show, 0, NULL },
	{ .path = NULL }
};

static int
profile_page(struct req *r, int status, const struct form *form, const struct agent *agent)
{
	form_show(r, form, agent);
	page_set(r->page, "Profile.Account", agent->account);
	page_set(r->page, "Profile.Avatar", agent_avatar_path(r->arena, agent));
	page_set(r->page, "Profile.Initials", text_initials(r->arena, agent_name(r->arena, agent)));
	page_set(r->page, "Title", locale_text(N_("Change user info")));
	return reply_page_status(r, status, "people/profile");
}

static int
profile_show(struct req *r)
{
	struct agent agent = { 0 };
	struct form form;
	enum got got = agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &agent);

	if (got != GOT_ONE)
		return reply_got(r, got);
	form_init(&form, profile_fields);
	form.was = form_mark(r, &form, &agent);
	return profile_page(r, 200, &form, &agent);
}

static int
profile_save(struct req *r)
{
	struct agent agent = { 0 };
	struct form form;
	enum got got = profile_change(r, &form, &agent, false);

	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE)
		return profile_page(r, 422, &form, &agent);
	reply_notice(r, N_("Saved."), NULL);
	return reply_redirect(r, "/admin/profile");
}

/* The own fields, and what is only shown: who one is. */
static int
me_reply(struct req *r, const struct agent *agent)
{
	struct json *me = resource_json(r, profile_fields, agent);

	json_set_u64(me, "id", agent->id);
	json_set_text(me, "account", agent->account);
	json_set_text(me, "avatar", text_is_blank(agent->avatar) ? NULL : agent_avatar_path(r->arena, agent));
	return reply_json(r, me);
}

static int
me_show(struct req *r)
{
	struct agent agent = { 0 };
	enum got got = agent_by_id(r->db, r->arena, r->tenant, r->actor.id, &agent);

	return got == GOT_ONE ? me_reply(r, &agent) : reply_got(r, got);
}

static int
me_change(struct req *r)
{
	struct agent agent = { 0 };
	struct form form;
	enum got got = profile_change(r, &form, &agent, true);

	if (got == GOT_ERROR)
		return reply_got(r, got);
	return got == GOT_ONE ? me_show(r) : reply_json_status(r, 422, form_json(r, &form));
}

/* The agent's own language, everywhere from now on. */
static enum got
language_keep(struct req *r, const char *locale)
{
	const struct audit_entry entry = {
		.action = "agent.language", .noun = "agent", .noun_id = r->actor.id, .noun_name = r->actor.name,
		.difference = audit_difference(r->arena, profile_fields, &(struct agent){ .locale = r->actor.locale },
			&(struct agent){ .locale = locale })
	};

	if (r->actor.kind != ACTOR_AGENT || text_equal(r->actor.locale, locale))
		return GOT_ONE;
	if (agent_set_locale(r->db, r->tenant, r->actor.id, locale, r->now) != GOT_ONE)
		return GOT_ERROR;
	return audit_write(r, &entry);
}

/* The cookie also holds after signing out, and on the sign-in page before. */
static int
language_set(struct req *r)
{
	const char *locale = locale_known(req_param(r, "locale"));
	const char *next = req_param(r, "next");

	if (locale == NULL)
		return reply_error(r, 422, "locale", N_("This language is not one of those that there are."));
	if (language_keep(r, locale) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	reply_cookie(r, GATE_LANGUAGE_COOKIE, locale, LANGUAGE_KEPT);
	return reply_redirect(r, "%s", people_path_is_local(next) ? next : "/");
}

static int
avatar_show(struct req *r)
{
	struct agent agent = { 0 };
	enum got got = agent_by_id(r->db, r->arena, r->tenant, req_id(r), &agent);

	if (got != GOT_ONE || text_is_blank(agent.avatar))
		return reply_got(r, got == GOT_ONE ? GOT_NONE : got);
	return reply_file(r, &(struct reply_file){ .stored = agent.avatar, .name = "avatar.webp", .type = IMAGE_TYPE, .is_inline = true,
		.is_lasting = text_equal(req_query(r, "v"), store_version(r->arena, agent.avatar)) });
}
