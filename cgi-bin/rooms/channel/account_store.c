/* SPDX-License-Identifier: BSD-2-Clause */
/* account_store.c - the rows of account and their secrets. */
#include "rooms/channel/account_store.h"

#include <string.h>

#include "core/log.h"

#define COLUMNS "a.id, a.channel, a.name, a.queue_id, a.greeting, a.enabled, a.sealed_token, a.sealed_secret, a.hook_key, a.remote_id," \
	" a.remote_name, a.state, a.problem, a.detail, a.checked_at, a.created_at, a.updated_at, a.deleted_at"

const char *
account_place(struct arena *arena, tenant_id tenant, const struct account *account, const char *what)
{
	return arena_printf(arena, "account.%s.%llu.%s", what, (unsigned long long)tenant.id, account->hook_key);
}

static const char *
open_secret(struct arena *arena, const struct crypt_keys *keys, const char *place, const char *sealed)
{
	const char *secret = crypt_unseal(arena, keys, place, sealed);

	if (secret == NULL)
		log_error("account", "a secret does not open with this key: %s", place);
	return secret;
}

const char *
account_token(struct arena *arena, const struct crypt_keys *keys, tenant_id tenant, const struct account *account)
{
	return open_secret(arena, keys, account_place(arena, tenant, account, "token"), account->sealed_token);
}

const char *
account_secret(struct arena *arena, const struct crypt_keys *keys, tenant_id tenant, const struct account *account)
{
	return open_secret(arena, keys, account_place(arena, tenant, account, "secret"), account->sealed_secret);
}

enum got
account_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct account *account)
{
	return db_one(db, arena, account_fields, account, "SELECT " COLUMNS " FROM account a WHERE a.tenant_id = ? AND a.id = ?",
		DB_ARGS(db_tenant(tenant), db_u64(id)));
}

/* Whose account a provider calls. */
struct door {
	uint64_t tenant_id;
	uint64_t account_id;
};

static const struct field door_fields[] = {
	FIELD_U64(struct door, tenant_id, 0),
	FIELD_U64(struct door, account_id, 0),
	FIELD_END
};

enum got
account_by_hook(struct db *db, struct arena *arena, const char *hook_key, struct account *account, struct tenant *tenant)
{
	struct door door = { 0 };
	enum got got;

	if (hook_key == NULL || strlen(hook_key) != CHANNEL_HOOK_KEY_LEN)
		return GOT_NONE;
	got = db_one(db, arena, door_fields, &door, "SELECT a.tenant_id, a.id AS account_id FROM account a"
		" WHERE a.hook_key = ? AND a.enabled = 1 AND a.deleted_at IS NULL", DB_ARGS(db_text(hook_key)));
	if (got == GOT_ONE)
		got = account_by_id(db, arena, (tenant_id){ door.tenant_id }, door.account_id, account);
	return got == GOT_ONE ? tenant_by_id(db, arena, (tenant_id){ door.tenant_id }, tenant) : got;
}

enum got
account_of_bot(struct db *db, struct arena *arena, tenant_id tenant, const struct account *account, const char **name)
{
	struct account other = { .id = 0 };
	enum got got = db_one(db, arena, account_fields, &other, "SELECT a.name FROM account a WHERE a.tenant_id = ? AND a.channel = ?"
		" AND a.remote_id = ? AND a.id <> ? AND a.deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant), db_text(account->channel), db_text(account->remote_id), db_u64(account->id)));

	*name = other.name;
	return got;
}

enum got
account_checked(struct db *db, tenant_id tenant, const struct account *account, clock_ms now)
{
	return db_run(db, "UPDATE account SET state = ?, problem = ?, detail = LEFT(?, 255), remote_name = LEFT(?, 80), checked_at = ?"
		" WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_text(account->state), db_text(account->problem), db_text(account->detail), db_text(account->remote_name), db_time(now),
			db_tenant(tenant), db_u64(account->id)), NULL);
}

enum got
account_wait(struct db *db, tenant_id tenant, uint64_t id)
{
	return db_run(db, "UPDATE account SET state = 'waiting', problem = '', detail = '' WHERE tenant_id = ? AND id = ?"
		" AND deleted_at IS NULL", DB_ARGS(db_tenant(tenant), db_u64(id)), NULL);
}

enum got
account_order_check(struct db *db, struct arena *arena, tenant_id tenant, const struct account *account, clock_ms now)
{
	const char *kind = arena_printf(arena, "%s.connect", account->channel);
	const struct job_order order = { .tenant = tenant, .kind = kind, .subject = account->id, .due_at = now,
		.once = arena_printf(arena, "%s.%llu", kind, (unsigned long long)account->id) };

	return job_add(db, &order, now);
}

enum got
account_connected(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *accounts)
{
	return db_all(db, arena, account_fields, sizeof(struct account), accounts, "SELECT a.id, a.channel FROM account a"
		" WHERE a.tenant_id = ? AND a.deleted_at IS NULL AND a.state <> 'off'", DB_ARGS(db_tenant(tenant)));
}

enum got
account_delete(struct db *db, tenant_id tenant, uint64_t id, clock_ms now)
{
	return db_run(db, "UPDATE account SET deleted_at = ? WHERE tenant_id = ? AND id = ? AND deleted_at IS NULL",
		DB_ARGS(db_time(now), db_tenant(tenant), db_u64(id)), NULL);
}

enum got
account_checks(struct db *db, tenant_id tenant, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM job j JOIN account a ON a.tenant_id = j.tenant_id AND a.id = j.subject"
		" AND j.kind = CONCAT(a.channel, '.connect') WHERE j.tenant_id = ? AND j.state <> 'dead'", DB_ARGS(db_tenant(tenant)), count);
}
