/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_api.c - operators and their keys for programs: docs/api-host.md. */
#include "rooms/host/host.h"
#include "web/audit.h"
#include "web/reply.h"

static handler api_operators, api_keys, api_key_delete;

#define API_FLAGS (ROUTE_HOST | ROUTE_JSON)

const struct route operator_api_routes[] = {
	{ GET, "/api/v1/host/operators", MAY_HOST_OPERATORS, api_operators, API_FLAGS, NULL },
	{ GET, "/api/v1/host/keys", MAY_HOST_OPERATORS, api_keys, API_FLAGS, NULL },
	{ DELETE, "/api/v1/host/keys/:id", MAY_HOST_OPERATORS, api_key_delete, API_FLAGS, NULL },
	{ .path = NULL }
};

struct json *
operator_json(struct arena *arena, const struct operator *operator)
{
	struct json *json = json_new_object(arena);

	json_set_u64(json, "id", operator->id);
	json_set_text(json, "name", operator->name);
	json_set_text(json, "email", operator->email);
	json_set_text(json, "permissions", operator->permissions);
	json_set_bool(json, "two_factor", operator->two_factor);
	json_set_text(json, "signed_in_at", operator->signed_in_at != 0 ? clock_iso(arena, operator->signed_in_at) : NULL);
	return json;
}

struct json *
operator_key_json(struct arena *arena, const struct operator_key *key)
{
	struct json *json = json_new_object(arena);

	json_set_u64(json, "id", key->id);
	json_set_text(json, "name", key->name);
	json_set_text(json, "operator", key->operator_name);
	json_set_text(json, "permissions", key->permissions);
	json_set_text(json, "used_at", key->used_at != 0 ? clock_iso(arena, key->used_at) : NULL);
	return json;
}

struct key_work {
	struct req *r;
	const struct operator_key *key;
};

static enum got
take_back_do(struct db *db, void *arg)
{
	struct key_work *work = arg;
	const struct audit_entry entry = {
		.action = "operator_key.delete", .noun = "operator_key", .noun_id = work->key->id, .noun_name = work->key->name
	};

	if (operator_key_delete(db, work->key->id, work->r->now) != GOT_ONE)
		return GOT_ERROR;
	return audit_write(work->r, &entry);
}

enum got
operator_key_take_back(struct req *r, uint64_t id, struct operator_key *key)
{
	struct key_work work = { r, key };
	enum got got = operator_key_by_id(r->db, r->arena, id, key);

	return got == GOT_ONE ? db_transaction(r->db, take_back_do, &work) : got;
}

static int
api_operators(struct req *r)
{
	struct json *reply = json_new_object(r->arena), *items = json_new_array(r->arena);
	const struct operator *operator;
	struct db_rows rows = { 0 };
	size_t i;

	if (operator_all(r->db, r->arena, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, operator = rows.rows; i < rows.count; i++)
		json_add(items, operator_json(r->arena, &operator[i]));
	json_set(reply, "items", items);
	return reply_json(r, reply);
}

static int
api_keys(struct req *r)
{
	struct json *reply = json_new_object(r->arena), *items = json_new_array(r->arena);
	const struct operator_key *key;
	struct db_rows rows = { 0 };
	size_t i;

	if (operator_key_all(r->db, r->arena, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	for (i = 0, key = rows.rows; i < rows.count; i++)
		json_add(items, operator_key_json(r->arena, &key[i]));
	json_set(reply, "items", items);
	return reply_json(r, reply);
}

static int
api_key_delete(struct req *r)
{
	struct operator_key key = { 0 };
	enum got got = operator_key_take_back(r, req_id(r), &key);

	return got == GOT_ONE ? reply_nothing(r) : reply_got(r, got);
}
