/* SPDX-License-Identifier: BSD-2-Clause */
/* pager.c - the links to the pages of a list. */
#include "web/pager.h"

#define AROUND 2             /* page numbers shown on each side of the current one */

static void
show_link(const struct pager *pager, uint64_t page)
{
	struct page_node *node = page_add(pager->list, "Pages");

	page_set_u64(node, "Number", page);
	page_set(node, "Path", pager->link(pager->arg, page));
	page_set_bool(node, "Current", page == pager->current);
}

void
pager_show(const struct pager *pager)
{
	uint64_t page, shown = 0, current = pager->current;

	if (pager->pages < 2)
		return;
	for (page = 1; page <= pager->pages; page++) {
		if (page != 1 && page != pager->pages && (page + AROUND < current || page > current + AROUND))
			continue;
		if (page > shown + 1)
			page_add(pager->list, "Pages");      /* a gap */
		show_link(pager, page);
		shown = page;
	}
	if (current > 1)
		page_set(pager->list, "Previous", pager->link(pager->arg, current - 1));
	if (current < pager->pages)
		page_set(pager->list, "Next", pager->link(pager->arg, current + 1));
}
