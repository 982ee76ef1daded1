/* SPDX-License-Identifier: BSD-2-Clause */
/* contact_store.c - the rows of contact. */
#include "rooms/contact/contact_work.h"

const struct field contact_fields[] = {
	FIELD_U64(struct contact, id, FIELD_KEY),
	FIELD_TEXT(struct contact, name, FIELD_FORM, .max = 120, .label = N_("Name")),
	FIELD_EMAIL(struct contact, email, FIELD_FORM | FIELD_PERSONAL, .max = 254, .label = N_("E-mail")),
	FIELD_TEXT(struct contact, phone, FIELD_FORM | FIELD_PERSONAL, .max = 40, .label = N_("Phone")),
	FIELD_LONG_TEXT(struct contact, remark, FIELD_FORM, .max = 4000, .label = N_("Remark")),
	FIELD_TIME(struct contact, created_at, FIELD_READONLY),
	FIELD_TIME(struct contact, updated_at, FIELD_READONLY),
	FIELD_END
};

#define LIVE_BY_ID "SELECT id, name, email, phone, remark, created_at, updated_at FROM contact" \
	" WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL"

enum got
contact_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct contact *contact)
{
	return db_one(db, arena, contact_fields, contact, LIVE_BY_ID, DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
contact_lock(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct contact *contact)
{
	return db_one(db, arena, contact_fields, contact, LIVE_BY_ID " FOR UPDATE", DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
contact_create(struct db *db, tenant_id tenant, struct contact *contact, clock_ms now)
{
	struct db_done done;
	enum got got = db_run(db, "INSERT INTO contact (tenant_id, name, email, phone, remark, created_at, updated_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(contact->name), db_text(contact->email),
			db_text(contact->phone != NULL ? contact->phone : ""), db_text(contact->remark), db_time(now), db_time(now)), &done);

	contact->id = done.id;
	contact->created_at = contact->updated_at = now;
	return got;
}

enum got
contact_update(struct db *db, tenant_id tenant, const struct contact *contact, clock_ms now)
{
	return db_run(db, "UPDATE contact SET name = ?, email = ?, phone = ?, remark = ?, updated_at = ?"
		" WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL",
		DB_ARGS(db_text(contact->name), db_text(contact->email), db_text(contact->phone), db_text(contact->remark),
			db_time(now), db_tenant(tenant), db_u64(contact->id)), NULL);
}

enum got
contact_learn(struct db *db, tenant_id tenant, const struct contact *contact)
{
	return db_run(db, "UPDATE contact SET name = IF(name = '', ?, name), email = IF(email = '', ?, email)"
		" WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL",
		DB_ARGS(db_text(contact->name), db_text(contact->email), db_tenant(tenant), db_u64(contact->id)), NULL);
}

enum got
contact_ids_of_email(struct db *db, struct arena *arena, tenant_id tenant, const char *email, uint64_t id, struct db_rows *contacts)
{
	return db_all(db, arena, contact_fields, sizeof(struct contact), contacts,
		"SELECT id FROM contact WHERE tenant_id = ? AND email = ? AND id <> ? AND deleted_at IS NULL ORDER BY id LIMIT 20",
		DB_ARGS(db_tenant(tenant), db_text(email), db_u64(id)));
}
