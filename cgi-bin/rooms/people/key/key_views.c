/* SPDX-License-Identifier: BSD-2-Clause */
/* key_views.c - API keys as page values and JSON. */
#include "rooms/people/key/key_views.h"

#include "core/text.h"
#include "rooms/people/key/key_store.h"
#include "web/moment.h"

enum got
api_key_show_list(struct req *r, uint64_t agent)
{
	const struct api_key *key;
	struct db_rows rows = { 0 };
	struct page_node *node;
	size_t i;

	if (api_key_all(r, agent, &rows) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0, key = rows.rows; i < rows.count; i++, key++) {
		node = page_add(r->page, "Keys");
		page_set_u64(node, "Id", key->id);
		page_set(node, "Name", key->name);
		page_set(node, "Hint", key->hint);
		page_set(node, "Scopes", text_equal(key->scopes, "*") ? NULL : key->scopes);
		page_set_bool(node, "ReadOnly", key->read_only);
		moment_show_date(r, node, "Created", key->created_at);
		moment_show(r, node, "Used", key->used_at);
		moment_show_date(r, node, "Expires", key->expires_at != 0 ? key->expires_at - 1 : 0);
		page_set_bool(node, "Over", key->expires_at != 0 && key->expires_at <= r->now);
	}
	return GOT_ONE;
}

struct json *
api_key_json(struct req *r, const struct api_key *key)
{
	struct json *json = json_new_object(r->arena);

	json_set_u64(json, "id", key->id);
	json_set_text(json, "name", key->name);
	json_set_text(json, "hint", key->hint);
	json_set_text(json, "scopes", key->scopes);
	json_set_bool(json, "read_only", key->read_only);
	json_set_text(json, "expires_at", key->expires_at != 0 ? clock_iso(r->arena, key->expires_at) : NULL);
	json_set_text(json, "created_at", clock_iso(r->arena, key->created_at));
	json_set_text(json, "used_at", key->used_at != 0 ? clock_iso(r->arena, key->used_at) : NULL);
	return json;
}
