/* SPDX-License-Identifier: BSD-2-Clause */
/* notice_views.c - mails that went out, as page nodes. */
#include "rooms/notice/notice_views.h"

#include "core/text.h"
#include "rooms/notice/notice_store.h"
#include "rooms/notice/notice_text.h"
#include "web/moment.h"

#define NEWEST 20

static const struct {
	const char *state;
	const char *word;
} words[] = {
	{ "waiting", N_("On its way") },
	{ "sent", N_("Sent") },
	{ "refused", N_("Refused by the server") },
	{ "failed", N_("Given up") },
	{ "expired", N_("Too late") }
};

/* What people read for a state; a mail that did not go at the first try waits for the next one. */
static const char *
state_word(const struct notice_row *row)
{
	size_t i;

	if (text_equal(row->state, "waiting") && row->tries > 0)
		return locale_text(N_("Will be tried again"));
	for (i = 0; i < COUNT_OF(words); i++)
		if (text_equal(row->state, words[i].state))
			return locale_text(words[i].word);
	return row->state;
}

static void
notice_show(struct req *r, struct page_node *node, const struct notice_row *row)
{
	const struct notice_template *template = notice_template_named(row->template);

	page_set(node, "Title", template != NULL ? locale_text(template->title) : row->template);
	page_set(node, "To", row->to_address);
	page_set(node, "State", row->state);
	page_set(node, "Word", state_word(row));
	page_set(node, "Problem", row->problem);
	moment_show(r, node, "Time", row->done_at > 0 ? row->done_at : row->created_at);
}

enum got
notice_show_newest(struct req *r)
{
	struct page_node *mail = page_child(r->page, "Mail");
	struct db_rows rows = { 0 };
	const struct notice_row *row;
	size_t i;

	if (notice_newest(r, "test", 1, &rows) == GOT_ERROR)
		return GOT_ERROR;
	if (rows.count > 0)
		notice_show(r, page_child(mail, "Test"), rows.rows);
	if (notice_newest(r, NULL, NEWEST, &rows) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0, row = rows.rows; i < rows.count; i++, row++)
		notice_show(r, page_add(mail, "Newest"), row);
	return GOT_ONE;
}
