/* SPDX-License-Identifier: BSD-2-Clause */
/* canned_store.c - finding canned messages for an agent, and their owners. */
#include "rooms/conversation/canned_store.h"

#include "core/text.h"

#define CANNED_MOST 500

enum got
canned_search(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, const char *q, struct db_rows *canned)
{
	bool all = text_is_blank(q);

	/* Order of the names: spaces, symbols, digits, letters; a binary order of the upper case gives it but for the symbols
	 * between digits and letters, which the first key moves before the digits. */
	return db_all(db, arena, canned_fields, sizeof(struct canned), canned,
		"SELECT id, agent_id, name, category, shortcut, body FROM canned WHERE tenant_id = ? AND owner_key IN (0, ?)"
		" AND deleted_at IS NULL AND (? OR INSTR(name, ?) OR INSTR(shortcut, ?) OR INSTR(body, ?) OR INSTR(category, ?))"
		" ORDER BY CASE WHEN name REGEXP '^ ' THEN 0 WHEN name REGEXP '^[0-9]' THEN 2 WHEN name REGEXP '^[[:alpha:]]' THEN 3"
		" ELSE 1 END, UPPER(name), id LIMIT ?",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_bool(all), db_text(all ? "" : q), db_text(all ? "" : q),
			db_text(all ? "" : q), db_text(all ? "" : q), db_u64(CANNED_MOST)));
}

enum got
canned_name_is_taken(struct db *db, tenant_id tenant, const struct canned *canned, bool *taken)
{
	uint64_t count = 0;
	enum got got = db_number(db, "SELECT COUNT(*) FROM canned WHERE tenant_id = ? AND owner_key = ? AND name = ? AND id <> ?"
		" AND deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant), db_u64(canned->agent_id), db_text(canned->name), db_u64(canned->id)), &count);

	*taken = count > 0;
	return got;
}
