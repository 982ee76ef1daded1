/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation_store.c - invitations, their links, and who came of them. */
#include "rooms/people/invitation/invitation_store.h"

#include <string.h>

#include "core/text.h"
#include "rooms/people/people_store.h"

#define TOKEN_MAX 100            /* bytes of a token that are looked at */

/* An invitation with its company. */
struct found {
	uint64_t id;
	uint64_t tenant_id;
	const char *email;
	const char *locale;
	const char *state;
	const char *invited_by;
	clock_ms expires_at;
	clock_ms deleted_at;
};

static const struct field found_fields[] = {
	FIELD_U64(struct found, id, FIELD_KEY),
	FIELD_U64(struct found, tenant_id, 0),
	FIELD_TEXT(struct found, email, 0),
	FIELD_TEXT(struct found, locale, 0),
	FIELD_TEXT(struct found, state, 0),
	FIELD_TEXT(struct found, invited_by, 0),
	FIELD_TIME(struct found, expires_at, 0),
	FIELD_TIME(struct found, deleted_at, 0),
	FIELD_END
};

struct link_id {
	uint64_t id;
};

static const struct field link_fields[] = {
	FIELD_U64(struct link_id, id, 0),
	FIELD_END
};

static void
set_fill(struct arena *arena, const struct db_rows *rows, struct field_set *set)
{
	const struct link_id *link = rows->rows;
	uint64_t *ids = ARENA_ARRAY(arena, uint64_t, rows->count);
	size_t i;

	for (i = 0; i < rows->count; i++)
		ids[i] = link[i].id;
	*set = (struct field_set){ .ids = ids, .count = rows->count };
}

/* Those roles and queues that are still there. */
static enum got
links_load(struct req *r, tenant_id tenant, struct invitation *invitation)
{
	struct db_rows rows = { 0 };

	if (db_all(r->db, r->arena, link_fields, sizeof(struct link_id), &rows, "SELECT l.role_id AS id FROM invitation_role l"
		" JOIN role r ON r.tenant_id = l.tenant_id AND r.id = l.role_id AND r.deleted_at IS NULL"
		" WHERE l.tenant_id = ? AND l.invitation_id = ? ORDER BY l.role_id",
		DB_ARGS(db_tenant(tenant), db_u64(invitation->id))) == GOT_ERROR)
		return GOT_ERROR;
	set_fill(r->arena, &rows, &invitation->roles);
	if (db_all(r->db, r->arena, link_fields, sizeof(struct link_id), &rows, "SELECT l.queue_id AS id FROM invitation_queue l"
		" JOIN queue q ON q.tenant_id = l.tenant_id AND q.id = l.queue_id AND q.deleted_at IS NULL"
		" WHERE l.tenant_id = ? AND l.invitation_id = ? ORDER BY l.queue_id",
		DB_ARGS(db_tenant(tenant), db_u64(invitation->id))) == GOT_ERROR)
		return GOT_ERROR;
	set_fill(r->arena, &rows, &invitation->queues);
	return GOT_ONE;
}

enum got
invitation_by_token(struct req *r, const char *token, struct invitation *invitation, struct tenant *tenant)
{
	unsigned char hash[CRYPT_HASH_LEN];
	struct found found = { .id = 0 };
	enum got got;

	if (text_is_blank(token) || strlen(token) > TOKEN_MAX)
		return GOT_NONE;
	crypt_sha256(token, strlen(token), hash);
	got = db_one(r->db, r->arena, found_fields, &found, "SELECT id, tenant_id, email, locale, state, invited_by, expires_at, deleted_at"
		" FROM invitation WHERE token_hash = ?", DB_ARGS(db_bytes(hash, sizeof(hash))));
	if (got == GOT_ONE)
		got = tenant_by_id(r->db, r->arena, (tenant_id){ found.tenant_id }, tenant);
	if (got != GOT_ONE)
		return got;
	if (!text_equal(tenant->state, "active")
		|| (r->tenant.id != 0 && r->actor.kind == ACTOR_NOBODY && r->tenant.id != tenant->id))
		return GOT_NONE;
	*invitation = (struct invitation){ .id = found.id, .email = found.email, .locale = found.locale, .state = found.state,
		.invited_by = found.invited_by, .expires_at = found.expires_at, .deleted_at = found.deleted_at };
	return links_load(r, tenant_of(tenant), invitation);
}

enum got
invitation_renew(const struct invitation_desk *desk, uint64_t id, const char *token)
{
	unsigned char hash[CRYPT_HASH_LEN];

	crypt_sha256(token, strlen(token), hash);
	return db_run(desk->db, "UPDATE invitation SET token_hash = ?, state = 'open', expires_at = ?"
		" WHERE tenant_id = ? AND id = ? AND accepted_at IS NULL AND deleted_at IS NULL",
		DB_ARGS(db_bytes(hash, sizeof(hash)), db_time(desk->now + INVITATION_LIFE), db_tenant(desk->tenant), db_u64(id)), NULL);
}

enum got
invitation_take(struct req *r, const struct invitation *invitation)
{
	return db_run(r->db, "UPDATE invitation SET state = 'accepted', accepted_at = ?, updated_at = ?"
		" WHERE tenant_id = ? AND id = ? AND accepted_at IS NULL AND deleted_at IS NULL AND expires_at > ?",
		DB_ARGS(db_time(r->now), db_time(r->now), db_tenant(r->tenant), db_u64(invitation->id), db_time(r->now)), NULL);
}

enum got
invitation_settle(struct req *r, uint64_t id, uint64_t agent)
{
	return db_run(r->db, "UPDATE invitation SET agent_id = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_u64(agent), db_tenant(r->tenant), db_u64(id)), NULL);
}

enum got
invitation_count(struct db *db, tenant_id tenant, const char *email, uint64_t but, uint64_t *agents, uint64_t *invitations)
{
	*agents = *invitations = 0;
	if (agent_count_named(db, tenant, email, 0, agents) != GOT_ONE)
		return GOT_ERROR;
	return db_number(db, "SELECT COUNT(*) FROM invitation WHERE tenant_id = ? AND email = ? AND id <> ? AND accepted_at IS NULL"
		" AND deleted_at IS NULL", DB_ARGS(db_tenant(tenant), db_text(email), db_u64(but)), invitations);
}

void
invitation_sweep(struct sweep *sweep)
{
	sweep_rows(sweep, "UPDATE invitation SET state = 'expired' WHERE state = 'open' AND expires_at < ? LIMIT " SWEEP_PORTION,
		DB_ARGS(db_time(sweep->now)));
}
