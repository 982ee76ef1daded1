/* SPDX-License-Identifier: BSD-2-Clause */
/* factor_pages.c - the doors of agents' second factors and of their own passwords; web/access.h has what is behind. */
#include "rooms/people/people.h"
#include "web/access.h"

/* While signing in. */
const struct route code_routes[] = {
	{ GET, "/sign-in/code", MAY_PUBLIC, code_show, 0, NULL },
	{ POST, "/sign-in/code", MAY_PUBLIC, code_do, ROUTE_ALWAYS, NULL },
	{ GET, "/sign-in/set-up", MAY_PUBLIC, code_set_up_show, 0, NULL },
	{ POST, "/sign-in/set-up", MAY_PUBLIC, code_set_up_do, ROUTE_ALWAYS, NULL },
	{ .path = NULL }
};

const struct route confirm_routes[] = {
	{ GET, "/admin/password", MAY_SIGNED_IN, password_show_own, 0, NULL },
	{ POST, "/admin/password", MAY_SIGNED_IN, password_change_own, ROUTE_ALWAYS, NULL },
	{ GET, "/confirm", MAY_SIGNED_IN, confirm_show, 0, NULL },
	{ POST, "/confirm", MAY_SIGNED_IN, confirm_do, ROUTE_ALWAYS, NULL },
	{ .path = NULL }
};

/* One's own. */
const struct route factor_routes[] = {
	{ GET, "/admin/two-factor", MAY_SIGNED_IN, factor_show_own, 0, NULL },
	{ POST, "/admin/two-factor", MAY_SIGNED_IN, factor_start, ROUTE_ALWAYS, NULL },
	{ GET, "/admin/two-factor/set-up", MAY_SIGNED_IN, factor_set_up_show, 0, NULL },
	{ POST, "/admin/two-factor/set-up", MAY_SIGNED_IN, factor_set_up_do, ROUTE_ALWAYS, NULL },
	{ GET, "/admin/two-factor/codes", MAY_SIGNED_IN, factor_codes_show, 0, NULL },
	{ POST, "/admin/two-factor/codes", MAY_SIGNED_IN, factor_codes_new, ROUTE_ALWAYS, NULL },
	{ POST, "/admin/two-factor/codes.txt", MAY_SIGNED_IN, factor_codes_file, ROUTE_ALWAYS, NULL },
	{ GET, "/admin/two-factor/off", MAY_SIGNED_IN, factor_off_ask, 0, NULL },
	{ POST, "/admin/two-factor/off", MAY_SIGNED_IN, factor_off_do, ROUTE_ALWAYS, NULL },
	{ .path = NULL }
};
