/* SPDX-License-Identifier: BSD-2-Clause */
/* feed_store.c - the rows of holiday_import that are feeds, with the addresses of their calendars. */
#include "rooms/hours/feed.h"

#define DUE_MOST 200

static const struct field feed_fields[] = {
	FIELD_U64(struct feed, tenant_id, 0),
	FIELD_U64(struct feed, id, 0),
	FIELD_U64(struct feed, calendar_id, 0),
	FIELD_TEXT(struct feed, calendar, 0),
	FIELD_TEXT(struct feed, url, 0),
	FIELD_TEXT(struct feed, zone, 0),
	FIELD_TEXT(struct feed, read_zone, 0),
	FIELD_TEXT(struct feed, etag, 0),
	FIELD_TEXT(struct feed, modified, 0),
	FIELD_TIME(struct feed, due_at, 0),
	FIELD_TIME(struct feed, tried_at, 0),
	FIELD_TIME(struct feed, fetched_at, 0),
	FIELD_U64(struct feed, failures, 0),
	FIELD_U64(struct feed, left_out, 0),
	FIELD_TEXT(struct feed, problem, 0),
	FIELD_TEXT(struct feed, problem_detail, 0),
	FIELD_U64(struct feed, problem_line, 0),
	FIELD_U64(struct feed, holidays, 0),
	FIELD_END
};

enum got
feed_of(struct db *db, struct arena *arena, tenant_id tenant, uint64_t calendar, struct feed *feed)
{
	return db_one(db, arena, feed_fields, feed, "SELECT i.tenant_id, i.id, i.calendar_id, c.name AS calendar, c.feed_url AS url,"
		" COALESCE(NULLIF(c.time_zone, ''), t.time_zone) AS zone, i.read_zone, i.etag, i.modified, i.due_at, i.tried_at, i.fetched_at,"
		" i.failures, i.left_out, i.problem, i.problem_detail, i.problem_line,"
		" (SELECT COUNT(*) FROM holiday h WHERE h.tenant_id = i.tenant_id AND h.import_id = i.id AND h.deleted_at IS NULL) AS holidays"
		" FROM calendar c JOIN tenant t ON t.id = c.tenant_id"
		" JOIN holiday_import i ON i.tenant_id = c.tenant_id AND i.calendar_id = c.id AND i.is_feed = 1"
		" WHERE c.tenant_id = ? AND c.id = ? AND c.agent_id = 0 AND c.feed_url <> '' AND c.deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant), db_u64(calendar)));
}

enum got
feed_begin(struct db *db, tenant_id tenant, uint64_t calendar, clock_ms now)
{
	enum got got = db_run(db, "UPDATE holiday_import SET etag = '', modified = '', due_at = ?, tried_at = 0, failures = 0, left_out = 0,"
		" problem = '' WHERE tenant_id = ? AND calendar_id = ? AND is_feed = 1",
		DB_ARGS(db_time(now), db_tenant(tenant), db_u64(calendar)), NULL);

	if (got != GOT_NONE)
		return got;
	return db_run(db, "INSERT INTO holiday_import (tenant_id, calendar_id, name, is_feed, due_at, created_at) VALUES (?, ?, '', 1, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_u64(calendar), db_time(now), db_time(now)), NULL);
}

enum got
feed_end(struct db *db, tenant_id tenant, uint64_t calendar)
{
	if (db_run(db, "DELETE FROM holiday WHERE tenant_id = ? AND calendar_id = ? AND import_id IN"
		" (SELECT id FROM holiday_import WHERE tenant_id = ? AND calendar_id = ? AND is_feed = 1)",
		DB_ARGS(db_tenant(tenant), db_u64(calendar), db_tenant(tenant), db_u64(calendar)), NULL) == GOT_ERROR
		|| db_run(db, "DELETE FROM holiday_import WHERE tenant_id = ? AND calendar_id = ? AND is_feed = 1",
			DB_ARGS(db_tenant(tenant), db_u64(calendar)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	return GOT_ONE;
}

enum got
feed_set_due(struct db *db, tenant_id tenant, uint64_t calendar, clock_ms at)
{
	return db_run(db, "UPDATE holiday_import SET etag = '', modified = '', due_at = ? WHERE tenant_id = ? AND calendar_id = ?"
		" AND is_feed = 1",
		DB_ARGS(db_time(at), db_tenant(tenant), db_u64(calendar)), NULL);
}

enum got
feed_lock(struct db *db, struct arena *arena, const struct feed *feed, struct feed *now)
{
	return db_one(db, arena, feed_fields, now, "SELECT c.feed_url AS url,"
		" COALESCE(NULLIF(c.time_zone, ''), (SELECT t.time_zone FROM tenant t WHERE t.id = c.tenant_id)) AS zone, i.due_at"
		" FROM calendar c JOIN holiday_import i ON i.tenant_id = c.tenant_id AND i.calendar_id = c.id AND i.is_feed = 1"
		" WHERE c.tenant_id = ? AND c.id = ? AND c.feed_url <> '' AND c.deleted_at IS NULL FOR UPDATE",
		DB_ARGS(db_u64(feed->tenant_id), db_u64(feed->calendar_id)));
}

enum got
feed_note(struct db *db, const struct feed *feed)
{
	return db_run(db, "UPDATE holiday_import SET read_zone = ?, etag = ?, modified = ?, due_at = ?, tried_at = ?, fetched_at = ?,"
		" failures = ?, left_out = ?, problem = ?, problem_detail = ?, problem_line = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_text(feed->read_zone), db_text(feed->etag), db_text(feed->modified), db_time(feed->due_at), db_time(feed->tried_at),
			db_time(feed->fetched_at), db_u64(feed->failures), db_u64(feed->left_out), db_text(feed->problem),
			db_text(feed->problem_detail), db_u64(feed->problem_line), db_u64(feed->tenant_id), db_u64(feed->id)), NULL);
}

enum got
feed_holiday_remove(struct db *db, const struct feed *feed, uint64_t holiday)
{
	return db_run(db, "DELETE FROM holiday WHERE tenant_id = ? AND id = ? AND import_id = ?",
		DB_ARGS(db_u64(feed->tenant_id), db_u64(holiday), db_u64(feed->id)), NULL);
}

enum got
feed_is(struct db *db, tenant_id tenant, uint64_t import, bool *is_feed)
{
	uint64_t count = 0;
	enum got got = import == 0 ? GOT_ONE : db_number(db, "SELECT COUNT(*) FROM holiday_import WHERE tenant_id = ? AND id = ? AND is_feed = 1",
		DB_ARGS(db_tenant(tenant), db_u64(import)), &count);

	*is_feed = count > 0;
	return got;
}

enum got
feeds_count(struct db *db, tenant_id tenant, uint64_t but, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM calendar WHERE tenant_id = ? AND id <> ? AND feed_url <> '' AND deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant), db_u64(but)), count);
}

enum got
feeds_due(struct db *db, struct arena *arena, clock_ms now, struct db_rows *feeds)
{
	return db_all(db, arena, feed_fields, sizeof(struct feed), feeds, "SELECT i.tenant_id, i.calendar_id"
		" FROM holiday_import i JOIN tenant t ON t.id = i.tenant_id AND t.state = 'active'"
		" JOIN calendar c ON c.tenant_id = i.tenant_id AND c.id = i.calendar_id AND c.feed_url <> '' AND c.deleted_at IS NULL"
		" WHERE i.is_feed = 1 AND i.due_at <= ? ORDER BY i.due_at LIMIT ?", DB_ARGS(db_time(now), db_u64(DUE_MOST)));
}
