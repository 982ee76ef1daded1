/* SPDX-License-Identifier: BSD-2-Clause */
/* throttle_store.c - fixed windows, one row for each rule and who. */
#include "web/throttle.h"

#include <string.h>

#include "core/address.h"

static struct db_value
bucket(struct req *r, const struct throttle_rule *rule, const char *who)
{
	unsigned char *hash = arena_alloc(r->arena, CRYPT_HASH_LEN);
	const char *text = arena_printf(r->arena, "%s|%s", rule->what, who);

	crypt_sha256(text, strlen(text), hash);
	return db_bytes(hash, CRYPT_HASH_LEN);
}

struct window {
	clock_ms started_at;
	uint64_t count;
};

static const struct field window_fields[] = {
	FIELD_TIME(struct window, started_at, 0),
	FIELD_U64(struct window, count, 0),
	FIELD_END
};

enum got
throttle_count(struct req *r, const struct throttle_rule *rule, const char *who, uint64_t *retry_after)
{
	struct db_value key = bucket(r, rule, who);
	struct window window = { 0 };
	clock_ms old = r->now - rule->window;
	enum got got;

	*retry_after = 0;
	if (db_run(r->db, "INSERT INTO throttle (bucket, started_at, count) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE"
		" count = IF(started_at <= ?, 1, count + 1), started_at = IF(started_at <= ?, VALUES(started_at), started_at)",
		DB_ARGS(key, db_time(r->now), db_time(old), db_time(old)), NULL) == GOT_ERROR)
		return GOT_ERROR;
	got = db_one(r->db, r->arena, window_fields, &window, "SELECT started_at, count FROM throttle WHERE bucket = ?", DB_ARGS(key));
	if (got == GOT_ERROR)
		return got;
	/* The row may be gone again: somebody got in meanwhile, and the count begins anew. */
	if (got == GOT_NONE || window.count <= rule->most)
		return GOT_ONE;
	*retry_after = (uint64_t)((window.started_at + rule->window - r->now) / CLOCK_SECOND + 1);
	return GOT_NONE;
}

enum got
throttle_count_address(struct req *r, const struct throttle_rule *rule, uint64_t *retry_after)
{
	return throttle_count(r, rule, address_holder(r->arena, r->address), retry_after);
}

enum got
throttle_forgive_address(struct req *r, const struct throttle_rule *rule)
{
	return db_run(r->db, "UPDATE throttle SET count = count - 1 WHERE bucket = ? AND count > 0",
		DB_ARGS(bucket(r, rule, address_holder(r->arena, r->address))), NULL);
}

enum got
throttle_clear(struct req *r, const struct throttle_rule *rule, const char *who)
{
	return db_run(r->db, "DELETE FROM throttle WHERE bucket = ?", DB_ARGS(bucket(r, rule, who)), NULL);
}
