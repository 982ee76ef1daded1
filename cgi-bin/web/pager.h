/* SPDX-License-Identifier: BSD-2-Clause */
/* pager.h - the links to the pages of a list: first, last, and those around the current one, with gaps. */
#ifndef HARK_WEB_PAGER_H
#define HARK_WEB_PAGER_H

#include "edge/page.h"

struct pager {
	struct page_node *list;      /* gets Pages.N.{Number,Path,Current} (a gap has none of them), Previous and Next: shell/list.cs */
	uint64_t current;            /* from 1 */
	uint64_t pages;
	const char *(*link)(const void *arg, uint64_t page);
	const void *arg;
};

/* Nothing when there is one page. */
void pager_show(const struct pager *pager);

#endif
