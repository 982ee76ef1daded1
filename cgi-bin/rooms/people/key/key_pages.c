/* SPDX-License-Identifier: BSD-2-Clause */
/* key_pages.c - one's own API keys by pages and by the API, and those of an agent for administrators. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/agent/agent_rights.h"
#include "rooms/people/key/key_form.h"
#include "rooms/people/key/key_store.h"
#include "rooms/people/key/key_views.h"
#include "rooms/people/session/session.h"
#include "web/access.h"
#include "web/reply.h"

static handler keys_show, key_new, key_create, key_made, key_ask, key_delete, agent_key_ask, agent_key_delete, api_list, api_create, api_delete;

const struct route api_key_routes[] = {
	{ GET, "/admin/api-keys", MAY_USE_API, keys_show, 0, NULL },
	{ GET, "/admin/api-keys/new", MAY_USE_API, key_new, 0, NULL },
	{ POST, "/admin/api-keys", MAY_USE_API, key_create, 0, NULL },
	{ GET, "/admin/api-keys/made", MAY_USE_API, key_made, 0, NULL },
	{ GET, "/admin/api-keys/:id/delete", MAY_USE_API, key_ask, 0, NULL },
	{ POST, "/admin/api-keys/:id/delete", MAY_USE_API, key_delete, 0, NULL },
	{ GET, "/admin/agents/:id/api-keys/:key/delete", MAY_MANAGE_PEOPLE, agent_key_ask, 0, NULL },
	{ POST, "/admin/agents/:id/api-keys/:key/delete", MAY_MANAGE_PEOPLE, agent_key_delete, 0, NULL },
	{ GET, "/api/v1/api-keys", MAY_USE_API, api_list, ROUTE_JSON, NULL },
	{ POST, "/api/v1/api-keys", MAY_USE_API, api_create, ROUTE_JSON, NULL },
	{ DELETE, "/api/v1/api-keys/:id", MAY_USE_API, api_delete, ROUTE_JSON, NULL },
	{ .path = NULL }
};

#define HERE "/admin/api-keys"
#define KEY_COOKIE "hark-key"

static int
keys_show(struct req *r)
{
	if (r->actor.kind != ACTOR_AGENT)
		return reply_forbidden(r);
	if (api_key_show_list(r, r->actor.id) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	page_set(r->page, "Title", locale_text(N_("API keys")));
	return reply_page(r, "people/keys");
}

/* The rights that the agent has, as switches. */
static void
scopes_show(struct req *r, const char *chosen)
{
	const struct permission_info *info;
	struct page_node *node;

	for (info = permission_table; info->name != NULL; info++) {
		if (!req_may(r, info->permission))
			continue;
		node = page_add(r->page, "Scopes");
		page_set(node, "Value", info->name);
		page_set(node, "Group", locale_text(info->group));
		page_set(node, "Sentence", locale_text(info->sentence));
		page_set_bool(node, "On", field_words_have(chosen, info->name));
	}
}

static int
key_page(struct req *r, const struct form *form, const struct key_input *input)
{
	form_show(r, form, input);
	scopes_show(r, input->scopes);
	page_set(r->page, "Title", locale_text(N_("New API key")));
	return reply_page_status(r, form_is_good(form) ? 200 : 422, "people/key_new");
}

/* The address of the form with what is in it. */
static const char *
key_filled(struct req *r)
{
	const struct field *field;
	const char *value;
	struct str to;
	char mark = '?';

	str_init(&to, r->arena);
	str_add(&to, HERE "/new");
	for (field = key_input_fields; field->name != NULL; field++) {
		value = req_param_list(r, field->name);
		if (text_is_blank(value))
			continue;
		str_addf(&to, "%c%s=", mark, field->name);
		text_url_encode(&to, value);
		mark = '&';
	}
	return to.data;
}

/* The empty form, or what was typed before the password was asked for once more. */
static int
key_new(struct req *r)
{
	struct key_input input = { .name = "" };
	struct form form;

	if (!access_is_confirmed(r))
		return access_ask_confirm(r, key_filled(r));
	form_init(&form, key_input_fields);
	form_read(r, &form, &input, true);
	form_init(&form, key_input_fields);
	return key_page(r, &form, &input);
}

/* Where the text of a new key belongs on its way to the page that shows it once. */
static const char *
made_place(struct req *r)
{
	return arena_printf(r->arena, "cookie.key.%s", agent_key(r->arena, r->tenant, r->actor.id));
}

static int
key_create(struct req *r)
{
	struct key_input input = { .name = "" };
	struct api_key key = { .agent_id = r->actor.id };
	const char *text;
	struct form form;
	enum got got;

	if (!access_is_confirmed(r))
		return access_ask_confirm(r, key_filled(r));
	got = key_form_read(r, &form, &input, &key);
	if (got == GOT_ONE)
		got = key_form_store(r, &form, &key, &text);
	if (got != GOT_ONE)
		return got == GOT_NONE ? key_page(r, &form, &input) : reply_got(r, got);
	reply_cookie(r, KEY_COOKIE, crypt_seal(r->arena, r->site->keys, made_place(r), text), CLOCK_MINUTE);
	return reply_redirect(r, HERE "/made");
}

static int
key_made(struct req *r)
{
	const char *cookie = req_cookie(r, KEY_COOKIE);
	const char *text = cookie != NULL && r->actor.kind == ACTOR_AGENT
		? crypt_unseal(r->arena, r->site->keys, made_place(r), cookie) : NULL;

	if (text == NULL)
		return reply_redirect(r, HERE);
	reply_cookie(r, KEY_COOKIE, "", -1);
	page_set(r->page, "Key.Text", text);
	page_set(r->page, "Title", locale_text(N_("Your new API key")));
	return reply_page(r, "people/key_made");
}

/* A key is revoked by a POST to where it is asked about. */
static int
ask_page(struct req *r, const struct api_key *key, const char *back)
{
	page_set(r->page, "Ask.Title", locale_fill(r->arena, N_("Revoke the key %s?"), key->name));
	page_set(r->page, "Ask.Text", locale_text(N_("Programs that use it stop working at once. This cannot be undone.")));
	page_set(r->page, "Ask.Button", locale_text(N_("Revoke")));
	page_set(r->page, "Ask.Action", r->path);
	page_set(r->page, "Ask.Back", back);
	page_set(r->page, "Title", locale_text(N_("API keys")));
	return reply_page(r, "access/ask");
}

static int
key_ask(struct req *r)
{
	struct api_key key = { 0 };
	enum got got = api_key_by_id(r, r->actor.id, req_id(r), &key);

	if (got != GOT_ONE)
		return reply_got(r, got);
	if (!access_is_confirmed(r))
		return access_ask_confirm(r, NULL);
	return ask_page(r, &key, HERE);
}

static int
key_delete(struct req *r)
{
	struct api_key key = { 0 };
	enum got got = api_key_by_id(r, r->actor.id, req_id(r), &key);

	if (got == GOT_ONE && !access_is_confirmed(r))
		return access_ask_confirm(r, HERE);
	if (got == GOT_ONE)
		got = key_revoke(r, r->actor.id, &key);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("The key is revoked."), NULL);
	return reply_redirect(r, HERE);
}

/* The agent of the page and one of his keys: 0, or the reply. */
static int
agent_key_open(struct req *r, struct agent *agent, struct api_key *key)
{
	const int refused = agent_open(r, agent);
	enum got got;

	if (refused != 0)
		return refused;
	got = api_key_by_id(r, agent->id, req_arg_u64(r, "key"), key);
	return got == GOT_ONE ? 0 : reply_got(r, got);
}

static int
agent_key_ask(struct req *r)
{
	struct agent agent = { 0 };
	struct api_key key = { 0 };
	const int refused = agent_key_open(r, &agent, &key);

	if (refused != 0)
		return refused;
	return ask_page(r, &key, arena_printf(r->arena, "/admin/agents/%llu/sessions", (unsigned long long)agent.id));
}

static int
agent_key_delete(struct req *r)
{
	struct agent agent = { 0 };
	struct api_key key = { 0 };
	const int refused = agent_key_open(r, &agent, &key);
	enum got got;

	if (refused != 0)
		return refused;
	got = key_revoke(r, agent.id, &key);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("The key is revoked."), NULL);
	return reply_redirect(r, "/admin/agents/%llu/sessions", (unsigned long long)agent.id);
}

static int
api_list(struct req *r)
{
	struct json *reply = json_new_object(r->arena), *items = json_new_array(r->arena);
	const struct api_key *key;
	struct db_rows rows = { 0 };
	size_t i;

	if (api_key_all(r, r->actor.id, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, key = rows.rows; i < rows.count; i++, key++)
		json_add(items, api_key_json(r, key));
	json_set(reply, "items", items);
	json_set_u64(reply, "total", rows.count);
	return reply_json(r, reply);
}

/* A person gives the password once more; a key needs nothing more, because it makes none that may do more than itself. */
static bool
may_change(const struct req *r)
{
	return r->actor.kind == ACTOR_API || access_is_confirmed(r);
}

static int
api_create(struct req *r)
{
	struct key_input input = { .name = "" };
	struct json *json;
	struct api_key key = { .agent_id = r->actor.id };
	const char *text;
	struct form form;
	enum got got;

	if (!may_change(r))
		return access_ask_confirm(r, NULL);
	got = key_form_read(r, &form, &input, &key);
	if (got == GOT_ONE)
		got = key_form_store(r, &form, &key, &text);
	if (got != GOT_ONE)
		return got == GOT_NONE ? reply_json_status(r, 422, form_json(r, &form)) : reply_got(r, got);
	json = api_key_json(r, &key);
	json_set_text(json, "key", text);
	return reply_json_status(r, 201, json);
}

static int
api_delete(struct req *r)
{
	struct api_key key = { 0 };
	enum got got = api_key_by_id(r, r->actor.id, req_id(r), &key);

	if (got == GOT_ONE && !may_change(r))
		return access_ask_confirm(r, NULL);
	if (got == GOT_ONE)
		got = key_revoke(r, r->actor.id, &key);
	return got == GOT_ONE ? reply_nothing(r) : reply_got(r, got);
}
