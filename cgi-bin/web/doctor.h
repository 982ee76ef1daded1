/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor.h - an echo for `hark doctor --url`: what of a request arrives here after the web servers on the way. */
#ifndef HARK_WEB_DOCTOR_H
#define HARK_WEB_DOCTOR_H

#include "edge/db.h"
#include "web/route.h"

#define DOCTOR_TOKEN_LIFE (60 * CLOCK_SECOND)

/* /-/echo/:part?token= tells what arrived. POST part "keep" keeps doctor_file() as an upload would and tells its name, GET part "file"
 * sends the file of that name as a download, POST part "drop" removes it. */
extern const struct route doctor_routes[];

/* The known file. Files of no company are kept under the number 0. */
#define DOCTOR_FILE_LEN 4000
char *doctor_file(struct arena *arena);

/* A token that opens the echo for DOCTOR_TOKEN_LIFE; it needs the key file. */
char *doctor_token(struct arena *arena, const struct crypt_keys *keys, clock_ms now);

/* The database's clock, and since when the oldest job that is due waits (0: none). */
enum got doctor_db_clock(struct db *db, clock_ms *now) MUST_USE;
enum got doctor_oldest_job(struct db *db, clock_ms *due_at) MUST_USE;

/* How many jobs of the installation itself there are: hark-jobs makes its timers when it starts. */
enum got doctor_timers(struct db *db, uint64_t *count) MUST_USE;

/* Writes a row, commits, and takes it away again. */
enum got doctor_db_write(struct db *db, clock_ms now) MUST_USE;

/* Where a database on this machine keeps its files; *folder is "" when it does not say. */
enum got doctor_db_folder(struct db *db, struct arena *arena, const char **folder) MUST_USE;

#endif
