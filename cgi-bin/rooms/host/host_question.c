/* SPDX-License-Identifier: BSD-2-Clause */
/* host_question.c - the page that asks before something is gone. */
#include "rooms/host/host_question.h"

#include "edge/locale.h"
#include "web/reply.h"

int
host_ask(struct req *r, const struct host_question *question)
{
	page_set(r->page, "Title", locale_fill(r->arena, question->title, question->name));
	page_set(r->page, "Act.Path", r->path);
	page_set(r->page, "Act.Lead", locale_text(question->lead));
	page_set(r->page, "Act.Button", locale_text(question->button));
	page_set_bool(r->page, "Act.Danger", true);
	page_set(r->page, "Act.Back", question->back);
	page_set(r->page, "Act.BackLabel", question->back_label);
	return reply_page(r, "host/act");
}
