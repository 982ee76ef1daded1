/* SPDX-License-Identifier: BSD-2-Clause */
/* people_pages.c - the front door. */
#include "rooms/people/people_rules.h"
#include "rooms/people/people.h"
#include "web/reply.h"

static handler people_root;

const struct route people_routes[] = {
	{ GET, "/", MAY_PUBLIC, people_root, 0, NULL },
	{ .path = NULL }
};

static int
people_root(struct req *r)
{
	if (r->actor.kind != ACTOR_AGENT)
		return reply_redirect(r, "/sign-in");
	return reply_redirect(r, "%s", people_home(r->actor.permissions));
}
