/* SPDX-License-Identifier: BSD-2-Clause */
/* view.c - how a request of an operator comes to be a look at a tenant's page. */
#include "rooms/host/view/view.h"

#include <string.h>

#include "core/address.h"
#include "rooms/host/view/view_store.h"
#include "web/audit.h"
#include "web/gate.h"
#include "web/reply.h"

/* Each look stands in the tenant's log, whether the page is then shown or refused. */
static enum got
view_audit(struct req *r, const struct view *view)
{
	const struct audit_entry entry = {
		.action = r->method == GET ? "host.view" : "host.view_refused", .noun = "page", .noun_name = r->path
	};

	if (view_count(r->db, view, r->now) == GOT_ERROR)
		return GOT_ERROR;
	return audit_write(r, &entry);
}

/* Pages ask for "their" rows by the actor's id: an operator's must never be taken for an agent's. */
static enum got
view_enter(struct req *r, const struct view *view, const unsigned char *hash)
{
	enum got got;

	r->actor.kind = ACTOR_VIEW;
	r->actor.id = view->operator_id;
	r->actor.name = view->operator_name;
	r->actor.permissions = permission_set_of("*");
	r->actor.until = view->expires_at;
	r->actor.session = arena_copy(r->arena, hash, CRYPT_HASH_LEN);
	r->actor.form_token = gate_form_token(r, r->actor.session);
	got = view_audit(r, view);
	r->actor.id = 0;
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

enum got
view_identify(struct req *r, const char *token)
{
	unsigned char hash[CRYPT_HASH_LEN];
	struct view view = { 0 };
	struct tenant tenant = { 0 };
	enum got got;

	crypt_sha256(token, strlen(token), hash);
	got = view_find(r->db, r->arena, hash, r->now, &view);
	if (got != GOT_ONE)
		return got;
	if ((r->tenant.id != 0 && r->tenant.id != view.tenant_id)
		|| !address_list_allows(r->site->conf->host_addresses, r->address)
		|| !permission_has(permission_host_set_of(view.permissions), MAY_HOST_VIEW_AS))
		return GOT_NONE;
	got = tenant_by_id(r->db, r->arena, (tenant_id){ view.tenant_id }, &tenant);
	if (got != GOT_ONE)
		return got;
	tenant_enter(r, &tenant);
	return view_enter(r, &view, hash);
}

void
view_keep(struct req *r, const char *token)
{
	reply_cookie(r, VIEW_COOKIE, token, VIEW_LIFE);
}
