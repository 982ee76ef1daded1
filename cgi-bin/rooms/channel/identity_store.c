/* SPDX-License-Identifier: BSD-2-Clause */
/* identity_store.c - the rows of contact_identity. */
#include "rooms/channel/channel.h"

#include "core/text.h"

static const struct field identity_fields[] = {
	FIELD_U64(struct identity, id, FIELD_KEY),
	FIELD_U64(struct identity, account_id, 0),
	FIELD_TEXT(struct identity, remote_id, 0),
	FIELD_U64(struct identity, contact_id, FIELD_NULLABLE),
	FIELD_U64(struct identity, conversation_id, FIELD_NULLABLE),
	FIELD_TEXT(struct identity, name, 0),
	FIELD_TEXT(struct identity, username, 0),
	FIELD_TEXT(struct identity, locale, 0),
	FIELD_END
};

#define COLUMNS "id, account_id, remote_id, contact_id, conversation_id, name, username, locale"

enum got
identity_enter(struct db *db, struct arena *arena, tenant_id tenant, struct identity *identity, clock_ms now)
{
	/* The insert takes the row's lock, or makes it: two first messages at once become one person. */
	if (db_run(db, "INSERT INTO contact_identity (tenant_id, account_id, remote_id, name, username, locale, created_at, updated_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name), username = VALUES(username),"
		" locale = VALUES(locale), updated_at = VALUES(updated_at)",
		DB_ARGS(db_tenant(tenant), db_u64(identity->account_id), db_text(identity->remote_id), db_text(identity->name),
			db_text(identity->username), db_text(identity->locale), db_time(now), db_time(now)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	return db_one(db, arena, identity_fields, identity, "SELECT " COLUMNS " FROM contact_identity WHERE tenant_id = ? AND account_id = ?"
		" AND remote_id = ? FOR UPDATE", DB_ARGS(db_tenant(tenant), db_u64(identity->account_id), db_text(identity->remote_id)));
}

enum got
identity_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct identity *identity)
{
	return db_one(db, arena, identity_fields, identity, "SELECT " COLUMNS " FROM contact_identity WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
identity_set(struct db *db, tenant_id tenant, const struct identity *identity, clock_ms now)
{
	return db_run(db, "UPDATE contact_identity SET contact_id = ?, conversation_id = ?, updated_at = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_id(identity->contact_id), db_id(identity->conversation_id), db_time(now), db_tenant(tenant), db_u64(identity->id)), NULL);
}

enum got
identity_move_contact(struct db *db, tenant_id tenant, uint64_t from, uint64_t to)
{
	return db_run(db, "UPDATE contact_identity SET contact_id = ? WHERE tenant_id = ? AND contact_id = ?",
		DB_ARGS(db_u64(to), db_tenant(tenant), db_u64(from)), NULL);
}

enum got
identity_forget(struct db *db, tenant_id tenant, uint64_t conversation)
{
	return db_run(db, "UPDATE contact_identity SET conversation_id = NULL WHERE tenant_id = ? AND conversation_id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(conversation)), NULL);
}

enum got
identity_lease(struct db *db, tenant_id tenant, uint64_t id, clock_ms until, clock_ms now)
{
	return db_run(db, "UPDATE contact_identity SET sending_until = ? WHERE tenant_id = ? AND id = ? AND sending_until <= ?",
		DB_ARGS(db_time(until), db_tenant(tenant), db_u64(id), db_time(now)), NULL);
}

enum got
identity_release(struct db *db, tenant_id tenant, uint64_t id, clock_ms until)
{
	return db_run(db, "UPDATE contact_identity SET sending_until = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_time(until), db_tenant(tenant), db_u64(id)), NULL);
}
