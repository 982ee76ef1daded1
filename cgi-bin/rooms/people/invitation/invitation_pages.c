/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation_pages.c - sending an invitation again, and accepting one. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/people/invitation/invitation.h"
#include "rooms/people/invitation/invitation_accept.h"
#include "rooms/people/invitation/invitation_store.h"
#include "rooms/people/people_rules.h"
#include "rooms/text/text.h"
#include "web/audit.h"
#include "web/reply.h"
#include "web/throttle.h"

static handler resend_page, resend_api, accept_show, accept_do;

const struct route invitation_routes[] = {
	{ POST, "/admin/invitations/:id/resend", MAY_MANAGE_PEOPLE, resend_page, 0, NULL },
	{ POST, "/api/v1/invitations/:id/resend", MAY_MANAGE_PEOPLE, resend_api, ROUTE_JSON, NULL },
	{ GET, "/invitation", MAY_PUBLIC, accept_show, 0, NULL },
	{ POST, "/invitation", MAY_PUBLIC, accept_do, 0, NULL },
	{ .path = NULL }
};

static const struct throttle_rule resend_rule = { "invitation.resend", 5, CLOCK_HOUR };
static const struct throttle_rule accept_rule = { "invitation.accept", 30, 5 * CLOCK_MINUTE };

struct resend_work {
	struct req *r;
	struct invitation *invitation;
};

static enum got
resend_store(struct db *db, void *arg)
{
	struct resend_work *work = arg;
	struct req *r = work->r;
	const struct invitation_desk desk = invitation_desk_of(r);
	const struct audit_entry entry = { .action = "invitation.resend", .noun = "invitation", .noun_id = work->invitation->id,
		.noun_name = work->invitation->email };
	const char *link;
	enum got got = invitation_mail(&desk, work->invitation, &link);

	(void)db;
	return got == GOT_ONE ? audit_write(r, &entry) : got;
}

/* 0 when it was sent, else the reply's status. */
static int
resend(struct req *r)
{
	struct invitation invitation = { .id = 0 };
	struct resend_work work = { r, &invitation };
	uint64_t retry_after;
	enum got got = resource_get(r, &invitation_resource, req_id(r), &invitation);

	if (got != GOT_ONE)
		return reply_got(r, got);
	if (!invitation_may_give(r, &invitation))
		return reply_forbidden(r);
	if (invitation.accepted_at != 0)
		return reply_error(r, 409, "accepted", N_("This invitation was accepted. Change the agent instead."));
	if (invitation.roles.count == 0)
		return reply_error(r, 409, "no_role", N_("The roles of this invitation were deleted. Choose another one there, then send it again."));
	got = throttle_count(r, &resend_rule, arena_printf(r->arena, "%llu", (unsigned long long)invitation.id), &retry_after);
	if (got == GOT_NONE)
		return reply_too_often(r, retry_after);
	if (got == GOT_ONE)
		got = db_transaction(r->db, resend_store, &work);
	return got == GOT_ONE ? 0 : reply_got(r, got);
}

static int
resend_page(struct req *r)
{
	int status = resend(r);

	if (status != 0)
		return status;
	reply_notice(r, N_("The invitation is on its way again. The link of the last mail is not good any more."), NULL);
	return reply_redirect(r, "/admin/invitations");
}

static int
resend_api(struct req *r)
{
	int status = resend(r);

	return status != 0 ? status : reply_nothing(r);
}

/* What an invitation cannot be accepted for, and what to do then. */
static int
gone_page(struct req *r, enum invitation_standing standing, const struct invitation *invitation)
{
	static const char *const words[] = { [INVITATION_OPEN] = "", [INVITATION_UNKNOWN] = "unknown",
		[INVITATION_ACCEPTED] = "accepted", [INVITATION_EXPIRED] = "expired", [INVITATION_WITHDRAWN] = "withdrawn",
		[INVITATION_EMPTY] = "empty" };

	page_set(r->page, "Gone.Why", words[standing]);
	page_set(r->page, "Gone.InvitedBy", invitation->invited_by);
	page_set(r->page, "Title", locale_text(N_("Invitation")));
	return reply_page_status(r, 404, "people/invitation_gone");
}

static int
accept_page(struct req *r, int status, const struct form *form, const struct acceptance *acceptance)
{
	form_show(r, form, acceptance);
	page_set(r->page, "Invitation.Company", acceptance->tenant.name);
	page_set(r->page, "Invitation.Email", acceptance->invitation.email);
	page_set(r->page, "Invitation.InvitedBy", acceptance->invitation.invited_by);
	page_set(r->page, "Invitation.Token", req_param(r, "token"));
	page_set(r->page, "Title", locale_text(N_("Invitation")));
	reply_header(r, "Referrer-Policy", "same-origin");       /* a secret address; "no-referrer" would make the form's Origin null */
	return reply_page_status(r, status, "people/accept");
}

/* The invitation's own language until there is an agent who has one. */
static enum got
accept_load(struct req *r, struct acceptance *acceptance, enum invitation_standing *standing)
{
	enum got got = invitation_by_token(r, req_param(r, "token"), &acceptance->invitation, &acceptance->tenant);

	*standing = got == GOT_ONE ? invitation_standing(&acceptance->invitation, r->now) : INVITATION_UNKNOWN;
	if (got == GOT_ONE && !text_is_blank(acceptance->invitation.locale))
		text_speak_for(r->db, r->arena, &acceptance->tenant, acceptance->invitation.locale);
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

static int
accept_show(struct req *r)
{
	struct acceptance acceptance = { .account = "" };
	enum invitation_standing standing;
	struct form form;

	if (accept_load(r, &acceptance, &standing) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	if (standing != INVITATION_OPEN)
		return gone_page(r, standing, &acceptance.invitation);
	acceptance.account = invitation_account(r->arena, acceptance.invitation.email);
	form_init(&form, acceptance_fields);
	return accept_page(r, 200, &form, &acceptance);
}

static int
accept_do(struct req *r)
{
	struct acceptance acceptance = { .account = "" };
	enum invitation_standing standing;
	uint64_t retry_after;
	struct form form;
	enum got got = throttle_count_address(r, &accept_rule, &retry_after);

	if (got == GOT_NONE)
		return reply_too_often(r, retry_after);
	if (got == GOT_ERROR || accept_load(r, &acceptance, &standing) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	if (standing != INVITATION_OPEN)
		return gone_page(r, standing, &acceptance.invitation);
	form_init(&form, acceptance_fields);
	form_read(r, &form, &acceptance, false);
	got = invitation_accept(r, &form, &acceptance);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE)
		return form_is_good(&form) ? gone_page(r, INVITATION_ACCEPTED, &acceptance.invitation) : accept_page(r, 422, &form, &acceptance);
	reply_notice(r, N_("Welcome. Your account is ready."), NULL);
	return sign_in_go_on(r, acceptance.outcome, NULL);
}
