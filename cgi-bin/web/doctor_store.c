/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor_store.c - what `hark doctor` asks the database about itself. */
#include "web/doctor.h"

struct folder {
	const char *path;
};

static const struct field folder_fields[] = {
	FIELD_TEXT(struct folder, path, 0),
	FIELD_END
};

enum got
doctor_db_clock(struct db *db, clock_ms *now)
{
	uint64_t milliseconds = 0;
	enum got got = db_number(db, "SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED)", DB_NO_ARGS, &milliseconds);

	*now = (clock_ms)milliseconds;
	return got;
}

enum got
doctor_oldest_job(struct db *db, clock_ms *due_at)
{
	uint64_t oldest = 0;
	enum got got = db_number(db, "SELECT MIN(due_at) FROM job WHERE state = 'due'", DB_NO_ARGS, &oldest);

	*due_at = (clock_ms)oldest;
	return got;
}

enum got
doctor_timers(struct db *db, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM job WHERE tenant_id = 0", DB_NO_ARGS, count);
}

enum got
doctor_db_write(struct db *db, clock_ms now)
{
	unsigned char bucket[CRYPT_HASH_LEN];

	crypt_random(bucket, sizeof(bucket));
	if (db_run(db, "INSERT INTO throttle (bucket, started_at, count) VALUES (?, ?, 0)",
		DB_ARGS(db_bytes(bucket, sizeof(bucket)), db_time(now)), NULL) != GOT_ONE)
		return GOT_ERROR;
	return db_run(db, "DELETE FROM throttle WHERE bucket = ?", DB_ARGS(db_bytes(bucket, sizeof(bucket))), NULL);
}

enum got
doctor_db_folder(struct db *db, struct arena *arena, const char **folder)
{
	struct folder row = { .path = "" };
	enum got got = db_one(db, arena, folder_fields, &row, "SELECT @@datadir AS path", DB_NO_ARGS);

	*folder = row.path;
	return got;
}
