/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor.h - an echo for `hark doctor --url`: what of a request arrives here after the web servers on the way. */
#ifndef HARK_WEB_DOCTOR_H
#define HARK_WEB_DOCTOR_H

#include "edge/db.h"
#include "web/route.h"

#define DOCTOR_TOKEN_LIFE (60 * CLOCK_SECOND)

extern const struct route doctor_routes[];       /* /-/echo/:part?token= */

/* A token that opens the echo for DOCTOR_TOKEN_LIFE; it needs the key file. */
char *doctor_token(struct arena *arena, const struct crypt_keys *keys, clock_ms now);

/* The database's clock, and since when the oldest job that is due waits (0: none). */
enum got doctor_db_clock(struct db *db, clock_ms *now) MUST_USE;
enum got doctor_oldest_job(struct db *db, clock_ms *due_at) MUST_USE;

#endif
