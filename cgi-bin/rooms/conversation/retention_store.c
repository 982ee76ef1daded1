/* SPDX-License-Identifier: BSD-2-Clause */
/* retention_store.c - finding and erasing what is not kept any longer; postings are in search_store.c. */
#include "rooms/conversation/retention_store.h"

#include "rooms/channel/channel.h"

static const struct field count_fields[] = {
	FIELD_U64(struct retention_count, tenant_id, 0),
	FIELD_TIME(struct retention_count, day, 0),
	FIELD_U64(struct retention_count, conversations, 0),
	FIELD_END
};

enum got
retention_due(struct db *db, struct arena *arena, tenant_id tenant, clock_ms before, uint64_t most, struct db_rows *conversations)
{
	return db_all(db, arena, conversation_fields, sizeof(struct conversation), conversations,
		"SELECT id, visitor_name, visitor_email FROM conversation WHERE tenant_id = ? AND state = 'closed' AND closed_at < ?"
		" AND unindexed IS NULL ORDER BY closed_at LIMIT ?", DB_ARGS(db_tenant(tenant), db_time(before), db_u64(most)));
}

enum got
retention_has_old(struct db *db, tenant_id tenant, clock_ms before, uint64_t *has)
{
	return db_number(db, "SELECT EXISTS (SELECT 1 FROM conversation WHERE tenant_id = ? AND state = 'closed' AND closed_at < ?)",
		DB_ARGS(db_tenant(tenant), db_time(before)), has);
}

enum got
retention_files(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, struct db_rows *files)
{
	return db_all(db, arena, file_fields, sizeof(struct file), files,
		"SELECT id, size, stored, preview FROM file WHERE tenant_id = ? AND conversation_id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(conversation)));
}

enum got
retention_drop_file(struct db *db, tenant_id tenant, uint64_t file)
{
	return db_run(db, "DELETE FROM file WHERE tenant_id = ? AND id = ?", DB_ARGS(db_tenant(tenant), db_u64(file)), NULL);
}

enum got
retention_drop_messages(struct db *db, tenant_id tenant, uint64_t conversation, uint64_t seq)
{
	return db_run(db, "DELETE FROM message WHERE tenant_id = ? AND conversation_id = ? AND seq <= ?",
		DB_ARGS(db_tenant(tenant), db_u64(conversation), db_u64(seq)), NULL);
}

/* The row is taken first, in a statement of its own: a note that was being written is there, and seen, when the second one begins. */
enum got
retention_drop(struct db *db, tenant_id tenant, uint64_t conversation)
{
	const struct db_value *args = DB_ARGS(db_tenant(tenant), db_u64(conversation));
	enum got got = db_run(db, "UPDATE conversation SET last_at = last_at WHERE tenant_id = ? AND id = ? AND state = 'closed'", args, NULL);

	if (got == GOT_ONE)
		got = db_run(db, "DELETE c FROM conversation c WHERE c.tenant_id = ? AND c.id = ?"
			" AND NOT EXISTS (SELECT 1 FROM message m WHERE m.tenant_id = c.tenant_id AND m.conversation_id = c.id)", args, NULL);
	if (got != GOT_ONE)
		return got;
	if (db_run(db, "DELETE FROM draft WHERE tenant_id = ? AND conversation_id = ?", args, NULL) == GOT_ERROR
		|| db_run(db, "DELETE FROM offer WHERE tenant_id = ? AND conversation_id = ?", args, NULL) == GOT_ERROR
		|| db_run(db, "DELETE FROM delivery WHERE tenant_id = ? AND conversation_id = ?", args, NULL) == GOT_ERROR
		|| identity_forget(db, tenant, conversation) == GOT_ERROR || inbound_forget(db, tenant, conversation) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

enum got
retention_count(struct db *db, tenant_id tenant, clock_ms day)
{
	return db_run(db, "INSERT INTO retention_count (tenant_id, day, conversations) VALUES (?, ?, 1)"
		" ON DUPLICATE KEY UPDATE conversations = conversations + 1", DB_ARGS(db_tenant(tenant), db_time(day)), NULL);
}

enum got
retention_counts(struct db *db, struct arena *arena, clock_ms day, struct db_rows *counts)
{
	return db_all(db, arena, count_fields, sizeof(struct retention_count), counts,
		"SELECT tenant_id, day, conversations FROM retention_count WHERE day < ? ORDER BY day", DB_ARGS(db_time(day)));
}

enum got
retention_take_count(struct db *db, const struct retention_count *count)
{
	return db_run(db, "DELETE FROM retention_count WHERE tenant_id = ? AND day = ?",
		DB_ARGS(db_u64(count->tenant_id), db_time(count->day)), NULL);
}
