/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_picture.c - the picture of an agent: taken out of a form, kept, and set or removed by an administrator. */
#include "rooms/people/agent/agent_picture.h"

#include "core/text.h"
#include "edge/image.h"
#include "edge/locale.h"
#include "rooms/people/agent/agent_rights.h"
#include "rooms/people/people_store.h"
#include "web/audit.h"
#include "web/reply.h"

#define PICTURE_MAX (5 << 20)        /* bytes of the file that is sent */
#define PICTURE_SIDE 256             /* pixels of the picture that is kept */

static const struct field picture_fields[] = {
	FIELD_TEXT(struct agent, avatar, FIELD_READONLY, .label = N_("Picture")),
	FIELD_END
};

void
agent_picture_take(struct req *r, struct form *form, struct agent *row)
{
	const struct upload *upload = req_upload(r, "avatar");
	struct image_order order = { .tool = r->site->conf->image_tool, .width = PICTURE_SIDE, .height = PICTURE_SIDE, .fills = true };
	const char *problem, *detail;
	struct image image;

	if (upload == NULL) {
		if (req_param(r, "no_avatar") != NULL)
			row->avatar = "";
		return;
	}
	if (upload->is_too_large || store_spool_size(upload->spool) > PICTURE_MAX) {
		form_problem(r, form, "avatar", N_("must have at most %s MB"), "5");
		return;
	}
	if (!form_is_good(form))
		return;
	order.source = store_spool_open(upload->spool, r->arena);
	problem = image_problem(order.source < 0 ? IMAGE_FAILED : image_make(r->site->store, r->arena, r->tenant, &order, &image), &detail);
	if (problem != NULL)
		form_problem(r, form, "avatar", problem, detail);
	else
		row->avatar = image.stored;
}

struct picture_work {
	struct req *r;
	const struct agent *before;
	const struct agent *row;
};

static enum got
picture_store(struct db *db, void *arg)
{
	struct picture_work *work = arg;
	struct req *r = work->r;
	const struct audit_entry entry = {
		.action = text_is_blank(work->row->avatar) ? "agent.picture_removed" : "agent.picture", .noun = "agent", .noun_id = work->row->id,
		.noun_name = work->row->alias
	};
	enum got got = agent_set_avatar(db, r->tenant, work->before, work->row->avatar, r->now);

	return got == GOT_ONE ? audit_write(r, &entry) : got;
}

/* GOT_NONE: somebody else has changed the picture in the meantime. */
static enum got
picture_keep(struct req *r, const struct agent *before, struct agent *row)
{
	struct picture_work work = { r, before, row };
	const uint64_t id = row->id;
	enum got got;

	if (text_equal(before->avatar, row->avatar))
		return GOT_ONE;
	got = db_transaction(r->db, picture_store, &work);
	store_settle(r->site->store, r->tenant, before->avatar, &row->avatar, got == GOT_ONE);
	if (got == GOT_ONE)
		agent_ring_rights(r, &(struct field_set){ .ids = &id, .count = 1 });
	return got;
}

static int
picture_reply(struct req *r, const struct form *form, const struct agent *agent)
{
	form_show(r, form, agent);
	page_set(r->page, "Title", locale_fill(r->arena, N_("Picture of %s"), agent->alias));
	page_set(r->page, "Agent.Alias", agent->alias);
	page_setf(r->page, "Agent.Path", "/admin/agents/%llu", (unsigned long long)agent->id);
	page_set(r->page, "Agent.Avatar", agent_avatar_path(r->arena, agent));
	page_set(r->page, "Agent.Initials", text_initials(r->arena, agent_name(r->arena, agent)));
	return reply_page_status(r, form_is_good(form) ? 200 : 422, "people/agent_picture");
}

int
agent_picture_page(struct req *r)
{
	struct agent agent = { .id = 0 };
	struct form form;
	const int refused = agent_open(r, &agent);

	if (refused != 0)
		return refused;
	form_init(&form, picture_fields);
	return picture_reply(r, &form, &agent);
}

/* Takes and keeps what was sent. GOT_NONE: a problem of the form. */
static enum got
picture_change(struct req *r, struct form *form, struct agent *agent)
{
	const struct agent before = *agent;
	enum got got;

	form_init(form, picture_fields);
	agent_picture_take(r, form, agent);
	got = form_is_good(form) ? picture_keep(r, &before, agent) : GOT_NONE;
	if (got == GOT_NONE && form_is_good(form))
		form_problem(r, form, "", N_("Somebody else has changed something that this depends on. Look at it again."), NULL);
	return got;
}

int
agent_picture_save(struct req *r)
{
	struct agent agent = { .id = 0 };
	struct form form;
	enum got got;
	const int refused = agent_open(r, &agent);

	if (refused != 0)
		return refused;
	got = picture_change(r, &form, &agent);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE)
		return picture_reply(r, &form, &agent);
	reply_notice(r, N_("Saved."), NULL);
	return reply_redirect(r, "/admin/agents/%llu/picture", (unsigned long long)agent.id);
}

/* {"avatar":"/avatar/7?v=0123…"}, or null. */
static int
picture_json(struct req *r, const struct agent *agent)
{
	struct json *json = json_new_object(r->arena);

	json_set_text(json, "avatar", text_is_blank(agent->avatar) ? NULL : agent_avatar_path(r->arena, agent));
	return reply_json(r, json);
}

int
agent_picture_api(struct req *r)
{
	struct agent agent = { .id = 0 };
	enum got got = resource_get(r, &agent_resource, req_id(r), &agent);

	return got == GOT_ONE ? picture_json(r, &agent) : reply_got(r, got);
}

int
agent_picture_api_save(struct req *r)
{
	struct agent agent = { .id = 0 };
	struct form form;
	enum got got;
	const int refused = agent_open(r, &agent);

	if (refused != 0)
		return refused;
	if (req_upload(r, "avatar") == NULL)
		return reply_field_error(r, 422, "avatar", N_("is required"), NULL);
	got = picture_change(r, &form, &agent);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	return got == GOT_ONE ? picture_json(r, &agent) : reply_json_status(r, 422, form_json(r, &form));
}

int
agent_picture_api_remove(struct req *r)
{
	struct agent agent = { .id = 0 }, before;
	enum got got;
	const int refused = agent_open(r, &agent);

	if (refused != 0)
		return refused;
	before = agent;
	agent.avatar = "";
	got = picture_keep(r, &before, &agent);
	if (got == GOT_NONE)
		return reply_error(r, 409, "changed", N_("Somebody else has changed something that this depends on. Look at it again."));
	return got == GOT_ONE ? reply_nothing(r) : reply_got(r, got);
}
