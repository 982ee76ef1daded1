/* SPDX-License-Identifier: BSD-2-Clause */
/* view_pages.c - a tenant's consent that the host may look, who has looked, and the end of a look. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/view/view_store.h"
#include "web/audit.h"
#include "web/moment.h"
#include "web/reply.h"

static handler access_show, access_grant, access_end, view_leave;

const struct route view_routes[] = {
	{ GET, "/admin/support-access", MAY_MANAGE_SETTINGS, access_show, 0, NULL },
	{ POST, "/admin/support-access", MAY_MANAGE_SETTINGS, access_grant, 0, NULL },
	{ POST, "/admin/support-access/end", MAY_MANAGE_SETTINGS, access_end, ROUTE_ALWAYS, NULL },
	{ POST, "/admin/support-view/end", MAY_SIGNED_IN, view_leave, ROUTE_VIEW | ROUTE_ALWAYS, NULL },
	{ .path = NULL }
};

struct grant {
	const char *span;
};

static const struct field_choice spans[] = {
	{ "1h", N_("1 hour") }, { "24h", N_("24 hours") }, { "7d", N_("7 days") }, { "open", N_("Until I take it back") }, { NULL, NULL }
};

static const struct field grant_fields[] = {
	FIELD_CHOICE(struct grant, span, FIELD_FORM | FIELD_REQUIRED, .choices = spans, .preset = "1h", .label = N_("For how long")),
	FIELD_END
};

static clock_ms
span_end(const char *span, clock_ms now)
{
	if (text_equal(span, "1h"))
		return now + CLOCK_HOUR;
	if (text_equal(span, "24h"))
		return now + CLOCK_DAY;
	return text_equal(span, "7d") ? now + 7 * CLOCK_DAY : 0;
}

static void
show_access(struct req *r, const struct support_access *access)
{
	page_set(r->page, "Access.By", access->agent_name);
	moment_show(r, r->page, "Access.Granted", access->granted_at);
	moment_show(r, r->page, "Access.Until", access->until_at);
}

/* A view is over when it was ended, or by its time. */
static void
show_view(struct req *r, const struct view *view)
{
	struct page_node *node = page_add(r->page, "Views");
	bool goes_on = view->ended_at == 0 && view->expires_at > r->now;

	page_set(node, "Name", view->operator_name);
	moment_show(r, node, "From", view->created_at);
	moment_show(r, node, "Last", view->seen_at);
	page_set_u64(node, "Pages", view->pages);
	page_set_bool(node, "GoesOn", goes_on);
}

static int
access_page(struct req *r, int status, const struct form *form, const struct grant *grant)
{
	struct support_access access = { 0 };
	struct db_rows rows = { 0 };
	const struct view *view;
	enum got got = support_access_find(r->db, r->arena, r->tenant, r->now, &access);
	size_t i;

	if (got == GOT_ERROR || view_all(r->db, r->arena, r->tenant, &rows) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	if (got == GOT_ONE)
		show_access(r, &access);
	for (i = 0, view = rows.rows; i < rows.count; i++, view++)
		show_view(r, view);
	form_show(r, form, grant);
	page_set(r->page, "Title", locale_text(N_("Support access")));
	return reply_page_status(r, status, "host/support_access");
}

static int
access_show(struct req *r)
{
	struct grant grant = { 0 };
	struct form form;

	form_init(&form, grant_fields);
	field_preset(r->arena, grant_fields, &grant);
	return access_page(r, 200, &form, &grant);
}

struct access_work {
	struct req *r;
	clock_ms until;
	const char *before;
	const char *after;
};

static enum got
access_audit(struct req *r, const char *action, const struct access_work *work)
{
	struct json *object = json_new_object(r->arena), *pair = json_new_array(r->arena);
	struct audit_entry entry = { .action = action, .noun = "support_access" };

	json_add_text(pair, work->before);
	json_add_text(pair, work->after);
	json_set(object, "until", pair);
	entry.difference = json_text(r->arena, object);
	return audit_write(r, &entry);
}

static const char *
access_text(struct req *r, const struct support_access *access)
{
	return access->until_at != 0 ? clock_iso(r->arena, access->until_at) : "open";
}

/* What the consent was until now, for the log. */
static enum got
access_before(struct access_work *work)
{
	struct req *r = work->r;
	struct support_access access = { 0 };
	enum got got = support_access_find(r->db, r->arena, r->tenant, r->now, &access);

	work->before = got == GOT_ONE ? access_text(r, &access) : "";
	return got;
}

static enum got
access_grant_do(struct db *db, void *arg)
{
	struct access_work *work = arg;
	const struct support_access access = { .until_at = work->until };

	(void)db;
	if (access_before(work) == GOT_ERROR || support_access_grant(work->r, work->until) == GOT_ERROR)
		return GOT_ERROR;
	work->after = access_text(work->r, &access);
	return access_audit(work->r, "support_access.grant", work);
}

static int
access_grant(struct req *r)
{
	struct access_work work = { .r = r };
	struct grant grant = { 0 };
	struct form form;
	enum got got;

	form_init(&form, grant_fields);
	if (!form_read(r, &form, &grant, false))
		return access_page(r, 422, &form, &grant);
	work.until = span_end(grant.span, r->now);
	got = db_transaction(r->db, access_grant_do, &work);
	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("The host may view your pages now. Take it back at any time."), NULL);
	return reply_redirect(r, "/admin/support-access");
}

static enum got
access_end_do(struct db *db, void *arg)
{
	struct access_work *work = arg;

	if (access_before(work) == GOT_ERROR || support_access_end(db, work->r->tenant, work->r->now) == GOT_ERROR)
		return GOT_ERROR;
	work->after = "";
	return access_audit(work->r, "support_access.end", work);
}

static int
access_end(struct req *r)
{
	struct access_work work = { .r = r };
	enum got got = db_transaction(r->db, access_end_do, &work);

	if (got != GOT_ONE)
		return reply_got(r, got);
	reply_notice(r, N_("Taken back. Nobody of the host sees your pages any more."), NULL);
	return reply_redirect(r, "/admin/support-access");
}

/* The button of the banner: back to the panel of the host. */
static int
view_leave(struct req *r)
{
	if (r->actor.kind != ACTOR_VIEW)
		return reply_redirect(r, "/admin");
	if (view_end(r->db, r->tenant, r->actor.session, r->now) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	reply_cookie(r, VIEW_COOKIE, "", -1);
	if (r->site->conf->host_url[0] == '\0')
		return reply_redirect(r, "/host/tenants/%llu", (unsigned long long)r->tenant.id);
	page_set(r->page, "Title", locale_text(N_("The view is over")));
	page_setf(r->page, "Host.Url", "%s/host/tenants/%llu", r->site->conf->host_url, (unsigned long long)r->tenant.id);
	return reply_page(r, "host/view_over");
}
