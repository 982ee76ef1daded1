/* SPDX-License-Identifier: BSD-2-Clause */
/* session_pages.c - places where somebody is signed in, to be ended one by one or all at once. */
#include "edge/locale.h"
#include "web/access.h"
#include "web/audit.h"
#include "web/moment.h"
#include "web/reply.h"

const struct field session_fields[] = {
	FIELD_U64(struct session, id, 0),
	FIELD_U64(struct session, owner, 0),
	FIELD_TEXT(struct session, address, 0),
	FIELD_TEXT(struct session, user_agent, 0),
	FIELD_TIME(struct session, created_at, 0),
	FIELD_TIME(struct session, seen_at, 0),
	FIELD_BOOL(struct session, is_this, 0),
	FIELD_LONG_TEXT(struct session, allowed_addresses, 0),
	FIELD_END
};

enum got
session_show_list(struct req *r, uint64_t owner, const char *base)
{
	const char *browser, *system;
	const struct session *session;
	struct db_rows rows = { 0 };
	struct page_node *node;
	size_t i;

	if (access_of(r)->session_list(r, owner, &rows) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0, session = rows.rows; i < rows.count; i++, session++) {
		node = page_add(r->page, "Sessions");
		session_device(session->user_agent, &browser, &system);
		page_set(node, "Browser", browser);
		page_set(node, "System", system);
		page_set(node, "Agent", session->user_agent);
		page_set(node, "Address", session->address);
		moment_show(r, node, "Since", session->created_at);
		moment_show(r, node, "Seen", session->seen_at);
		page_set_bool(node, "This", session->is_this);
		page_setf(node, "End", "%s/%llu/end", base, (unsigned long long)session->id);
	}
	page_set_u64(r->page, "SessionCount", rows.count);
	return GOT_ONE;
}

struct end_work {
	struct req *r;
	const struct session *session;
	const char *name;                /* of its owner */
};

static enum got
end_store(struct db *db, void *arg)
{
	struct end_work *work = arg;
	struct req *r = work->r;
	const struct session *session = work->session;
	const struct audit_entry entry = {
		.action = session->id != 0 ? "session.end" : "session.end_all", .noun = access_of(r)->noun, .noun_id = session->owner,
		.noun_name = work->name
	};
	enum got got = session->id != 0 ? access_of(r)->session_end(r, session->owner, session->id)
		: access_of(r)->session_end_others(r, session->owner);

	(void)db;
	if (got == GOT_ERROR || (got == GOT_NONE && session->id != 0))
		return got;
	return audit_write(r, &entry);
}

/* One that was gone already is no mistake of who wants it gone. */
int
session_end_reply(struct req *r, const struct session *session, const char *name, const char *back)
{
	struct end_work work = { r, session, name };
	enum got got = db_transaction(r->db, end_store, &work);

	if (got == GOT_ERROR || access_of(r)->session_gone(r, session->owner) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	reply_notice(r, session->id != 0 ? N_("The device is signed out.") : N_("All other devices are signed out."), NULL);
	return reply_redirect(r, "%s", back);
}

int
session_end_one(struct req *r)
{
	const struct session session = { .owner = r->actor.id, .id = req_arg_u64(r, "session") };

	if (!access_is_person(r))
		return reply_forbidden(r);
	return session.id != 0 ? session_end_reply(r, &session, r->actor.name, access_of(r)->sessions) : reply_not_found(r);
}

int
session_end_others(struct req *r)
{
	const struct session session = { .owner = r->actor.id };

	return access_is_person(r) ? session_end_reply(r, &session, r->actor.name, access_of(r)->sessions) : reply_forbidden(r);
}
