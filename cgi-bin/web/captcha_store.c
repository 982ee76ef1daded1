/* SPDX-License-Identifier: BSD-2-Clause */
/* captcha_store.c - captchas that were answered, until their time is over. */
#include "web/captcha_store.h"

#include <string.h>

#include "edge/crypt.h"
#include "web/captcha.h"

enum got
captcha_use(struct db *db, const char *token, clock_ms expires_at)
{
	unsigned char hash[CRYPT_HASH_LEN];
	enum got got;

	crypt_sha256(token, strlen(token), hash);
	got = db_run(db, "INSERT INTO captcha_used (token_hash, expires_at) VALUES (?, ?)",
		DB_ARGS(db_bytes(hash, sizeof(hash)), db_time(expires_at)), NULL);
	return got == GOT_ERROR && db_is_duplicate(db) ? GOT_NONE : got;
}

void
captcha_sweep(struct sweep *sweep)
{
	sweep_rows(sweep, "DELETE FROM captcha_used WHERE expires_at < ? LIMIT " SWEEP_PORTION, DB_ARGS(db_time(sweep->now)));
}
