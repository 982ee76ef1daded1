/* SPDX-License-Identifier: BSD-2-Clause */
/* visit_store.c - the rows of visitor. */
#include "rooms/visit/visit_store.h"

#include <string.h>

#include "core/text.h"

const struct field visitor_fields[] = {
	FIELD_U64(struct visitor, id, FIELD_KEY),
	FIELD_U64(struct visitor, widget_id, 0),
	FIELD_U64(struct visitor, contact_id, FIELD_NULLABLE),
	FIELD_TEXT(struct visitor, name, FIELD_FORM, .max = 120, .label = N_("Name")),
	FIELD_EMAIL(struct visitor, email, FIELD_FORM, .max = 254, .label = N_("E-mail")),
	FIELD_TEXT(struct visitor, address, 0),
	FIELD_TEXT(struct visitor, user_agent, 0),
	FIELD_TEXT(struct visitor, locale, 0),
	FIELD_TEXT(struct visitor, page_url, 0),
	FIELD_TEXT(struct visitor, page_title, 0),
	FIELD_TEXT(struct visitor, referrer, 0),
	FIELD_TIME(struct visitor, created_at, 0),
	FIELD_TIME(struct visitor, seen_at, 0),
	FIELD_END
};

#define COLUMNS "id, widget_id, contact_id, name, email, address, user_agent, locale, page_url, page_title, referrer, created_at, seen_at"

struct db_value
visitor_token_hash(struct arena *arena, const char *widget_key, const char *token)
{
	unsigned char *hash = arena_alloc(arena, CRYPT_HASH_LEN);
	const char *text = arena_printf(arena, "%s|%s", widget_key, token);

	crypt_sha256(text, strlen(text), hash);
	return db_bytes(hash, CRYPT_HASH_LEN);
}

/* The token of the request, when it has the form of one. */
const char *
visitor_token(struct req *r)
{
	const char *token = req_header(r, "HTTP_X_HARK_VISITOR");

	if (token == NULL || strlen(token) != 43
		|| strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != 43)
		return NULL;
	return token;
}

enum got
visitor_of_request(struct req *r, struct visitor *visitor)
{
	const char *token = visitor_token(r);

	if (token == NULL)
		return GOT_NONE;
	return db_one(r->db, r->arena, visitor_fields, visitor, "SELECT " COLUMNS " FROM visitor WHERE token_hash = ? AND tenant_id = ?",
		DB_ARGS(visitor_token_hash(r->arena, req_arg(r, "key"), token), db_tenant(r->tenant)));
}

enum got
visitor_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct visitor *visitor)
{
	return db_one(db, arena, visitor_fields, visitor,
		"SELECT " COLUMNS " FROM visitor WHERE tenant_id = ? AND id = ?", DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
visitor_create(struct req *r, struct visitor *visitor, const char **token)
{
	struct db_done done;
	enum got got;

	*token = visitor_token(r) != NULL ? visitor_token(r) : crypt_token(r->arena);
	visitor->created_at = visitor->seen_at = r->now;
	got = db_run(r->db, "INSERT INTO visitor (tenant_id, widget_id, contact_id, token_hash, name, email, address, user_agent, locale,"
		" page_url, page_title, referrer, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(r->tenant), db_u64(visitor->widget_id), db_id(visitor->contact_id), visitor_token_hash(r->arena, req_arg(r, "key"), *token),
			db_text(visitor->name), db_text(visitor->email), db_text(visitor->address), db_text(visitor->user_agent),
			db_text(visitor->locale), db_text(visitor->page_url), db_text(visitor->page_title), db_text(visitor->referrer),
			db_time(r->now), db_time(r->now)), &done);
	visitor->id = done.id;
	return got == GOT_ERROR && db_is_duplicate(r->db) ? GOT_NONE : got;
}

enum got
visitor_update(struct db *db, tenant_id tenant, const struct visitor *visitor, clock_ms now)
{
	return db_run(db, "UPDATE visitor SET contact_id = ?, name = ?, email = ?, address = ?, user_agent = ?, locale = ?, page_url = ?,"
		" page_title = ?, referrer = ?, seen_at = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_id(visitor->contact_id), db_text(visitor->name), db_text(visitor->email), db_text(visitor->address),
			db_text(visitor->user_agent), db_text(visitor->locale), db_text(visitor->page_url), db_text(visitor->page_title),
			db_text(visitor->referrer), db_time(now), db_tenant(tenant), db_u64(visitor->id)), NULL);
}

enum got
visitor_here(struct db *db, tenant_id tenant, const struct visitor *visitor, clock_ms now)
{
	return db_run(db, "UPDATE visitor SET address = ?, user_agent = ?, locale = ?, page_url = ?, page_title = ?, referrer = ?, seen_at = ?"
		" WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_text(visitor->address), db_text(visitor->user_agent), db_text(visitor->locale), db_text(visitor->page_url),
			db_text(visitor->page_title), db_text(visitor->referrer), db_time(now), db_tenant(tenant), db_u64(visitor->id)), NULL);
}

enum got
visitor_seen(struct db *db, tenant_id tenant, uint64_t id, clock_ms now)
{
	return db_run(db, "UPDATE visitor SET seen_at = ? WHERE tenant_id = ? AND id = ? AND seen_at < ?",
		DB_ARGS(db_time(now), db_tenant(tenant), db_u64(id), db_time(now)), NULL);
}

enum got
visitor_move_contact(struct db *db, tenant_id tenant, uint64_t from, uint64_t to)
{
	return db_run(db, "UPDATE visitor SET contact_id = ? WHERE tenant_id = ? AND contact_id = ?",
		DB_ARGS(db_u64(to), db_tenant(tenant), db_u64(from)), NULL);
}

/* Who comes back is seen before a conversation begins, in one transaction: a row that is old when it is locked has nothing begun. */
void
visitor_sweep(struct sweep *sweep, tenant_id tenant, clock_ms before)
{
	sweep_rows(sweep, "DELETE FROM visitor WHERE tenant_id = ? AND seen_at < ? AND NOT EXISTS (SELECT 1 FROM conversation c"
		" WHERE c.tenant_id = visitor.tenant_id AND c.visitor_id = visitor.id) LIMIT " SWEEP_PORTION,
		DB_ARGS(db_tenant(tenant), db_time(before)));
}
