/* SPDX-License-Identifier: BSD-2-Clause */
/* account_pages.c - the button "Check now" of an account. */
#include "edge/locale.h"
#include "rooms/channel/account_store.h"
#include "web/audit.h"
#include "web/reply.h"
#include "web/throttle.h"

static handler account_look;

const struct route account_routes[] = {
	{ POST, "/admin/accounts/:id/check", MAY_MANAGE_WIDGETS, account_look, 0, NULL },
	{ .path = NULL }
};

static const struct throttle_rule check_rule = { "account.check", 20, 10 * CLOCK_MINUTE };

struct look {
	struct req *r;
	const struct account *account;
};

static enum got
look_work(struct db *db, void *arg)
{
	struct look *look = arg;
	struct req *r = look->r;
	const struct audit_entry entry = { .action = "account.check", .noun = "account", .noun_id = look->account->id,
		.noun_name = look->account->name };

	if (account_wait(db, r->tenant, look->account->id) == GOT_ERROR
		|| account_order_check(db, r->arena, r->tenant, look->account, r->now) == GOT_ERROR)
		return GOT_ERROR;
	return audit_write(r, &entry);
}

static int
account_look(struct req *r)
{
	struct account account = { .id = 0 };
	struct look look = { r, &account };
	uint64_t retry_after;
	enum got got = account_by_id(r->db, r->arena, r->tenant, req_id(r), &account);

	if (got != GOT_ONE || account.deleted_at != 0)
		return reply_got(r, got == GOT_ONE ? GOT_NONE : got);
	got = throttle_count(r, &check_rule, arena_printf(r->arena, "%llu", (unsigned long long)r->tenant.id), &retry_after);
	if (got == GOT_NONE)
		return reply_too_often(r, retry_after);
	if (got == GOT_ERROR || db_transaction(r->db, look_work, &look) != GOT_ONE)
		return reply_got(r, GOT_ERROR);
	reply_notice(r, N_("The provider is being asked. Its answer appears below in a moment."), NULL);
	return reply_redirect(r, "/admin/accounts/%llu", (unsigned long long)account.id);
}
