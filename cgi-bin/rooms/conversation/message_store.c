/* SPDX-License-Identifier: BSD-2-Clause */
/* message_store.c - the rows of message, file and draft. */
#include "rooms/conversation/conversation.h"

#include <string.h>

#include "core/text.h"

#define LAST_TEXT 120                /* characters of the newest message that lists show */

#define COLUMNS "m.seq, m.kind, m.author_kind, m.author_id, m.author_name, m.body, m.file_id, m.client_id, m.created_at," \
	" f.name AS file_name, f.type AS file_type, f.size AS file_size, f.preview_width, f.preview_height," \
	" d.state AS delivery, d.problem AS delivery_problem, d.detail AS delivery_detail"
#define TABLES " FROM message m LEFT JOIN file f ON f.tenant_id = m.tenant_id AND f.id = m.file_id" \
	" LEFT JOIN delivery d ON d.tenant_id = m.tenant_id AND d.conversation_id = m.conversation_id AND d.seq = m.seq"

enum got
message_after(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, uint64_t after,
	uint64_t most, struct db_rows *messages)
{
	return db_all(db, arena, message_fields, sizeof(struct message), messages,
		"SELECT " COLUMNS TABLES " WHERE m.tenant_id = ? AND m.conversation_id = ? AND m.seq > ? ORDER BY m.seq LIMIT ?",
		DB_ARGS(db_tenant(tenant), db_u64(conversation), db_u64(after), db_u64(most)));
}

enum got
message_before(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, uint64_t before,
	uint64_t most, struct db_rows *messages)
{
	struct message *rows, swap;
	enum got got;
	size_t i, j;

	got = db_all(db, arena, message_fields, sizeof(struct message), messages,
		"SELECT " COLUMNS TABLES " WHERE m.tenant_id = ? AND m.conversation_id = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?",
		DB_ARGS(db_tenant(tenant), db_u64(conversation), db_u64(before != 0 ? before : UINT32_MAX), db_u64(most)));
	rows = messages->rows;
	for (i = 0, j = messages->count; got == GOT_ONE && i + 1 < j; i++) {
		swap = rows[i];
		rows[i] = rows[--j];
		rows[j] = swap;
	}
	return got;
}

enum got
message_by_client_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, const char *client_id,
	struct message *message)
{
	return db_one(db, arena, message_fields, message,
		"SELECT " COLUMNS TABLES " WHERE m.tenant_id = ? AND m.conversation_id = ? AND m.client_id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(conversation), db_text(client_id)));
}

enum got
message_time_back(struct db *db, tenant_id tenant, const struct conversation *conversation, uint64_t back, clock_ms *at)
{
	uint64_t number = 0;
	enum got got = GOT_ONE;

	if (conversation->last_seq > back)
		got = db_number(db, "SELECT created_at FROM message WHERE tenant_id = ? AND conversation_id = ? AND seq = ?",
			DB_ARGS(db_tenant(tenant), db_u64(conversation->id), db_u64(conversation->last_seq - back)), &number);
	*at = (clock_ms)number;
	return got;
}

/* What lists show of the message; events and notes leave the last text as it is. */
static const char *
last_text(struct arena *arena, const struct message *message)
{
	if (strcmp(message->kind, "event") == 0 || strcmp(message->kind, "note") == 0)
		return NULL;
	return arena_text_of(arena, message->body, text_prefix(message->body, LAST_TEXT));
}

/* The next number under the row lock, in one statement with what lists show: LAST_INSERT_ID(expr) hands it back. */
static enum got
take_seq(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, struct message *message)
{
	const char *last = last_text(arena, message);
	bool is_reply = strcmp(message->author_kind, "agent") == 0 && last != NULL;
	bool is_asking = strcmp(message->author_kind, "visitor") == 0 && last != NULL;
	struct db_done done;
	enum got got;

	got = db_run(db, "UPDATE conversation SET last_seq = LAST_INSERT_ID(last_seq + 1), last_text = IFNULL(?, last_text),"
		" last_by = IF(?, ?, last_by), last_at = IF(?, ?, last_at), unread = unread + ?,"
		" first_reply_at = IF(? AND first_reply_at IS NULL, ?, first_reply_at) WHERE tenant_id = ? AND id = ?"
		" AND (? OR state <> 'closed')",
		DB_ARGS(db_text(last), db_bool(last != NULL), db_text(message->author_kind), db_bool(last != NULL),
			db_time(message->created_at), db_bool(is_asking), db_bool(is_reply), db_time(message->created_at), db_tenant(tenant),
			db_u64(conversation), db_bool(last == NULL)), &done);
	message->seq = done.id;
	return got;
}

static enum got
message_insert(struct db *db, tenant_id tenant, uint64_t conversation, const struct message *message)
{
	return db_run(db, "INSERT INTO message (tenant_id, conversation_id, seq, kind, author_kind, author_id, author_name, body,"
		" file_id, client_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_u64(conversation), db_u64(message->seq), db_text(message->kind),
			db_text(message->author_kind), db_u64(message->author_id),
			db_text(message->author_name != NULL ? message->author_name : ""), db_text(message->body),
			db_id(message->file_id), db_text(message->client_id), db_time(message->created_at)), NULL);
}

enum got
message_add(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, struct message *message, clock_ms now)
{
	struct message first = { 0 };
	enum got got;

	CHECK(db_in_transaction(db));
	message->created_at = now;
	got = take_seq(db, arena, tenant, conversation, message);
	if (got != GOT_ONE)
		return got;
	got = message_insert(db, tenant, conversation, message);
	if (got == GOT_ONE || !db_is_duplicate(db))
		return got;
	/* The row lock is ours: whoever used this client_id before has committed, so it can be read. */
	if (message_by_client_id(db, arena, tenant, conversation, message->client_id, &first) != GOT_ONE)
		return GOT_ERROR;
	*message = first;
	return GOT_NONE;
}

struct message
message_event(struct arena *arena, const char *what, struct json *details)
{
	if (details == NULL)
		details = json_new_object(arena);
	json_set_text(details, "what", what);
	return (struct message){ .kind = "event", .author_kind = "system", .body = json_text(arena, details) };
}

enum got
file_add(struct db *db, tenant_id tenant, struct file *file, clock_ms now)
{
	struct db_done done;
	enum got got;

	file->created_at = now;
	got = db_run(db, "INSERT INTO file (tenant_id, conversation_id, name, type, size, hash, stored, width, height, created_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_u64(file->conversation_id), db_text(file->name), db_text(file->type),
			db_u64(file->size), db_bytes(file->hash.data, file->hash.len), db_text(file->stored), db_u64(file->width),
			db_u64(file->height), db_time(now)), &done);
	file->id = done.id;
	return got;
}

enum got
file_count_named(struct db *db, tenant_id tenant, const char *stored, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM file WHERE tenant_id = ? AND stored = ?", DB_ARGS(db_tenant(tenant), db_text(stored)), count);
}

enum got
file_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct file *file)
{
	return db_one(db, arena, file_fields, file,
		"SELECT id, conversation_id, name, type, size, hash, stored, width, height, preview, preview_width, preview_height, created_at FROM file"
		" WHERE tenant_id = ? AND id = ?", DB_ARGS(db_tenant(tenant), db_u64(id)));
}

enum got
file_set_preview(struct db *db, tenant_id tenant, const struct file *file)
{
	return db_run(db, "UPDATE file SET preview = ?, preview_width = ?, preview_height = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_text(file->preview), db_u64(file->preview_width), db_u64(file->preview_height), db_tenant(tenant),
			db_u64(file->id)), NULL);
}

enum got
draft_set(struct db *db, tenant_id tenant, uint64_t agent, uint64_t conversation, const char *body, clock_ms now)
{
	if (text_is_blank(body))
		return db_run(db, "DELETE FROM draft WHERE tenant_id = ? AND agent_id = ? AND conversation_id = ?",
			DB_ARGS(db_tenant(tenant), db_u64(agent), db_u64(conversation)), NULL);
	return db_run(db, "INSERT INTO draft (tenant_id, agent_id, conversation_id, body, updated_at) VALUES (?, ?, ?, ?, ?)"
		" ON DUPLICATE KEY UPDATE body = VALUES(body), updated_at = VALUES(updated_at)",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_u64(conversation), db_text(body), db_time(now)), NULL);
}

struct draft {
	const char *body;
};

static const struct field draft_fields[] = {
	FIELD_TEXT(struct draft, body, 0),
	FIELD_END
};

enum got
draft_get(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, uint64_t conversation, const char **body)
{
	struct draft draft = { "" };
	enum got got = db_one(db, arena, draft_fields, &draft,
		"SELECT body FROM draft WHERE tenant_id = ? AND agent_id = ? AND conversation_id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_u64(conversation)));

	*body = draft.body;
	return got;
}
