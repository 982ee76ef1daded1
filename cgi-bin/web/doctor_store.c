/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor_store.c - what `hark doctor` asks the database about itself. */
#include "web/doctor.h"

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
