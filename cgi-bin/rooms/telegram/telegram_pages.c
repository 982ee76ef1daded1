/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_pages.c - the hook that Telegram calls: kept and committed first, then acknowledged. */
#include "rooms/telegram/telegram.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/telegram/telegram_receive.h"
#include "web/reply.h"

static handler hook_receive;

/* The body is read by the handler: the secret comes first. */
const struct route telegram_routes[] = {
	{ .method = POST, .path = "/hook/telegram/:key", .permission = MAY_VISIT, .handle = hook_receive,
		.flags = ROUTE_STREAM | ROUTE_JSON | ROUTE_NO_FORM },
	{ .path = NULL }
};

#define BODY_MOST ((size_t)256 * 1024)
#define PIECE 16384

/* One call of the hook. */
struct hook {
	struct req *r;
	struct account account;
	struct telegram_update update;
	struct receiving receiving;
	struct str raw;
	bool is_for_job;                 /* taken in at once it failed: a job shall try */
	bool is_double;
};

/* The account that the address and the secret are of; false after a reply. */
static bool
hook_enter(struct hook *hook)
{
	struct req *r = hook->r;
	struct tenant tenant = { 0 };
	enum got got = account_by_hook(r->db, r->arena, req_arg(r, "key"), &hook->account, &tenant);

	if (got == GOT_ONE && (!text_equal(hook->account.channel, "telegram") || (r->tenant.id != 0 && r->tenant.id != tenant.id)))
		got = GOT_NONE;
	if (got != GOT_ONE)
		return reply_got(r, got), false;
	if (!crypt_equal_text(req_header(r, "HTTP_X_TELEGRAM_BOT_API_SECRET_TOKEN"),
		account_secret(r->arena, r->site->keys, (tenant_id){ tenant.id }, &hook->account)))
		return reply_error(r, 403, "secret", N_("The secret is missing or wrong.")), false;
	tenant_enter(r, &tenant);
	if (strcmp(tenant.state, "active") == 0)
		return true;
	/* Telegram keeps it for a day and comes again. */
	reply_header(r, "Retry-After", "600");
	reply_error(r, 503, "suspended", N_("This chat is not available at the moment."));
	return false;
}

static bool
too_large(struct req *r)
{
	reply_field_error(r, 413, "body", N_("The request is too large: at most %s bytes."),
		arena_printf(r->arena, "%llu", (unsigned long long)BODY_MOST));
	return false;
}

/* The bytes as they came; false after a reply. */
static bool
hook_read(struct hook *hook)
{
	struct req *r = hook->r;
	const char *type = req_header(r, "CONTENT_TYPE"), *length = req_header(r, "CONTENT_LENGTH");
	uint64_t declared = 0;
	size_t got;

	if (type == NULL || !(text_equal(type, "application/json") || text_starts_with(type, "application/json;")))
		return reply_error(r, 415, "content_type", N_("Send a form or JSON.")), false;
	if (text_to_u64(length, &declared) && declared > BODY_MOST)
		return too_large(r);
	str_init(&hook->raw, r->arena);
	while ((got = fcgi_read(r->fcgi, str_reserve(&hook->raw, PIECE), PIECE)) > 0) {
		str_grown(&hook->raw, got);
		if (hook->raw.len > BODY_MOST)
			return too_large(r);
	}
	return true;
}

static bool
hook_parse(struct hook *hook)
{
	struct req *r = hook->r;
	const char *problem;
	const struct json *json = json_parse(r->arena, hook->raw.data != NULL ? hook->raw.data : "", hook->raw.len, &problem);

	if (json_is_object(json) && telegram_update_read(r->arena, json, &hook->update))
		return true;
	log_warning("telegram", "account %llu of tenant %llu: an update cannot be read", (unsigned long long)hook->account.id,
		(unsigned long long)r->tenant.id);
	reply_error(r, 400, "malformed", N_("The request is malformed."));
	return false;
}

/* Neither for us nor to be understood: that is its end. */
static enum got
hook_drop(struct db *db, struct hook *hook)
{
	struct inbound *inbound = &hook->receiving.inbound;

	inbound->state = hook->update.kind == TELEGRAM_IGNORED ? "ignored" : "failed";
	inbound->problem = hook->update.problem;
	return inbound_set(db, hook->r->tenant, inbound, hook->r->now) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* What is quick is taken in at once, unless something of the same person still waits: their order stays. */
static enum got
hook_place(struct db *db, struct hook *hook)
{
	struct req *r = hook->r;
	struct receiving *receiving = &hook->receiving;
	enum got got;

	if (telegram_enter(db, receiving) != GOT_ONE)
		return GOT_ERROR;
	got = hook->is_for_job || hook->update.kind == TELEGRAM_FILE ? GOT_ONE : inbound_before(db, r->tenant, &receiving->inbound);
	if (got == GOT_ERROR)
		return got;
	if (got == GOT_NONE)
		return telegram_take(db, receiving);
	return telegram_order_receive(db, r->arena, r->tenant, receiving->identity.id, r->now, r->now);
}

static enum got
hook_work(struct db *db, void *arg)
{
	struct hook *hook = arg;
	struct req *r = hook->r;
	enum got got;

	hook->receiving = (struct receiving){ .arena = r->arena, .tenant = r->tenant, .now = r->now, .account = &hook->account,
		.update = &hook->update };
	hook->receiving.inbound = (struct inbound){ .account_id = hook->account.id, .raw = hook->raw.data,
		.external_id = arena_printf(r->arena, "%llu", (unsigned long long)hook->update.id),
		.remote_id = arena_printf(r->arena, "%llu", (unsigned long long)hook->update.chat_id) };
	got = inbound_add(db, r->tenant, &hook->receiving.inbound, r->now);
	hook->is_double = got == GOT_NONE;
	if (got != GOT_ONE)
		return got == GOT_NONE ? GOT_ONE : got;
	if (hook->update.kind == TELEGRAM_IGNORED || hook->update.kind == TELEGRAM_MALFORMED)
		return hook_drop(db, hook);
	return hook_place(db, hook);
}

/* The same message under another number: it is in the chat, and the record says so. */
static enum got
hook_record_double(struct db *db, void *arg)
{
	struct hook *hook = arg;
	struct inbound *inbound = &hook->receiving.inbound;

	if (inbound_add(db, hook->r->tenant, inbound, hook->r->now) == GOT_ERROR)
		return GOT_ERROR;
	inbound->state = "duplicate";
	inbound->conversation_id = inbound->seq = 0;
	hook->is_double = true;
	return inbound_set(db, hook->r->tenant, inbound, hook->r->now) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* One that cannot be taken in shall not keep all others waiting behind it: it is kept, and a job tries. */
static enum got
hook_store(struct hook *hook)
{
	struct req *r = hook->r;
	enum got got = db_transaction(r->db, hook_work, hook);

	if (got == GOT_NONE)
		got = db_transaction(r->db, hook_record_double, hook);
	if (got != GOT_ERROR || db_is_down(r->db))
		return got;
	hook->is_for_job = true;
	return db_transaction(r->db, hook_work, hook);
}

static int
hook_receive(struct req *r)
{
	struct hook hook = { .r = r };

	if (!hook_enter(&hook) || !hook_read(&hook) || !hook_parse(&hook))
		return r->status;
	if (hook_store(&hook) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	if (!hook.is_double)
		telegram_tell(r->db, r->site->bell, &hook.receiving);
	return reply_json(r, json_new_object(r->arena));
}
