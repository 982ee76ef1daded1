/* SPDX-License-Identifier: BSD-2-Clause */
/* moment.c - the same moment twice: for people, and for programs that read the page. */
#include "web/moment.h"

#include "edge/locale_date.h"

/* One of edge/locale_date.h. */
typedef char *moment_writer(struct arena *arena, clock_ms moment);

static void
show(const struct req *r, struct page_node *node, const char *name, clock_ms moment, moment_writer *write)
{
	if (moment == 0)
		return;
	page_set(node, name, write(r->arena, moment));
	page_set(node, arena_printf(r->arena, "%sIso", name), clock_iso(r->arena, moment));
}

void
moment_show(const struct req *r, struct page_node *node, const char *name, clock_ms moment)
{
	show(r, node, name, moment, locale_moment);
}

void
moment_show_seconds(const struct req *r, struct page_node *node, const char *name, clock_ms moment)
{
	show(r, node, name, moment, locale_moment_seconds);
}

void
moment_show_date(const struct req *r, struct page_node *node, const char *name, clock_ms moment)
{
	show(r, node, name, moment, locale_date);
}

void
moment_show_time(const struct req *r, struct page_node *node, const char *name, clock_ms moment)
{
	show(r, node, name, moment, locale_time);
}
